"""Drawings of the notebooks, as SVG: the reader's own fonts show the Chinese names, and no widget is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import networkx
import pandas

from kg.resources import data_dir

WIDTH = 900
MARGIN = 60
GREY = "#808080"
# The colours of Neo4j Browser, from the same file.
COLOURS = dict(
    re.findall(
        r"^node\.(\w+) \{.*?^  color: (#\w+);", (data_dir("schema") / "neo4j/style.grass").read_text(), re.M | re.S
    )
)


@dataclass(frozen=True)
class Svg:
    """A drawing that a notebook shows."""

    width: int
    height: int
    parts: tuple[str, ...]

    def _repr_svg_(self) -> str:
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" font-family="sans-serif" font-size="11">\n{body}\n</svg>'
        )


def draw(answer: pandas.DataFrame, *patterns: tuple[str, str, str], height: int = 520) -> Svg:
    """Draw the nodes and relationships of an answer.

    Args:
        answer: What a query returned.
        patterns: Columns of a node, a relationship and a node that belong together.
        height: In pixels.
    """
    graph = networkx.MultiDiGraph()
    for row in answer.to_dict("records"):
        for head, edge, tail in patterns:
            for node in (row[head], row[tail]):
                if isinstance(node, dict):  # what OPTIONAL MATCH did not find is absent
                    graph.add_node(node["id"], text=node["name"], colour=COLOURS.get(node["type"], GREY))
            if isinstance(row[edge], dict):
                graph.add_edge(row[head]["id"], row[tail]["id"], row[edge]["id"], text=row[edge]["type"])
    return network(graph, height=height)


def network(graph: networkx.Graph, positions: Mapping[Any, Any] | None = None, *, height: int = 520) -> Svg:
    """Draw a networkx graph.

    Nodes may have `text`, `colour` and `radius`, edges `text` and `width`.

    Args:
        graph: Any kind of graph.
        positions: Pairs of numbers in any scale, a spring layout by default.
        height: In pixels.
    """
    places = _scaled(positions or networkx.spring_layout(graph, seed=1, k=1.6 / max(1, len(graph)) ** 0.5), height)
    parts = []
    for head, tail, data in graph.edges(data=True):
        (x1, y1), (x2, y2) = places[head], places[tail]
        parts.append(
            f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#b0b0b0" '
            f'stroke-width="{data.get("width", 1):.1f}"/>'
        )
        if text := data.get("text"):
            middle = f'x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2:.0f}"'
            parts.append(f'<text {middle} font-size="7" fill="#707070" text-anchor="middle">{escape(text)}</text>')
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        radius = data.get("radius", 9)
        fill = data.get("colour", GREY)
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{fill}" stroke="white"/>')
        text = escape(str(data.get("text", node)))
        parts.append(f'<text x="{x:.0f}" y="{y + radius + 11:.0f}" text-anchor="middle">{text}</text>')
    return Svg(WIDTH, height, tuple(parts))


def timeline(spans: pandas.DataFrame, *, row: str, text: str, start: str, end: str) -> Svg:
    """Draw spans of time as bars, one line for each value of `row`.

    Args:
        spans: One span a row; `start` and `end` are columns of days and without gaps.
        row: The column that names the lines, which keep its order.
        text: The column that is written beside the bars.
        start: The column of first days.
        end: The column of last days.
    """
    begins, ends = pandas.to_datetime(spans[start]), pandas.to_datetime(spans[end])
    first, last = begins.min(), ends.max()
    left, step = 90, (WIDTH - 90 - 2 * MARGIN) / max(1, (last - first).days)
    lines = {name: number for number, name in enumerate(dict.fromkeys(spans[row]))}
    bottom = 24 * len(spans) + 10
    parts = []
    for year in range(first.year, last.year + 2):
        x = left + (pandas.Timestamp(year, 1, 1) - first).days * step
        if left <= x <= WIDTH:
            parts.append(f'<line x1="{x:.0f}" y1="0" x2="{x:.0f}" y2="{bottom}" stroke="#dddddd"/>')
            parts.append(f'<text x="{x + 2:.0f}" y="{bottom + 12}" fill="#707070">{year}</text>')
    colours = list(COLOURS.values())
    named = set()
    for number, (_, span) in enumerate(spans.iterrows()):
        x = left + (begins.iloc[number] - first).days * step
        width = max(4, (ends.iloc[number] - begins.iloc[number]).days * step)
        y = 24 * number + 4
        if span[row] not in named:
            named.add(span[row])
            parts.append(f'<text x="0" y="{y + 12}" font-weight="bold">{escape(span[row])}</text>')
        colour = colours[lines[span[row]] % len(colours)]
        parts.append(f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="16" rx="3" fill="{colour}"/>')
        is_late = x + width > WIDTH * 0.75
        at, anchor = (x - 4, "end") if is_late else (x + width + 4, "start")
        parts.append(f'<text x="{at:.0f}" y="{y + 12}" text-anchor="{anchor}">{escape(span[text])}</text>')
    return Svg(WIDTH, bottom + 20, tuple(parts))


def _scaled(positions: Mapping[Any, Any], height: int) -> dict[Any, tuple[float, float]]:
    frame = pandas.DataFrame.from_dict({node: tuple(place) for node, place in positions.items()}, orient="index")
    if frame.empty:
        return {}
    span = (frame.max() - frame.min()).replace(0, 1)
    unit = (frame - frame.min()) / span
    x = MARGIN + unit[0] * (WIDTH - 2 * MARGIN)
    y = 20 + unit[1] * (height - 60)
    return dict(zip(frame.index, zip(x, y, strict=True), strict=True))
