"""Claims that agree on the key of their type become one edge with all their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

from kg.graph.claims import Claim
from kg.graph.tenure import first_and_last, tenure_at, tenure_properties, tenures_of
from kg.records import CorpusEvidence, DocId, Edge, EdgeId, EntityId, Properties, Value
from kg.records.edtf import span_of
from kg.records.ids import stable_id
from kg.tables.schema import Schema

BEST_QUOTES = 5
HIGHEST_CONFIDENCE = 0.99
"""However many pages say so: they may all repeat one mistake."""

Stories = Mapping[DocId, str]
"""The story of each document; reprints share one."""


def merge_claims(claims: Iterable[Claim], schema: Schema, stories: Stories) -> tuple[list[Edge], list[CorpusEvidence]]:
    """Return the edges sorted by id, and all their evidence by edge, best first."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    stated: defaultdict[tuple[EntityId, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for claim in claims:
        parts = [claim.properties.text(name) for name in schema.edges[claim.type].key[2:] if name != "tenure"]
        groups[claim.type, claim.head_id, claim.tail_id, *parts].append(claim)
        if claim.type == "HOLDS":
            starts, ends = stated[claim.head_id, claim.tail_id]
            starts.update({claim.properties.text("start")} - {""})
            ends.update({claim.properties.text("end")} - {""})
        elif claim.type in ("APPOINTED", "REMOVED") and claim.properties.text("date"):
            starts, ends = stated[claim.tail_id, claim.properties.text("post_id")]
            (starts if claim.type == "APPOINTED" else ends).add(claim.properties.text("date"))
    edges, evidence = [], []
    for key in sorted(groups):
        kind, head, tail = key[0], EntityId(key[1]), EntityId(key[2])
        parted = _by_tenure(groups[key], stated[head, tail]) if kind == "HOLDS" else [(key[3:], groups[key], None)]
        for extra, group, properties in parted:
            edge, passages = _edge(group, (kind, head, tail, *extra), properties, stories)
            edges.append(edge)
            evidence.append(passages)
    order = sorted(range(len(edges)), key=lambda n: edges[n].id)
    return [edges[n] for n in order], [passage for n in order for passage in evidence[n]]


def _by_tenure(
    claims: Sequence[Claim], stated: tuple[set[str], set[str]]
) -> Iterator[tuple[tuple[str, ...], list[Claim], Properties]]:
    tenures = tenures_of(*stated)
    groups: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[tenure_at(tenures, claim).number].append(claim)
    for tenure in tenures:
        if group := groups.get(tenure.number):
            yield (str(tenure.number),), group, tenure_properties(tenure, group)


def _edge(
    claims: Sequence[Claim], key: tuple[str, ...], properties: Properties | None, stories: Stories
) -> tuple[Edge, list[CorpusEvidence]]:
    edge_id = EdgeId(stable_id("edge", *key))
    ordered = _best_first(claims, stories)
    passages = [_passage(claim, edge_id) for claim in ordered]
    best: dict[str, float] = {}
    for claim in ordered:
        story = _story(claim, stories)
        best[story] = max(best.get(story, 0.0), claim.evidence.score)
    doubt = prod(1 - score for _, score in sorted(best.items()))
    edge = Edge(
        id=edge_id,
        type=claims[0].type,
        head_id=claims[0].head_id,
        tail_id=claims[0].tail_id,
        weight=len(best),
        doc_count=len({claim.doc_id for claim in claims}),
        confidence=round(min(1 - doubt, HIGHEST_CONFIDENCE), 4),
        method="; ".join(sorted({claim.evidence.method for claim in claims})),
        evidence=tuple(passages[:BEST_QUOTES]),
        properties=_merged(claims) if properties is None else properties,
    )
    return edge, passages


def _best_first(claims: Iterable[Claim], stories: Stories) -> list[Claim]:
    """Put the surest claim of each story first, then the others, each passage once."""
    ordered = sorted(claims, key=lambda c: (-c.evidence.score, c.doc_id, c.evidence.start, c.evidence.end))
    passages, seen = set(), set()
    firsts: list[Claim] = []
    others: list[Claim] = []
    for claim in ordered:
        passage = (claim.doc_id, claim.evidence.start, claim.evidence.end)
        if passage in passages:
            continue
        passages.add(passage)
        story = _story(claim, stories)
        (others if story in seen else firsts).append(claim)
        seen.add(story)
    return firsts + others


def _merged(claims: Sequence[Claim]) -> Properties:
    """Merge properties: the value that most claims have; of dates the earliest, with all of them beside it.

    A list keeps every value.
    """
    values: defaultdict[str, Counter[Value]] = defaultdict(Counter)
    for claim in claims:
        for name, value in claim.properties.items():
            values[name][value] += 1
    merged: dict[str, Value | None] = {}
    for name, counts in values.items():
        if isinstance(next(iter(counts)), tuple):
            merged[name] = tuple(dict.fromkeys(p for v in sorted(counts, key=str) if isinstance(v, tuple) for p in v))
        else:
            merged[name] = min(counts, key=lambda value: (-counts[value], str(value)))
    if "date" in values:
        dates = sorted({str(date) for date in values["date"]})
        merged["date"] = span_of(dates)[0] or dates[0]
        if claims[0].type == "INSPECTED":
            merged["dates"] = tuple(dates)
    for name in ("date", "deadline"):
        if name in merged:
            merged |= first_and_last(name, str(merged[name]))
    return Properties(merged)


def _story(claim: Claim, stories: Stories) -> str:
    return stories.get(claim.doc_id, claim.doc_id)


def _passage(claim: Claim, edge_id: EdgeId) -> CorpusEvidence:
    evidence = claim.evidence
    return CorpusEvidence(
        start=evidence.start,
        end=evidence.end,
        raw_start=evidence.raw_start,
        raw_end=evidence.raw_end,
        quote=evidence.quote,
        method=evidence.method,
        score=evidence.score,
        doc_id=claim.doc_id,
        edge_id=edge_id,
    )
