"""The real extractor on our own annotated pages: what was once reached is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate import Scores, evaluate, fallen, floors_path, gold_digest, read_floors

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def scores() -> Scores:
    """The scores of the whole line, as `kg extract` runs it with the default settings."""
    from kg.engine.config import Config
    from kg.engine.pipeline import extract
    from kg.records.extraction_json import to_json

    return evaluate(GOLD, map(to_json, extract(sorted(GOLD.glob("*.txt")), Config())))


def test_the_floors_were_pinned_on_this_gold_set() -> None:
    floors = read_floors(floors_path(GOLD))
    assert floors.gold_sha256 == gold_digest(GOLD), "the gold set changed: look at the change, then kg eval --update"


def test_no_figure_falls_below_its_floor(scores: Scores) -> None:
    floors = read_floors(floors_path(GOLD))
    assert set(floors.figures) == set(scores.figures()), "pin the floors: kg eval --update"
    below = fallen(floors, scores.figures())
    assert not below, "\n".join((*below, scores.misses()))
