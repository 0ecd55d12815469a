"""The graph of a corpus: nodes, edges, and the evidence of each edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.records.extractions import Evidence
from kg.records.ids import DocId, EdgeId, EntityId, LocalId
from kg.records.properties import EMPTY, Properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A node of the corpus graph; `label` is the graph's (`Person`, `Post` …), `caption` tells namesakes apart.

    `members` are the local entities it stands for, as `(doc_id, local_id)`, sorted.
    """

    id: EntityId
    label: str
    name: str
    caption: str
    aliases: tuple[str, ...]
    members: tuple[tuple[DocId, LocalId], ...]
    properties: Properties
    first_seen: str | None
    last_seen: str | None
    doc_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusEvidence(Evidence):
    """Evidence with the document and the edge it belongs to."""

    doc_id: DocId
    edge_id: EdgeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A merged relation between two nodes.

    `weight` counts stories (reprints of one text count once), `doc_count` documents.
    `evidence` holds the five best quotes, best first; all of them stand in `evidence.jsonl`.
    """

    id: EdgeId
    type: str
    head_id: EntityId
    tail_id: EntityId
    weight: int
    doc_count: int
    confidence: float
    method: str
    evidence: tuple[CorpusEvidence, ...]
    properties: Properties = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The corpus graph that sinks write: nodes and edges sorted by id, evidence by edge, best first."""

    nodes: Sequence[Entity]
    edges: Sequence[Edge]
    evidence: Sequence[CorpusEvidence]
