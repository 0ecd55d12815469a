"""Opening and reading within bounds: no input decides how much memory a run takes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, TypeVar, cast

from kg.records.errors import SourceError

MAX_BYTES: Final = 20_000_000
"""Largest single document, line or cell: twenty times the longest law, and what trafilatura accepts."""

MAX_SKIPPED: Final = 10 * MAX_BYTES
"""How far the end of an overlong line is looked for before the whole file is given up."""

_CHUNK: Final = 1 << 20

T = TypeVar("T")


def open_input(path: str | Path) -> BinaryIO:
    """Open a file for reading bytes; `.gz` is unpacked on the way.

    Raises:
        SourceError: reason "not found", "permission" or "unreadable".
    """
    try:
        # The caller closes it; a gzip stream needs it open longer than this function.
        stream = Path(path).open("rb")  # noqa: SIM115
    except FileNotFoundError as error:
        raise SourceError("no such file", reason="not found") from error
    except PermissionError as error:
        raise SourceError("no permission to read it", reason="permission") from error
    except OSError as error:
        raise SourceError(error.strerror or str(error), reason="unreadable") from error
    if not str(path).lower().endswith(".gz"):
        return stream
    return cast("BinaryIO", _OwningGzip(stream))


class _OwningGzip(gzip.GzipFile):
    """A gzip reader that closes the file under it, which `GzipFile(fileobj=…)` does not."""

    def __init__(self, stream: BinaryIO) -> None:
        """Unpack `stream`."""
        self._stream = stream
        super().__init__(fileobj=stream, mode="rb")

    def close(self) -> None:
        """Close both."""
        super().close()
        self._stream.close()


def read_chunk(stream: BinaryIO, size: int) -> bytes:
    """Read at most `size` bytes.

    Raises:
        SourceError: reason "truncated" (a gzip file without its end), "damaged" (no gzip file,
            or one with a wrong checksum) or "unreadable".
    """
    # read1: where a gzip stream breaks off, read would throw away what it had unpacked up to there.
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    return guarded(read, size)


def peek(stream: BinaryIO, size: int) -> bytes:
    """Return up to `size` coming bytes without taking them; nothing where the stream cannot.

    Raises:
        SourceError: as `read_chunk`.
    """
    look = getattr(stream, "peek", None)
    return guarded(look, size)[:size] if look else b""


def read_whole(stream: BinaryIO, *, limit: int = MAX_BYTES) -> tuple[bytes, SourceError | None]:
    """Read to the end, and say what stopped the reading before it.

    Returns:
        What could be read, and the error that ended it early or None.

    Raises:
        SourceError: reason "too large"; no more than `limit` bytes are held to find out.
    """
    parts: list[bytes] = []
    total = 0
    while total <= limit:
        try:
            part = read_chunk(stream, min(_CHUNK, limit + 1 - total))
        except SourceError as error:
            return b"".join(parts), error
        if not part:
            return b"".join(parts), None
        parts.append(part)
        total += len(part)
    raise too_large(limit)


def iter_lines(stream: BinaryIO, *, limit: int = MAX_BYTES) -> Iterator[bytes | SourceError]:
    """Yield lines with their ends; in place of a line longer than `limit` its error.

    Raises:
        SourceError: reason "too large" where such a line does not end within `MAX_SKIPPED`
            bytes, or what `read_chunk` raises.
    """
    while line := guarded(stream.readline, limit + 1):
        if len(line) <= limit:
            yield line
            continue
        skipped = len(line)
        while line and not line.endswith(b"\n"):
            line = guarded(stream.readline, _CHUNK)
            skipped += len(line)
            if skipped > MAX_SKIPPED:
                raise SourceError(f"a line of more than {MAX_SKIPPED} bytes", reason="too large")
        yield too_large(limit)


def too_large(limit: int) -> SourceError:
    """Return the error for a document, line or cell of more than `limit` bytes."""
    return SourceError(f"more than {limit} bytes", reason="too large", hint="split it into documents")


def guarded(read: Callable[[int], T], size: int) -> T:
    """Call a reading method and translate what gzip and the system raise, as `read_chunk` says."""
    try:
        return read(size)
    except EOFError as error:
        raise SourceError("the compressed file ends too early", reason="truncated") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(f"the compressed file is damaged: {error}", reason="damaged") from error
    except OSError as error:
        raise SourceError(error.strerror or str(error), reason="unreadable") from error
