"""What the user knows about plain files: `--metadata FILE`, path to url, publisher, published and title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.records import RawDocument
from kg.records.errors import InputFileError, SourceError
from kg.sources.columns import ColumnMapping, Record, as_text, starts_with
from kg.sources.dates import find_iso_day
from kg.sources.files import open_input
from kg.sources.inputs import find_kind
from kg.sources.json_csv import iter_csv, iter_jsonl

_PATH_NAMES: Final = ("path", "file", "filename", "source", "路径", "文件", "文件名")
_HINT: Final = "columns: path, and any of url, publisher, published, title"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMetadata:
    """What is known of one file from outside it; what is None leaves the document's own word standing."""

    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    title: str | None = None


def read_metadata(path: str | Path) -> Mapping[str, SourceMetadata]:
    """Read a table of what is known about files: a column `path` (`file`, `文件` …) and those of `SourceMetadata`.

    The file is CSV, TSV or JSON Lines.

    Returns:
        By path as written there. `apply_metadata` says how it is looked up.

    Raises:
        InputFileError: the file cannot be read, a row is malformed, lacks its path, names a path
            again, or has a date without a whole day. All faults are errors here, with their
            line (CSV: their row below the header): the file is the user's own.
    """
    table: dict[str, SourceMetadata] = {}
    try:
        kind = find_kind(str(path))
        if kind not in ("csv", "jsonl"):
            raise SourceError("expected .csv, .tsv or .jsonl", reason="unknown type", hint=_HINT)
        with open_input(path) as stream:
            for number, record, _ in (iter_csv if kind == "csv" else iter_jsonl)(stream):
                line = number + 1 if kind == "csv" else number
                if isinstance(record, SourceError):
                    raise InputFileError(str(record), path=path, line=line, hint=_HINT)
                name, entry = _read_entry(record, path, line)
                if name in table:
                    raise InputFileError(f"a second row for {name!r}", path=path, line=line)
                table[name] = entry
    except SourceError as error:
        raise InputFileError(str(error), path=path, hint=error.hint) from error
    return table


def _read_entry(record: Record, path: str | Path, line: int) -> tuple[str, SourceMetadata]:
    """Return the path and the metadata of one row."""
    by_name = {key.strip().lower(): key for key in record}
    keys = [by_name[name] for name in _PATH_NAMES if name in by_name]
    name = as_text(record[keys[0]]).strip() if keys else ""
    if not name:
        raise InputFileError("the row has no path", path=path, line=line, hint=_HINT)
    rest = [key for key in record if key != keys[0]]
    cells = {field: as_text(record[column]).strip() for field, column in ColumnMapping().find(rest).items()}
    published = find_iso_day(cells.get("published"))
    if cells.get("published") and not published:
        raise InputFileError(f"no date: {cells['published']!r}", path=path, line=line, hint="write it as YYYY-MM-DD")
    return name, SourceMetadata(
        url=cells.get("url") or None,
        publisher=cells.get("publisher") or None,
        published=published,
        title=cells.get("title") or None,
    )


def apply_metadata(raw: RawDocument, metadata: Mapping[str, SourceMetadata]) -> RawDocument:
    """Return `raw` with what the user says about it, found by its source as given or by its file name.

    The user's word beats the page's.
    """
    entry = metadata.get(raw.source) or metadata.get(Path(raw.source).name)
    if entry is None:
        return raw
    title = entry.title if entry.title and not starts_with(raw.text, entry.title) else None
    return replace(
        raw,
        url=entry.url or raw.url,
        publisher=entry.publisher or raw.publisher,
        published=entry.published or raw.published,
        title=title if entry.title else raw.title,
    )
