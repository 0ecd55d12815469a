"""Filters: each leaves out edges or nodes, never the end of an edge that stays.

A node that had edges and lost them all goes too; one that never had any stays, unless the filter is about nodes.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable

from kg.records import Edge, EntityId, Graph
from kg.records.edtf import find_days
from kg.records.errors import ConfigError
from kg.records.spells import Spell, edge_spells, spells_by_node
from kg.tables.schema import DOCUMENT


def only(graph: Graph, labels: Collection[str]) -> Graph:
    """Keep nodes with one of the labels, and the edges between them."""
    return _induced(graph, {node.id for node in graph.nodes if node.label in labels})


def between(graph: Graph, since: str | None = None, until: str | None = None) -> Graph:
    """Keep what may have held on some day of a period, and what has no date.

    Args:
        graph: The graph.
        since: EDTF date; the period begins with its first day. Without it, there is no beginning.
        until: EDTF date; the period ends with its last day, so that "2018" takes in all of 2018.

    Raises:
        ConfigError: a date names no days, or the period ends before it begins.
    """
    first = _days(since)[0] if since else "0001-01-01"
    last = _days(until)[1] if until else "9999-12-31"
    if first > last:
        raise ConfigError(f"the period from {since} to {until} has no day", hint="give the earlier date first")

    def is_inside(spells: Iterable[Spell]) -> bool:
        known = tuple(spells)
        return not known or any(start <= last and end >= first for start, end in known)

    spells = spells_by_node(graph)
    gone = {node_id for node_id, days in spells.items() if not is_inside(days)}
    edges = [
        edge
        for edge in graph.edges
        if edge.head_id not in gone and edge.tail_id not in gone and is_inside(edge_spells(edge, spells))
    ]
    return _of_edges(graph, edges, gone)


def at_least(graph: Graph, weight: int) -> Graph:
    """Keep edges of at least this weight."""
    return _of_edges(graph, [edge for edge in graph.edges if edge.weight >= weight], frozenset())


def around(graph: Graph, name: str, hops: int = 1) -> Graph:
    """Keep the nodes at most `hops` edges away from those called `name`, whatever way the edges point.

    All namesakes are starting points; a caption (王兵 · 临汾市副市长) or an id names one of them. A way does not
    lead through a document: else all that one page mentions would be two steps apart.

    Raises:
        ConfigError: nothing is called so; the hint has the names that come nearest.
    """
    found = {node.id for node in graph.nodes if name in (node.id, node.name, node.caption, *node.aliases)}
    if not found:
        near = difflib.get_close_matches(name, {node.name for node in graph.nodes}, n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}?" if near else "give a name, an alias, a caption or an id"
        raise ConfigError(f"no node of the graph is called {name!r}", hint=hint)
    documents = {node.id for node in graph.nodes if node.label == DOCUMENT}
    neighbours: defaultdict[EntityId, set[EntityId]] = defaultdict(set)
    for edge in graph.edges:
        neighbours[edge.head_id].add(edge.tail_id)
        neighbours[edge.tail_id].add(edge.head_id)
    rim = set(found)
    for hop in range(hops):
        passable = rim if hop == 0 else rim - documents
        rim = {other for node_id in passable for other in neighbours[node_id]} - found
        found |= rim
    return _induced(graph, found)


def _days(edtf: str) -> Spell:
    days = find_days(edtf)
    if days is None:
        raise ConfigError(f"{edtf!r} is not a date", hint="write 2018, 2018-08 or 2018-08-09")
    return days


def _induced(graph: Graph, ids: Collection[EntityId]) -> Graph:
    edges = [edge for edge in graph.edges if edge.head_id in ids and edge.tail_id in ids]
    return with_edges(graph, edges, ids)


def _of_edges(graph: Graph, edges: Collection[Edge], gone: Collection[str]) -> Graph:
    """Return the graph of these edges, without nodes that lost all of theirs."""
    had, have = _ends(graph.edges), _ends(edges)
    ids = {node.id for node in graph.nodes if node.id not in gone and (node.id in have or node.id not in had)}
    return with_edges(graph, edges, ids)


def _ends(edges: Iterable[Edge]) -> set[EntityId]:
    return {end for edge in edges for end in (edge.head_id, edge.tail_id)}


def with_edges(graph: Graph, edges: Collection[Edge], ids: Collection[EntityId]) -> Graph:
    """Return a graph of these edges, the nodes with these ids, and the evidence that belongs to them."""
    kept = {edge.id for edge in edges}
    return Graph(
        nodes=tuple(node for node in graph.nodes if node.id in ids),
        edges=tuple(edges),
        evidence=tuple(evidence for evidence in graph.evidence if evidence.edge_id in kept),
    )
