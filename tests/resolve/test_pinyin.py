"""Tests of kg.resolve.pinyin."""

from __future__ import annotations

import pytest

from kg.resolve.pinyin import Romanizer
from kg.tables.seeds import default_seeds


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        pytest.param("王兵", "Wang Bing", id="two characters"),
        pytest.param("单晓明", "Shan Xiaoming", id="a surname read otherwise"),
        pytest.param("尉迟明", "Yuchi Ming", id="a compound surname"),
        pytest.param("雪·甲乙", None, id="a name with a dot"),
        pytest.param("扎西平措", None, id="no Han name"),
        pytest.param("王", None, id="a surname alone"),
    ],
)
def test_reading(name: str, reading: str | None) -> None:
    assert Romanizer(default_seeds()).find(name) == reading
