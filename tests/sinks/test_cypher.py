"""Cypher text: no name can break out of its quotes, and nothing needs Enterprise or APOC."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sinks import cypher
from kg.tables.schema import load_schema

SCHEMA = load_schema()
NAMES = st.text(st.sampled_from("ab`\\'\"{}$: \n王"), max_size=12)
STATEMENTS = [
    *cypher.constraint_statements(SCHEMA),
    *cypher.index_statements(SCHEMA),
    *(cypher.merge_nodes(label, SCHEMA.nodes) for label in SCHEMA.nodes),
    *(cypher.merge_nodes(label) for label in SCHEMA.nodes),
    cypher.COUNT_NODES,
    *(cypher.merge_edges(kind) for kind in SCHEMA.edges),
    cypher.DELETE_STALE_EDGES,
    cypher.DELETE_STALE_NODES,
    cypher.COUNT_STALE_NODES,
]


def _names_in(text: str) -> list[str]:
    """Read backticked names as Cypher does: two backticks are one."""
    return [name.replace("``", "`") for name in re.findall(r"`((?:``|[^`])*)`", text)]


def _outside(text: str) -> str:
    return re.sub(r"`(?:``|[^`])*`", "?", text)


@given(NAMES)
def test_a_quoted_name_reads_back_and_nothing_leaks(name: str) -> None:
    assert _names_in(cypher.quote(name)) == [name]
    assert _outside(cypher.quote(name)) == "?"


@given(NAMES)
def test_statements_keep_their_shape_for_any_name(name: str) -> None:
    assert _outside(cypher.merge_edges(name)) == _outside(cypher.merge_edges("A"))
    assert name in _names_in(cypher.merge_edges(name))
    assert _outside(cypher.merge_nodes(name, [])) == _outside(cypher.merge_nodes("A", []))
    assert name in _names_in(cypher.merge_nodes(name, []))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statements_need_neither_enterprise_nor_apoc(statement: str) -> None:
    bare = _outside(statement)
    assert not re.search(r"apoc|IS NOT NULL$|NODE KEY|IS ::|\bid\(|SET \w+ = \w+( |$)", bare)
    assert "'" not in bare


def test_every_label_has_a_uniqueness_constraint() -> None:
    constraints = cypher.constraint_statements(SCHEMA)
    for label in (cypher.NODE_MARK, *SCHEMA.nodes):
        assert sum(f"FOR (n:`{label}`) REQUIRE n.`id` IS UNIQUE" in statement for statement in constraints) == 1


def test_names_are_searched_as_chinese_and_documents_apart() -> None:
    names, titles = cypher.fulltext_statements(SCHEMA)
    assert "`kg_names` IF NOT EXISTS FOR (n:`Person`|" in names
    assert "`Document`" not in names
    assert "ON EACH [n.`name`, n.`label`, n.`aliases`, n.`name_hant`, n.`short_name`]" in names
    assert "FOR (n:`Document`) ON EACH [n.`name`]" in titles
    assert names.count("'cjk'") == titles.count("'cjk'") == 1


def test_a_node_loses_the_labels_of_the_schema_that_it_no_longer_has() -> None:
    assert " REMOVE n:`Post`:`Place` RETURN" in cypher.merge_nodes("Person", ["Person", "Post", "Place"])
    assert "REMOVE" not in cypher.merge_nodes("Person")
