"""The graph as GraphML that Gephi, networkx and yEd read, streamed: memory does not grow with the file.

What Gephi needs (its `ImporterGraphML`): an edge id that is unique in the whole file, or the
edge is dropped; the relation type as the XML attribute `label` of `<edge>`; data keys named
`label`, `size`, `r`, `g`, `b`, `x`, `y` and `weight` for what it draws. networkx's own writer gives
parallel edges the ids 0, 1, 0 …, so it cannot be used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.schema import PropertyType, Schema
from kg.sinks.rows import edge_row, joint_properties, node_row
from kg.sinks.style import colours, degrees, size
from kg.sinks.xmltext import XmlSink, XmlText
from kg.types import Edge, Graph

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

_TYPES: Final = {
    "string": "string",
    "strings": "string",
    "date": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
}
_DRAWN: Final = {"type": "string", "size": "double", "r": "int", "g": "int", "b": "int"}
_PLACED: Final = {"x": "double", "y": "double"}
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


class GraphmlSink(XmlSink):
    """Writes one GraphML file; see the module for what stands in it."""

    def _lines(self, graph: Graph, text: XmlText) -> Iterator[str]:
        schema = self.schema
        nodes = joint_properties(kind.properties for kind in schema.nodes.values())
        edges = joint_properties(kind.properties for kind in schema.edges.values())
        yield f"<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns=\"{NAMESPACE}\">\n"
        yield from _key_lines("node", _keys(nodes, _DRAWN | _PLACED if self.positions else _DRAWN), text)
        yield from _key_lines("edge", _keys(edges, _WEIGHT), text)
        yield '<graph id="kg" edgedefault="directed">\n'
        yield from self._node_lines(graph, text)
        yield from _edge_lines(graph.edges, schema, text)
        yield "</graph>\n</graphml>\n"

    def _node_lines(self, graph: Graph, text: XmlText) -> Iterator[str]:
        schema, positions, templates = self.schema, self.positions, _Templates("node", '<node id="%s">')
        degree, colour = degrees(graph), colours(schema.nodes)
        for node in graph.nodes:
            row = node_row(node, schema)
            del row["id"]  # It is the XML id, and Gephi's Id column.
            drawn = (node.label, size(degree[node.id]), *colour[node.label], *positions.get(node.id, ()))
            yield templates.of(tuple(row), len(drawn)) % (*text.cells((node.id, *row.values())), *drawn)


def _edge_lines(edges: Iterable[Edge], schema: Schema, text: XmlText) -> Iterator[str]:
    """Yield the edges with the relation type as the attribute that Gephi reads."""
    templates = _Templates("edge", '<edge id="%s" source="%s" target="%s" label="%s">')
    for edge in edges:
        row = edge_row(edge, schema)
        del row["id"]
        cells = text.cells((edge.id, edge.head_id, edge.tail_id, edge.type, *row.values()))
        yield templates.of(tuple(row), 0) % tuple(cells)


class _Templates:
    """The elements of one tag as `%` templates, one for each set of keys that occurs."""

    def __init__(self, tag: str, opening: str) -> None:
        self.tag = tag
        self.opening = opening
        self._known: dict[tuple[tuple[str, ...], int], str] = {}

    def of(self, names: tuple[str, ...], drawn: int) -> str:
        """Return the template for these properties and the first `drawn` keys for drawing."""
        found = self._known.get((names, drawn))
        if found is None:
            keys = [*map(_key_name, names), *[*_DRAWN, *_PLACED][:drawn]]
            cells = "".join(f'<data key="{self.tag}_{key}">%s</data>' for key in keys)
            found = self._known[names, drawn] = f"{self.opening}{cells}</{self.tag}>\n"
        return found


def _keys(properties: Mapping[str, PropertyType], drawn: Mapping[str, str]) -> dict[str, str]:
    """Return every data key with its GraphML type, each name once."""
    own = {_key_name(name): _TYPES[kind.type] for name, kind in properties.items() if name != "id"}
    return {**own, **drawn}


def _key_name(name: str) -> str:
    """Keep a property from being taken by Gephi as a size, a colour or a place on the canvas."""
    return f"kg_{name}" if name in _TAKEN else name


def _key_lines(domain: str, keys: Mapping[str, str], text: XmlText) -> Iterator[str]:
    for name, kind in sorted(keys.items()):
        shown = text.escape(name)
        yield f'<key id="{domain}_{shown}" for="{domain}" attr.name="{shown}" attr.type="{kind}"/>\n'
