"""One decoded page to one document: the text stage as a pure function."""

from __future__ import annotations

import hashlib
from array import array

from kg.records import Alignment, DocId, Document, Properties, RawDocument
from kg.records.ids import stable_id
from kg.tables.seeds import Seeds, default_seeds
from kg.text.clean import clean_text
from kg.text.kind import find_kind
from kg.text.origin import find_published, find_publisher
from kg.text.repair import repair_text
from kg.text.script import detect_script, to_simplified
from kg.text.sentences import split_sentences
from kg.text.zones import find_zones


def _with_title(raw: RawDocument) -> tuple[str, str | None, Alignment]:
    """Put the title before the body; its characters have empty stretches at the body's start."""
    title = " ".join((raw.title or "").split())
    if not title:
        return raw.text, None, Alignment()
    if raw.text.lstrip()[: len(title)] == title:
        return raw.text, None, Alignment()
    zeros, places = array("q", [0] * (len(title) + 1)), range(len(raw.text))
    starts, ends = zeros + array("q", places), zeros + array("q", range(1, len(raw.text) + 1))
    return f"{title}\n{raw.text}", title, Alignment(starts, ends)


def build_document(raw: RawDocument, *, seeds: Seeds | None = None) -> Document:
    r"""Repair a page, bring it into Simplified script and divide it.

    Nothing is deleted for being boilerplate: `zones` says what each part is, and later
    stages skip by zone. What `text` folds is said by `clean_text`; repaired damage is
    counted in `repairs`; Taiwan's wording is replaced only where `taiwan_words` has it.
    The time taken grows linearly with the text, whatever it holds.

    Args:
        raw: What a source yielded.
        seeds: The tables to use; the package's own by default.

    Returns:
        The document; its alignment leads from `text` back to `raw.text`.

    Example:
        >>> page = "本報訊 5月6日，乙市召開(kāi)會(huì)議。"
        >>> document = build_document(RawDocument(source="a.txt", text=page, title="乙市會議"))
        >>> document.text, document.script
        ('乙市会议\n本报讯 5月6日，乙市召开会议。', 'hant')
        >>> start = document.text.index("召开")
        >>> page[slice(*document.alignment.raw(start, start + 2))], dict(document.repairs)
        ('召開', {'pinyin': 2})
    """
    seeds = seeds or default_seeds()
    joined, title, alignment = _with_title(raw)
    cleaned, step = clean_text(joined)
    alignment = alignment.then(step)
    repaired = repair_text(cleaned, seeds=seeds)
    alignment = alignment.then(repaired.alignment)
    script = detect_script(repaired.text, seeds=seeds)
    text, step = to_simplified(repaired.text, script, seeds=seeds)
    alignment = alignment.then(step)
    page = find_zones(text, title=text.partition("\n")[0].strip() if title else None, seeds=seeds)
    published, published_from = find_published(raw, text, page.zones, page.datelines)
    return Document(
        id=DocId(stable_id("doc", raw.text, raw.url, raw.published, raw.publisher)),
        sources=(raw.source,),
        text=text,
        title=page.title,
        publisher=find_publisher(raw, text, page.zones, page.datelines),
        url=raw.url,
        published=published,
        published_from=published_from,
        kind=find_kind(text, page, seeds=seeds),
        script=script,
        encoding=raw.encoding,
        sha256=raw.sha256 or hashlib.sha256(raw.text.encode("utf-8", "surrogatepass")).hexdigest(),
        zones=page.zones,
        sentences=split_sentences(text, page.zones),
        authors=page.authors,
        repairs=Properties(repaired.counts),
        alignment=alignment,
        raw_text=raw.text,
    )
