"""Tests of kg.records.edtf."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.edtf import find_days, is_day, span_of


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        pytest.param("2018-08-08", ("2018-08-08", "2018-08-08"), id="day"),
        pytest.param("2020-02", ("2020-02-01", "2020-02-29"), id="month of a leap year"),
        pytest.param("2018", ("2018-01-01", "2018-12-31"), id="year"),
        pytest.param("2018-XX-XX", ("2018-01-01", "2018-12-31"), id="year with unknown month and day"),
        pytest.param("2018-08-XX", ("2018-08-01", "2018-08-31"), id="unknown day"),
        pytest.param("2018-08-31/2018-09-02", ("2018-08-31", "2018-09-02"), id="interval"),
        pytest.param("2018-08/2019", ("2018-08-01", "2019-12-31"), id="interval of mixed precision"),
        pytest.param("XXXX-06-02", None, id="no year"),
        pytest.param("2018-06-02/XXXX-06-03", None, id="half an interval without year"),
        pytest.param("2018-09-02/2018-08-31", None, id="interval that ends before it begins"),
        pytest.param("2018-02-30", None, id="no such day"),
        pytest.param("2018-13", None, id="no such month"),
        pytest.param("0000-01-01", None, id="no such year"),
        pytest.param("2018-XX-05", None, id="a day of an unknown month"),
        pytest.param("8月9日", None, id="no EDTF"),
        pytest.param("", None, id="nothing"),
        pytest.param(None, None, id="unknown"),
    ],
)
def test_days_of_a_date(edtf: str | None, days: tuple[str, str] | None) -> None:
    assert find_days(edtf) == days


@given(st.dates())
def test_every_day_stands_for_itself(day: datetime.date) -> None:
    assert find_days(day.isoformat()) == (day.isoformat(), day.isoformat())
    assert is_day(day.isoformat())


@pytest.mark.parametrize("edtf", ["2018", "2018-08", "2018-08-XX", "XXXX-08-08", "2018-02-30", "", None])
def test_what_is_no_whole_date(edtf: str | None) -> None:
    assert not is_day(edtf)


def test_span_takes_the_earliest_beginning_and_the_latest_end() -> None:
    assert span_of(["2018-08", "2018-08-02", "2017-12-31", None]) == ("2017-12-31", "2018-08")
    assert span_of(["XXXX-01-01", None]) == (None, None)
