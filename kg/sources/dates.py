"""Publication dates as sources write them, to ISO days."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

_BEIJING: Final = timezone(timedelta(hours=8))
_DAY: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(\d\d)(\d\d)(?!\d))", re.ASCII
)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_EPOCH: Final = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?", re.ASCII)


def find_iso_day(value: object) -> str | None:
    """Return the first whole day that a metadata value names, as `YYYY-MM-DD`, or None.

    Understood are dates and datetimes, `2018-08-09`, `2018/8/9`, `2018.8.9`, `2018年8月9日`, `20180809`, with a
    time of day behind or not, instants with a zone and Unix times in seconds or milliseconds. An instant
    counts in Beijing time, in which the sites print it. A year alone, a month alone
    and an impossible day are None: a date is never completed by guessing.

    >>> find_iso_day("2018年8月9日 08:48"), find_iso_day("2018-08-08T23:30:00Z"), find_iso_day(1533772080)
    ('2018-08-09', '2018-08-09', '2018-08-09')
    >>> find_iso_day("2018-08") is None and find_iso_day("2018-02-30") is None
    True
    """
    if isinstance(value, datetime):
        return (value.astimezone(_BEIJING) if value.tzinfo else value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), _BEIJING).date().isoformat()
    instant = _INSTANT.match(text)
    if instant:
        return _find_instant(instant[0])
    for match in _DAY.finditer(text):
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        found = _find_day(int(year), int(month), int(day))
        if found:
            return found
    return None


def _find_instant(text: str) -> str | None:
    """Return the Beijing day of an ISO instant with a zone."""
    try:
        return datetime.fromisoformat(text).astimezone(_BEIJING).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _find_day(year: int, month: int, day: int) -> str | None:
    """Return the day if the calendar has it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
