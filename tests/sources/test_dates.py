"""Publication dates as sites write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kg.sources.dates import find_iso_day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2018-08-09", "2018-08-09", id="ISO"),
        pytest.param("2018-8-9 08:48:08", "2018-08-09", id="short, with a time"),
        pytest.param("2018/08/09", "2018-08-09", id="slashes"),
        pytest.param("2018.8.9", "2018-08-09", id="points"),
        pytest.param("发布于 2018 年 8 月 9 日", "2018-08-09", id="Chinese with spaces"),
        pytest.param("20180809", "2018-08-09", id="eight digits"),
        pytest.param(20180809, "2018-08-09", id="eight digits as a number"),
        pytest.param("2018-08-08T16:30:00Z", "2018-08-09", id="an instant is a day later in Beijing"),
        pytest.param("2018-08-09T00:30:00+08:00", "2018-08-09", id="an instant in Beijing"),
        pytest.param(1533772080, "2018-08-09", id="Unix seconds"),
        pytest.param("1533772080000", "2018-08-09", id="Unix milliseconds"),
        pytest.param(date(2018, 8, 9), "2018-08-09", id="date"),
        pytest.param(datetime(2018, 8, 9, 23, 59), "2018-08-09", id="datetime without a zone"),
        pytest.param("2018-02-30", None, id="no such day"),
        pytest.param("2018-13-01 起，2018-12-01 止", "2018-12-01", id="an impossible day is passed over"),
        pytest.param("2018-08", None, id="a month is not completed"),
        pytest.param("8月9日", None, id="a day without a year is not completed"),
        pytest.param("12018080901", None, id="a longer number"),
        pytest.param("", None, id="nothing"),
        pytest.param(None, None, id="None"),
        pytest.param(float("nan"), None, id="NaN"),
        pytest.param("9999-99-99T99:99:99Z", None, id="no instant"),
    ],
)
def test_days(value: object, day: str | None) -> None:
    assert find_iso_day(value) == day
