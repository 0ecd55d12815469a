"""Small records for tests: everything has a default, so that a test states only what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.records import (
    EMPTY,
    Alignment,
    DocId,
    Document,
    Evidence,
    Extraction,
    LocalEntity,
    LocalId,
    Mention,
    MentionId,
    Properties,
    Relation,
    Span,
    Value,
    Zone,
)
from kg.records.ids import stable_id

EXTRACTOR = "kg 0.0+test"


def document(
    text: str = "市长王兵主持会议。",
    *,
    id: str = "",
    sources: tuple[str, ...] = ("a.txt",),
    published: str | None = "2018-08-09",
    kind: str = "report",
    title: str = "",
    publisher: str | None = None,
    url: str | None = None,
    zones: tuple[Zone, ...] = (),
    authors: tuple[str, ...] = (),
    repairs: Properties = EMPTY,
    script: str = "hans",
) -> Document:
    """Return a document; its id is made of the text and the date unless given, sentences end at 。 and newlines."""
    return Document(
        id=DocId(id or stable_id("doc", text, url, published, publisher)),
        sources=sources,
        text=text,
        title=title,
        publisher=publisher,
        url=url,
        published=published,
        published_from="metadata" if published else None,
        kind=kind,
        script=script,
        encoding="utf-8",
        sha256="",
        zones=zones,
        sentences=tuple(Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^。\n]+。?", text)),
        authors=authors,
        repairs=repairs,
        alignment=Alignment(),
    )


def mention(
    text: str, surface: str, label: str = "PERSON", *, id: str = "m1", start: int | None = None, score: float = 0.9
) -> Mention:
    """Return the mention of `surface` at `start`, or where it first stands in `text`."""
    at = text.index(surface) if start is None else start
    end = at + len(surface)
    return Mention(
        id=MentionId(id),
        label=label,
        start=at,
        end=end,
        surface=surface,
        raw_start=at,
        raw_end=end,
        method="test",
        score=score,
    )


def entity(
    id: str, label: str, name: str, *, aliases: tuple[str, ...] = (), mention_ids: tuple[str, ...] = (), **props: Value
) -> LocalEntity:
    """Return a local entity; further keywords are its properties."""
    return LocalEntity(
        id=LocalId(id),
        label=label,
        name=name,
        aliases=aliases,
        mention_ids=tuple(map(MentionId, mention_ids)),
        properties=Properties(props),
    )


def relation(
    type: str, head: str, tail: str, *, quote: str = "", score: float = 0.9, method: str = "rule:test", **props: Value
) -> Relation:
    """Return a relation; without a quote, `extraction` puts the first sentence of the document there."""
    evidence = Evidence(
        start=0,
        end=max(len(quote), 1),
        raw_start=0,
        raw_end=max(len(quote), 1),
        quote=quote or "?",
        method=method,
        score=score,
    )
    return Relation(
        type=type, head_id=LocalId(head), tail_id=LocalId(tail), evidence=evidence, properties=Properties(props)
    )


def extraction(
    doc: Document | str | None = None,
    entities: Iterable[LocalEntity] = (),
    relations: Iterable[Relation] = (),
    *,
    mentions: Iterable[Mention] | None = None,
    extractor: str = EXTRACTOR,
) -> Extraction:
    """Return an extraction; mentions are found by the entities' names, quotes by their text, unless given."""
    doc = document(doc) if isinstance(doc, str) else doc or document()
    entities = tuple(entities)
    if mentions is None:
        mentions, entities = _found(doc.text, entities)
    return Extraction(
        extractor=extractor,
        document=doc,
        mentions=tuple(mentions),
        entities=entities,
        relations=tuple(_placed(doc, one) for one in relations),
    )


def _found(text: str, entities: tuple[LocalEntity, ...]) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    spans = sorted((m.start(), n) for n, e in enumerate(entities) for m in re.finditer(re.escape(e.name), text))
    mentions, ids = [], {n: list(e.mention_ids) for n, e in enumerate(entities)}
    for number, (start, n) in enumerate(spans, 1):
        mentions.append(mention(text, entities[n].name, entities[n].label, id=f"m{number}", start=start))
        ids[n].append(mentions[-1].id)
    return tuple(mentions), tuple(replace(e, mention_ids=tuple(ids[n])) for n, e in enumerate(entities))


def _placed(doc: Document, one: Relation) -> Relation:
    quote = one.evidence.quote
    if quote == "?":
        first = doc.sentences[0]
        quote = doc.text[first.start : first.end]
    at = doc.text.index(quote)
    end = at + len(quote)
    return replace(one, evidence=replace(one.evidence, start=at, end=end, raw_start=at, raw_end=end, quote=quote))
