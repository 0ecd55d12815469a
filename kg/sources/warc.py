"""Pages of web archives (WARC, ISO 28500)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from kg.records.errors import SourceError
from kg.sources.files import read_chunk, read_whole

_TYPES: Final = {"text/html": True, "application/xhtml+xml": True, "text/plain": False}
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page as the server sent it, unpacked; `charset` is what HTTP declared."""

    url: str | None
    data: bytes
    is_html: bool
    charset: str | None


def iter_pages(stream: BinaryIO) -> Iterator[tuple[int, ArchivedPage | SourceError]]:
    """Yield the successful HTML and plain text responses of an archive, packed or not.

    They are numbered from 1 among themselves. Requests, redirects, errors (any status but 200),
    images and all else are passed over. The day of the crawl is no day of publication and not used.

    Raises:
        SourceError: reason "truncated" or "damaged"; pages before have been yielded.
    """
    records = iter(ArchiveIterator(_Guarded(stream)))
    number = 0
    while (record := _next_record(records)) is not None:
        is_html = _TYPES.get(_content_type(record).partition(";")[0].strip().lower())
        if record.rec_type != "response" or is_html is None or record.http_headers.get_statuscode() != "200":
            continue
        number += 1
        yield number, _read_page(record, is_html=is_html)


class _Guarded:
    """A stream whose early end is a `SourceError`: warcio takes gzip's EOFError for the regular end."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read from `stream`."""
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes."""
        return read_chunk(self._stream, size)


def _next_record(records: Iterator[Any]) -> Any:
    """Return the next record, or None after the last."""
    try:
        return next(records, None)
    except ArchiveLoadFailed as error:
        raise SourceError(f"not a readable web archive: {error}", reason="damaged") from error
    except (StatusAndHeadersParserException, zlib.error, ValueError) as error:
        raise SourceError(f"the web archive is damaged: {error}", reason="damaged") from error


def _content_type(record: Any) -> str:
    """Return what HTTP says the record is, or nothing for a record without HTTP."""
    return record.http_headers.get_header("Content-Type", "") if record.http_headers else ""


def _read_page(record: Any, *, is_html: bool) -> ArchivedPage | SourceError:
    """Read one response, within bounds."""
    try:
        data, fault = read_whole(record.content_stream())
    except SourceError as error:
        return error
    if not fault and not record.raw_stream.read(1) and getattr(record.raw_stream, "limit", 0) > 0:
        fault = SourceError("the archive ends within the page", reason="truncated")
    if fault:
        return fault
    charset = _CHARSET.search(_content_type(record))
    return ArchivedPage(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        data=data,
        is_html=is_html,
        charset=charset[1] if charset else None,
    )
