"""Nodes and edges as flat rows of typed cells, in the terms of the schema: what all databases and tables share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter, lt
from typing import Final

from kg.records import Edge, Entity, Graph, Value
from kg.records.errors import SinkError
from kg.tables.schema import PropertyType, Schema

Cell = str | int | float | bool | date | list[str]
Row = dict[str, Cell]

_ID: Final = attrgetter("id")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def node_row(entity: Entity, schema: Schema) -> Row:
    """Return the properties of a node under the schema's names; what is not known is left out.

    Raises:
        SinkError: the node has a label or property that the schema lacks, or a value of another type.
    """
    kind = schema.nodes.get(entity.label)
    if kind is None:
        raise SinkError(f"node {entity.id}: unknown label {entity.label!r} (known: {', '.join(schema.nodes)})")
    row: Row = {"id": entity.id, "name": text(entity.name), "label": text(entity.caption)}
    if entity.aliases:
        row["aliases"] = [text(alias) for alias in entity.aliases]
    if entity.first_seen:
        row["first_seen"] = entity.first_seen
    if entity.last_seen:
        row["last_seen"] = entity.last_seen
    row["doc_count"] = entity.doc_count
    for name, value in entity.properties.items():
        row[name] = property_cell(value, kind.properties.get(name), name, entity)
    return row


def edge_row(edge: Edge, schema: Schema) -> Row:
    """Return the properties of an edge under the schema's names, its quotes among them; its ends are not properties.

    Raises:
        SinkError: the edge has a type or property that the schema lacks, or a value of another type.
    """
    kind = schema.edges.get(edge.type)
    if kind is None:
        raise SinkError(f"edge {edge.id}: unknown type {edge.type!r} (known: {', '.join(schema.edges)})")
    row: Row = {
        "id": edge.id,
        "label": edge.type,
        "weight": edge.weight,
        "doc_count": edge.doc_count,
        "confidence": float(edge.confidence),
        "method": edge.method,
    }
    if edge.evidence:
        row["quotes"] = [text(evidence.quote) for evidence in edge.evidence]
        row["quote_documents"] = [evidence.doc_id for evidence in edge.evidence]
    for name, value in edge.properties.items():
        row[name] = property_cell(value, kind.properties.get(name), name, edge)
    return row


def property_cell(value: Value, kind: PropertyType | None, name: str, owner: Entity | Edge) -> Cell:
    """Return the value of a property as a cell of the type that the schema gives it.

    Raises:
        SinkError: the schema does not know the property, or the value is of another type.
    """
    if kind is None or not kind.accepts(value):
        where = f"{owner.label if isinstance(owner, Entity) else owner.type} {owner.id}"
        if kind is None:
            raise SinkError(f"{where}: the schema has no property {name!r}")
        raise SinkError(f"{where}: {name} should be {kind.type}, found {value!r}")
    if isinstance(value, str):
        return date.fromisoformat(value) if kind.type == "date" else text(value)
    if isinstance(value, tuple):
        return [text(part) for part in value]
    return float(value) if kind.type == "float" else value


def text(value: str) -> str:
    r"""Return `value` with lone surrogates, which UTF-8 cannot hold, as U+FFFD.

    >>> text("坏\ud800字")
    '坏\ufffd字'
    """
    return value if value.isascii() else _SURROGATES.sub("\ufffd", value)


def joint_properties(kinds: Iterable[Mapping[str, PropertyType]]) -> dict[str, PropertyType]:
    """Return the properties of all types together, each name once; the schema gives a name one type."""
    joint: dict[str, PropertyType] = {}
    for properties in kinds:
        joint |= {name: kind for name, kind in properties.items() if name not in joint}
    return joint


def labels_by_id(graph: Graph) -> dict[str, str]:
    """Return the label of every node by its id, having checked that ids are unique and no edge hangs loose.

    Raises:
        SinkError: two nodes or two edges share an id, or an edge names a node that the graph
            lacks; the message names them.
    """
    labels: dict[str, str] = {}
    for node in graph.nodes:
        if node.id in labels:
            raise SinkError(f"two nodes have the id {node.id}")
        labels[node.id] = node.label
    edges: set[str] = set()
    are_sorted = _are_sorted(graph.edges)
    for edge in graph.edges:
        if not are_sorted:
            if edge.id in edges:
                raise SinkError(f"two edges have the id {edge.id}")
            edges.add(edge.id)
        for end, node_id in (("head", edge.head_id), ("tail", edge.tail_id)):
            if node_id not in labels:
                raise SinkError(f"edge {edge.id} ({edge.type}): its {end} {node_id} is no node of the graph")
    return labels


def checked_degrees(graph: Graph) -> Counter[str]:
    """Return the number of edges at every node by its id, having checked what `labels_by_id` checks.

    Raises:
        SinkError: as `labels_by_id`.
    """
    found = Counter(dict.fromkeys(map(_ID, graph.nodes), 0))
    own_ids = len(found)
    found.update(map(attrgetter("head_id"), graph.edges))
    found.update(map(attrgetter("tail_id"), graph.edges))
    if not len(graph.nodes) == own_ids == len(found) or not _are_sorted(graph.edges):
        labels_by_id(graph)  # Names what is wrong; edges may also just be in another order.
    return found


def _are_sorted(edges: Sequence[Edge]) -> bool:
    """Say whether ids rise from edge to edge, so that none stands twice: no set of them is needed."""
    return all(map(lt, map(_ID, edges), map(_ID, islice(edges, 1, None))))


def check_ends(edge: Edge, labels: Mapping[str, str], schema: Schema) -> tuple[str, str]:
    """Return the labels of the two ends of an edge.

    Raises:
        SinkError: the schema does not let an edge of this type join them.
    """
    pair = labels[edge.head_id], labels[edge.tail_id]
    kind = schema.edges.get(edge.type)
    if kind is None or pair not in kind.ends:
        raise SinkError(f"edge {edge.id}: the schema has no {edge.type} from {pair[0]} to {pair[1]}")
    return pair
