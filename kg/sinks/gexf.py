"""The graph as GEXF 1.3 for Gephi, streamed: what GraphML has, and the days on which things held, for the timeline.

Gephi reads (its `ImporterGEXF`) the relation type from `kind`, time from `<spells>` in a graph of mode `dynamic`,
colour, size and place from the viz module. What has no spell is there at any time. The order of attributes and
the namespace are those of the GEXF 1.3 schema (https://gexf.net/schema.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from kg.schema import PropertyType
from kg.sinks.rows import edge_row, joint_properties, node_row
from kg.sinks.style import colours, degrees, size
from kg.sinks.xmltext import XmlSink, XmlText
from kg.spells import Spell, edge_spells, spells_by_node
from kg.types import Graph

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

    def _lines(self, graph: Graph, text: XmlText) -> Iterator[str]:
        schema, spells = self.schema, spells_by_node(graph)
        nodes = joint_properties(kind.properties for kind in schema.nodes.values())
        edges = joint_properties(kind.properties for kind in schema.edges.values())
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{NAMESPACE}" xmlns:viz="{VIZ}" version="1.3">\n'
        yield '<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date"'
        yield ' timerepresentation="interval">\n'
        yield from _columns("node", {"type": "string", **_types(nodes, _NODE_OWN)}, text)
        yield from _columns("edge", _types(edges, _EDGE_OWN), text)
        yield "<nodes>\n"
        yield from self._node_lines(graph, spells, text)
        yield "</nodes>\n<edges>\n"
        yield from self._edge_lines(graph, spells, text)
        yield "</edges>\n</graph>\n</gexf>\n"

    def _node_lines(self, graph: Graph, spells: Mapping[str, Iterable[Spell]], text: XmlText) -> Iterator[str]:
        schema, positions = self.schema, self.positions
        degree, colour = degrees(graph), colours(schema.nodes)
        for node in graph.nodes:
            row = node_row(node, schema)
            del row["id"]
            label = row.pop("label")
            row["type"] = node.label
            yield _NODE % tuple(text.cells((node.id, label)))
            yield _values(tuple(row)) % tuple(text.cells(row.values()))
            yield _spells(spells.get(node.id, ()))
            yield _COLOUR_AND_SIZE % (*colour[node.label], size(degree[node.id]))
            if node.id in positions:
                yield _POSITION % positions[node.id]
            yield "</node>\n"

    def _edge_lines(self, graph: Graph, spells: Mapping[str, tuple[Spell, ...]], text: XmlText) -> Iterator[str]:
        for edge in graph.edges:
            row = {name: cell for name, cell in edge_row(edge, self.schema).items() if name not in _EDGE_OWN}
            ends = (edge.id, edge.head_id, edge.tail_id, edge.type, edge.type, edge.weight)
            yield _EDGE % tuple(text.cells(ends))
            yield _values(tuple(row)) % tuple(text.cells(row.values()))
            yield _spells(edge_spells(edge, spells)) + "</edge>\n"


_NODE: Final = '<node id="%s" label="%s">'
_EDGE: Final = '<edge id="%s" source="%s" target="%s" kind="%s" label="%s" weight="%s">'
_COLOUR_AND_SIZE: Final = '<viz:color r="%s" g="%s" b="%s"/><viz:size value="%s"/>'
_POSITION: Final = '<viz:position x="%s" y="%s" z="0"/>'


def _types(properties: Mapping[str, PropertyType], own: frozenset[str]) -> dict[str, str]:
    return {name: _TYPES[kind.type] for name, kind in properties.items() if name not in own}


def _columns(kind: str, types: Mapping[str, str], text: XmlText) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for name, type_ in sorted(types.items()):
        yield f'<attribute id="{text.escape(name)}" title="{text.escape(name)}" type="{type_}"/>\n'
    yield "</attributes>\n"


@lru_cache(maxsize=1024)
def _values(names: tuple[str, ...]) -> str:
    """Return the template of the values of these properties; few combinations occur."""
    return "<attvalues>" + "".join(f'<attvalue for="{name}" value="%s"/>' for name in names) + "</attvalues>"


def _spells(spells: Iterable[Spell]) -> str:
    inside = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells)
    return f"<spells>{inside}</spells>" if inside else ""
