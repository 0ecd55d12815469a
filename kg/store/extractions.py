"""The extraction store: one SQLite file, keyed by document id and extractor.

It is a cache with a list. The cache keeps what an extractor read from a document
for as long as the file lives, so that a second build reads only what is new. The
list (`set_inputs`) says which documents the current build is made of, and under
which paths: a document that left the input leaves the graph, not the cache.
Only the parent process writes.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final

from kg.records import DocId, Extraction
from kg.records.errors import InputFileError
from kg.records.extraction_json import alignment_of, alignment_runs, from_json, to_json

APPLICATION_ID: Final = 0x6B676578
"""Marks the file as ours ("kgex" in ASCII), so that no other program's database is written to by mistake."""

VERSION: Final = 1

_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE extractions (doc_id TEXT NOT NULL, extractor TEXT NOT NULL, payload BLOB NOT NULL);
CREATE UNIQUE INDEX extractions_key ON extractions (doc_id, extractor);
CREATE TABLE inputs (doc_id TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (doc_id, source)) WITHOUT ROWID;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
COMMIT;
"""
_SOURCES = "(SELECT json_group_array(source) FROM inputs WHERE inputs.doc_id = extractions.doc_id)"


class ExtractionStore:
    """An open store; a context manager that closes it.

    Every write is one transaction: after a crash or Ctrl-C the file holds all earlier batches and
    nothing of the one in hand.

    Args:
        path: The file; made when absent, its folder must exist.

    Raises:
        InputFileError: the file cannot be opened, is damaged or in use, or is some other database.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file."""
        self.path = path
        with self._translated():
            self._db = sqlite3.connect(path, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> ExtractionStore:
        """Return the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; SQLite folds the write-ahead log into it."""
        self._db.close()

    def has(self, doc_id: DocId, extractor: str) -> bool:
        """Say whether this extractor has read the document already."""
        query = "SELECT 1 FROM extractions WHERE doc_id = ? AND extractor = ?"
        with self._translated():
            return self._db.execute(query, (doc_id, extractor)).fetchone() is not None

    def put_many(self, batch: Iterable[Extraction]) -> None:
        """Store a batch in one transaction; what was stored under the same keys is replaced."""
        payloads = [(e.document.id, e.extractor, _packed(e)) for e in batch]
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?)", payloads)

    def set_inputs(self, pairs: Iterable[tuple[str, DocId]]) -> None:
        """Replace the list of what the current build is made of: `(source, document id)`, in any order."""
        rows = [(doc_id, source) for source, doc_id in pairs]
        with self._transaction():
            self._db.execute("DELETE FROM inputs")
            self._db.executemany("INSERT OR IGNORE INTO inputs VALUES (?, ?)", rows)

    def iter_build(self, extractor: str) -> Iterator[Extraction]:
        """Yield what the extractor read from the documents of the current build, in order of document id.

        Each document carries its paths in this build, sorted: two paths of one document are one extraction.
        """
        query = (
            f"SELECT payload, {_SOURCES} FROM extractions WHERE extractor = ? "
            "AND doc_id IN (SELECT doc_id FROM inputs) ORDER BY doc_id"
        )
        with self._translated():
            for payload, sources in self._db.execute(query, (extractor,)):
                yield _unpacked(payload, tuple(sorted(json.loads(sources))))

    def _prepare(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and application != APPLICATION_ID:
            raise InputFileError("a database of some other program", path=self.path, hint="name another file")
        if tables and version != VERSION:
            raise InputFileError(
                f"an extraction store of version {version}, expected {VERSION}", path=self.path, hint=_REBUILD
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        # With WAL this survives a crash of the program; a power cut may lose the last batch, never the file.
        self._db.execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self._db.executescript(_TABLES)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say in our terms what SQLite and zlib complain about."""
        try:
            yield
        except sqlite3.OperationalError as error:
            hint = "another kg is writing to it" if "locked" in str(error) else "check the folder and the free space"
            raise InputFileError(f"cannot use the extraction store: {error}", path=self.path, hint=hint) from error
        except (sqlite3.DatabaseError, zlib.error, json.JSONDecodeError) as error:
            raise InputFileError(f"the extraction store is damaged: {error}", path=self.path, hint=_REBUILD) from error


_REBUILD = "delete the file: kg reads the documents again and makes a new one"


def _packed(extraction: Extraction) -> bytes:
    """Compress an extraction with its alignment, which the graph needs to place quotes of its own in the source."""
    data = {"extraction": to_json(extraction), "alignment": alignment_runs(extraction.document.alignment)}
    return zlib.compress(json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii"))


def _unpacked(payload: bytes, sources: tuple[str, ...]) -> Extraction:
    """Rebuild an extraction; the paths it was first read from give way to those of the current build."""
    data = json.loads(zlib.decompress(payload))
    extraction = from_json(data["extraction"])
    document = replace(extraction.document, alignment=alignment_of(data["alignment"]), sources=sources)
    return replace(extraction, document=document)
