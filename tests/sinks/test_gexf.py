"""GEXF as Gephi reads it; that it holds the graph is in the contract."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from lxml import etree

from kg.records import Graph, Properties
from kg.sinks.gexf import NAMESPACE, VIZ, GexfSink
from kg.sinks.style import PALETTE, Positions

from .graphs import city, edge, entity, graph

TAG = f"{{{NAMESPACE}}}"


def written(tmp_path: Path, content: Graph, positions: Positions | None = None) -> etree._Element:
    GexfSink(tmp_path / "graph.gexf", positions=positions).write(content)
    return etree.parse(tmp_path / "graph.gexf").getroot()


def test_the_graph_is_dynamic_and_its_time_is_in_days(tmp_path: Path) -> None:
    root = written(tmp_path, city())
    top = root.find(f"{TAG}graph")
    assert root.get("version") == "1.3"
    assert top is not None
    assert (top.get("mode"), top.get("timeformat"), top.get("defaultedgetype")) == ("dynamic", "date", "directed")


def test_edges_have_unique_ids_a_kind_and_a_weight(tmp_path: Path) -> None:
    edges = list(written(tmp_path, city()).iter(f"{TAG}edge"))
    assert [(e.get("id"), e.get("kind"), e.get("label"), e.get("weight")) for e in edges[:4]] == [
        ("edge-1", "PRESIDED", "PRESIDED", "1"),
        ("edge-2", "SPOKE_AT", "SPOKE_AT", "1"),
        ("edge-3", "HOLDS", "HOLDS", "1"),
        ("edge-4", "HOLDS", "HOLDS", "3"),
    ]


@pytest.mark.parametrize(
    ("owner", "name", "kind"),
    [
        pytest.param("node", "name", "string", id="text"),
        pytest.param("node", "doc_count", "long", id="integer"),
        pytest.param("node", "lat", "double", id="float"),
        pytest.param("node", "weak", "boolean", id="boolean"),
        pytest.param("node", "aliases", "string", id="list"),
        pytest.param("edge", "tenure", "long", id="integer of an edge"),
        pytest.param("edge", "start_first", "string", id="day"),
    ],
)
def test_columns_have_the_type_of_the_schema(tmp_path: Path, owner: str, name: str, kind: str) -> None:
    (columns,) = (c for c in written(tmp_path, city()).iter(f"{TAG}attributes") if c.get("class") == owner)
    assert [c.get("type") for c in columns if c.get("title") == name] == [kind]


def test_every_value_has_its_column(tmp_path: Path) -> None:
    root = written(tmp_path, city())
    for owner in ("node", "edge"):
        (columns,) = (c for c in root.iter(f"{TAG}attributes") if c.get("class") == owner)
        ids = [c.get("id") for c in columns]
        used = {v.get("for") for element in root.iter(f"{TAG}{owner}") for v in element.iter(f"{TAG}attvalue")}
        assert len(set(ids)) == len(ids)
        assert used
        assert used <= set(ids)


MEETING = entity("ent-2", "Meeting", "会议", properties=Properties(date="2018-01-03"))
POST = entity("ent-2", "Post", "市长")
TENURE = {"start_first": "2016-05-01", "start_last": "2016-05-31"}


@pytest.mark.parametrize(
    ("tail", "kind", "properties", "spells"),
    [
        pytest.param(MEETING, "ATTENDED", {}, [("2018-01-03", "2018-01-03")], id="the day of the meeting"),
        pytest.param(MEETING, "CONVEYED", {}, [], id="not the day of the meeting conveyed"),
        pytest.param(POST, "HOLDS", {}, [], id="a tenure without dates"),
        pytest.param(
            POST,
            "HOLDS",
            TENURE | {"observed_first": "2017-01-01", "observed_last": "2018-01-03"},
            [("2016-05-01", "2018-01-03")],
            id="begun as stated, then seen",
        ),
        pytest.param(
            POST, "HOLDS", TENURE | {"end_last": "2019-01-31"}, [("2016-05-01", "2019-01-31")], id="begun and ended"
        ),
    ],
)
def test_spells_of_edges(
    tmp_path: Path, tail: object, kind: str, properties: dict[str, str], spells: list[tuple[str, str]]
) -> None:
    content = graph([entity("ent-1"), tail], [edge("edge-1", kind, properties=Properties(properties))])  # type: ignore[list-item]
    (found,) = written(tmp_path, content).iter(f"{TAG}edge")
    assert [(s.get("start"), s.get("end")) for s in found.iter(f"{TAG}spell")] == spells


def test_networkx_reads_the_spells(tmp_path: Path) -> None:
    GexfSink(tmp_path / "graph.gexf").write(city())
    found = networkx.read_gexf(tmp_path / "graph.gexf", version="1.3")
    assert found.graph["mode"] == "dynamic"
    assert {node: data["spells"] for node, data in found.nodes(data=True) if "spells" in data} == {
        "ent-2": [("2018-01-03", "2018-01-03")]
    }


def test_labels_have_colours_and_busy_nodes_are_bigger(tmp_path: Path) -> None:
    written(tmp_path, city())
    drawn = {n: data["viz"] for n, data in networkx.read_gexf(tmp_path / "graph.gexf", version="1.3").nodes(data=True)}
    assert drawn["ent-1"]["size"] > drawn["ent-3"]["size"]
    colours = {node: tuple(viz["color"][part] for part in "rgb") for node, viz in drawn.items()}
    assert colours["ent-1"] == colours["ent-3"] != colours["ent-2"]
    assert set(colours.values()) <= set(PALETTE)


def test_places_are_written_where_they_are_known(tmp_path: Path) -> None:
    places = {"ent-1": (1.5, -2.0)}
    nodes = list(written(tmp_path, city(), places).iter(f"{TAG}node"))
    found = {n.get("id"): [(p.get("x"), p.get("y")) for p in n.iter(f"{{{VIZ}}}position")] for n in nodes}
    assert found["ent-1"] == [("1.5", "-2.0")]
    assert found["ent-2"] == []
