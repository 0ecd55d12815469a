"""Drawings of the notebooks, as SVG: the reader's own fonts show the Chinese names, and no widget is needed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import hypot
from typing import Any

import networkx
import pandas

from kg.tables.resources import data_dir

WIDTH = 900
MARGIN = 90
LONGEST_TEXT = 14
"""Characters of a name that are drawn; the pointer shows the rest."""
RADIUS = 9
GREY = "#808080"
HALO = 'text-anchor="middle" paint-order="stroke" stroke="white" stroke-width="3" stroke-linejoin="round"'
ARROW = (
    '<defs><marker id="arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="7" markerHeight="7" '
    'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z" fill="#909090"/></marker></defs>'
)
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
            f'width="{self.width}" height="{self.height}" font-family="sans-serif" font-size="11" '
            f'style="background: white">\n{body}\n</svg>'
        )


def draw(answer: pandas.DataFrame, *patterns: tuple[str, str, str], height: int = 520) -> Svg:
    """Draw the nodes and relationships of an answer.

    Args:
        answer: What a query returned.
        patterns: Columns of a node, a relationship and a node that belong together.
        height: In pixels.
    """
    nodes: dict[str, dict[str, str]] = {}
    edges: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in answer.to_dict("records"):
        for head, edge, tail in patterns:
            for node in (row[head], row[tail]):
                if isinstance(node, dict):  # what OPTIONAL MATCH did not find is absent
                    nodes[node["id"]] = {"text": node["name"], "colour": COLOURS.get(node["type"], GREY)}
            if isinstance(row[edge], dict):
                edges[row[head]["id"], row[tail]["id"], row[edge]["id"]] = {"text": row[edge]["type"]}
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes.items()))  # an answer has no order, a picture has
    for key, data in sorted(edges.items()):
        graph.add_edge(*key, **data)
    return network(graph, height=height)


def network(graph: networkx.Graph[Any], positions: Mapping[Any, Any] | None = None, *, height: int = 520) -> Svg:
    """Draw a networkx graph.

    Nodes may have `text`, `colour` and `radius`, edges `text` and `width`.

    Args:
        graph: Any kind of graph.
        positions: Pairs of numbers in any scale, `layout(graph)` by default.
        height: In pixels.
    """
    places = _scaled(layout(graph) if positions is None else positions, height)
    parts = [ARROW]
    texts = defaultdict(list)
    for head, tail, data in graph.edges(data=True):
        texts[head, tail].append(data)
    for (head, tail), edges in texts.items():
        (x1, y1), (x2, y2) = places[head], places[tail]
        # The line ends at the rim, where the arrow is seen.
        short = max(0.0, 1 - (graph.nodes[tail].get("radius", RADIUS) + 1) / max(1.0, hypot(x2 - x1, y2 - y1)))
        x2, y2 = x1 + (x2 - x1) * short, y1 + (y2 - y1) * short
        arrow = ' marker-end="url(#arrow)"' if graph.is_directed() else ""
        parts.append(
            f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#b0b0b0" '
            f'stroke-width="{edges[0].get("width", 1):.1f}"{arrow}/>'
        )
        if text := " · ".join(dict.fromkeys(data["text"] for data in edges if "text" in data)):
            middle = f'x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2 + 3:.0f}"'
            parts.append(f'<text {middle} font-size="8" fill="#606060" {HALO}>{escape(text)}</text>')
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        radius, fill = data.get("radius", RADIUS), data.get("colour", GREY)
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{fill}" stroke="white"/>')
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        text = str(data.get("text", node))
        drawn = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
        below = y + data.get("radius", RADIUS) + 11
        parts.append(f'<text x="{x:.0f}" y="{below:.0f}" {HALO}>{escape(drawn)}<title>{escape(text)}</title></text>')
    return Svg(WIDTH, height, tuple(parts))


def layout(graph: networkx.Graph[Any], weight: str | None = None) -> dict[Any, Any]:
    """Return a place for each node: ForceAtlas2, as in Gephi, always the same for the same graph.

    Args:
        graph: Any kind of graph.
        weight: The attribute of edges that draws their ends together.
    """
    simple: networkx.Graph[Any] = networkx.Graph(graph)  # parallel edges would pull twice
    start = networkx.spring_layout(simple, seed=1)
    return networkx.forceatlas2_layout(
        simple, start, max_iter=400, scaling_ratio=12, strong_gravity=True, weight=weight, seed=1
    )


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
            parts.append(f'<text x="4" y="{y + 12}" font-weight="bold">{escape(span[row])}</text>')
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
