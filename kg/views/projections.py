"""Projections: people or organisations joined by what they share, so that a graph has one kind of node and edge.

Two people who sat in three meetings together have one edge of weight 3 with the three days as spells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from kg.records import Edge, EdgeId, EntityId, Graph, Properties
from kg.records.errors import ConfigError
from kg.records.ids import stable_id
from kg.records.spells import SPELLS, Spell, common, edge_spells, joined, spells_by_node
from kg.tables.schema import EdgeType, PropertyType, Schema
from kg.views.filters import with_edges

PROJECTIONS: Final = {"person-person": "Person", "org-org": "Organization"}
WAYS: Final = {"meeting": "CO_ATTENDED", "tenure": "CO_TENURE", "document": "CO_MENTIONED"}
"""What may be shared, and the type of the edge that says so."""

_AT_MEETING: Final = frozenset(("PRESIDED", "ATTENDED", "SPOKE_AT", "REPORTED_AT", "CONVENED"))
_COMMON: Final = ("id", "label", "weight", "doc_count", "confidence", "method", "quotes", "quote_documents")
_DESCRIPTIONS: Final = {
    "meeting": ("Two of a kind at the same meetings.", "同会"),
    "tenure": ("Two people in office at one organisation, or two organisations with one person, at once.", "共事"),
    "document": ("Two of a kind in the same documents.", "同文"),
}


@dataclass(slots=True)
class _Member:
    """How somebody takes part in what is shared."""

    spells: tuple[Spell, ...] = ()
    doc_count: int = 0
    confidence: float = 0.0

    def add(self, edge: Edge, spells: tuple[Spell, ...]) -> None:
        self.spells = joined((*self.spells, *spells))
        self.doc_count = max(self.doc_count, edge.doc_count)
        self.confidence = max(self.confidence, edge.confidence)


@dataclass(slots=True)
class _Tie:
    """What two nodes share, gathered up."""

    shared: list[EntityId] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    doc_count: int = 0
    confidence: float = 0.0


_Groups = Mapping[EntityId, Mapping[EntityId, _Member]]
"""Members by what they share."""


def project(graph: Graph, ends: str, by: str) -> Graph:
    """Return the graph of people (or organisations) with an edge between any two that share something.

    The weight of an edge is the number of things shared, its `doc_count` the documents that tell of both at most,
    its spells the days of the meetings or documents, or the time in office together; `shared` names what it is.
    Edges have no direction in meaning: the head is the smaller id. Nodes that share nothing are left out.

    By tenure, people share an organisation in which both held posts, organisations share a person who held posts in
    both; either way only where the known days in office overlap.

    Args:
        graph: The graph.
        ends: One of `PROJECTIONS`.
        by: One of `WAYS`.

    Raises:
        ConfigError: there is no such projection.
    """
    if ends not in PROJECTIONS or by not in WAYS:
        known = f"{', '.join(PROJECTIONS)}; by {', '.join(WAYS)}"
        raise ConfigError(f"unknown projection {ends} by {by} (known: {known})")
    label = PROJECTIONS[ends]
    groups = _tenures(graph, label) if by == "tenure" else _gatherings(graph, label, by)
    captions = {node.id: node.caption for node in graph.nodes}
    edges = sorted(_edges(_ties(groups, by), by, captions), key=lambda edge: edge.id)
    return with_edges(graph, edges, {end for edge in edges for end in (edge.head_id, edge.tail_id)})


def projection_schema(schema: Schema, ends: str, by: str) -> Schema:
    """Return the schema with the edge type of a projection beside its own."""
    label, kind = PROJECTIONS[ends], WAYS[by]
    description, description_zh = _DESCRIPTIONS[by]
    like = next(iter(schema.edges.values())).properties
    properties = {name: like[name] for name in _COMMON} | {
        "shared": PropertyType(name="shared", type="strings", description="captions of what the two share"),
        SPELLS: PropertyType(name=SPELLS, type="strings", description="when, as EDTF intervals"),
    }
    edge_type = EdgeType(
        type=kind,
        ends=((label, label),),
        key=("head", "tail"),
        description=description,
        description_zh=description_zh,
        properties=properties,
    )
    return replace(schema, edges={**schema.edges, kind: edge_type})


def _gatherings(graph: Graph, label: str, by: str) -> _Groups:
    """Group nodes by the meetings they were at, or by the documents that mention them."""
    labels, spells = {node.id: node.label for node in graph.nodes}, spells_by_node(graph)
    groups: defaultdict[EntityId, defaultdict[EntityId, _Member]] = defaultdict(lambda: defaultdict(_Member))
    for edge in graph.edges:
        if by == "document" and edge.type == "MENTIONS":
            shared, member = edge.head_id, edge.tail_id
        elif by == "meeting" and edge.type in _AT_MEETING:
            shared, member = edge.tail_id, edge.head_id
        else:
            continue
        if labels[member] == label:
            groups[shared][member].add(edge, spells.get(shared, ()))
    return groups


def _tenures(graph: Graph, label: str) -> _Groups:
    """Group people by the organisations of their posts, or organisations by the people in their posts."""
    bodies: defaultdict[EntityId, list[EntityId]] = defaultdict(list)
    for edge in graph.edges:
        if edge.type == "POST_IN":
            bodies[edge.head_id].append(edge.tail_id)
    groups: defaultdict[EntityId, defaultdict[EntityId, _Member]] = defaultdict(lambda: defaultdict(_Member))
    for edge in graph.edges:
        for body in bodies[edge.tail_id] if edge.type == "HOLDS" else ():
            shared, member = (body, edge.head_id) if label == "Person" else (edge.head_id, body)
            groups[shared][member].add(edge, edge_spells(edge, {}))
    return groups


def _ties(groups: _Groups, by: str) -> Mapping[tuple[EntityId, EntityId], _Tie]:
    ties: defaultdict[tuple[EntityId, EntityId], _Tie] = defaultdict(_Tie)
    for shared, members in sorted(groups.items()):
        for (one, first), (other, second) in combinations(sorted(members.items()), 2):
            spells = common(first.spells, second.spells)
            if by == "tenure" and not spells:
                continue
            tie = ties[one, other]
            tie.shared.append(shared)
            tie.spells += spells
            tie.doc_count += min(first.doc_count, second.doc_count)
            tie.confidence = max(tie.confidence, min(first.confidence, second.confidence))
    return ties


def _edges(ties: Mapping[tuple[EntityId, EntityId], _Tie], by: str, captions: Mapping[EntityId, str]) -> Iterator[Edge]:
    for (one, other), tie in ties.items():
        yield Edge(
            id=EdgeId(stable_id("edge", WAYS[by], one, other)),
            type=WAYS[by],
            head_id=one,
            tail_id=other,
            weight=len(tie.shared),
            doc_count=tie.doc_count,
            confidence=tie.confidence,
            method=f"projection:{by}",
            evidence=(),
            properties=Properties(
                shared=tuple(captions[node_id] for node_id in tie.shared),
                spells=tuple(f"{start}/{end}" for start, end in joined(tie.spells)),
            ),
        )
