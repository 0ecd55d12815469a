"""The graph as a networkx graph, for notebooks and algorithms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Graph
from kg.sinks.rows import edge_row, labels_by_id, node_row
from kg.tables.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: Graph, schema: Schema | None = None) -> networkx.MultiDiGraph[str]:
    """Return a directed multigraph: nodes by id, edges keyed by edge id.

    A node's `type` is its label in the schema (`Person`), its `label` the caption; an edge's
    `type` is its relation. Other attributes are the schema's properties: lists are lists of
    strings, days are `datetime.date`, what is not known is absent.

    Raises:
        SinkError: an edge names a node that the graph lacks, or a property is not in the schema.
    """
    import networkx

    schema = schema or load_schema()
    labels_by_id(graph)
    copy: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    copy.add_nodes_from((node.id, {"type": node.label, **node_row(node, schema)}) for node in graph.nodes)
    for edge in graph.edges:
        copy.add_edge(edge.head_id, edge.tail_id, edge.id, type=edge.type, **edge_row(edge, schema))
    return copy
