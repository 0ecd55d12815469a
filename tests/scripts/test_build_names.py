"""Name tables: which surnames and characters are chosen, and what the committed tables hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.tables.seeds import default_seeds
from scripts.build_names import given_characters, surnames


def test_rare_surnames_need_a_second_source() -> None:
    chosen = surnames({"王": 7.17, "和": 0.05, "裔": 0.004, "的": 0.004, "能": 0.004})
    assert {"王", "和", "裔"} <= set(chosen)
    assert "的" not in chosen, "in no other source"
    assert "能" not in chosen, "in 百家姓, but rather a word"
    assert chosen["因"] == 0.004, "what one source lacks gets the floor"


def test_given_characters_are_simplified_and_common(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("char,male,female\n建,99000,1000\n麗,0,50000\n玥,0,20000\n龘,1,0\n", "utf-8")
    places = tmp_path / "places.csv"
    places.write_text("syllable,initial_count,final_count,source\njian,300,100,x\n", "utf-8")
    rows = given_characters(counts, places)
    assert [row[0] for row in rows] == ["建", "玥"]
    assert rows[0][2] == pytest.approx(301 / 402)
    assert rows[1][2] == 0.5, "an unknown syllable has no place"


def test_the_table_of_surnames() -> None:
    rows = default_seeds().table("surnames")
    names = {row["surname"] for row in rows}
    assert len(names) == len(rows)
    assert sum(row["compound"] == "no" for row in rows) >= 450
    assert sum(row["compound"] == "yes" for row in rows) >= 60
    assert set("因花成单司储裔仇") | {"欧阳", "司马", "上官", "诸葛", "东方"} <= names
    assert all(len(row["surname"]) == (2 if row["compound"] == "yes" else 1) for row in rows)
    weights = [float(row["weight"]) for row in rows]
    assert weights == sorted(weights, reverse=True)
    assert 85 < sum(weights) < 101, "percent of the population"


def test_the_table_of_given_names() -> None:
    rows = default_seeds().table("given_names")
    assert len({row["character"] for row in rows}) == len(rows) > 1500
    assert all(0 <= float(row["first"]) <= 1 for row in rows)
