"""Tests of kg.graph.tenure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.tenure import tenures_of


@pytest.mark.parametrize(
    ("starts", "ends", "tenures"),
    [
        pytest.param([], [], [(None, None)], id="nothing stated"),
        pytest.param(["2016-01-01"], [], [("2016-01-01", None)], id="a start"),
        pytest.param([], ["2016-01-01"], [(None, "2016-01-01")], id="an end"),
        pytest.param(["2016-01-01", "2016-01-03"], [], [("2016-01-01", None)], id="one start told twice"),
        pytest.param(["2016"], ["2018"], [("2016", "2018")], id="years"),
        pytest.param(["2018"], ["2016"], [(None, "2016"), ("2018", None)], id="an end, then a start"),
        pytest.param(["XXXX-03-01"], [], [("XXXX-03-01", None)], id="a start without a year"),
        pytest.param(["2010", "2020"], ["2012", "2022"], [("2010", "2012"), ("2020", "2022")], id="two whole tenures"),
    ],
)
def test_stated_dates_make_tenures(
    starts: list[str], ends: list[str], tenures: list[tuple[str | None, str | None]]
) -> None:
    assert [(t.start, t.end) for t in tenures_of(starts, ends)] == tenures


days = st.lists(st.dates().map(str), max_size=5)


@given(days, days)
def test_tenures_follow_each_other(starts: list[str], ends: list[str]) -> None:
    found = tenures_of(starts, ends)
    assert [tenure.number for tenure in found] == list(range(1, len(found) + 1))
    for earlier, later in pairwise(found):
        assert earlier.end is not None
        assert later.start is not None
        assert earlier.end <= later.start
