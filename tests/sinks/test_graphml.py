"""GraphML as Gephi and networkx read it."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.records import Graph, Properties
from kg.records.errors import SinkError
from kg.sinks import xmltext
from kg.sinks.graphml import NAMESPACE, GraphmlSink
from kg.sinks.nx import to_networkx
from kg.sinks.style import PALETTE

from .graphs import CONTROL, NASTY, city, edge, entity, graph

TAG = f"{{{NAMESPACE}}}"
REFUSED_BY_XML = {*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> etree._Element:
    path = tmp_path_factory.mktemp("graphml") / "graph.graphml"
    GraphmlSink(path).write(city())
    return etree.parse(path).getroot()


def test_edge_ids_are_unique_and_the_type_is_an_attribute(document: etree._Element) -> None:
    edges = list(document.iter(f"{TAG}edge"))
    assert [(e.get("id"), e.get("label")) for e in edges[:3]] == [
        ("edge-1", "PRESIDED"),
        ("edge-2", "SPOKE_AT"),
        ("edge-3", "HOLDS"),
    ]
    assert len({e.get("id") for e in edges}) == len(edges)


def test_keys_are_declared_once_and_before_the_graph(document: etree._Element) -> None:
    keys = list(document.iter(f"{TAG}key"))
    assert max(Counter((key.get("for"), key.get("attr.name")) for key in keys).values()) == 1
    assert max(Counter(key.get("id") for key in keys).values()) == 1
    assert [child.tag for child in document] == [f"{TAG}key"] * len(keys) + [f"{TAG}graph"]
    declared = {key.get("id") for key in keys}
    assert {data.get("key") for data in document.iter(f"{TAG}data")} <= declared


@pytest.mark.parametrize(
    ("domain", "name", "kind"),
    [
        pytest.param("node", "label", "string", id="caption"),
        pytest.param("node", "size", "double", id="size"),
        pytest.param("node", "r", "int", id="red"),
        pytest.param("node", "doc_count", "long", id="integer"),
        pytest.param("node", "lat", "double", id="float"),
        pytest.param("node", "weak", "boolean", id="boolean"),
        pytest.param("node", "birth_date_first", "string", id="day"),
        pytest.param("edge", "label", "string", id="edge label"),
        pytest.param("edge", "weight", "double", id="edge weight"),
        pytest.param("edge", "quotes", "string", id="list"),
    ],
)
def test_keys_have_the_type_of_the_schema(document: etree._Element, domain: str, name: str, kind: str) -> None:
    (key,) = (k for k in document.iter(f"{TAG}key") if (k.get("for"), k.get("attr.name")) == (domain, name))
    assert key.get("attr.type") == kind


def test_networkx_reads_it_back_equal(tmp_path: Path) -> None:
    GraphmlSink(tmp_path / "graph.graphml").write(city())
    found = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    wanted = to_networkx(city())
    assert isinstance(found, networkx.MultiDiGraph)
    assert set(found.edges(keys=True)) == set(wanted.edges(keys=True))
    for node, data in wanted.nodes(data=True):
        kept = {k: v for k, v in found.nodes[node].items() if k not in ("size", "r", "g", "b")}
        assert kept == {k: _flat(v) for k, v in data.items() if k != "id"}
    for head, tail, key, data in wanted.edges(keys=True, data=True):
        assert found.edges[head, tail, key] == {k: _flat(v) for k, v in data.items() if k not in ("id", "type")}


def _flat(value: object) -> object:
    if isinstance(value, list):
        return " | ".join(value)
    return value if isinstance(value, str | int | float) else str(value)


def test_labels_have_colours_and_busy_nodes_are_bigger(tmp_path: Path) -> None:
    GraphmlSink(tmp_path / "graph.graphml").write(
        graph(
            [entity("ent-1"), entity("ent-2"), entity("ent-3", "Meeting"), entity("ent-4", "Meeting")],
            [edge("edge-1", head="ent-2", tail="ent-3"), edge("edge-2", head="ent-2", tail="ent-4")],
        )
    )
    nodes = networkx.read_graphml(tmp_path / "graph.graphml").nodes
    assert nodes["ent-1"]["size"] < nodes["ent-2"]["size"]
    colours = {node: (data["r"], data["g"], data["b"]) for node, data in nodes(data=True)}
    assert colours["ent-1"] == colours["ent-2"] != colours["ent-3"]
    assert set(colours.values()) <= set(PALETTE)


@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=5))
def test_any_text_is_read_back_but_for_what_xml_refuses(names: list[str]) -> None:
    nodes = [entity(f"ent-{number}", name=name) for number, name in enumerate(names)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        report = GraphmlSink(path).write(graph(nodes))
        found = networkx.read_graphml(path)
    assert [found.nodes[node.id].get("name", "") for node in nodes] == [_allowed(name) for name in names]
    assert bool(report.notes) == any(ord(c) in REFUSED_BY_XML and not _is_surrogate(c) for n in names for c in n)


def _allowed(name: str) -> str:
    """Surrogates become U+FFFD in every sink; the rest that XML refuses goes."""
    return "".join(
        "\ufffd" if _is_surrogate(c) else c for c in name if _is_surrogate(c) or ord(c) not in REFUSED_BY_XML
    )


def _is_surrogate(character: str) -> bool:
    return 0xD800 <= ord(character) < 0xE000


def test_a_cell_is_never_left_over_from_the_element_before(tmp_path: Path) -> None:
    nodes = [entity("ent-1", aliases=("甲",)), entity("ent-2"), entity("ent-3", aliases=("丙",)), entity("ent-4")]
    edges = [edge("edge-1", tail="ent-1"), edge("edge-2", "SPOKE_AT", tail="ent-1", quotes=())]
    GraphmlSink(tmp_path / "graph.graphml").write(graph(nodes, edges))
    found = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert [data.get("aliases") for _, data in found.nodes(data=True)] == ["甲", None, "丙", None]
    assert [data.get("quotes") for *_, data in found.edges(data=True)] == ["王兵主持会议", None]


def mixed(count: int) -> Graph:
    """People, meetings and posts in turn, all bound to the first: every neighbour has another shape."""
    kinds = [("Person", Properties()), ("Meeting", Properties(kind="常务会议")), ("Post", Properties(weak=True))]
    nodes = [entity(f"ent-{n:03}", kinds[n % 3][0], f"名{n}", properties=kinds[n % 3][1]) for n in range(count)]
    edges = [edge(f"edge-{n:03}", "HOLDS" if n % 3 else "SPOKE_AT", "ent-000", f"ent-{n:03}") for n in range(count)]
    return graph(nodes, edges)


@pytest.mark.parametrize("size", [1, 2, 7, 20, 21])
def test_order_and_content_do_not_hang_on_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    GraphmlSink(tmp_path / "whole.graphml").write(mixed(20))
    monkeypatch.setattr(xmltext, "BATCH", size)
    GraphmlSink(tmp_path / "parts.graphml").write(mixed(20))
    assert (tmp_path / "parts.graphml").read_bytes() == (tmp_path / "whole.graphml").read_bytes()
    root = etree.parse(tmp_path / "parts.graphml").getroot()
    assert [node.get("id") for node in root.iter(f"{TAG}node")] == [f"ent-{n:03}" for n in range(20)]


@pytest.mark.parametrize("name", [pytest.param(NASTY, id="escaped"), pytest.param(CONTROL, id="left out")])
def test_special_characters_of_one_row_leave_its_neighbours_alone(tmp_path: Path, name: str) -> None:
    nodes = [entity(f"ent-{n}", name=name if n == 4 else f"名{n}", aliases=("", "又名")) for n in range(9)]
    report = GraphmlSink(tmp_path / "graph.graphml").write(graph(nodes))
    found = networkx.read_graphml(tmp_path / "graph.graphml").nodes(data=True)
    assert [data["name"] for _, data in found] == [_allowed(node.name) for node in nodes]
    assert {data["aliases"] for _, data in found} == {" | 又名"}
    removed = 2 * (len(name) - len(_allowed(name)))  # In the name and in the caption.
    assert report.notes == ((f"{removed} control characters left out, which XML cannot hold",) if removed else ())


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        pytest.param({"code": "1"}, "Person ent-5: the schema has no property 'code'", id="unknown"),
        pytest.param({"pinyin": 1}, "Person ent-5: pinyin should be string, found 1", id="type"),
        pytest.param({"birth_date_first": "1960-02-30"}, "ent-5: birth_date_first should be date, found", id="no day"),
    ],
)
def test_the_one_element_at_fault_is_named_and_no_file_is_left(
    tmp_path: Path, fault: dict[str, str | int], message: str
) -> None:
    good = Properties(pinyin="wang", birth_date_first="1960-02-29")
    nodes = [entity(f"ent-{n}", properties=good.updated(**fault) if n == 5 else good) for n in range(9)]
    with pytest.raises(SinkError, match=message):
        GraphmlSink(tmp_path / "graph.graphml").write(graph(nodes))
    assert list(tmp_path.iterdir()) == []


def test_places_are_written_where_they_are_known(tmp_path: Path) -> None:
    GraphmlSink(tmp_path / "graph.graphml", positions={"ent-002": (1.5, -2.0)}).write(mixed(5))
    nodes = networkx.read_graphml(tmp_path / "graph.graphml").nodes(data=True)
    assert {node: (data["x"], data["y"]) for node, data in nodes if "x" in data} == {"ent-002": (1.5, -2.0)}
