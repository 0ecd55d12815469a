"""The graph as GEXF 1.3 for Gephi, streamed: what GraphML has, and the days on which things held, for the timeline.

Gephi reads (its `ImporterGEXF`) the relation type from `kind`, time from `<spells>` in a graph of mode `dynamic`,
colour, size and place from the viz module. What has no spell is there at any time. The order of attributes and
the namespace are those of the GEXF 1.3 schema (https://gexf.net/schema.html).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.records import Edge, Entity, Graph
from kg.records.spells import Spell, edge_spells, spells_by_node
from kg.sinks.columns import edge_columns, edge_ends, edge_shape, node_columns, node_shape
from kg.sinks.rows import joint_properties
from kg.sinks.style import colours, sizes
from kg.sinks.xmltext import Pieces, XmlSink, XmlText, filled, in_batches
from kg.tables.schema import PropertyType

NAMESPACE: Final = "http://gexf.net/1.3"
VIZ: Final = "http://gexf.net/1.3/viz"

# No lists and no days: networkx knows neither, and Gephi's lists cannot hold a comma.
_TYPES: Final = {
    "string": "string",
    "strings": "string",
    "date": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
}
_NODE_OWN: Final = frozenset(("id", "label"))
_EDGE_OWN: Final = frozenset(("id", "label", "weight"))
"""Properties that GEXF has attributes for."""


class GexfSink(XmlSink):
    """Writes one GEXF file; see the module for what stands in it."""

    def _parts(self, graph: Graph, degree: Counter[str], text: XmlText) -> Iterator[bytes]:
        schema, spells = self.schema, spells_by_node(graph)
        nodes = joint_properties(kind.properties for kind in schema.nodes.values())
        edges = joint_properties(kind.properties for kind in schema.edges.values())
        yield _HEAD.encode()
        yield from _columns("node", {"type": "string", **_types(nodes, _NODE_OWN)}, text)
        yield from _columns("edge", _types(edges, _EDGE_OWN), text)
        yield b"<nodes>\n"
        yield from self._nodes(graph.nodes, spells, degree, text)
        yield b"</nodes>\n<edges>\n"
        yield from self._edges(graph.edges, spells, text)
        yield b"</edges>\n</graph>\n</gexf>\n"

    def _nodes(
        self, nodes: Iterable[Entity], spells: _SpellsById, degree: Mapping[str, int], text: XmlText
    ) -> Iterator[bytes]:
        schema, positions, colour = self.schema, self.positions, colours(self.schema.nodes)

        def write(nodes: Sequence[Entity]) -> Pieces:
            columns = node_columns(nodes, schema)
            ids: list[str] = [node.id for node in nodes]
            own = ids, columns.pop("label")
            columns["type"] = [nodes[0].label] * len(nodes)
            times = _encoded(_spells(spells.get(id_, ())) for id_ in ids)
            places = _encoded(_POSITION % positions[id_] if id_ in positions else "" for id_ in ids)
            look = _COLOUR % colour[nodes[0].label] + _SIZE
            template = f"{_NODE}{_values(columns)}%s{look}%s</node>\n"
            drawn = times, _encoded(sizes(degree[id_] for id_ in ids)), places
            return filled(template, (*map(text.column, (*own, *columns.values())), *drawn))

        return in_batches(nodes, node_shape, write)

    def _edges(self, edges: Iterable[Edge], spells: _SpellsById, text: XmlText) -> Iterator[bytes]:
        def write(edges: Sequence[Edge]) -> Pieces:
            columns = {name: cells for name, cells in edge_columns(edges, self.schema).items() if name not in _EDGE_OWN}
            types, weights = [edges[0].type] * len(edges), [str(edge.weight) for edge in edges]
            cells = map(text.column, (*edge_ends(edges), types, types, weights, *columns.values()))
            times = _encoded(_spells(edge_spells(edge, spells)) for edge in edges)
            return filled(f"{_EDGE}{_values(columns)}%s</edge>\n", (*cells, times))

        return in_batches(edges, edge_shape, write)


_SpellsById = Mapping[str, tuple[Spell, ...]]

_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="{NAMESPACE}" xmlns:viz="{VIZ}" version="1.3">
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_NODE: Final = '<node id="%s" label="%s">'
_EDGE: Final = '<edge id="%s" source="%s" target="%s" kind="%s" label="%s" weight="%s">'
_COLOUR: Final = '<viz:color r="%s" g="%s" b="%s"/>'
_SIZE: Final = '<viz:size value="%s"/>'
_POSITION: Final = '<viz:position x="%s" y="%s" z="0"/>'


def _types(properties: Mapping[str, PropertyType], own: frozenset[str]) -> dict[str, str]:
    return {name: _TYPES[kind.type] for name, kind in properties.items() if name not in own}


def _columns(kind: str, types: Mapping[str, str], text: XmlText) -> Iterator[bytes]:
    yield f'<attributes class="{kind}" mode="static">\n'.encode()
    for name, type_ in sorted(types.items()):
        yield f'<attribute id="{text.escape(name)}" title="{text.escape(name)}" type="{type_}"/>\n'.encode()
    yield b"</attributes>\n"


def _values(names: Iterable[str]) -> str:
    """Return the template of the values of these properties."""
    return "<attvalues>" + "".join(f'<attvalue for="{name}" value="%s"/>' for name in names) + "</attvalues>"


def _encoded(texts: Iterable[str]) -> list[bytes]:
    return [text.encode() for text in texts]


def _spells(spells: Iterable[Spell]) -> str:
    inside = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells)
    return f"<spells>{inside}</spells>" if inside else ""
