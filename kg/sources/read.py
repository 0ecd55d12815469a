"""The sources stage: whatever the user names, to raw documents or counted drops."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from kg.records import RawDocument
from kg.records.errors import SourceError
from kg.records.report import Drop
from kg.sources.columns import ColumnMapping, read_record
from kg.sources.decode import decode
from kg.sources.files import open_input, peek, read_whole
from kg.sources.inputs import STDIN, Found, iter_found
from kg.sources.json_csv import Row, iter_csv, iter_json, iter_jsonl
from kg.sources.metadata import SourceMetadata, apply_metadata

Outcome = RawDocument | Drop


def iter_raw(
    inputs: Sequence[str | Path],
    *,
    columns: ColumnMapping | None = None,
    metadata: Mapping[str, SourceMetadata] | None = None,
    on_drop: Callable[[Drop], None],
    stdin: BinaryIO | None = None,
) -> Iterator[RawDocument]:
    """Read files, folders, globs and standard input, one document at a time.

    Order: inputs as given, folders and globs sorted by path, records by row. A file that
    is named twice is read once. Nothing that an input holds stops the run: what cannot be
    read goes to `on_drop`, in its place in that order, with one of the reasons that
    `kg.sources` lists. At any time one document, line or batch of rows is held in memory,
    and none is larger than `MAX_BYTES`.

    Args:
        inputs: Paths, folders, glob patterns that the shell left alone, and `-` for standard input
            (plain text, or JSON Lines when it begins with `{`).
        columns: Names of the columns of container files, where the usual ones do not fit.
        metadata: What the user knows of single files, see `read_metadata`; it beats what a page says.
        on_drop: Called with every item let go.
        stdin: Bytes to read for `-` in place of the process's own; left open.
    """
    for found in iter_found(inputs, on_drop):
        for outcome in _read(found, columns or ColumnMapping(), stdin):
            if isinstance(outcome, Drop):
                on_drop(outcome)
            else:
                yield apply_metadata(outcome, metadata) if metadata else outcome


def _read(found: Found, columns: ColumnMapping, stdin: BinaryIO | None) -> Iterator[Outcome]:
    """Yield what one file holds; an error that ends its reading is its last drop."""
    try:
        if found.kind == "stdin":
            yield from _read_stdin(stdin or sys.stdin.buffer, columns)
        else:
            with open_input(found.path) as stream:
                yield from _read_stream(stream, found, columns)
    except SourceError as error:
        yield _drop(found.source, error)


def _read_stdin(stream: BinaryIO, columns: ColumnMapping) -> Iterator[Outcome]:
    """Yield what standard input holds, told by its first character."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream))
    try:
        is_records = peek(buffered, 64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
        yield from _read_stream(buffered, Found(STDIN, "jsonl" if is_records else "plain"), columns)
    finally:
        buffered.detach()  # or collecting the buffer would close the caller's stream


def _read_stream(stream: BinaryIO, found: Found, columns: ColumnMapping) -> Iterator[Outcome]:
    """Yield what an open stream of a known kind holds."""
    if found.kind in ("plain", "html"):
        yield from _read_single(stream, found)
    elif found.kind == "warc":
        yield from _read_warc(stream, found.source)
    else:
        yield from _read_records(_iter_rows(stream, found.kind, columns), found.source, columns)


def _iter_rows(stream: BinaryIO, kind: str, columns: ColumnMapping) -> Iterator[Row]:
    """Yield the rows of a container file."""
    if kind == "parquet":
        from kg.sources.parquet import iter_parquet

        return iter_parquet(stream, columns)
    return {"jsonl": iter_jsonl, "json": iter_json, "csv": iter_csv}[kind](stream)


def _read_records(rows: Iterator[Row], path: str, columns: ColumnMapping) -> Iterator[Outcome]:
    """Yield the document of each row."""
    for row, record, encoding in rows:
        source = f"{path}#{row}"
        if isinstance(record, SourceError):
            yield _drop(source, record)
            continue
        try:
            outcome: Outcome = read_record(record, columns, source=source, encoding=encoding)
        except SourceError as error:
            outcome = _drop(source, error)
        yield outcome


def _read_warc(stream: BinaryIO, path: str) -> Iterator[Outcome]:
    """Yield the document of each page in a web archive."""
    from kg.sources.warc import iter_pages

    for row, page in iter_pages(stream):
        source = f"{path}#{row}"
        if isinstance(page, SourceError):
            yield _drop(source, page)
            continue
        try:
            outcome: Outcome = read_page_bytes(page.data, source, is_html=page.is_html, declared=page.charset)
        except SourceError as error:
            outcome = _drop(source, error)
        yield outcome if isinstance(outcome, Drop) else replace(outcome, url=page.url or outcome.url)


def _read_single(stream: BinaryIO, found: Found) -> Iterator[Outcome]:
    """Yield the document that a file is, and the fault that cut it short."""
    data, fault = read_whole(stream)
    if data or not fault:
        yield read_page_bytes(data, found.source, is_html=found.kind == "html")
    if fault:
        yield _drop(found.source, fault)


def read_page_bytes(data: bytes, source: str, *, is_html: bool, declared: str | None = None) -> RawDocument:
    """Return the document that the bytes of one page or text are.

    Raises:
        SourceError: what `decode` and `read_page` raise.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if not is_html:
        text, encoding = decode(data, declared=declared)
        return RawDocument(source=source, text=text, encoding=encoding, sha256=sha256)
    from kg.sources.html import find_charset, read_page

    markup, encoding = decode(data, declared=declared or find_charset(data))
    page = read_page(markup)
    return RawDocument(
        source=source,
        text=page.text,
        title=page.title,
        publisher=page.publisher,
        url=page.url,
        published=page.published,
        encoding=encoding,
        sha256=sha256,
    )


def _drop(source: str, error: SourceError) -> Drop:
    """Return the drop that an error amounts to."""
    return Drop(source=source, stage="sources", reason=error.reason, detail=str(error))
