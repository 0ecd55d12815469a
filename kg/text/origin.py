"""When and by whom a page was published, and where that was found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kg.records import RawDocument, Zone
from kg.text.bylines import Dateline
from kg.text.lines import is_site_name

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<=[/_-])((?:19|20)\d{2})(\d{2})(?=[/_-])")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATELINE_DAY = re.compile(r"(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日")
_SOURCE = re.compile(r"(?:信息|文章|稿件|新闻)?来源\s?[:：/]\s{0,3}([^\s|｜丨,，;；()（）\[\]【】<>]{2,30})")
# 来源:临汾日报作者:甲: no gap between the fields.
_NEXT_FIELD = re.compile(
    r"(?:作者|编辑|责任编辑|责编|记者|浏览|点击|阅读|发布(?:时间|日期|于|人|者)|时间|日期|字体|字号|访问|(?:19|20)\d{2}[-年]).*"
)
_QUOTED_SITE = re.compile(r"[“\"]([^”\"]{2,30})[”\"]")
_OWNER = re.compile(r"^([\u4e00-\u9fff]{2,12}(?:网|日报|晚报|在线)(?:[(（][\u4e00-\u9fff]{2,12}[)）])?)(?:版权|免责)")


def _full(match: re.Match[str] | None) -> str | None:
    """Return year, month, day as EDTF, or nothing where they are no day of the calendar."""
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def _first_day(text: str, patterns: Iterable[re.Pattern[str]]) -> str | None:
    return next((day for pattern in patterns for m in pattern.finditer(text) if (day := _full(m))), None)


def _first_month(text: str, pattern: re.Pattern[str]) -> str | None:
    for match in pattern.finditer(text):
        if 1 <= int(match[2]) <= 12:
            return f"{match[1]}-{int(match[2]):02d}"
    return None


def read_date(text: str) -> str | None:
    """Return the first date with a year as EDTF, to the day or else the month or year.

    >>> read_date("2018年8月9日 08:48"), read_date("20180102"), read_date("2018-13-40"), read_date("2019年3月")
    ('2018-08-09', '2018-01-02', '2018', '2019-03')
    """
    found = _first_day(text, (_DAY, _COMPACT)) or _first_month(text, _MONTH)
    if found:
        return found
    year = _YEAR.match(text.strip())
    return year[0] if year else None


def date_of_url(url: str) -> str | None:
    """Return the date that an address holds: `/2019-11-21/`, `t20180102_1.html`, `/2018/01/02/`, `/201901/`.

    >>> date_of_url("http://a.cn/201901/t20190103_5.html"), date_of_url("http://a.cn/201901/5.html")
    ('2019-01-03', '2019-01')
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    return _first_day(path, (_COMPACT, _DAY)) or _first_month(path, _MONTH) or _first_month(path, _COMPACT_MONTH)


def find_published(
    raw: RawDocument, text: str, zones: Iterable[Zone], datelines: Iterable[Dateline]
) -> tuple[str | None, str | None]:
    """Return the publication date as EDTF and where it was found.

    In this order: the source's metadata, a publish line, a dateline with a year, the
    address. A dateline without a year gives `XXXX-08-08`: a year is never invented.
    The date on which a server rendered the page (今天是…) is none of these.
    """
    if raw.published and (found := read_date(raw.published)):
        return found, "metadata"
    for zone in zones:
        if zone.kind == "publish_line" and (found := _first_day(text[zone.start : zone.end], (_DAY, _COMPACT))):
            return found, "publish_line"
    days = [m for line in datelines if line.day and (m := _DATELINE_DAY.match(line.day))]
    for match in days:
        if match[1] and (found := _full(match)):
            return found, "dateline"
    if raw.url and (found := date_of_url(raw.url)):
        return found, "url"
    for match in days:
        # 2000 was a leap year: XXXX-02-29 is a possible day.
        if _valid_day(int(match[2]), int(match[3])):
            return f"XXXX-{int(match[2]):02d}-{int(match[3]):02d}", "dateline"
    return None, None


def _valid_day(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def find_publisher(raw: RawDocument, text: str, zones: Iterable[Zone], datelines: Iterable[Dateline]) -> str | None:
    """Return who published the page: metadata, 来源, the dateline's outlet, the site's line, the copyright note."""
    if raw.publisher:
        return raw.publisher
    zones = tuple(zones)
    for zone in zones:
        if zone.kind in ("publish_line", "editor", "byline") and (found := _SOURCE.search(text[zone.start : zone.end])):
            name = _NEXT_FIELD.sub("", found[1])
            if len(name) >= 2:
                return name
    for line in datelines:
        if line.outlet:
            return line.outlet
    for zone in zones:
        if zone.kind == "navigation" and is_site_name(text[zone.start : zone.end]):
            return text[zone.start : zone.end]
    for zone in zones:
        if zone.kind == "copyright":
            note = text[zone.start : zone.end]
            owner = _OWNER.match(note)
            quoted = [m[1] for m in _QUOTED_SITE.finditer(note)]
            site = next((q for q in quoted if is_site_name(re.sub(r"[(（].*", "", q))), None)
            if owner or site:
                return owner[1] if owner else site
    return None
