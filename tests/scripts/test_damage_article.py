"""The damage tool makes what mirrored pages show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).parents[2] / "scripts" / "damage_article.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("damage_article", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        pytest.param("開會", "開(kāi)會(huì)", id="annotated in place"),
        pytest.param("約談整改安排部署會議", "約談?wù)\ue365陌才挪渴饡?huì)議", id="one byte off"),
        pytest.param("環保“黨政", "環(huán)?!包h政", id="punctuation inside two characters"),
        pytest.param("。縣", "??h", id="two lost bytes"),
    ],
)
def test_shift(tool: ModuleType, text: str, damaged: str) -> None:
    assert tool.shift(text) == damaged


@pytest.mark.parametrize(
    ("how", "damaged"),
    [
        pytest.param("hant", "會后聽取反饋", id="Traditional"),
        pytest.param("pinyin", "會(huì)后聽取反饋", id="annotated"),
        pytest.param("tw", "會後聽取回饋", id="Taiwan wording"),
    ],
)
def test_damage(tool: ModuleType, how: str, damaged: str) -> None:
    assert tool.damage("会后听取反馈", how) == damaged
