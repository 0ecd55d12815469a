"""The stage as a whole: a whole page, and what holds for any page."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.records import LABELS, LONGEST_QUOTE
from kg.records.edtf import find_days
from kg.tables.schema import load_schema
from tests.ner.pages import pages
from tests.relations.reading import Page, read

SCHEMA = load_schema()
NODE_OF = {node.mention_label: node.label for node in SCHEMA.nodes.values()}

REPORT = """首页 > 要闻
苍溪县召开防汛工作会议 贺书宁出席并讲话
2021-05-07 08:30 来源：苍溪县人民政府网
本报讯（记者 吕小舟）5月6日，苍溪县召开全县防汛工作会议，县委书记贺书宁出席并讲话，县委副书记、县长杜若飞主持会议。
会议传达了省委书记卢元朗批示精神，审议通过《苍溪县防汛应急预案》。
会上，副县长钟晚棠通报了有关情况，县水利局、县住建局作交流发言。
会前，贺书宁到红旗水库检查防汛工作。（文若兰）
责任编辑：江枫
相关新闻
杜若飞主持召开县政府常务会议"""


def test_a_whole_page() -> None:
    page, meeting = read(REPORT), "全县防汛工作会议"
    assert page.names("MEETING") == [meeting]
    assert page.names("PERSON") == ["贺书宁", "杜若飞", "卢元朗", "钟晚棠"]
    assert page.property(meeting, "date") == "2021-05-06"
    assert page.triples("ATTENDED", "PRESIDED", "SPOKE_AT", "REPORTED_AT", "INSPECTED") >= {
        ("ATTENDED", "贺书宁", meeting),
        ("SPOKE_AT", "贺书宁", meeting),
        ("PRESIDED", "杜若飞", meeting),
        ("REPORTED_AT", "钟晚棠", meeting),
        ("SPOKE_AT", "苍溪县水利局", meeting),
        ("INSPECTED", "贺书宁", "红旗水库"),
    }
    assert page.triples("CONVEYED", "DELIBERATED", "APPROVED") == {
        ("CONVEYED", meeting, "卢元朗批示精神"),
        ("DELIBERATED", meeting, "《苍溪县防汛应急预案》"),
        ("APPROVED", meeting, "《苍溪县防汛应急预案》"),
    }
    assert ("HOLDS", "贺书宁", "苍溪县委书记") in page.triples()


def test_a_page_that_reports_nothing() -> None:
    page = read("春眠不觉晓，处处闻啼鸟。")
    assert (page.entities, page.relations) == ((), ())


def test_boilerplate_and_repeats_make_no_claims() -> None:
    once = "5月6日，苍溪县召开全县防汛工作会议，县委书记贺书宁出席会议并讲话，强调要压实各级责任，确保安全度汛。"
    page, twice = read(once), read(f"{once}\n{once}")
    assert twice.triples() == page.triples()
    assert [r.evidence for r in twice.relations] == [r.evidence for r in page.relations]


def check(page: Page, raw: str) -> None:
    """Assert what holds for every page: offsets, ids, ends, dates, and the schema."""
    mentions = {m.id for m in page.mentions}
    assert [e.id for e in page.entities] == [f"e{n}" for n in range(1, len(page.entities) + 1)]
    entities = {e.id: e for e in page.entities}
    for entity in page.entities:
        assert entity.label in LABELS
        assert entity.name
        assert entity.name not in entity.aliases
        assert set(entity.mention_ids) <= mentions
        for key, value in entity.properties.items():
            assert value is not None
            assert not key.endswith("_id") or value in entities
        assert_date(entity.properties.get("date"), raw)
    for relation in page.relations:
        kind = SCHEMA.edges[relation.type]
        evidence = relation.evidence
        assert evidence.quote == page.document.text[evidence.start : evidence.end]
        assert 0 < len(evidence.quote) <= LONGEST_QUOTE
        assert 0 <= evidence.raw_start <= evidence.raw_end <= len(raw)
        assert 0 <= evidence.score <= 1
        assert relation.head_id in entities
        assert relation.tail_id in entities
        ends = (entities[relation.head_id], entities[relation.tail_id])
        assert tuple(NODE_OF[end.label] for end in ends) in kind.ends, relation
        assert set(relation.properties) <= set(kind.properties), relation
        for key in ("date", "start", "end"):
            assert_date(relation.properties.get(key), raw)


def assert_date(value: Any, raw: str) -> None:
    """Assert that a date is one, and that its year stands in the page, give or take the turn of a year."""
    if value is None:
        return
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", raw)}
    for day in str(value).split("/"):
        year, rest = day[:4], day[4:]
        assert find_days("2020" + rest if year == "XXXX" else day), value
        assert year == "XXXX" or {int(year) - 1, int(year), int(year) + 1} & years, value


@settings(max_examples=80, deadline=None)
@given(pages)
def test_any_page_gives_a_sound_extraction(text: str) -> None:
    check(read(text), text)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(REPORT)), st.integers(0, len(REPORT)), pages)
def test_a_cut_and_spoilt_report_gives_a_sound_extraction(start: int, end: int, noise: str) -> None:
    text = REPORT[start:end] + noise + REPORT[end:]
    check(read(text), text)


@settings(max_examples=20, deadline=None)
@given(pages, pages)
def test_what_was_read_before_changes_nothing(text: str, other: str) -> None:
    first = read(text)
    read(other)
    assert read(text) == first


def work(text: str) -> int:
    """Return how many lines of kg are run while a page is read: a measure that no clock disturbs."""
    lines = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    def enter(frame: FrameType, event: str, argument: object) -> Any:
        return count if PACKAGE in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return lines


PACKAGE = str(Path(kg.__file__).parent)
NAMES = [surname + first + second for surname in "王李赵陈刘" for first in "建文志" for second in "军明华强"]

PAGES: list[tuple[str, Callable[[int], str]]] = [
    ("titles in a row", lambda n: "市委副书记、" * n + "市长段文澜主持会议。"),
    ("paragraphs", lambda n: "5月6日，市长段文澜主持召开全市防汛工作会议，副市长罗北川出席。\n" * n),
    ("one long line", lambda n: "市委书记段文澜主持召开全市防汛工作会议" * n),
    ("directives in a row", lambda n: "传达省委书记卢元朗讲话精神、" * n),
    ("documents", lambda n: "".join(f"审议《第{i}号办法》。" for i in range(n))),
    (
        "appointments",
        lambda n: "国务院决定：" + "".join(f"任命{NAMES[i % 60]}为水利部副部长；" for i in range(n)),
    ),
    (
        "a list of names",
        lambda n: "出席会议的有市长" + "、".join(NAMES[i % 60] for i in range(n)) + "。",
    ),
    (
        "meetings",
        lambda n: "".join(f"市政府召开第{i}次常务会议。" for i in range(n)),
    ),
]
"""Pages that grow with a number."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=name) for name, page in PAGES],
)
def test_four_times_the_page_is_not_sixteen_times_the_work(page: Callable[[int], str]) -> None:
    read(page(2))
    assert work(page(100)) < 11 * work(page(25))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("（" * 1000, id="opening brackets"),
        pytest.param("《" * 1000 + "》" * 1000, id="nested titles"),
        pytest.param("“" * 1000, id="opening quotes"),
        pytest.param("书记" * 1000, id="titles glued together"),
        pytest.param("会" * 2000, id="one character"),
        pytest.param("传达精神、" * 500, id="spirits of nobody"),
        pytest.param("5月6日" * 1000, id="dates"),
        pytest.param("山川草木" * 5000, id="a line of twenty thousand characters"),
        pytest.param(" \n" * 2000, id="white space"),
        pytest.param("市 长 段 文 澜 " * 500, id="spaces between all characters"),
        pytest.param("\ud800市长段文澜讲话。", id="a lone surrogate"),
    ],
)
def test_hostile_pages_are_read_to_the_end(text: str) -> None:
    check(read(text), text)
