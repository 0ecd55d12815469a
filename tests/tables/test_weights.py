"""The combiner: what a feature is worth, and what is let go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.records import LABELS
from kg.records.errors import ModelError
from kg.tables.weights import Logistic, default_combiner, read_combiner


@pytest.mark.parametrize(
    ("features", "share"),
    [
        pytest.param({}, 0.5, id="nothing known"),
        pytest.param({"for": 1.0}, 0.88, id="what speaks for it"),
        pytest.param({"against": 1.0}, 0.12, id="what speaks against it"),
        pytest.param({"for": 1.0, "against": 1.0}, 0.5, id="both"),
        pytest.param({"unheard of": 5.0}, 0.5, id="what was never learned counts for nothing"),
        pytest.param({"for": 1e6}, 1.0, id="no overflow"),
    ],
)
def test_a_regression_weighs_features(features: dict[str, float], share: float) -> None:
    assert round(Logistic(0.0, {"for": 2.0, "against": -2.0}).share(features), 2) == share


def test_the_shipped_combiner_decides_every_label_and_type() -> None:
    combiner = default_combiner()
    assert set(combiner.mentions) == set(LABELS)
    assert {"PRESIDED", "INSPECTED", "APPOINTED", "HOLDS"} <= set(combiner.claims)
    assert all(0 < one.least < 1 for one in [*combiner.mentions.values(), *combiner.claims.values()])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="not JSON"),
        pytest.param("{}", id="nothing in it"),
        pytest.param(json.dumps({"mentions": {"PERSON": {"weight": 1}}, "claims": {}}), id="an unknown field"),
        pytest.param(json.dumps({"mentions": [], "claims": {}}), id="a list for a table"),
    ],
)
def test_a_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "combiner.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"combiner\.json cannot be read"):
        read_combiner(path)
