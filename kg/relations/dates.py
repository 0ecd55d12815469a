"""Dates as the page gives them, in EDTF: never a year that the page does not state.

The publication date, where there is one, resolves 8月8日, 23日 and 昨天; a body that
writes full dates of one year only resolves them too. Otherwise the year stays `XXXX`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.records import Span
from kg.relations.reading import Reading

_DAY = r"(?P<d>\d{1,2})日"
_PATTERN = re.compile(
    r"(?<![\d年])(?:(?P<y>(?:19|20)\d\d)年)?(?:(?P<m>\d{1,2}) ?月) ?(?P<d>\d{1,2}) ?日?(?:[上下]午)?"
    r"(?:(?:至|到|-|—|~|、|和)(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?(?!\d|月)"
    r"|(?<![\d月])(?P<only>\d{1,2})日(?:[上下]午)?(?:(?:至|到|-|—|~|、)(?P<only2>\d{1,2})日)?(?!\d)"
    r"|(?P<rel>今天|今日|今晨|昨天|昨日|昨晚|前天|前日)"
    r"|(?P<iso>(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})"
)
_DUE = re.compile("之?前|以前")
_PUBLISHED = re.compile(" *(?:发表|发布|刊发|刊登)")
_PUBLISHES = re.compile(
    "(?:(?:^|\n)[^，。；：\n]{0,8}(?:日报|晚报|时报|早报)|(?:更新|发布|发表|刊发)(?:时间|日期)：) *$"
)
_BACK = {"今天": 0, "今日": 0, "今晨": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2, "前日": 2}
_LONGEST_LAG = 45
"""A date more than this many days after the publication lies in the year before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Span):
    """A date expression with its EDTF value and where its year came from (sentence, metadata, url …)."""

    edtf: str
    origin: str


def find_dates(reading: Reading, span: Span) -> list[DateMention]:
    """Return the date expressions inside `span`, resolved as far as the page allows, in text order."""
    anchor, origin = _anchor(reading)
    found = []
    for match in _PATTERN.finditer(reading.view, span.start, span.end):
        if _DUE.match(reading.view, match.end()):
            continue  # a deadline, no date of what is told
        if _PUBLISHED.match(reading.view, match.end()) or _PUBLISHES.search(reading.view[: match.start()][-16:]):
            continue  # when the page came out: no day replaces the one that the text gives
        edtf, source = _resolve(match, anchor, origin, reading.body_year, reading.printed)
        if edtf:
            found.append(DateMention(start=match.start(), end=match.end(), edtf=edtf, origin=source))
    return found


def _anchor(reading: Reading) -> tuple[str, str]:
    """Return the publication date (EDTF, possibly without a year) and where it was found."""
    return reading.document.published or "", (reading.document.published_from or "").replace("_", " ")


def _resolve(match: re.Match[str], anchor: str, origin: str, body_year: int | None, printed: str) -> tuple[str, str]:
    if match["iso"]:
        parts = [int(part) for part in re.split(r"[-./]", match["iso"])]
        return (_edtf(*parts), "sentence") if _valid(parts[1], parts[2]) else ("", "")
    if match["rel"]:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", anchor):
            return "", ""
        return (date.fromisoformat(anchor) - timedelta(days=_BACK[match["rel"]])).isoformat(), "relative"
    if match["only"]:
        return _day_only(int(match["only"]), int(match["only2"] or 0), anchor, origin, body_year)
    month, day = int(match["m"]), int(match["d"])
    if not _valid(month, day):
        return "", ""
    year, source = (int(match["y"]), "sentence") if match["y"] else _year(month, day, anchor, origin, body_year)
    if year and year == body_year and not match["y"] and not anchor[:4].isdigit() and printed[:4] == str(year):
        year, _ = _year(month, day, printed, "", year)  # 12月28日 on a page of 5 January
    first = _edtf(year, month, day)
    if match["d2"]:
        last_month, last = int(match["m2"] or month), int(match["d2"])
        turned = (last_month, last) < (month, day) and last_month < month
        if _valid(last_month, last) and ((last_month, last) > (month, day) or turned):
            return f"{first}/{_edtf(year + 1 if year and turned else year, last_month, last)}", source
    return first, source


def _day_only(day: int, last: int, anchor: str, origin: str, body_year: int | None) -> tuple[str, str]:
    """Resolve 23日: the day of the anchor's month, or of the month before when it lies ahead of the anchor."""
    found = re.fullmatch(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?", anchor)
    if not found or not 1 <= day <= 31:
        return "", ""
    month = int(found[2])
    known = found[1].isdigit()
    year = int(found[1]) if known else body_year
    if found[3] and day > int(found[3]):
        month -= 1
        if month == 0:
            month, year = 12, year - 1 if year else None
    if not _valid(month, day):
        return "", ""
    first = _edtf(year, month, day)
    source = origin if known else "sentence"
    return (f"{first}/{_edtf(year, month, last)}" if last > day and _valid(month, last) else first), source


def _year(month: int, day: int, anchor: str, origin: str, body_year: int | None) -> tuple[int | None, str]:
    """Return the year of a month and day: the publication's, or the year before when that would lie far ahead of it."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", anchor)
    if not found:
        return body_year, "sentence"
    year = int(found[1])
    if found[2] and found[3]:
        ahead = date(year, month, min(day, 28)) - date(year, int(found[2]), min(int(found[3]), 28))
        if ahead.days > _LONGEST_LAG:
            year -= 1
        elif ahead.days < -365 + _LONGEST_LAG:
            year += 1
    return year, origin or "sentence"


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _edtf(year: int | None, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}"
