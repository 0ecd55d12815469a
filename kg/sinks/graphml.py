"""The graph as GraphML that Gephi, networkx and yEd read, streamed: memory does not grow with the file.

What Gephi needs (its `ImporterGraphML`): an edge id that is unique in the whole file, or the
edge is dropped; the relation type as the XML attribute `label` of `<edge>`; data keys named
`label`, `size`, `r`, `g`, `b`, `x`, `y` and `weight` for what it draws. networkx's own writer gives
parallel edges the ids 0, 1, 0 …, so it cannot be used here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.records import Edge, Entity, Graph
from kg.sinks.columns import edge_columns, edge_ends, edge_shape, node_columns, node_shape
from kg.sinks.rows import joint_properties
from kg.sinks.style import colours, sizes
from kg.sinks.xmltext import Pieces, XmlSink, XmlText, filled, in_batches
from kg.tables.schema import PropertyType

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

    def _parts(self, graph: Graph, degree: Counter[str], text: XmlText) -> Iterator[bytes]:
        schema = self.schema
        nodes = joint_properties(kind.properties for kind in schema.nodes.values())
        edges = joint_properties(kind.properties for kind in schema.edges.values())
        yield f"<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns=\"{NAMESPACE}\">\n".encode()
        yield from _key_lines("node", _keys(nodes, _DRAWN | _PLACED if self.positions else _DRAWN), text)
        yield from _key_lines("edge", _keys(edges, _WEIGHT), text)
        yield b'<graph id="kg" edgedefault="directed">\n'
        yield from self._nodes(graph.nodes, degree, text)
        yield from self._edges(graph.edges, text)
        yield b"</graph>\n</graphml>\n"

    def _nodes(self, nodes: Iterable[Entity], degree: Mapping[str, int], text: XmlText) -> Iterator[bytes]:
        schema, positions, colour = self.schema, self.positions, colours(self.schema.nodes)

        def shape(node: Entity) -> Hashable:
            return node.id in positions, node_shape(node)

        def write(nodes: Sequence[Entity]) -> Pieces:
            ids: list[str] = [node.id for node in nodes]
            label = nodes[0].label
            columns = {_key_name(name): cells for name, cells in node_columns(nodes, schema).items()}
            columns |= {"type": [label] * len(nodes), "size": sizes(degree[id_] for id_ in ids)}
            columns |= {part: [str(value)] * len(nodes) for part, value in zip("rgb", colour[label], strict=True)}
            if ids[0] in positions:
                columns |= {axis: [str(positions[id_][place]) for id_ in ids] for place, axis in enumerate(_PLACED)}
            return filled(_template("node", '<node id="%s">', columns), map(text.column, (ids, *columns.values())))

        return in_batches(nodes, shape, write)

    def _edges(self, edges: Iterable[Edge], text: XmlText) -> Iterator[bytes]:
        """Yield the edges with the relation type as the attribute that Gephi reads."""
        opening = '<edge id="%s" source="%s" target="%s" label="%s">'

        def write(edges: Sequence[Edge]) -> Pieces:
            columns = {_key_name(name): cells for name, cells in edge_columns(edges, self.schema).items()}
            types = [edges[0].type] * len(edges)
            cells = map(text.column, (*edge_ends(edges), types, *columns.values()))
            return filled(_template("edge", opening, columns), cells)

        return in_batches(edges, edge_shape, write)


def _template(tag: str, opening: str, keys: Iterable[str]) -> str:
    """Return an element with these data keys."""
    cells = "".join(f'<data key="{tag}_{key}">%s</data>' for key in keys)
    return f"{opening}{cells}</{tag}>\n"


def _keys(properties: Mapping[str, PropertyType], drawn: Mapping[str, str]) -> dict[str, str]:
    """Return every data key with its GraphML type, each name once."""
    own = {_key_name(name): _TYPES[kind.type] for name, kind in properties.items() if name != "id"}
    return {**own, **drawn}


def _key_name(name: str) -> str:
    """Keep a property from being taken by Gephi as a size, a colour or a place on the canvas."""
    return f"kg_{name}" if name in _TAKEN else name


def _key_lines(domain: str, keys: Mapping[str, str], text: XmlText) -> Iterator[bytes]:
    for name, kind in sorted(keys.items()):
        shown = text.escape(name)
        yield f'<key id="{domain}_{shown}" for="{domain}" attr.name="{shown}" attr.type="{kind}"/>\n'.encode()
