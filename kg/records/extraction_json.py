"""An extraction as JSON: what `kg extract` prints, what the store keeps, what other tools read.

`schema/extraction.schema.json` describes the same shape for readers in other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.records.documents import Alignment, Document, Span, Zone
from kg.records.errors import InputFileError
from kg.records.extractions import Evidence, Extraction, LocalEntity, Mention, Relation
from kg.records.properties import Properties

FORMAT: Final = 1
"""Version of the shape; a reader refuses others instead of guessing."""


def to_json(extraction: Extraction) -> dict[str, Any]:
    """Return an extraction as plain data, keys in the agreed order, scores with 2 decimals.

    The document's raw text and alignment are left out: every span carries its raw offsets already.
    """
    return {
        "format": FORMAT,
        "extractor": extraction.extractor,
        "document": _document(extraction.document),
        "mentions": [_mention(one) for one in extraction.mentions],
        "entities": [_entity(one) for one in extraction.entities],
        "relations": [_relation(one) for one in extraction.relations],
    }


def from_json(data: Mapping[str, Any]) -> Extraction:
    """Rebuild the extraction that `to_json` gave, but for the document's raw text and alignment.

    Raises:
        InputFileError: the data has another format number, lacks a key or holds a value of another kind.
    """
    if data.get("format") != FORMAT:
        raise InputFileError(
            f"an extraction of format {data.get('format')!r}, expected {FORMAT}", hint="extract the documents again"
        )
    try:
        return _extraction(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputFileError(
            f"not an extraction: {type(error).__name__}: {error}", hint="schema/extraction.schema.json has the shape"
        ) from error


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.sources[0] if document.sources else "",
        "sources": list(document.sources),
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published,
        "published_from": document.published_from,
        "kind": document.kind,
        "script": document.script,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "text": document.text,
        "zones": [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in document.zones],
        "sentences": [[span.start, span.end] for span in document.sentences],
        "repairs": _plain(document.repairs),
        "authors": list(document.authors),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "label": mention.label,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "raw_start": mention.raw_start,
        "raw_end": mention.raw_end,
        "method": mention.method,
        "score": round(mention.score, 2),
    }


def _entity(entity: LocalEntity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "label": entity.label,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "mention_ids": list(entity.mention_ids),
        "properties": _plain(entity.properties),
    }


def _relation(relation: Relation) -> dict[str, Any]:
    evidence = relation.evidence
    return {
        "type": relation.type,
        "head_id": relation.head_id,
        "tail_id": relation.tail_id,
        "evidence": {
            "start": evidence.start,
            "end": evidence.end,
            "raw_start": evidence.raw_start,
            "raw_end": evidence.raw_end,
            "quote": evidence.quote,
            "method": evidence.method,
            "score": round(evidence.score, 2),
        },
        "properties": _plain(relation.properties),
    }


def _plain(properties: Properties) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in properties.items()}


def _properties(data: Mapping[str, Any]) -> Properties:
    return Properties({key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})


def _extraction(data: Mapping[str, Any]) -> Extraction:
    return Extraction(
        extractor=data["extractor"],
        document=_read_document(data["document"]),
        mentions=tuple(Mention(**mention) for mention in data["mentions"]),
        entities=tuple(_read_entity(entity) for entity in data["entities"]),
        relations=tuple(_read_relation(relation) for relation in data["relations"]),
    )


def _read_document(data: Mapping[str, Any]) -> Document:
    text_fields = ("id", "title", "publisher", "url", "published", "published_from", "kind", "script", "encoding")
    return Document(
        **{name: data[name] for name in text_fields},
        sha256=data["sha256"],
        sources=tuple(data["sources"]),
        text=data["text"],
        zones=tuple(Zone(**zone) for zone in data["zones"]),
        sentences=tuple(Span(start=start, end=end) for start, end in data["sentences"]),
        authors=tuple(data["authors"]),
        repairs=_properties(data["repairs"]),
        alignment=Alignment(),
    )


def _read_entity(data: Mapping[str, Any]) -> LocalEntity:
    return LocalEntity(
        id=data["id"],
        label=data["label"],
        name=data["name"],
        aliases=tuple(data["aliases"]),
        mention_ids=tuple(data["mention_ids"]),
        properties=_properties(data["properties"]),
    )


def _read_relation(data: Mapping[str, Any]) -> Relation:
    return Relation(
        type=data["type"],
        head_id=data["head_id"],
        tail_id=data["tail_id"],
        evidence=Evidence(**data["evidence"]),
        properties=_properties(data["properties"]),
    )


def alignment_runs(alignment: Alignment) -> list[list[int]] | None:
    """Return an alignment as runs `[raw start, raw length, characters]`; `None` where text is its own source.

    In a run of raw length 1 the characters stand one for one behind each other; any other run is one
    character. Damaged and Traditional pages are mostly such runs, so this is small.

    >>> alignment_runs(Alignment.of([(0, 1), (1, 2), (2, 9), (9, 10)]))
    [[0, 1, 2], [2, 7, 1], [9, 1, 1]]
    """
    if alignment.starts is None or alignment.ends is None:
        return None
    runs: list[list[int]] = []
    for start, end in zip(alignment.starts, alignment.ends, strict=True):
        last = runs[-1] if runs else None
        if last and last[1] == 1 == end - start and last[0] + last[2] == start:
            last[2] += 1
        else:
            runs.append([start, end - start, 1])
    return runs


def alignment_of(runs: Iterable[Sequence[int]] | None) -> Alignment:
    """Rebuild the alignment that `alignment_runs` gave."""
    if runs is None:
        return Alignment()
    return Alignment.of((start + n, start + n + length) for start, length, count in runs for n in range(count))
