"""Nodes and edges as columns of text, a batch of one shape at a time: what `rows` says, at several times its speed.

Elements of one shape have the same label and the same properties, so that a type is checked and a number written by
one call for all of them. What is not plainly of its type goes through `rows`, whose errors name the element.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from kg.records import Edge, Entity
from kg.sinks.rows import edge_row, node_row, property_cell
from kg.tables.schema import PropertyType, Schema

LIST_SEPARATOR: Final = " | "
"""Joins the parts of a list, in formats without lists."""

Columns = dict[str, list[str]]


def node_shape(node: Entity) -> Hashable:
    """Return what nodes share whose columns are the same."""
    return (node.label, not node.aliases, not node.first_seen, not node.last_seen, *node.properties)


def edge_shape(edge: Edge) -> Hashable:
    """Return what edges share whose columns are the same."""
    return (edge.type, not edge.evidence, *edge.properties)


def node_columns(nodes: Sequence[Entity], schema: Schema) -> Columns:
    """Return what `node_row` gives for nodes of one shape, as text; the id is left to the caller.

    Raises:
        SinkError: as `node_row`.
    """
    first = nodes[0]
    if first.label not in schema.nodes:
        node_row(first, schema)
    columns = {"name": [node.name for node in nodes], "label": [node.caption for node in nodes]}
    if first.aliases:
        columns["aliases"] = [LIST_SEPARATOR.join(node.aliases) for node in nodes]
    if first.first_seen:
        columns["first_seen"] = [node.first_seen or "" for node in nodes]
    if first.last_seen:
        columns["last_seen"] = [node.last_seen or "" for node in nodes]
    columns["doc_count"] = [str(node.doc_count) for node in nodes]
    return _with_properties(columns, nodes, schema.nodes[first.label].properties)


def edge_ends(edges: Sequence[Edge]) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of edges, of their heads and of their tails, none of which is a property."""
    return [edge.id for edge in edges], [edge.head_id for edge in edges], [edge.tail_id for edge in edges]


def edge_columns(edges: Sequence[Edge], schema: Schema) -> Columns:
    """Return what `edge_row` gives for edges of one shape, as text; the id is left to the caller.

    Raises:
        SinkError: as `edge_row`.
    """
    first = edges[0]
    if first.type not in schema.edges:
        edge_row(first, schema)
    columns = {
        "label": [first.type] * len(edges),
        "weight": [str(edge.weight) for edge in edges],
        "doc_count": [str(edge.doc_count) for edge in edges],
        "confidence": [str(float(edge.confidence)) for edge in edges],
        "method": [edge.method for edge in edges],
    }
    if first.evidence:
        columns["quotes"] = [LIST_SEPARATOR.join([proof.quote for proof in edge.evidence]) for edge in edges]
        columns["quote_documents"] = [LIST_SEPARATOR.join([proof.doc_id for proof in edge.evidence]) for edge in edges]
    return _with_properties(columns, edges, schema.edges[first.type].properties)


def _with_properties(columns: Columns, owners: Sequence[Entity | Edge], kinds: Mapping[str, PropertyType]) -> Columns:
    """Add the schema's properties; as in a row, one with the name of a column stands in its place."""
    for name in owners[0].properties:
        values = [owner.properties[name] for owner in owners]
        kind = kinds.get(name)
        if kind is not None and _are_plainly(kind, values):
            columns[name] = _WRITERS[kind.type](values)
        else:
            cells = [property_cell(value, kind, name, owner) for value, owner in zip(values, owners, strict=True)]
            columns[name] = [LIST_SEPARATOR.join(cell) if isinstance(cell, list) else _text(cell) for cell in cells]
    columns.pop("id", None)
    return columns


def _are_plainly(kind: PropertyType, values: list[Any]) -> bool:
    """Say whether all values are of the type that the schema names, none of a type derived from it."""
    if set(map(type, values)) != {_PLAIN[kind.type]}:
        return False
    if kind.type == "date":
        return all(map(kind.accepts, set(values)))
    return kind.type != "strings" or set(map(type, chain.from_iterable(values))) <= {str}


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


_PLAIN: Final[Mapping[str, type]] = {
    "string": str,
    "strings": tuple,
    "date": str,
    "integer": int,
    "float": float,
    "boolean": bool,
}
_WRITERS: Final[Mapping[str, Callable[[list[Any]], list[str]]]] = {
    "string": list,
    "strings": lambda values: [LIST_SEPARATOR.join(value) for value in values],
    "date": list,
    "integer": lambda values: [*map(str, values)],
    "float": lambda values: [*map(str, values)],
    "boolean": lambda values: [*map(_text, values)],
}
