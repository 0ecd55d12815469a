"""Tests of kg.engine.extractor: what another fingerprint means."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engine import extractor
from kg.tables.resources import PACKAGE

COUNTS = {"__init__.py", "records", "tables", "sources", "text", "ner", "relations", "engine", "models"}
"""What a document is read with."""

BEHIND = {"__main__.py", "cli.py", "commands", "evaluate", "queries", "store", "resolve", "graph", "views", "sinks"}
"""What works on extractions only."""


def covered() -> list[Path]:
    return [path.relative_to(PACKAGE) for path in extractor.code_files()]


def test_the_fingerprint_covers_what_reads_documents_and_nothing_behind_it() -> None:
    assert {path.parts[0] for path in covered()} == COUNTS
    present = {path.name for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert present - {"__pycache__", "_data"} == COUNTS | BEHIND, (
        "say of what is new whether documents are read with it"
    )


def test_of_the_engine_it_covers_the_modules_that_read() -> None:
    names = {path.name for path in covered() if path.parts[0] == "engine"}
    assert names == {"__init__.py", "config.py", "deadline.py", "extractor.py", "parallel.py", "reader.py"}


@pytest.mark.parametrize("part", extractor._BEHIND)
def test_what_is_named_as_behind_exists(part: str) -> None:
    assert (PACKAGE / part).exists()


def test_it_covers_models_and_code_once_each_in_order() -> None:
    files = extractor.code_files()
    assert files == sorted(set(files))
    assert PACKAGE / "models" / "segmenter" / "weights.npz" in files
    assert PACKAGE / "text" / "matching_view.py" in files
    assert not [path for path in files if "__pycache__" in path.parts]
