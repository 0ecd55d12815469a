"""Columns say what rows say: the same cells in the same order, as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Properties, Value
from kg.records.errors import SinkError
from kg.sinks.columns import edge_columns, edge_shape, node_columns, node_shape
from kg.sinks.rows import Cell, Row, edge_row, node_row
from kg.tables.schema import PropertyType, load_schema

from .graphs import edge, entity

SCHEMA = load_schema()
TEXT = st.text(st.characters(codec="utf-8"), max_size=5)
VALUES: Mapping[str, st.SearchStrategy[Value]] = {
    "string": TEXT,
    "strings": st.lists(TEXT, max_size=3).map(tuple),
    "date": st.dates().map(date.isoformat),
    "integer": st.integers(-(10**30), 10**30),
    "float": st.floats() | st.integers(-(10**15), 10**15),
    "boolean": st.booleans(),
}


def properties_of(kinds: Mapping[str, PropertyType]) -> st.SearchStrategy[list[Properties]]:
    """Three maps of the same keys, but for values that mean nothing."""
    names = st.lists(st.sampled_from(sorted(kinds)), max_size=6, unique=True)
    return names.flatmap(
        lambda chosen: st.lists(
            st.fixed_dictionaries({name: VALUES[kinds[name].type] for name in chosen}).map(Properties),
            min_size=1,
            max_size=3,
        )
    )


def written(row: Row) -> dict[str, str]:
    """A row as text, but for the id, which columns do not hold."""
    return {name: _text(cell) for name, cell in row.items() if name != "id"}


def _text(cell: Cell) -> str:
    if isinstance(cell, list):
        return " | ".join(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def transposed(columns: Mapping[str, list[str]]) -> list[dict[str, str]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@given(st.data(), st.sampled_from(sorted(SCHEMA.nodes)), st.sampled_from([(), ("甲",), ("甲", "乙")]))
def test_columns_of_nodes_are_their_rows(data: st.DataObject, label: str, aliases: tuple[str, ...]) -> None:
    maps = data.draw(properties_of(SCHEMA.nodes[label].properties))
    nodes = [entity(f"ent-{n}", label, aliases=aliases, properties=some) for n, some in enumerate(maps)]
    alike = [node for node in nodes if node_shape(node) == node_shape(nodes[0])]
    found, wanted = transposed(node_columns(alike, SCHEMA)), [written(node_row(node, SCHEMA)) for node in alike]
    assert found == wanted
    assert [list(row) for row in found] == [list(row) for row in wanted]


@given(st.data(), st.sampled_from(sorted(SCHEMA.edges)), st.sampled_from([(), ("甲主持",), ("甲", "乙")]))
def test_columns_of_edges_are_their_rows(data: st.DataObject, kind: str, quotes: tuple[str, ...]) -> None:
    maps = data.draw(properties_of(SCHEMA.edges[kind].properties))
    edges = [edge(f"edge-{n}", kind, quotes=quotes, properties=some) for n, some in enumerate(maps)]
    alike = [one for one in edges if edge_shape(one) == edge_shape(edges[0])]
    found, wanted = transposed(edge_columns(alike, SCHEMA)), [written(edge_row(one, SCHEMA)) for one in alike]
    assert found == wanted
    assert [list(row) for row in found] == [list(row) for row in wanted]


class Title(str):
    """Text of a type of its own."""


@pytest.mark.parametrize(
    ("label", "properties", "text"),
    [
        pytest.param("Person", Properties(pinyin=Title("wang")), "wang", id="text of another type"),
        pytest.param("Place", Properties(lat=36), "36.0", id="an integer as a float"),
    ],
)
def test_what_is_not_plainly_of_its_type_is_written_as_in_a_row(label: str, properties: Properties, text: str) -> None:
    (name,) = properties
    assert node_columns([entity(label=label, properties=properties)], SCHEMA)[name] == [text]


@pytest.mark.parametrize("bad", [1, ("甲", 1), "甲"])
def test_a_list_holds_text_and_nothing_else(bad: object) -> None:
    nodes = [entity(f"ent-{n}", "Organization", properties=Properties(replaces=("ent-0",))) for n in range(2)]
    at_fault = entity("ent-9", "Organization", properties=Properties(replaces=bad))  # type: ignore[arg-type]
    with pytest.raises(SinkError, match="Organization ent-9: replaces should be strings, found"):
        node_columns([*nodes, at_fault], SCHEMA)


def test_labels_and_types_that_the_schema_lacks_are_refused() -> None:
    with pytest.raises(SinkError, match="node ent-1: unknown label 'Persn'"):
        node_columns([entity(label="Persn")], SCHEMA)
    with pytest.raises(SinkError, match="edge edge-1: unknown type 'HELD'"):
        edge_columns([edge(type="HELD")], SCHEMA)
