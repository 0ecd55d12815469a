"""Tests of kg.resolve.judgements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.records.errors import InputFileError
from kg.resolve.judgements import Judgement, MentionRef, read_judgements

LEFT = {"doc_id": "doc-1", "label": "PERSON", "surface": "王兵", "start": 12}
RIGHT = {**LEFT, "doc_id": "doc-2"}


def written(tmp_path: Path, *lines: dict[str, Any] | str) -> Path:
    path = tmp_path / "judgements.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), "utf-8")
    return path


def test_reads_lines_and_skips_empty_ones(tmp_path: Path) -> None:
    line = {"left": LEFT, "right": RIGHT, "judgement": "same", "by": "zhang", "at": "2026-11-22"}
    assert read_judgements(written(tmp_path, line, "", line | {"judgement": "different"})) == (
        Judgement(
            left=MentionRef("doc-1", "PERSON", "王兵", 12),
            right=MentionRef("doc-2", "PERSON", "王兵", 12),
            judgement="same",
            by="zhang",
            at="2026-11-22",
        ),
        Judgement(
            left=MentionRef("doc-1", "PERSON", "王兵", 12),
            right=MentionRef("doc-2", "PERSON", "王兵", 12),
            judgement="different",
            by="zhang",
            at="2026-11-22",
        ),
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", r"jsonl:1: not a judgement", id="no JSON"),
        pytest.param("[]", r"not a judgement", id="no object"),
        pytest.param({"left": LEFT, "judgement": "same"}, "KeyError: 'right'", id="one side only"),
        pytest.param({"left": LEFT, "right": RIGHT, "judgement": "maybe"}, "unknown judgement 'maybe'", id="unsure"),
        pytest.param(
            {"left": LEFT, "right": RIGHT | {"label": "ORG"}, "judgement": "same"}, "of one label", id="labels"
        ),
    ],
)
def test_malformed_line_is_named(line: dict[str, Any] | str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=message):
        read_judgements(written(tmp_path, line))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="cannot read the judgements"):
        read_judgements(tmp_path / "none.jsonl")
