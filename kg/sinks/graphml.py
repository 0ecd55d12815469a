"""The graph as GraphML that Gephi, networkx and yEd read, streamed: memory does not grow with the file.

What Gephi needs (its `ImporterGraphML`): an edge id that is unique in the whole file, or the
edge is dropped; the relation type as the XML attribute `label` of `<edge>`; data keys named
`label`, `size`, `r`, `g`, `b` and `weight` for what it draws. networkx's own writer gives
parallel edges the ids 0, 1, 0 …, so it cannot be used here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.schema import PropertyType, Schema, load_schema
from kg.sinks.base import SinkReport
from kg.sinks.files import replacing
from kg.sinks.rows import Cell, Row, edge_row, joint_properties, labels_by_id, node_row
from kg.types import Graph

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
_GEPHI_NODE: Final = {"label": "string", "type": "string", "size": "double", "r": "int", "g": "int", "b": "int"}
_GEPHI_EDGE: Final = {"label": "string", "weight": "double"}
_DRAWING: Final = frozenset(
    ("size", "color", "r", "g", "b", "x", "y", "z", "xpos", "ypos", "zpos", "nodelabel", "edgelabel", "Edge Weight")
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
        colours = dict(zip(schema.nodes, _colours(len(schema.nodes)), strict=True))
        node_keys, edge_keys = _keys(nodes, _GEPHI_NODE), _keys(edges, _GEPHI_EDGE)
        with etree.xmlfile(str(path), encoding="utf-8") as file, file.element("graphml", nsmap={None: NAMESPACE}):
            for key in _key_elements("node", node_keys) + _key_elements("edge", edge_keys):
                file.write(key)
            with file.element("graph", {"id": "kg", "edgedefault": "directed"}):
                file.write("\n")
                writer = _ElementWriter(file)
                for node in graph.nodes:
                    row = node_row(node, schema)
                    del row["id"]  # It is the XML id, and Gephi's Id column.
                    red, green, blue = colours[node.label]
                    size = 10 + 5 * log2(max(node.doc_count, 1))
                    drawing: Row = {"type": node.label, "size": round(size, 2), "r": red, "g": green, "b": blue}
                    writer.write("node", {"id": node.id}, _named(row, _GEPHI_NODE) | drawing)
                for edge in graph.edges:
                    row = edge_row(edge, schema)
                    del row["id"]
                    ends = {"id": edge.id, "source": edge.head_id, "target": edge.tail_id, "label": edge.type}
                    writer.write("edge", ends, _named(row, _GEPHI_EDGE))
        return writer.removed


class _ElementWriter:
    """Writes nodes and edges from one reused element for each set of keys: 4 times the speed of new elements."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.removed = 0
        self._shapes: dict[tuple[str, ...], tuple[etree._Element, list[etree._Element]]] = {}

    def write(self, tag: str, attributes: Mapping[str, str], row: Mapping[str, Cell]) -> None:
        shape = (tag, *row)
        if shape not in self._shapes:
            self._shapes[shape] = _empty_element(tag, row)
        element, cells = self._shapes[shape]
        for name, value in attributes.items():
            element.set(name, value)
        for cell, content in zip(cells, row.values(), strict=True):
            text = _AS_TEXT[type(content)](content)
            try:
                cell.text = text
            except ValueError:  # lxml's answer to a character that XML refuses; rare, so checked only then
                cell.text, removed = _REFUSED.subn("", text)
                self.removed += removed
        self.file.write(element)


def _empty_element(tag: str, names: Iterable[str]) -> tuple[etree._Element, list[etree._Element]]:
    from lxml import etree

    element = etree.Element(tag)
    element.tail = "\n"
    return element, [etree.SubElement(element, "data", {"key": f"{tag}_{name}"}) for name in names]


def _keys(properties: Mapping[str, PropertyType], drawn: Mapping[str, str]) -> dict[str, str]:
    """Return every data key with its GraphML type, each name once."""
    own = {_key_name(name, drawn): _TYPES[kind.type] for name, kind in properties.items() if name != "id"}
    return {**own, **drawn}


def _key_name(name: str, drawn: Mapping[str, str]) -> str:
    """Keep a property from being taken by Gephi as a size, a colour or a place on the canvas."""
    return f"kg_{name}" if name in _DRAWING or (name == "type" and "type" in drawn) else name


def _named(row: dict[str, Cell], drawn: Mapping[str, str]) -> dict[str, Cell]:
    return {_key_name(name, drawn): cell for name, cell in row.items()}


def _key_elements(domain: str, keys: Mapping[str, str]) -> list[etree._Element]:
    from lxml import etree

    elements = []
    for name, kind in sorted(keys.items()):
        key = {"id": f"{domain}_{name}", "for": domain, "attr.name": name, "attr.type": kind}
        elements.append(etree.Element("key", key))
        elements[-1].tail = "\n"
    return elements


def _colours(count: int) -> list[tuple[int, int, int]]:
    return [PALETTE[position % len(PALETTE)] for position in range(count)]
