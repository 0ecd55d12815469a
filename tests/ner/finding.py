"""One loaded pipeline for all tests, and the mentions of a text as readable pairs."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from kg.ner.pipeline import find_mentions, load
from kg.records import Document, Mention, RawDocument
from kg.text.build import build_document


@cache
def pipeline() -> Language:
    """Return the pipeline over the package's tables without the learned reader, loaded once a test run."""
    return load(with_model=False)


@cache
def whole_pipeline() -> Language:
    """Return the pipeline with the learned reader, loaded once a test run."""
    return load()


def document(
    text: str, *, published: str | None = None, publisher: str | None = None, url: str | None = None
) -> Document:
    """Return the document that the text stage makes of a page."""
    return build_document(RawDocument(source="a.txt", text=text, published=published, publisher=publisher, url=url))


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a page."""
    return find_mentions(pipeline(), document(text))[0]


def found(text: str, label: str) -> list[str]:
    """Return the surfaces of one label, in text order, with repetitions."""
    return [m.surface for m in mentions(text) if m.label == label]
