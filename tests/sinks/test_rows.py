"""Rows: the schema decides what a cell is, and faults are named."""

from __future__ import annotations

from datetime import date

import pytest

from kg.records import Graph, Properties
from kg.records.errors import SinkError
from kg.sinks.rows import checked_degrees, edge_row, joint_properties, node_row
from kg.tables.schema import load_schema

from .graphs import edge, entity

SCHEMA = load_schema()


def test_a_node_row_is_typed_and_leaves_out_what_is_not_known() -> None:
    person = entity(aliases=("王市长",), properties=Properties(birth_date_first="1960-02-29"), seen=("2018", None))
    assert node_row(person, SCHEMA) == {
        "id": "ent-1",
        "name": "王兵",
        "label": "王兵",
        "aliases": ["王市长"],
        "first_seen": "2018",
        "doc_count": 1,
        "birth_date_first": date(1960, 2, 29),
    }


def test_an_edge_row_carries_its_quotes_and_their_documents() -> None:
    row = edge_row(edge(quotes=("甲主持", "乙主持")), SCHEMA)
    assert row["quotes"] == ["甲主持", "乙主持"]
    assert row["quote_documents"] == ["doc-1", "doc-2"]


def test_an_edge_of_a_seed_has_no_quotes() -> None:
    assert not {"quotes", "quote_documents"} & set(edge_row(edge(quotes=()), SCHEMA))


def test_integers_become_floats_where_the_schema_says_float() -> None:
    row = node_row(entity(label="Place", properties=Properties(lat=36)), SCHEMA)
    assert isinstance(row["lat"], float)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: node_row(entity(label="Persn"), SCHEMA), "unknown label 'Persn'.*known: Person", id="label"
        ),
        pytest.param(lambda: edge_row(edge(type="HELD"), SCHEMA), "unknown type 'HELD'.*known: HOLDS", id="type"),
        pytest.param(
            lambda: node_row(entity(properties=Properties(code="1")), SCHEMA),
            "Person ent-1: the schema has no property 'code'",
            id="property",
        ),
        pytest.param(
            lambda: node_row(entity(properties=Properties(birth_date_first="1960-02")), SCHEMA),
            "Person ent-1: birth_date_first should be date, found '1960-02'",
            id="a month is no day",
        ),
        pytest.param(
            lambda: edge_row(edge(type="HOLDS", properties=Properties(acting=1)), SCHEMA),
            "HOLDS edge-1: acting should be boolean, found 1",
            id="an integer is no boolean",
        ),
    ],
)
def test_what_the_schema_does_not_know_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(SinkError, match=message):
        make()


def test_joint_properties_hold_each_name_once() -> None:
    joint = joint_properties(kind.properties for kind in SCHEMA.nodes.values())
    assert {"id", "pinyin", "lat", "sha256"} <= set(joint)
    assert all(name == kind.name for name, kind in joint.items())


def test_degrees_count_both_ends_in_any_order_of_the_edges() -> None:
    nodes = [entity("ent-1"), entity("ent-2"), entity("ent-3")]
    edges = [edge("edge-2"), edge("edge-1", tail="ent-1")]
    assert checked_degrees(Graph(nodes=nodes, edges=edges, evidence=())) == {"ent-1": 3, "ent-2": 1, "ent-3": 0}


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        pytest.param(["ent-1", "ent-2", "ent-1"], [], "two nodes have the id ent-1", id="node twice"),
        pytest.param(
            ["ent-1", "ent-2"], ["edge-2", "edge-1", "edge-2"], "two edges have the id edge-2", id="edge twice"
        ),
        pytest.param(["ent-1"], ["edge-1"], "edge edge-1 .PRESIDED.: its tail ent-2 is no node", id="loose edge"),
        pytest.param(
            ["ent-1", "ent-1"], ["edge-1"], "two nodes have the id ent-1", id="twice, which a loose end makes up for"
        ),
    ],
)
def test_degrees_are_counted_of_sound_graphs_only(nodes: list[str], edges: list[str], message: str) -> None:
    with pytest.raises(SinkError, match=message):
        checked_degrees(Graph(nodes=[entity(n) for n in nodes], edges=[edge(e) for e in edges], evidence=()))
