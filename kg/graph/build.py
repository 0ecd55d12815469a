"""The corpus graph: nodes from resolution, edges from the claims of all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.graph.check import checked_node
from kg.graph.claims import Claim, OnDrop, iter_claims
from kg.graph.documents import document_node, iter_mentions
from kg.graph.merge import Stories, merge_claims
from kg.records import DocId, Entity, Extraction, Graph, LocalId
from kg.tables.schema import Schema

Nodes = Mapping[DocId, Mapping[LocalId, Entity]]
"""The node of every local entity."""


def build_graph(
    extractions: Iterable[Extraction], entities: Iterable[Entity], stories: Stories, schema: Schema, on_drop: OnDrop
) -> Graph:
    """Build the graph; the order of documents and entities makes no difference to a single byte of it.

    Args:
        extractions: The same documents that were resolved, in any order; read once.
        entities: What resolution made of them.
        stories: The story of each document; reprints share one and count once in weights.
        schema: The types of the graph; what does not fit them is a drop.
        on_drop: Called with every relation or property that is let go.
    """
    entities = list(entities)
    ids = {entity.id for entity in entities}
    nodes = [checked_node(entity, schema, ids, on_drop) for entity in sorted(entities, key=lambda e: e.id)]
    documents: dict[DocId, Entity] = {}
    claims = list(_claims(extractions, _by_document(nodes), documents, schema, on_drop))
    nodes += [checked_node(node, schema, ids, on_drop) for _, node in sorted(documents.items())]
    edges, evidence = merge_claims(claims, schema, stories)
    return Graph(nodes=sorted(nodes, key=lambda node: node.id), edges=edges, evidence=evidence)


def _claims(
    extractions: Iterable[Extraction], nodes: Nodes, documents: dict[DocId, Entity], schema: Schema, on_drop: OnDrop
) -> Iterator[Claim]:
    """Yield all claims, and put each document's node into `documents` on the way."""
    nothing: Mapping[LocalId, Entity] = {}
    for extraction in extractions:
        doc_id = extraction.document.id
        documents[doc_id] = document_node(extraction.document)
        yield from iter_claims(extraction, nodes.get(doc_id, nothing), schema, on_drop)
        yield from iter_mentions(extraction, nodes.get(doc_id, nothing))


def _by_document(entities: Iterable[Entity]) -> Nodes:
    table: defaultdict[DocId, dict[LocalId, Entity]] = defaultdict(dict)
    for entity in entities:
        for doc_id, local_id in entity.members:
            table[doc_id][local_id] = entity
    return table
