"""Files for Gephi, opened in Gephi: nodes, edges, kinds, columns, sizes, colours and time are those of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build
from kg.schema import load_schema
from kg.sinks.base import sink_for
from kg.sinks.jsonl import read_graph
from kg.sinks.style import colours, degrees, size
from kg.spells import edge_spells, spells_by_node
from kg.types import Graph
from kg.views.select import Selection, select
from scripts.desk.programs import MissingProgramError

from .gephi import Gephi, Opened

pytestmark = pytest.mark.desk
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
TYPES = {"string": "String", "strings": "String", "date": "String", "integer": "Long", "float": "Double"}


@pytest.fixture(scope="module")
def gephi() -> Gephi:
    """Gephi; where Java or Maven are missing the test is skipped, which CI takes for a failure."""
    try:
        return Gephi()
    except MissingProgramError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    out = tmp_path_factory.mktemp("sample")
    build([str(ARTICLES)], out)
    return read_graph(out)


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
    degree, colour = degrees(graph), colours(schema.nodes)
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
