"""Documents as nodes, and what each of them mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.graph.claims import Claim
from kg.records import (
    LONGEST_QUOTE,
    Document,
    Entity,
    EntityId,
    Evidence,
    Extraction,
    LocalId,
    Mention,
    Properties,
)
from kg.records.edtf import find_days

LONGEST_NAME = 60
"""Longest name of a document that has no title: the beginning of its text."""


def document_node(document: Document) -> Entity:
    """Return the node of a document; its id is the document's."""
    first, last = find_days(document.published) or (None, None)
    beginning = document.text.strip().partition("\n")[0][:LONGEST_NAME]
    name = document.title or beginning or document.id
    dated = document.published if first else None
    return Entity(
        id=EntityId(document.id),
        label="Document",
        name=name,
        caption=f"{name} {document.published}" if document.published else name,
        aliases=(),
        members=(),
        properties=Properties(
            title=document.title,
            url=document.url,
            publisher=document.publisher,
            published=document.published,
            published_first=first,
            published_last=last,
            published_from=document.published_from,
            sha256=document.sha256,
            kind=document.kind,
            script=document.script,
            source=document.sources[0] if document.sources else None,
            sources=document.sources,
            authors=document.authors,
        ),
        first_seen=dated,
        last_seen=dated,
        doc_count=1,
    )


def iter_mentions(extraction: Extraction, nodes: Mapping[LocalId, Entity]) -> Iterator[Claim]:
    """Yield one MENTIONS claim for each node that the document mentions.

    The quote is the sentence of the first mention, cut around it to the longest quote allowed.
    """
    document = extraction.document
    mentions = {mention.id: mention for mention in extraction.mentions}
    by_node: defaultdict[EntityId, dict[tuple[int, int], Mention]] = defaultdict(dict)
    for entity in extraction.entities:
        if entity.id not in nodes:
            continue
        for mention_id in entity.mention_ids:
            mention = mentions.get(mention_id)
            if mention is not None:
                by_node[nodes[entity.id].id][mention.start, mention.end] = mention
    starts = [sentence.start for sentence in document.sentences]
    for node_id, spans in sorted(by_node.items()):
        ordered = [spans[key] for key in sorted(spans)]
        yield Claim(
            type="MENTIONS",
            head_id=EntityId(document.id),
            tail_id=node_id,
            doc_id=document.id,
            published=document.published,
            evidence=_evidence(document, ordered[0], starts),
            properties=Properties(
                offsets=tuple(f"{one.start}-{one.end}" for one in ordered),
                raw_offsets=tuple(f"{one.raw_start}-{one.raw_end}" for one in ordered),
            ),
        )


def _evidence(document: Document, mention: Mention, starts: list[int]) -> Evidence:
    at = bisect_right(starts, mention.start) - 1
    start, end = mention.start, mention.end
    if at >= 0 and mention.end <= document.sentences[at].end:
        start, end = document.sentences[at].start, document.sentences[at].end
    if end - start > LONGEST_QUOTE:
        before = max(LONGEST_QUOTE - (mention.end - mention.start), 0) // 2
        start = max(start, min(mention.start - before, end - LONGEST_QUOTE))
        end = start + LONGEST_QUOTE
    raw_start, raw_end = document.alignment.raw(start, end)
    return Evidence(
        start=start,
        end=end,
        raw_start=raw_start,
        raw_end=raw_end,
        quote=document.text[start:end],
        method=mention.method,
        score=mention.score,
    )
