"""Posts (职务): organisation, modifiers, title; 市委副书记, 太原市生态环境局党组书记, 代市长."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.ner.lexicon import LEVEL, Lexicon
from kg.ner.page import Hit, Page

_LEVEL_BEFORE = re.compile(f"(?:全国|国家|{LEVEL})$")
_GROUP_BEFORE = re.compile(
    "(?:[第一二三四五六七八九十]+)?(?:督察|督导|督查|巡视|巡察|检查|考核|工作|专项|领导|协调|联络|调研)组$"
)
_UNKNOWN_BODY = re.compile("[\u4e00-\u9fff]{1,13}[委局厅部办会组院室处科所队行校司社站心团署党]")
_SWALLOWED = {
    "委员": "会",
    "总理": "事",
    "成员": "单国",
    "会长": "期",
    "主席": "台团令",
    "经理": "人层",
    "书记": "处员",
}
"""A head followed by one of these characters is the beginning of another word."""


def find_posts(page: Page, lexicon: Lexicon, orgs: Sequence[Hit], places: Sequence[Hit]) -> list[Hit]:
    """Find every post on the page, each with the organisation or place that stands before its title.

    The hits come in text order and never overlap. A post that names nobody
    (市政府副秘书长参加) is found as well; whether somebody holds it is the
    business of the relation stage.
    """
    ends = {hit.end: hit.start for hit in [*places, *orgs]}
    found: list[Hit] = []
    last = 0
    for match in lexicon.title.finditer(page.view):
        start, end = match.span()
        head = match["head"]
        if page.is_silent(start) or page.view[end : end + 1] in tuple(_SWALLOWED.get(head, "")):
            continue
        if head[-1] == "长" and page.view[end : end + 1] in tuple("制期远效久足征"):
            continue  # 河长制, 城市|长期
        if any(hit.start <= start and end < hit.end for hit in orgs):
            continue
        if lexicon.meeting_suffix.match(page.view, end):
            continue  # 市长碰头会, 主任会议
        if lexicon.not_after_title.match(page.view, end) and head not in ("书记",):
            continue
        start = _own_modifiers(page.view, match, ends)
        start = max(start, last)
        start = _with_organisation(page, start, last, ends, lexicon)
        found.append(Hit(start, end, "POST", "rule:post", 0.9))
        last = end
    taken = [hit.start for hit in found]
    for match in lexicon.weak_title.finditer(page.view):
        at = bisect_right(taken, match.start())
        if not page.is_silent(match.start()) and (at == 0 or found[at - 1].end <= match.start()):
            found.append(Hit(match.start(), match.end(), "POST", "rule:weak_post", 0.6))
    return sorted(found)


def _own_modifiers(view: str, match: re.Match[str], ends: dict[int, int]) -> int:
    """Return where the title with its modifiers begins.

    A modifier that belongs to the organisation before (市委 + 常委: the 委 is not
    a modifier) has been taken by an organisation hit that ends inside the match.
    """
    start = match.start()
    inside = [end for end in ends if match.start() < end <= match.start("head") and ends[end] < match.start()]
    return max(inside, default=start)


def _with_organisation(page: Page, start: int, floor: int, ends: dict[int, int], lexicon: Lexicon) -> int:
    """Return the start of the post with what stands directly before its title."""
    at = start
    while at in ends and ends[at] >= floor and ends[at] < at:
        at = ends[at]
    if at < start:
        return at
    before = page.view[max(floor, start - 30) : start]
    level = _LEVEL_BEFORE.search(before)
    if level:
        return start - len(level[0])
    if floor and page.view[floor : floor + 1] in ("、", "兼") and _UNKNOWN_BODY.fullmatch(page.view, floor + 1, start):
        # Inside a chain everything between two titles is the second one's organisation: 县安委会副主任、安办主任.
        return floor + 1
    group = _GROUP_BEFORE.search(before)
    if group:
        return page.left_edge(start, floor, lexicon.left_stops, 20, frozenset())
    return start
