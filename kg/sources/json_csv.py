"""Records of container files, row by row: JSON Lines, JSON and CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from kg.records.errors import SourceError
from kg.sources.columns import Record
from kg.sources.decode import SAMPLE_BYTES, decode
from kg.sources.files import MAX_BYTES, MAX_SKIPPED, guarded, iter_lines, peek, read_whole, too_large

Row = tuple[int, Record | SourceError, str]
"""Row number (1-based), the record or why it cannot be read, and the encoding."""

MAX_JSON_BYTES: Final = 10 * MAX_BYTES
"""A JSON array is parsed whole; JSON Lines has no such bound."""

_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def iter_jsonl(stream: BinaryIO) -> Iterator[Row]:
    """Yield the objects of a JSON Lines file; rows are physical lines, blank ones count but are not yielded.

    Lines are UTF-8; any other is decoded by itself as a document would be. UTF-16 with a mark,
    which PowerShell writes, is read too.
    """
    if peek(stream, 2) in _WIDE_MARKS:
        stream = cast("BinaryIO", codecs.EncodedFile(stream, "utf-8", "utf-16", "replace"))
    for number, line in enumerate(iter_lines(stream), 1):
        if isinstance(line, SourceError):
            yield number, line, "utf-8"
        elif line.strip():
            yield number, *_parse_line(line)


def _parse_line(line: bytes) -> tuple[Record | SourceError, str]:
    """Return the object of one line, or why there is none."""
    encoding = "utf-8"
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text, encoding = decode(line)
        except SourceError as error:
            return error, encoding
    return _parse(text), encoding


def _parse(text: str) -> Record | SourceError:
    """Return the object that `text` is."""
    try:
        value = json.loads(text)
    except ValueError as error:  # JSONDecodeError, and integers too long to convert
        return SourceError(f"not JSON: {error}", reason="bad json")
    except RecursionError:
        return SourceError("nested too deeply", reason="bad json")
    return as_record(value)


def as_record(value: object) -> Record | SourceError:
    """Return `value` if it is a JSON object, else the error."""
    if isinstance(value, dict):
        return value
    return SourceError(f"expected a JSON object, got {type(value).__name__}", reason="bad json")


def iter_json(stream: BinaryIO) -> Iterator[Row]:
    """Yield the objects of a JSON array, of one object alone, or of JSON Lines under the wrong name.

    Raises:
        SourceError: reason "too large" (over `MAX_JSON_BYTES`), "bad json", or what decoding raises.
    """
    data, fault = read_whole(stream, limit=MAX_JSON_BYTES)
    if fault:
        raise fault
    text, encoding = decode(data)
    try:
        value = json.loads(text)
    except ValueError as error:
        if not text.lstrip().startswith("{"):
            raise SourceError(f"not JSON: {error}", reason="bad json") from error
        yield from iter_jsonl(io.BytesIO(text.encode("utf-8", "replace")))
        return
    except RecursionError as error:
        raise SourceError("nested too deeply", reason="bad json") from error
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield number, as_record(item), encoding


def iter_csv(stream: BinaryIO) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file under its header; row 1 is the first below the header.

    The encoding is that of the first 64 KB. The separator is whichever of comma, tab, semicolon the
    header has most of. A row with more or fewer cells than the header is an error of its own: an
    unclosed quote shows in that way.

    Raises:
        SourceError: the file is empty, binary or in no known encoding.
    """
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), SAMPLE_BYTES)
    text = io.TextIOWrapper(buffered, "utf-8")
    try:
        sample = peek(buffered, SAMPLE_BYTES)
        encoding = decode(sample)[1].partition("+")[0]
        text.reconfigure(encoding=_stream_codec(encoding, sample), errors="replace", newline="")
        # Bounded lines: a file without line ends must not be held whole.
        yield from _iter_cells(_Lines(text), encoding)
    finally:
        # Collected attached, the wrappers would close the caller's stream.
        text.detach()
        buffered.detach()


def _stream_codec(encoding: str, sample: bytes) -> str:
    """Return the codec that reads a stream and takes off its mark, which is part of no cell."""
    if encoding.startswith("utf-16"):
        return "utf-16" if sample.startswith(_WIDE_MARKS) else encoding
    return "utf-8-sig" if encoding == "utf-8" else encoding


class _Lines:
    """The lines of a text stream for the csv module; in place of an overlong line the error is raised, once."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        """Read from `stream`."""
        self._stream = stream
        self._kept: list[str] = []
        self._is_over = False

    def __iter__(self) -> _Lines:
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line."""
        if self._kept:
            return self._kept.pop()
        if self._is_over:
            raise StopIteration
        line = guarded(self._stream.readline, MAX_BYTES + 1)
        if not line:
            raise StopIteration
        if len(line) <= MAX_BYTES:
            return line
        skipped = len(line)
        while line and not line.endswith("\n"):
            line = guarded(self._stream.readline, MAX_BYTES)
            skipped += len(line)
            if skipped > MAX_SKIPPED:
                self._is_over = True
                break
        raise too_large(MAX_BYTES)

    def keep(self, line: str) -> None:
        """Give a line back, to be read again."""
        self._kept.append(line)


def _iter_cells(lines: _Lines, encoding: str) -> Iterator[Row]:
    """Yield the rows under the header."""
    csv.field_size_limit(MAX_BYTES)
    first = next(lines, "")
    lines.keep(first)
    rows = csv.reader(lines, delimiter=max(",\t;", key=first.count))
    header = [name.strip() for name in next(rows, [])]
    number = 0
    while (cells := _next_cells(rows)) is not None:
        if not isinstance(cells, SourceError) and len(cells) not in (0, len(header)):
            cells = SourceError(f"{len(cells)} cells, the header has {len(header)}", reason="bad row")
        if cells:
            number += 1
            record = cells if isinstance(cells, SourceError) else dict(zip(header, cells, strict=True))
            yield number, record, encoding


def _next_cells(rows: Iterator[list[str]]) -> list[str] | SourceError | None:
    """Return the cells of the next row, why it cannot be read, or None after the last."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return SourceError(str(error), reason="bad row")
    except SourceError as error:
        if error.reason != "too large":
            raise
        return error
