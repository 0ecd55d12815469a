"""Dates: as the page gives them, a year only where it states one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Span
from kg.records.edtf import find_days
from kg.relations.dates import find_dates
from kg.relations.reading import Reading
from tests.ner.finding import document
from tests.relations.reading import read

NAME = "全市防汛工作推进会"


def dates(text: str, published: str | None = None) -> list[tuple[str, str]]:
    """Return (EDTF, origin) of every date of a text, published on a day that its metadata gives."""
    page = replace(document(text or " "), published=published, published_from="metadata" if published else None)
    reading = Reading.of(page, ())
    return [(d.edtf, d.origin) for d in find_dates(reading, Span(start=0, end=len(page.text) or 1))]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("2019年5月6日", "2019-05-06", id="whole"),
        pytest.param("5月6日", "XXXX-05-06", id="without a year"),
        pytest.param("5月6日上午", "XXXX-05-06", id="a part of the day"),
        pytest.param("5月26日至27日", "XXXX-05-26/XXXX-05-27", id="a range of days"),
        pytest.param("5月26日至6月2日", "XXXX-05-26/XXXX-06-02", id="a range over two months"),
        pytest.param("2019年5月26日-27日", "2019-05-26/2019-05-27", id="a hyphen"),
        pytest.param("2019-05-06", "2019-05-06", id="in digits"),
        pytest.param("2月29日", "XXXX-02-29", id="a leap day"),
    ],
)
def test_dates_of_a_page_without_a_day_of_its_own(text: str, want: str) -> None:
    assert dates(f"{text}，会议召开。") == [(want, "sentence")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("13月6日", id="no such month"),
        pytest.param("2月30日", id="no such day"),
        pytest.param("720日", id="a sign of the month lost"),
        pytest.param("74日", id="again"),
        pytest.param("3?6日", id="digits lost"),
        pytest.param("日前、近日、上月", id="no day"),
        pytest.param("昨天、今天", id="relative to nothing"),
        pytest.param("23日", id="a day of no month"),
        pytest.param("2018-13-40", id="digits that are no date"),
        pytest.param("第5次、30年、100分", id="other numbers"),
        pytest.param("0月0日", id="zeros"),
    ],
)
def test_no_dates(text: str) -> None:
    assert dates(f"{text}，会议召开。") == []


@pytest.mark.parametrize(
    ("text", "published", "want"),
    [
        pytest.param("5月6日", "2019-05-07", ("2019-05-06", "metadata"), id="the year of publication"),
        pytest.param("12月31日", "2019-01-02", ("2018-12-31", "metadata"), id="the year before"),
        pytest.param("23日", "2019-05-24", ("2019-05-23", "metadata"), id="a day of this month"),
        pytest.param("30日", "2019-05-02", ("2019-04-30", "metadata"), id="a day of the month before"),
        pytest.param("31日", "2019-01-02", ("2018-12-31", "metadata"), id="a day of the year before"),
        pytest.param("昨天", "2019-03-01", ("2019-02-28", "relative"), id="yesterday"),
        pytest.param("今天上午", "2019-03-01", ("2019-03-01", "relative"), id="today"),
        pytest.param("前天", "2020-03-01", ("2020-02-28", "relative"), id="two days ago in a leap year"),
        pytest.param("26日至27日", "2019-05-28", ("2019-05-26/2019-05-27", "metadata"), id="a range of days"),
        pytest.param("2017年5月6日", "2019-05-07", ("2017-05-06", "sentence"), id="a year of its own"),
        pytest.param("5月6日", "2019", ("2019-05-06", "metadata"), id="published in a year"),
    ],
)
def test_dates_of_a_page_with_a_day_of_its_own(text: str, published: str, want: tuple[str, str]) -> None:
    assert dates(f"{text}，会议召开。", published) == [want]


def test_one_year_in_the_body_is_every_dates_year() -> None:
    assert [d for d, _ in dates("2019年5月6日，会议召开。5月9日，会议闭幕。")] == ["2019-05-06", "2019-05-09"]
    two = dates("2019年5月6日，会议召开。2020年1月2日，会议闭幕。5月9日总结。")
    assert [d for d, _ in two] == ["2019-05-06", "2020-01-02", "XXXX-05-09"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(f"5月6日，{NAME}召开。", ("XXXX-05-06", "sentence"), id="in the clause before"),
        pytest.param(f"{NAME}于5月6日召开。", ("XXXX-05-06", "sentence"), id="behind the name"),
        pytest.param(f"日前，{NAME}召开。", (None, None), id="the other day"),
        pytest.param(f"5月6日，{NAME}召开，部署《5月9日行动方案》。", ("XXXX-05-06", "sentence"), id="none of a title"),
        pytest.param(f"5月6日，有关单位汇报。当天，{NAME}召开。", ("XXXX-05-06", "sentence"), id="the same day"),
        pytest.param(f"720日，{NAME}召开。", (None, None), id="a damaged one"),
    ],
)
def test_the_day_of_a_meeting(text: str, want: tuple[str | None, str | None]) -> None:
    page = read(text)
    assert (page.property(NAME, "date"), page.property(NAME, "date_from")) == want


def test_the_day_a_page_was_rendered_is_no_day_of_news() -> None:
    page = read(f"今天是2025年3月31日 星期一\n{NAME}召开\n5月6日，{NAME}召开，市长段文澜讲话。")
    assert page.property(NAME, "date") == "XXXX-05-06"


def test_a_range_over_new_year() -> None:
    assert dates("2019年12月31日至1月2日，会议召开。") == [("2019-12-31/2020-01-02", "sentence")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("112月5日", id="a digit too many before the month"),
        pytest.param("202019年5月6日", id="digits too many before the year"),
    ],
)
def test_a_date_does_not_begin_inside_a_number(text: str) -> None:
    assert dates(f"{text}，会议召开。") == []


PARTS = [
    "5月6日",
    "12月31日",
    "2019年5月6日",
    "2月30日",
    "26日至27日",
    "13月1日",
    "3日",
    "昨天",
    "，",
    "会议",
    "2018-08-09",
    "年",
    "-",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PARTS), st.text("0123456789年月日至-/.", max_size=8)), max_size=8).map("".join),
    st.sampled_from([None, "2019-01-02", "2020-02-29", "2019-05", "2019", "XXXX-05-07"]),
)
def test_every_date_is_valid_and_its_year_is_stated(text: str, published: str | None) -> None:
    stated = {int(year) for year in re.findall(r"(?=((?:19|20)\d\d))", text)}
    if published and published[:4].isdigit():
        stated |= {int(published[:4]) + step for step in (-1, 0, 1)}
    for edtf, origin in dates(text, published):
        assert origin in {"sentence", "metadata", "relative"}
        for day in edtf.split("/"):
            assert re.fullmatch(r"(\d{4}|XXXX)-\d\d-\d\d", day)
            year = day[:4]
            assert find_days(day if year != "XXXX" else f"2020{day[4:]}") is not None
            assert year == "XXXX" or int(year) in stated


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(
            "来源：青石县融媒体中心 2022-03-12\n3月11日，县委召开防汛工作会议。", "2022-03-11", id="a publish line"
        ),
        pytest.param("3月11日，县委召开防汛工作会议。\n编辑：吕小舟 2022/03/12", "2022-03-11", id="a footer"),
        pytest.param("舒规委纪〔2021〕3号\n3月11日，县委召开防汛工作会议。", "2021-03-11", id="a document number"),
        pytest.param("2021年第3次会议纪要\n3月11日，县委召开防汛工作会议。", "2021-03-11", id="a meeting's number"),
        pytest.param("3月11日，县委召开防汛工作会议。\n2021-03-12 2022-03-12", "XXXX-03-11", id="two years"),
        pytest.param("3月11日，县委召开防汛工作会议，部署到2035年的工作。", "XXXX-03-11", id="the year of a plan"),
        pytest.param("12月28日，县委召开防汛工作会议。\n编辑：吕小舟 2023-01-03", "2022-12-28", id="the year before"),
    ],
)
def test_a_year_that_the_page_shows_anywhere(text: str, want: str) -> None:
    assert want in [edtf for edtf, _ in dates(text)]
