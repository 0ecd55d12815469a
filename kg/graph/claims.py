"""Claims: the relations of single documents, put into the terms of the corpus and checked against the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.records import DocId, Entity, EntityId, Evidence, Extraction, LocalId, Properties, Relation, Value
from kg.records.report import Drop
from kg.tables.schema import Schema

OnDrop = Callable[[Drop], None]

REFERENCES = ("post_id", "org_id", "place_id", "meeting_id", "issuer_id")
"""Properties that name a local entity; in the graph they name the corpus entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One document says that `head` did `type` to `tail`."""

    type: str
    head_id: EntityId
    tail_id: EntityId
    doc_id: DocId
    published: str | None
    evidence: Evidence
    properties: Properties


def iter_claims(
    extraction: Extraction, nodes: Mapping[LocalId, Entity], schema: Schema, on_drop: OnDrop
) -> Iterator[Claim]:
    """Yield the claims of one document that the schema allows; every other one is a drop with its reason.

    Args:
        extraction: What was read from the document.
        nodes: The node of each of its local entities.
        schema: The types of the graph.
        on_drop: Called with each relation, or single property, that is let go.
    """
    for relation in extraction.relations:
        head, tail = nodes.get(relation.head_id), nodes.get(relation.tail_id)
        reason, detail = _fault(relation, head, tail, schema)
        if reason or head is None or tail is None:
            on_drop(_drop(extraction, reason, detail))
            continue
        yield Claim(
            type=relation.type,
            head_id=head.id,
            tail_id=tail.id,
            doc_id=extraction.document.id,
            published=extraction.document.published,
            evidence=relation.evidence,
            properties=_properties(extraction, relation, nodes, schema, on_drop),
        )


def _fault(relation: Relation, head: Entity | None, tail: Entity | None, schema: Schema) -> tuple[str, str]:
    """Return why a relation cannot be an edge, as (reason, detail); two empty strings when it can."""
    kind = schema.edges.get(relation.type)
    if kind is None:
        return "unknown relation type", f"{relation.type} (known: {', '.join(schema.edges)})"
    if head is None or tail is None:
        missing = relation.head_id if head is None else relation.tail_id
        return "relation to nothing", f"{relation.type}: the document has no entity {missing}"
    ends = (head.label, tail.label)
    if ends not in kind.ends:
        allowed = ", ".join(f"{a} → {b}" for a, b in kind.ends)
        return "ends outside the schema", f"{relation.type}: {ends[0]} → {ends[1]} (allowed: {allowed})"
    if head.id == tail.id:
        return "relation to itself", f"{relation.type}: {head.caption}"
    return "", ""


def _properties(
    extraction: Extraction, relation: Relation, nodes: Mapping[LocalId, Entity], schema: Schema, on_drop: OnDrop
) -> Properties:
    kept: dict[str, Value] = {}
    known = schema.edges[relation.type].properties
    for name, value in relation.properties.items():
        if name in REFERENCES:
            node = nodes.get(LocalId(str(value)))
            if node is None:
                detail = f"{relation.type}.{name}: the document has no entity {value}"
                on_drop(_drop(extraction, "reference to nothing", detail))
                continue
            value = node.id
        if name not in known:
            on_drop(_drop(extraction, "unknown property", f"{relation.type}.{name}"))
        elif not known[name].accepts(value):
            detail = f"{relation.type}.{name} should be {known[name].type}, found {value!r}"
            on_drop(_drop(extraction, "ill-typed property", detail))
        else:
            kept[name] = value
    return Properties(kept)


def _drop(extraction: Extraction, reason: str, detail: str) -> Drop:
    source = extraction.document.sources[0] if extraction.document.sources else extraction.document.id
    return Drop(source=source, stage="graph", reason=reason, detail=detail)
