"""The graph as GraphML that Gephi, networkx and yEd read, streamed: memory does not grow with the file.

What Gephi needs (its `ImporterGraphML`): an edge id that is unique in the whole file, or the
edge is dropped; the relation type as the XML attribute `label` of `<edge>`; data keys named
`label`, `size`, `r`, `g`, `b` and `weight` for what it draws. networkx's own writer gives
parallel edges the ids 0, 1, 0 …, so it cannot be used here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.schema import PropertyType, Schema, load_schema
from kg.sinks.base import SinkReport
from kg.sinks.files import replacing
from kg.sinks.rows import Cell, Row, edge_row, joint_properties, labels_by_id, node_row
from kg.types import Edge, Entity, Graph

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
LIST_SEPARATOR: Final = " | "
"""Joins the parts of a list; GraphML has no lists that both Gephi and networkx read."""

PALETTE: Final = (
    (0, 114, 178),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (213, 94, 0),
    (86, 180, 233),
    (240, 228, 66),
    (128, 128, 128),
)
"""Colours of the labels in schema order, told apart by colour-blind eyes (Okabe and Ito 2008, grey for black)."""

_TYPES: Final = {
    "string": "string",
    "strings": "string",
    "date": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
}
_DRAWN: Final = {"type": "string", "size": "double", "r": "int", "g": "int", "b": "int"}
_WEIGHT: Final = {"weight": "double"}
_TAKEN: Final = frozenset(
    (
        "size",
        "color",
        "r",
        "g",
        "b",
        "x",
        "y",
        "z",
        "xpos",
        "ypos",
        "zpos",
        "nodelabel",
        "edgelabel",
        "Edge Weight",
        "type",
    )
)
# XML 1.0 section 2.2: the characters that no document may hold, not even escaped.
_REFUSED: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_TEXT: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    int: str,
    float: repr,
    bool: lambda value: "true" if value else "false",
    list: LIST_SEPARATOR.join,
    date: date.isoformat,
}


class GraphmlSink:
    """Writes one GraphML file; see the module for what stands in it."""

    def __init__(self, path: str | Path, *, schema: Schema | None = None) -> None:
        """Take the file, and the schema unless it is the package's own."""
        self.path = Path(path)
        self.schema = schema or load_schema()

    def write(self, graph: Graph) -> SinkReport:
        """Write the file anew; characters that XML cannot hold are left out and counted in the notes.

        Raises:
            SinkError: the file cannot be written, an edge hangs loose, or a property is not in the schema.
        """
        labels_by_id(graph)
        with replacing(self.path) as path:
            removed = self._stream(path, graph)
        notes = (f"{removed} control characters left out, which XML cannot hold",) if removed else ()
        return SinkReport.of(graph, notes=notes)

    def _stream(self, path: Path, graph: Graph) -> int:
        from lxml import etree

        schema = self.schema
        nodes = joint_properties(kind.properties for kind in schema.nodes.values())
        edges = joint_properties(kind.properties for kind in schema.edges.values())
        colours = _colours(schema.nodes)
        node_keys, edge_keys = _keys(nodes, _DRAWN), _keys(edges, _WEIGHT)
        with etree.xmlfile(str(path), encoding="utf-8") as file, file.element("graphml", nsmap={None: NAMESPACE}):
            for key in _key_elements("node", node_keys) + _key_elements("edge", edge_keys):
                file.write(key)
            with file.element("graph", {"id": "kg", "edgedefault": "directed"}):
                file.write("\n")
                writer = _ElementWriter(file)
                for node in graph.nodes:
                    row = node_row(node, schema)
                    del row["id"]  # It is the XML id, and Gephi's Id column.
                    size = f"{10 + 5 * log2(max(node.doc_count, 1)):.1f}"
                    writer.write_node(node, row, (node.label, size, *colours[node.label]))
                for edge in graph.edges:
                    row = edge_row(edge, schema)
                    del row["id"]
                    writer.write_edge(edge, row)
        return writer.removed


class _ElementWriter:
    """Writes nodes and edges from one reused element for each type and set of keys: 4 times the speed of new ones."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.removed = 0
        self._shapes: dict[tuple[str, ...], _Shape] = {}

    def write_node(self, node: Entity, row: Row, drawing: Sequence[str]) -> None:
        """Write a node; `drawing` are the values of `_DRAWN`."""
        shape = self._shape("node", node.label, row)
        shape.element.set("id", node.id)
        for cell, text in zip(shape.drawn, drawing, strict=True):
            cell.text = text
        self._write(shape, row)

    def write_edge(self, edge: Edge, row: Row) -> None:
        """Write an edge with the relation type as the attribute that Gephi reads."""
        shape = self._shape("edge", edge.type, row)
        attributes = shape.element.attrib
        attributes["id"] = edge.id
        attributes["source"] = edge.head_id
        attributes["target"] = edge.tail_id
        self._write(shape, row)

    def _shape(self, tag: str, kind: str, row: Row) -> _Shape:
        key = (tag, kind, *row)
        if key not in self._shapes:
            self._shapes[key] = _Shape(tag, kind, row)
        return self._shapes[key]

    def _write(self, shape: _Shape, row: Row) -> None:
        cells, last = shape.cells, shape.last
        for place, content in enumerate(row.values()):
            if content == last[place]:  # most weights and methods are those of the element before
                continue
            last[place] = content
            text = content if type(content) is str else _AS_TEXT[type(content)](content)
            try:
                cells[place].text = text
            except ValueError:  # lxml's answer to a character that XML refuses; rare, so checked only then
                cells[place].text, removed = _REFUSED.subn("", text)
                self.removed += removed
                last[place] = None
        self.file.write(shape.element)


class _Shape:
    """An element to be filled again and again: its cells for properties, what they hold, and those for drawing."""

    def __init__(self, tag: str, kind: str, names: Iterable[str]) -> None:
        from lxml import etree

        self.element = etree.Element(
            tag, {"id": "", "source": "", "target": "", "label": kind} if tag == "edge" else {}
        )
        self.element.tail = "\n"
        keys = [f"{tag}_{_key_name(name)}" for name in names]
        self.cells = [etree.SubElement(self.element, "data", {"key": key}) for key in keys]
        self.last: list[Cell | None] = [None] * len(keys)
        drawn = _DRAWN if tag == "node" else ()
        self.drawn = [etree.SubElement(self.element, "data", {"key": f"node_{name}"}) for name in drawn]


def _keys(properties: Mapping[str, PropertyType], drawn: Mapping[str, str]) -> dict[str, str]:
    """Return every data key with its GraphML type, each name once."""
    own = {_key_name(name): _TYPES[kind.type] for name, kind in properties.items() if name != "id"}
    return {**own, **drawn}


def _key_name(name: str) -> str:
    """Keep a property from being taken by Gephi as a size, a colour or a place on the canvas."""
    return f"kg_{name}" if name in _TAKEN else name


def _key_elements(domain: str, keys: Mapping[str, str]) -> list[etree._Element]:
    from lxml import etree

    elements = []
    for name, kind in sorted(keys.items()):
        key = {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind}
        elements.append(etree.Element("key", key))
        elements[-1].tail = "\n"
    return elements


def _colours(labels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {label: tuple(map(str, PALETTE[place % len(PALETTE)])) for place, label in enumerate(labels)}
