"""The NER stage: a spaCy pipeline, and the mentions of one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.ner.learned import Pair
from kg.ner.page import Hit
from kg.records import Document, Link, Mention, MentionId
from kg.tables.seeds import Seeds

if TYPE_CHECKING:
    from spacy.language import Language


def load(seeds: Seeds | None = None, *, with_model: bool = True) -> Language:
    """Return the pipeline: our segmenter, then `kg_page`, `kg_grammar`, `kg_model` if wanted, `kg_spans`.

    `nlp(text)` sets `doc.ents`, `doc.spans[label]` for each label, `doc._.kg_hits` and `doc._.kg_pairs`.

    Raises:
        ModelError: the segmenter's model is missing or does not load.

    >>> doc = load()("县委书记陆卫东主持会议。")
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('县委书记', 'POST'), ('陆卫东', 'PERSON')]
    """
    from kg.ner import components  # noqa: F401  # registers the factories
    from kg.ner.tokenizer import build_tokenizer_nlp
    from kg.tables.seeds import default_seeds

    seeds = seeds or default_seeds()
    nlp = build_tokenizer_nlp(seeds)
    nlp.add_pipe("kg_page")
    for name in ("kg_grammar", "kg_model") if with_model else ("kg_grammar",):
        # A component's config must be JSON and Seeds is not, so the tables are handed over here.
        nlp.add_pipe(name).seeds = seeds  # type: ignore[attr-defined]
    nlp.add_pipe("kg_spans")
    return nlp


def find_mentions(nlp: Language, document: Document) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
    """Return the mentions of one document, in text order, longer before shorter at one start, and their links.

    Pure: the same document gives the same mentions whatever was read before it. Strings
    that the segmenter makes up live in a memory zone and are freed on return.
    """
    with nlp.memory_zone():
        doc = nlp.make_doc(document.text)
        doc._.kg_document = document
        doc = nlp(doc)
        hits, pairs = doc._.kg_hits, doc._.kg_pairs
    return number_mentions(document, hits, pairs)


def number_mentions(
    document: Document, hits: Sequence[Hit], pairs: Sequence[Pair]
) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
    """Return hits as mentions, numbered in text order, longer before shorter at one start, and pairs as their links."""
    order = sorted(range(len(hits)), key=lambda i: (hits[i].start, -hits[i].end, hits[i].label))
    mentions: dict[int, Mention] = {}
    for ordinal, i in enumerate(order, 1):
        hit = hits[i]
        raw_start, raw_end = document.alignment.raw(hit.start, hit.end)
        mentions[i] = Mention(
            id=MentionId(f"m{ordinal}"),
            label=hit.label,
            start=hit.start,
            end=hit.end,
            surface=document.text[hit.start : hit.end],
            raw_start=raw_start,
            raw_end=raw_end,
            method=hit.method,
            score=round(hit.score, 2),
        )
    links = (
        Link(type=p.type, head_id=mentions[p.head].id, tail_id=mentions[p.tail].id, score=round(p.score, 2))
        for p in pairs
    )
    return tuple(mentions[i] for i in order), tuple(links)
