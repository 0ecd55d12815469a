"""Node and edge types as records, and the check that they fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kg.records import LABELS
from kg.records.errors import SchemaError

PROPERTY_TYPES: Final = ("string", "strings", "date", "integer", "float", "boolean")
DOCUMENT: Final = "Document"
"""The node label of news items: the one type that no mention has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyType:
    """What a property holds.

    `type` is one of `PROPERTY_TYPES`; a `date` is one day as ISO 8601 text. `source` names the rule behind
    a derived value.
    """

    name: str
    type: str
    description: str
    source: str = ""

    def accepts(self, value: object) -> bool:
        """Say whether `value` is of this type; an integer passes as a float, a boolean as neither.

        >>> PropertyType(name="date_first", type="date", description="").accepts("2018-08")
        False
        """
        match self.type:
            case "string":
                return isinstance(value, str)
            case "strings":
                return isinstance(value, tuple) and all(isinstance(part, str) for part in value)
            case "boolean":
                return isinstance(value, bool)
            case "integer":
                return isinstance(value, int) and not isinstance(value, bool)
            case "float":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case _:
                return isinstance(value, str) and _is_day(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """A node label. `properties` are the common ones, then its own; `mention_label` is empty for Document."""

    label: str
    mention_label: str
    description: str
    description_zh: str
    properties: Mapping[str, PropertyType]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeType:
    """An edge type.

    `ends` are the allowed `(head label, tail label)` pairs. Claims that agree on all parts of `key`
    ("head", "tail" and names of properties) are one edge. `properties` are the common ones, then its own.
    """

    type: str
    ends: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    description: str
    description_zh: str
    properties: Mapping[str, PropertyType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """All node and edge types, in the order of the files; `fingerprint` changes with any of them."""

    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    fingerprint: str
    folder: Path

    def check(self) -> None:
        """Check that the types fit each other and the labels of mentions.

        Raises:
            SchemaError: lists all contradictions found.
        """
        faults = [*_label_faults(self), *_end_faults(self), *_property_faults(self)]
        if faults:
            raise schema_error(faults, self.folder)


def schema_error(faults: list[str], folder: Path) -> SchemaError:
    """Return one error that lists all faults."""
    return SchemaError(
        f"{len(faults)} faults in the schema:\n  " + "\n  ".join(faults),
        path=folder,
        hint="'kg check' reads the schema again",
    )


def _label_faults(schema: Schema) -> list[str]:
    faults = []
    carried = [node.mention_label for node in schema.nodes.values() if node.mention_label]
    for label in sorted(set(carried) | set(LABELS)):
        if label not in LABELS:
            faults.append(f"nodes.yaml: unknown mention label {label} (known: {', '.join(LABELS)})")
        elif carried.count(label) != 1:
            faults.append(f"nodes.yaml: mention label {label} has {carried.count(label)} node types, expected one")
    without = [node.label for node in schema.nodes.values() if not node.mention_label]
    if without != [DOCUMENT]:
        faults.append(f"nodes.yaml: exactly {DOCUMENT} has no mention label, found {', '.join(without) or 'none'}")
    return faults


def _end_faults(schema: Schema) -> list[str]:
    faults = []
    for edge in schema.edges.values():
        where = f"edges.yaml: {edge.type}"
        unknown = sorted({label for pair in edge.ends for label in pair} - set(schema.nodes))
        faults += [f"{where}: unknown node {label} (known: {', '.join(schema.nodes)})" for label in unknown]
        if not edge.ends:
            faults.append(f"{where}: ends is missing")
        if edge.key[:2] != ("head", "tail"):
            faults.append(f"{where}: key: expected head, tail, then properties, found {', '.join(edge.key) or 'none'}")
        faults += [f"{where}: key: {part} is no property" for part in edge.key[2:] if part not in edge.properties]
    return faults


def _property_faults(schema: Schema) -> list[str]:
    """Find a property name with two types, which no table or GraphML key can hold, and a date without its EDTF text."""
    faults = []
    for family in (schema.nodes.values(), schema.edges.values()):
        seen: dict[str, tuple[str, str]] = {}
        for kind in family:
            label = kind.label if isinstance(kind, NodeType) else kind.type
            for prop in kind.properties.values():
                known, first = seen.setdefault(prop.name, (prop.type, label))
                if known != prop.type:
                    faults.append(f"{label}.{prop.name} is {prop.type}, but {first}.{prop.name} is {known}")
    return faults


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
