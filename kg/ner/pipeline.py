"""The NER stage: a spaCy pipeline, and the mentions of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Document, Mention, MentionId
from kg.tables.seeds import Seeds

if TYPE_CHECKING:
    from spacy.language import Language


def load(seeds: Seeds | None = None) -> Language:
    """Return the pipeline: our segmenter, then `kg_page`, `kg_grammar`, `kg_spans`.

    `nlp(text)` sets `doc.ents`, `doc.spans[label]` for each label, and `doc._.kg_hits`.

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
    grammar = nlp.add_pipe("kg_grammar")
    # A component's config must be JSON and Seeds is not, so the tables are handed over here.
    grammar.seeds = seeds  # type: ignore[attr-defined]
    nlp.add_pipe("kg_spans")
    return nlp


def find_mentions(nlp: Language, document: Document) -> tuple[Mention, ...]:
    """Return the mentions of one document, in text order, longer before shorter at one start.

    Pure: the same document gives the same mentions whatever was read before it. Strings
    that the segmenter makes up live in a memory zone and are freed on return.
    """
    with nlp.memory_zone():
        doc = nlp.make_doc(document.text)
        doc._.kg_document = document
        hits = sorted(nlp(doc)._.kg_hits, key=lambda h: (h.start, -h.end, h.label))
    mentions = []
    for ordinal, hit in enumerate(hits, 1):
        raw_start, raw_end = document.alignment.raw(hit.start, hit.end)
        mentions.append(
            Mention(
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
        )
    return tuple(mentions)
