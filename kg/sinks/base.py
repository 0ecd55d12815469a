"""What every sink is and does, and the one place that knows them by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from kg.records import Graph
from kg.records.errors import SinkError


@dataclass(frozen=True, slots=True, kw_only=True)
class SinkReport:
    """What a sink wrote: nodes by label, edges by type, both sorted.

    `removed_nodes` and `removed_edges` count what an earlier graph had left and this one
    lacks; a file is written anew as a whole, so there both are 0. `notes` are sentences
    for people about what the target could not hold as it is.
    """

    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    removed_nodes: int = 0
    removed_edges: int = 0
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def of(
        cls, graph: Graph, *, removed_nodes: int = 0, removed_edges: int = 0, notes: tuple[str, ...] = ()
    ) -> SinkReport:
        """Report a graph that was written whole."""
        return cls(
            nodes=dict(sorted(Counter(node.label for node in graph.nodes).items())),
            edges=dict(sorted(Counter(edge.type for edge in graph.edges).items())),
            removed_nodes=removed_nodes,
            removed_edges=removed_edges,
            notes=notes,
        )


class Sink(Protocol):
    """A place that a graph can be written to."""

    def write(self, graph: Graph) -> SinkReport:
        """Make the target hold `graph` and nothing of an earlier graph of kg.

        Raises:
            SinkError: the target cannot be written, or an edge names a node that the graph
                lacks. A file target is then what it was before.
        """
        ...


_SINKS: Final = {
    "gexf": ("kg.sinks.gexf", "GexfSink"),
    "graphml": ("kg.sinks.graphml", "GraphmlSink"),
    "jsonl": ("kg.sinks.jsonl", "JsonlSink"),
    "ladybug": ("kg.sinks.ladybug", "LadybugSink"),
    "neo4j": ("kg.sinks.neo4j", "Neo4jSink"),
    "neo4j-admin": ("kg.sinks.neo4j_admin", "Neo4jAdminSink"),
}


def sink_names() -> tuple[str, ...]:
    """Return the names that `sink_for` knows, sorted."""
    return tuple(sorted(_SINKS))


def sink_for(name: str, target: str | Path, **options: Any) -> Sink:
    """Return the sink called `name`, and import what it needs only now.

    Args:
        name: One of `sink_names()`.
        target: A file (gexf, graphml, ladybug), a folder (jsonl, neo4j-admin) or a Bolt URI (neo4j).
        options: Further arguments of that sink's class.

    Raises:
        SinkError: there is no sink of that name.

    >>> sink_for("gefx", "graph.gefx")
    Traceback (most recent call last):
    kg.records.errors.SinkError: unknown sink 'gefx' (known: gexf, graphml, jsonl, ladybug, neo4j, neo4j-admin)
    """
    if name not in _SINKS:
        raise SinkError(f"unknown sink {name!r} (known: {', '.join(sink_names())})")
    module, kind = _SINKS[name]
    sink: Sink = getattr(import_module(module), kind)(target, **options)
    return sink
