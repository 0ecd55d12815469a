"""Reading `nodes.yaml` and `edges.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.records.errors import SchemaError
from kg.records.ids import digest
from kg.tables.resources import data_dir
from kg.tables.schema.definitions import PROPERTY_TYPES, EdgeType, NodeType, PropertyType, Schema, schema_error


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
        raise schema_error(faults, folder)
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
