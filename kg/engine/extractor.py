"""From one raw document to one extraction: the stages text, ner and relations, joined.

An extraction is a pure function of the raw document and of the extractor, whose name
says all that it depends on. So the same function runs in a loop, in worker processes
and on a cluster, and what it read can be kept for as long as the name stays the same.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Final

from kg import __version__
from kg.engine.config import Config
from kg.engine.deadline import DeadlinePassed, deadline
from kg.records import DocId, Extraction, RawDocument
from kg.records.errors import SourceError
from kg.records.ids import digest, stable_id
from kg.records.report import Drop
from kg.tables.resources import PACKAGE
from kg.tables.schema import load_schema
from kg.tables.seeds import Seeds
from kg.tables.weights import default_combiner

Read = Callable[[RawDocument], Extraction]
Load = Callable[[Config], Read]

_BEHIND: Final = (
    *("__main__.py", "cli.py", "commands", "evaluate", "queries", "engine/pipeline.py", "engine/output.py"),
    *("store", "resolve", "graph", "views", "sinks"),
)
"""Parts of the package that work on extractions: changing them does not change what is read.

What is not named here counts: a part that is forgotten costs a second reading, never a stale one.
"""

_LIBRARIES: Final = ("spacy", "spacy-pkuseg", "opencc-python-reimplemented", "pypinyin", "onnxruntime")
"""Libraries whose release may change what is read."""


class Extractor:
    """Reads documents; loads its tables and models once.

    Attributes:
        name: `kg VERSION+FINGERPRINT`, as it stands in every extraction.

    Raises:
        SeedError: a seed table of the package or the user is malformed.
        ModelError: the segmenter is missing.
    """

    def __init__(self, config: Config | None = None) -> None:
        """Load what reading needs, two seconds' work."""
        from kg.ner.pipeline import load

        self.config = config or Config()
        self.seeds = Seeds(self.config.seeds)
        self.name = extractor_name(self.config)
        self._nlp = load(self.seeds, with_model=not self.config.fast)
        self._combiner = None if self.config.fast else default_combiner()

    def extract_one(self, raw: RawDocument) -> Extraction:
        """Read one document.

        Raises:
            SourceError: it holds no text that can be read.
        """
        from kg.ner.pipeline import find_mentions
        from kg.relations.extract import read_relations
        from kg.text.build import build_document

        document = build_document(raw, seeds=self.seeds)
        mentions, links = find_mentions(self._nlp, document)
        entities, relations = read_relations(document, mentions, links, self.seeds, self._combiner)
        return Extraction(
            extractor=self.name, document=document, mentions=mentions, entities=entities, relations=relations
        )


def load_extractor(config: Config) -> Read:
    """Return the function that reads one document under these settings; the last one used is kept loaded."""
    return _extractor(config.seeds, config.fast, extractor_name(config)).extract_one


@lru_cache(maxsize=1)
def _extractor(seeds: tuple[Path, ...], fast: bool, name: str) -> Extractor:
    """Return an extractor; the name in the key makes that changed tables are read again."""
    return Extractor(Config(seeds=seeds, fast=fast))


def read_or_drop(read: Read, raw: RawDocument, config: Config) -> Extraction | Drop:
    """Read one document within its limits; whatever it does to the reader, it is one drop and the run goes on."""
    if len(raw.text) > config.longest_document:
        detail = f"{len(raw.text)} characters, the limit is {config.longest_document} (longest_document)"
        return Drop(source=raw.source, stage="text", reason="too long", detail=detail)
    try:
        with deadline(config.timeout_s):
            return read(raw)
    except DeadlinePassed as error:
        return Drop(source=raw.source, stage="extract", reason="timeout", detail=str(error))
    except SourceError as error:
        return Drop(source=raw.source, stage="text", reason=error.reason, detail=str(error))
    except Exception as error:  # noqa: BLE001 - the one place where a bug costs a document and not the run
        return Drop(source=raw.source, stage="extract", reason="internal error", detail=_describe(error))


def document_id(raw: RawDocument) -> DocId:
    """Return the id that `raw` has as a document: known before it is read."""
    return DocId(stable_id("doc", raw.text, raw.url, raw.published, raw.publisher))


def extractor_name(config: Config) -> str:
    """Return `kg VERSION+FINGERPRINT`: another name means that documents may be read differently.

    The fingerprint covers the seed tables with the user's own, the schema, the code that reads
    documents, the models, and the releases of the libraries that reading rests on.
    """
    model = "grammar" if config.fast else "reader"
    fingerprint = digest(Seeds(config.seeds).fingerprint(), load_schema().fingerprint, _code_digest(), model)
    return f"kg {__version__}+{fingerprint}"


@cache
def _code_digest() -> str:
    total = hashlib.sha256()
    for path in code_files():
        total.update(path.relative_to(PACKAGE).as_posix().encode() + b"\n")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        total.update(f"{name} {_release(name)}\n".encode())
    return total.hexdigest()[:16]


def code_files() -> list[Path]:
    """Return the files of the package that the fingerprint covers, sorted: code and models, not the models' cards."""
    files = [*PACKAGE.rglob("*.py"), *(path for path in (PACKAGE / "models").rglob("*") if path.suffix != ".md")]
    return sorted({path for path in files if path.is_file() and not _is_behind(path.relative_to(PACKAGE))})


def _is_behind(path: PurePath) -> bool:
    return any(path.is_relative_to(part) for part in (*_BEHIND, "_data")) or "__pycache__" in path.parts


def _release(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _describe(error: Exception) -> str:
    """Return the error with the place of ours where it arose, for a report that fits on a line."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/kg/" in frame.filename]
    where = f" ({Path(ours[-1].filename).name}:{ours[-1].lineno})" if ours else ""
    return " ".join(f"{type(error).__name__}: {error}{where}".split())[:300]
