"""The graph's schema: node and edge types with their properties, read from `schema/*.yaml`.

Everything that knows about labels and properties (the check of edges, the tables of
the embedded database, constraints, CSV headers, GraphML keys) is made from this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.errors import SchemaError
from kg.ids import digest
from kg.resources import data_dir
from kg.types import LABELS

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

    def node_of(self, mention_label: str) -> NodeType:
        """Return the node type that mentions of a label become.

        Raises:
            ValueError: there is no such mention label.
        """
        for node in self.nodes.values():
            if node.mention_label == mention_label and mention_label:
                return node
        raise ValueError(f"unknown mention label {mention_label!r} (known: {', '.join(LABELS)})")

    def check(self) -> None:
        """Check that the types fit each other and the labels of mentions.

        Raises:
            SchemaError: lists all contradictions found.
        """
        faults = [*_label_faults(self), *_end_faults(self), *_property_faults(self)]
        if faults:
            raise _error(faults, self.folder)


def load_schema(folder: Path | None = None) -> Schema:
    """Read and check `nodes.yaml` and `edges.yaml`, the package's own unless `folder` is given.

    Raises:
        SchemaError: a file cannot be read, or the schema contradicts itself; lists all faults.
    """
    return _load(folder or data_dir("schema"))


@cache
def _load(folder: Path) -> Schema:
    faults: list[str] = []
    nodes_file, edges_file = _read(folder / "nodes.yaml"), _read(folder / "edges.yaml")
    common = _properties(nodes_file.get("common"), "nodes.yaml: common", faults)
    nodes = {
        str(label): _node(str(label), body, common, faults)
        for label, body in _table(nodes_file.get("nodes"), "nodes.yaml: nodes", faults).items()
    }
    common = _properties(edges_file.get("common"), "edges.yaml: common", faults)
    edges = {
        str(kind): _edge(str(kind), body, common, faults)
        for kind, body in _table(edges_file.get("edges"), "edges.yaml: edges", faults).items()
    }
    if faults:
        raise _error(faults, folder)
    texts = [(folder / name).read_text("utf-8") for name in ("nodes.yaml", "edges.yaml")]
    schema = Schema(nodes=nodes, edges=edges, fingerprint=digest(*texts), folder=folder)
    schema.check()
    return schema


def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Refuses a key that stands twice: YAML itself would silently keep the last."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            keys = [key.value for key, _ in node.value]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {', '.join(twice)} stands twice", node.start_mark
                )
            return super().construct_mapping(node, deep)

    try:
        content = yaml.load(path.read_text("utf-8"), Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SchemaError(f"cannot read the schema: {error}", path=path) from error
    if not isinstance(content, dict):
        raise SchemaError("expected a map with 'common' and the types", path=path)
    return content


def _table(value: object, where: str, faults: list[str]) -> Mapping[Any, Any]:
    if isinstance(value, dict):
        return value
    faults.append(f"{where}: expected a map, found {value!r}")
    return {}


def _properties(value: object, where: str, faults: list[str]) -> dict[str, PropertyType]:
    """Read properties written as `name: [type, description]` or as a map."""
    properties = {}
    for name, body in _table(value, where, faults).items():
        if isinstance(body, list) and len(body) == 2:
            body = dict(zip(("type", "description"), body, strict=True))
        if not isinstance(body, dict) or not {"type", "description"} <= set(body) <= {"type", "description", "source"}:
            faults.append(f"{where}: {name}: expected [type, description], found {body!r}")
            continue
        if body["type"] not in PROPERTY_TYPES:
            faults.append(f"{where}: {name}: unknown type {body['type']!r} (known: {', '.join(PROPERTY_TYPES)})")
        properties[str(name)] = PropertyType(name=str(name), **{key: str(part) for key, part in body.items()})
    return properties


def _fields(body: object, allowed: set[str], where: str, faults: list[str]) -> Mapping[str, Any]:
    fields = _table(body, where, faults)
    unknown = sorted(set(fields) - allowed)
    if unknown:
        faults.append(f"{where}: unknown key {', '.join(unknown)} (known: {', '.join(sorted(allowed))})")
    for key in ("description", "description_zh"):
        if not isinstance(fields.get(key), str):
            faults.append(f"{where}: {key} is missing")
    return fields


def _node(label: str, body: object, common: Mapping[str, PropertyType], faults: list[str]) -> NodeType:
    where = f"nodes.yaml: {label}"
    fields = _fields(body, {"mention_label", "description", "description_zh", "properties"}, where, faults)
    own = _properties(fields.get("properties", {}), where, faults)
    faults += [f"{where}: {name} is a common property" for name in own if name in common]
    return NodeType(
        label=label,
        mention_label=str(fields.get("mention_label", "")),
        description=str(fields.get("description")),
        description_zh=str(fields.get("description_zh")),
        properties={**common, **own},
    )


def _edge(kind: str, body: object, common: Mapping[str, PropertyType], faults: list[str]) -> EdgeType:
    where = f"edges.yaml: {kind}"
    fields = _fields(body, {"description", "description_zh", "ends", "key", "properties"}, where, faults)
    own = _properties(fields.get("properties", {}), where, faults)
    faults += [f"{where}: {name} is a common property" for name in own if name in common]
    pairs = []
    for row in fields.get("ends") or ():
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(side, list) for side in row)):
            faults.append(f"{where}: ends: expected [[head labels], [tail labels]], found {row!r}")
            continue
        pairs += [(str(head), str(tail)) for head in row[0] for tail in row[1]]
    return EdgeType(
        type=kind,
        ends=tuple(pairs),
        key=tuple(map(str, fields.get("key") or ())),
        description=str(fields.get("description")),
        description_zh=str(fields.get("description_zh")),
        properties={**common, **own},
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


def _error(faults: list[str], folder: Path) -> SchemaError:
    return SchemaError(
        f"{len(faults)} faults in the schema:\n  " + "\n  ".join(faults),
        path=folder,
        hint="'kg check' reads the schema again",
    )


def _is_day(text: str) -> bool:
    import datetime

    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
