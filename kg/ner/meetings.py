"""Meetings named on the page: …常务会议, …推进会, 十二届县委常委会第57次会议."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ner.lexicon import Lexicon
from kg.ner.page import Hit, Page

_SERIAL = re.compile(
    "第[0-9一二三四五六七八九十百]+次(?:全体|扩大|全体（扩大）)?(?:会议|会)?|第[0-9一二三四五六七八九十百]+[轮批场]"
)
_HELD = re.compile("召开|举行|举办|主持|出席|参加|列席|收看|收听|组织|传达|学习|贯彻|审议|开好|筹备|开幕|结束")
_ALONE = re.compile(
    "^(?:省|市|县|区|州|、|在|电视|电话|视频|该|本|此|这|次|全|各|有关|相关|重要|上述|同一|每|多|几|一|两|三|场|个|预备|筹备|此次|本次|这次|系列|专门|召集|召开|主|分|议)*$"
)
_TEMPORAL = re.compile(
    "^(?:(?:\\d{4}年)?\\d{1,2}月(?:\\d{1,2}日)?(?:至\\d{1,2}日)?(?:上午|下午|晚)?|\\d{1,2}日(?:上午|下午|晚)?|今天|昨天|昨日|今日|日前|近日|上午|下午|随后|第一时间|又|还|再次|连夜|立即|及时|迅速|专门|首次|分别|先后|紧急|隆重|了)+"
)
_ASPECT = re.compile("^(?:了|在|报|过|的|由|在|将|就|对|并|还|也|又)+")
LONGEST = 60


def find_meetings(
    page: Page, lexicon: Lexicon, orgs: Sequence[Hit], places: Sequence[Hit], people: Sequence[Hit]
) -> list[Hit]:
    """Find the meetings that the page names, longest form first, in text order.

    A name runs left from its ending (会议, 座谈会 …) to a verb that takes a meeting, to a
    mark outside quotes, or to a person. Bare references (会议, 会上, 全会) are none.
    """
    shields = frozenset(i for hit in [*orgs, *places] for i in range(hit.start, hit.end))
    people_at = {i for hit in people for i in range(hit.start, hit.end)}
    found: list[Hit] = []
    last = 0
    for match in lexicon.meeting_suffix.finditer(page.view):
        end = match.end()
        if (
            match.start() < last
            or page.is_silent(end - 1)
            or page.view[end : end + 1] in tuple("员场室址标期费馆堂长计客")
        ):
            continue
        end, is_numbered = _right_edge(page, end, lexicon)
        start = _left_edge(
            page, match.start(), max(last, end - LONGEST, page.floor(end)), shields, people_at, lexicon.meeting_stops
        )
        if match[0] in _BODIES and not is_numbered and not _CONVENED.search(page.view[:start][-4:]):
            continue
        name = page.view[start:end]
        body = page.view[start : match.start()]
        if (
            _ALONE.match(body)
            and not is_numbered
            and match[0] in ("会议", "大会", "全会", "会", "例会", "活动", "年会", "论坛", "峰会")
        ):
            continue
        if len(name) < 3 or _ALONE.match(name):
            continue
        found.append(Hit(start, end, "MEETING", "rule:meeting", 0.85))
        last = end
    return found


_CONVENED = re.compile("(?:召开|举行|主持)了?$")
_BODIES = frozenset(["常委会", "党委会", "党组会", "代表大会", "人大常委会"])
"""Endings that name a body as well: a meeting only with its number, or when another ending follows."""


def _right_edge(page: Page, end: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Return where the name ends, over its number and over what 暨 joins, and whether it is numbered."""
    is_numbered = False
    while True:
        serial = _SERIAL.match(page.view, end)
        longer = serial or lexicon.meeting_suffix.match(page.view, end)
        if longer is None and page.view[end : end + 1] == "暨":
            longer = re.compile(f"暨[^，。；：\n“”]{{0,24}}?(?:{lexicon.meeting_suffix.pattern})").match(page.view, end)
        if longer is None:
            return end, is_numbered
        is_numbered = is_numbered or serial is not None
        end = longer.end()


def _left_edge(
    page: Page, suffix: int, floor: int, shields: frozenset[int], people: set[int], stops: frozenset[str]
) -> int:
    """Return where the name begins; quoted parts of a name are crossed whole."""
    view, at = page.view, suffix
    while at > floor:
        c = view[at - 1]
        if c in "”’）》":
            opening = view.rfind({"”": "“", "’": "‘", "）": "（", "》": "《"}[c], floor, at - 1)
            if opening < 0 or (c == "》" and view[at] not in "暨及学宣专"):
                return at
            at = opening
            continue
        if c == "、":
            # 市委、市政府 and 全国、省、州 are part of a name when known words stand on both sides.
            left, right = view[max(0, at - 4) : at - 1], view[at : at + 3]
            if re.search("[委省市州县国区会]$", left) and re.match("[市省州县区国]|全|政府|政协", right):
                at -= 1
                continue
            return at
        if c in "，。；：！？“‘（《〈【\n…—|" or c.isspace() or (at - 1) in people:
            break
        start, _ = page.token_before(at)
        start = max(start, floor)
        word = view[start:at]
        if word in stops and start not in shields:
            break
        at = start
    # A verb that the segmenter glued to the name's first word still ends the name.
    head = _VERB_HEAD.match(view, at)
    if head and head.end() <= suffix and at not in shields:
        at = head.end()
    form = re.search("(?:以|通过|采取)(?=(?:电视电话|电视|电话|视频)?$)", view[at:suffix])
    if form:
        at += form.end()
    for pattern in (_TEMPORAL, _ASPECT):
        lead = pattern.match(view[at:suffix])
        if lead:
            at += lead.end()
    return at


_VERB_HEAD = re.compile("(?:主持召开|主持|召开|举行|举办|出席|参加|列席|收听收看|收看|传达学习|传达|组织召开)(?:了)?")
