"""Characters without meaning, and second codes of one character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.clean import clean_text


@pytest.mark.parametrize(
    ("source", "want"),
    [
        pytest.param("会议,强调;整改(试行)!", "会议,强调;整改(试行)!", id="ASCII punctuation stays"),
        pytest.param("会议，强调；整改（试行）！", "会议，强调；整改（试行）！", id="full-width punctuation stays"),
        pytest.param("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁", id="line ends"),
        pytest.param("\ufeff王\u3000\u3000兵\xa0主持\t会议", "王  兵 主持 会议", id="spaces keep their number"),
        pytest.param("王\u200b兵\x00主\x07持", "王兵主持", id="zero-width and control characters go"),
        pytest.param("８月１０日ＰＭ2.5", "8月10日PM2.5", id="full-width letters and digits"),
        pytest.param("\uf9dd\u2f08民", "利人民", id="compatibility ideographs and radicals"),
        pytest.param("会\ud800议", "会\ufffd议", id="lone surrogates"),
        pytest.param("图\ue365表", "图\ue365表", id="private-use characters stay"),
    ],
)
def test_folds(source: str, want: str) -> None:
    assert clean_text(source)[0] == want


@settings(deadline=None)
@given(st.text(alphabet="会议，,。(8８Ａ\r\n\t\x00\u200b\u3000\ufeff\ud800\uf9dd", max_size=60))
def test_cleaning_twice_is_cleaning_once_and_places_hold(source: str) -> None:
    text, alignment = clean_text(source)
    assert clean_text(text)[0] == text
    for place, character in enumerate(text):
        start, end = alignment.raw(place, place + 1)
        assert end - start == 1
        assert clean_text(source[start:end])[0] == character
