"""Records of container files, row by row: JSON Lines, JSON and CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final, cast

from kg.errors import SourceError
from kg.sources.columns import Record
from kg.sources.decode import SAMPLE_BYTES, decode
from kg.sources.files import MAX_BYTES, guarded, iter_lines, read_whole

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
    peeked = getattr(stream, "peek", lambda _: b"")(2)[:2]
    if peeked in _WIDE_MARKS:
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
    sample = buffered.peek(SAMPLE_BYTES)
    encoding = decode(sample)[1].partition("+")[0]
    # A mark is part of no cell; the codecs that read it also accept text without one.
    codec = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    if codec == "utf-16" and not sample.startswith(_WIDE_MARKS):
        codec = encoding
    text = io.TextIOWrapper(buffered, codec, errors="replace", newline="")
    csv.field_size_limit(MAX_BYTES)
    # Bounded pieces: a file without line ends must not be held whole.
    lines = iter(lambda: guarded(text.readline, MAX_BYTES), "")
    first = next(lines, "")
    rows = csv.reader(chain([first], lines), delimiter=max(",\t;", key=first.count))
    header = [name.strip() for name in next(rows, [])]
    number = 0
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield number, SourceError(str(error), reason="bad row"), encoding
            continue
        if not cells:
            continue
        number += 1
        if len(cells) == len(header):
            yield number, dict(zip(header, cells, strict=True)), encoding
        else:
            message = f"{len(cells)} cells, the header has {len(header)}"
            yield number, SourceError(message, reason="bad row"), encoding
