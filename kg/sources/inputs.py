"""From what the user named to files: folders, globs and single files, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import Final

from kg.records.report import Drop

KINDS: Final = {
    ".txt": "plain",
    ".text": "plain",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
}
"""How each file extension is read; `.gz` behind any but `.parquet` is unpacked."""

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and how it is read."""

    path: str
    kind: str

    @property
    def source(self) -> str:
        """The path as it is printed."""
        return printable(self.path)


def printable(name: str) -> str:
    """Return a file name that can be printed: names that are not UTF-8 (archives packed on Windows) are read as GBK.

    >>> printable(os.fsdecode("会议.txt".encode("gbk")))
    '会议.txt'
    """
    data = name.encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def find_kind(name: str) -> str | None:
    """Return how a file of this name is read, or None for an unknown extension.

    >>> find_kind("新闻/A.SHTML"), find_kind("xwlb.jsonl.gz"), find_kind("表.xlsx") is None
    ('html', 'jsonl', True)
    """
    suffixes = Path(name.lower()).suffixes
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
        if suffixes[-1:] == [".parquet"]:
            return None
    return KINDS.get(suffixes[-1]) if suffixes else None


def iter_found(inputs: Sequence[str | Path], on_drop: Callable[[Drop], None]) -> Iterator[Found]:
    """Yield the files that the inputs name, in the order given, folders and globs sorted by path.

    Folders are read with their subfolders; hidden files and folders, links to folders, and files of
    unknown extensions in them are passed over. `-` comes through as kind "stdin". A file that
    is named more than once, in whatever way, is yielded the first time only. What names nothing
    is dropped: "not found", "unknown type", or "no documents" for a folder or glob.
    """
    seen: set[str] = set()
    for given in map(str, inputs):
        for found in _expand(given, on_drop):
            key = os.path.realpath(found.path) if found.kind != "stdin" else STDIN
            if key not in seen:
                seen.add(key)
                yield found


def estimate_total(inputs: Sequence[str | Path]) -> int | None:
    """Return how many bytes the files of `inputs` have on disk, or None where standard input is among them."""
    total = 0
    for found in iter_found(inputs, lambda _: None):
        if found.kind == "stdin":
            return None
        total += Path(found.path).stat().st_size
    return total


def _expand(given: str, on_drop: Callable[[Drop], None]) -> Iterator[Found]:
    """Yield the files behind one input."""
    if given == STDIN:
        yield Found(STDIN, "stdin")
    elif Path(given).is_dir():
        yield from _members(given, _walk(given, on_drop), on_drop)
    elif Path(given).exists():
        kind = find_kind(given)
        if kind:
            yield Found(given, kind)
        else:
            known = ", ".join(KINDS)
            on_drop(
                Drop(
                    source=printable(given), stage="sources", reason="unknown type", detail=f"known are {known} and .gz"
                )
            )
    elif has_magic(given):
        yield from _members(given, _glob(given, on_drop), on_drop)
    else:
        on_drop(Drop(source=printable(given), stage="sources", reason="not found", detail="no such file or folder"))


def _members(given: str, names: Iterator[str], on_drop: Callable[[Drop], None]) -> Iterator[Found]:
    """Yield the readable ones of a folder's or glob's files, sorted by the parts of their paths."""
    found = False
    for name in sorted(names, key=lambda name: Path(name).parts):
        kind = find_kind(name)
        if kind:
            found = True
            yield Found(name, kind)
    if not found:
        detail = f"no file with a known extension ({', '.join(KINDS)})"
        on_drop(Drop(source=printable(given), stage="sources", reason="no documents", detail=detail))


def _walk(folder: str, on_drop: Callable[[Drop], None]) -> Iterator[str]:
    """Yield the files under a folder; special files (pipes, sockets) would block and are left out."""

    def closed(error: OSError) -> None:
        on_drop(
            Drop(
                source=printable(str(error.filename)), stage="sources", reason="permission", detail=str(error.strerror)
            )
        )

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield str(path)


def _glob(pattern: str, on_drop: Callable[[Drop], None]) -> Iterator[str]:
    """Yield the files that a pattern names, those of matching folders included."""
    for path in glob(pattern, recursive=True):  # noqa: PTH207  Path.glob takes no absolute pattern
        if Path(path).is_dir():
            if "**" not in pattern:  # there the files come by themselves
                yield from _walk(path, on_drop)
        elif Path(path).is_file():
            yield path
