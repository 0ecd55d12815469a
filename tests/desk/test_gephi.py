"""Files for Gephi, opened in Gephi: nodes, edges, kinds, columns, sizes, colours and time are those of the graph.

And drawn by Gephi: every node in its colour, under its caption, clear of the others.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.records import Graph
from kg.records.spells import edge_spells, spells_by_node
from kg.sinks.base import sink_for
from kg.sinks.rows import checked_degrees
from kg.sinks.style import colours, size
from kg.tables.schema import load_schema
from kg.views.layout import positions
from kg.views.select import Selection, select

from .gephi import Gephi, Opened

pytestmark = pytest.mark.desk
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
TYPES = {"string": "String", "strings": "String", "date": "String", "integer": "Long", "float": "Double"}


SELECTIONS = [
    pytest.param(Selection(), id="everything"),
    pytest.param(Selection(project="person-person", by="meeting"), id="who sat with whom"),
    pytest.param(Selection(project="person-person", by="document"), id="who is named with whom"),
]


@pytest.mark.parametrize("form", ["gexf", "graphml"])
@pytest.mark.parametrize("selection", SELECTIONS)
def test_gephi_sees_the_graph(gephi: Gephi, sample: Graph, tmp_path: Path, form: str, selection: Selection) -> None:
    graph, schema = select(sample, selection, load_schema())
    path = tmp_path / f"graph.{form}"
    places = {node.id: (float(number), -2.5) for number, node in enumerate(graph.nodes)}
    sink_for(form, path, schema=schema, positions=places).write(graph)
    found = gephi.open(path)
    assert found.issues == ""
    assert {k: (e.kind, e.head, e.tail, e.label, e.weight) for k, e in found.edges.items()} == {
        e.id: (e.type, e.head_id, e.tail_id, e.type, e.weight) for e in graph.edges
    }
    degree, colour = checked_degrees(graph), colours(schema.nodes)
    assert {k: (n.label, round(n.size, 1), n.colour, n.place) for k, n in found.nodes.items()} == {
        n.id: (n.caption, size(degree[n.id]), colour[n.label], places[n.id]) for n in graph.nodes
    }
    _check_columns(found, form, selection)


def _check_columns(found: Opened, form: str, selection: Selection) -> None:
    schema = select(Graph(nodes=(), edges=(), evidence=()), selection, load_schema())[1]
    for columns, kinds in ((found.node_columns, schema.nodes), (found.edge_columns, schema.edges)):
        for kind in kinds.values():
            for name, prop in kind.properties.items():
                if name not in ("id", "label", "weight"):
                    assert columns.get(name) == TYPES.get(prop.type, "Boolean"), f"{form}: {name}"


def test_gexf_has_the_days_of_meetings_documents_and_tenures(gephi: Gephi, sample: Graph, tmp_path: Path) -> None:
    sink_for("gexf", tmp_path / "graph.gexf").write(sample)
    found, spells = gephi.open(tmp_path / "graph.gexf"), spells_by_node(sample)
    assert found.dynamic
    assert {k: n.spells for k, n in found.nodes.items() if n.spells} == spells
    assert {k: e.spells for k, e in found.edges.items()} == {e.id: edge_spells(e, spells) for e in sample.edges}
    assert {e.type for e in sample.edges if found.edges[e.id].spells} >= {"HOLDS", "ATTENDED", "MENTIONS"}


def test_graphml_has_no_time(gephi: Gephi, sample: Graph, tmp_path: Path) -> None:
    sink_for("graphml", tmp_path / "graph.graphml").write(sample)
    assert not gephi.open(tmp_path / "graph.graphml").dynamic


SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 300_000
PICTURES = [  # the first as `kg export out --to gexf --only Person,Meeting --around 沈砚秋 --hops 2 --layout`
    pytest.param(
        "gephi.svg", Selection(only=("Person", "Meeting"), around="沈砚秋", hops=2), True, id="who sat with whom"
    ),
    pytest.param("gephi_all.svg", Selection(), False, id="everything"),
]


@pytest.mark.parametrize(("name", "selection", "captions"), PICTURES)
def test_gephi_draws_the_graph(
    gephi: Gephi, sample: Graph, tmp_path: Path, pictures: Path, name: str, selection: Selection, captions: bool
) -> None:
    graph, schema = select(sample, selection, load_schema())
    sink_for("gexf", tmp_path / "graph.gexf", schema=schema, positions=positions(graph)).write(graph)
    gephi.open(tmp_path / "graph.gexf")
    gephi.arrange()
    svg = gephi.picture(captions=captions)
    (pictures / name).write_text(svg, "utf-8")
    assert len(svg.encode()) < MOST_BYTES
    root, nodes, colour = ElementTree.fromstring(svg), {f"id_{node.id}": node for node in graph.nodes}, _web_colours()
    circles = {circle.attrib["class"]: circle.attrib for circle in root.iter(f"{SVG}circle")}
    assert {key: circle["fill"] for key, circle in circles.items()} == {k: colour[n.label] for k, n in nodes.items()}
    lines = Counter(line.attrib["class"] for line in root.iterfind(f"{SVG}g[@id='edges']/{SVG}path"))
    assert lines == Counter(f"id_{edge.head_id} id_{edge.tail_id}" for edge in graph.edges)
    texts = {text.attrib["class"]: (text.text or "").strip() for text in root.iterfind(f"{SVG}g[@id='node-labels']/*")}
    assert texts == ({key: node.caption for key, node in nodes.items()} if captions else {})
    rings = [((float(one["cx"]), float(one["cy"])), float(one["r"])) for one in circles.values()]
    assert [(a, b) for (a, one), (b, other) in combinations(rings, 2) if dist(a, b) < one + other] == []


def _web_colours() -> dict[str, str]:
    return {label: f"#{bytes(rgb).hex()}" for label, rgb in colours(load_schema().nodes).items()}
