"""Sentence bounds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Zone
from kg.text.sentences import LONGEST_SENTENCE, split_sentences


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("会议召开。市长讲话！好吗？", ["会议召开。", "市长讲话！", "好吗？"], id="Chinese marks"),
        pytest.param(
            "他说：“要落实。”随后离开。", ["他说：“要落实。”", "随后离开。"], id="closing quotes belong to it"
        ),
        pytest.param("会议强调(略)。)再议", ["会议强调(略)。)", "再议"], id="closing brackets too"),
        pytest.param("一要抓好;二要抓实;", ["一要抓好;", "二要抓实;"], id="ASCII semicolons before Chinese"),
        pytest.param("见http://a.cn/?id=3&x;y页", ["见http://a.cn/?id=3&x;y页"], id="marks inside an address"),
        pytest.param("第一行\n\n  第二行 \n", ["第一行", "第二行"], id="line ends"),
        pytest.param("这样……那样", ["这样……", "那样"], id="ellipsis"),
        pytest.param("  \n ", [], id="nothing but space"),
    ],
)
def test_split_sentences(text: str, want: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == want


def test_a_zone_ends_a_sentence() -> None:
    text = "本报讯市长讲话"
    zones = (Zone(start=0, end=3, kind="dateline"), Zone(start=3, end=7, kind="body"))
    assert [text[s.start : s.end] for s in split_sentences(text, zones)] == ["本报讯", "市长讲话"]


def test_an_endless_sentence_is_cut_after_a_comma() -> None:
    text = "学习贯彻，" * 200
    spans = split_sentences(text)
    assert {text[s.end - 1] for s in spans} == {"，"}
    assert max(s.end - s.start for s in spans) == LONGEST_SENTENCE


@settings(deadline=None)
@given(st.text(alphabet="会议。！？；…!?;,，”）) \n\u3000aA1", max_size=80) | st.text(max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = "".join(text[s.start : s.end] for s in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in spans)
