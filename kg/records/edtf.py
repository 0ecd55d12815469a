"""Dates as pages state them (EDTF, ISO 8601-2), and the days they may stand for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?", re.ASCII)


@lru_cache(maxsize=1 << 16)
def find_days(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and last day that a date may stand for, as `YYYY-MM-DD`.

    Without a year (`XXXX-06-02`), or where no such day exists, there is nothing to return.

    >>> find_days("2018-02"), find_days("2018-08-09/2018-08-10")
    (('2018-02-01', '2018-02-28'), ('2018-08-09', '2018-08-10'))
    >>> find_days("XXXX-06-02") is None
    True
    """
    if not edtf:
        return None
    first, _, last = edtf.partition("/")
    start, end = _days(first), _days(last or first)
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def is_day(edtf: str | None) -> bool:
    """Say whether the date is whole: a day with its year, or an interval of two such days.

    >>> is_day("2018-08-08"), is_day("2018-08"), is_day("XXXX-08-08")
    (True, False, False)
    """
    return find_days(edtf) is not None and "XX" not in str(edtf) and all(len(p) == 10 for p in str(edtf).split("/"))


def span_of(dates: Iterable[str | None]) -> tuple[str | None, str | None]:
    """Return the date that begins first and the one that ends last; dates without a year do not count.

    >>> span_of(["2018-08-09", "2018", None, "XXXX-01-01"])
    ('2018', '2018')
    """
    known = [(days, date) for date in dates if date and (days := find_days(date))]
    if not known:
        return None, None
    return min((d[0], d[1], date) for d, date in known)[2], max((d[1], d[0], date) for d, date in known)[2]


def _days(edtf: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if not 1 <= year <= 9999 or (month == "XX" and day not in (None, "XX")):
        return None
    if month in (None, "XX"):
        return f"{year:04}-01-01", f"{year:04}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    length = calendar.monthrange(year, int(month))[1]
    if day in (None, "XX"):
        return f"{year:04}-{month}-01", f"{year:04}-{month}-{length:02}"
    return (f"{year:04}-{month}-{day}",) * 2 if 1 <= int(day) <= length else None
