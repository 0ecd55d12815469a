"""Nothing outside the schema gets into the graph."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.graph.claims import REFERENCES, OnDrop
from kg.records import Entity, Properties, Value
from kg.records.report import Drop
from kg.tables.schema import Schema


def checked_node(entity: Entity, schema: Schema, known: Collection[str], on_drop: OnDrop) -> Entity:
    """Return the node with the properties that the schema allows.

    Args:
        entity: A node in the making.
        schema: The types of the graph.
        known: Ids of all nodes, for properties that must name one of them.
        on_drop: Called with every property that is let go.

    Raises:
        ValueError: the schema has no such label; labels come from the schema, so this is a mistake of the program.
    """
    if entity.label not in schema.nodes:
        raise ValueError(f"{entity.id}: unknown node label {entity.label!r} (known: {', '.join(schema.nodes)})")
    properties = schema.nodes[entity.label].properties
    kept: dict[str, Value] = {}
    for name, value in entity.properties.items():
        prop = properties.get(name)
        if prop is None:
            reason, detail = "unknown property", f"{entity.label}.{name}"
        elif not prop.accepts(value):
            reason, detail = "ill-typed property", f"{entity.label}.{name} should be {prop.type}, found {value!r}"
        elif name in REFERENCES and value not in known:
            reason, detail = "reference to nothing", f"{entity.label}.{name}: no node {value}"
        else:
            kept[name] = value
            continue
        source = entity.members[0][0] if entity.members else entity.id
        on_drop(Drop(source=source, stage="graph", reason=reason, detail=detail))
    return entity if len(kept) == len(entity.properties) else replace(entity, properties=Properties(kept))
