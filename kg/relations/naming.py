"""Names for meetings that the page names by halves, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.reading import Reading
from kg.relations.territory import LEVEL_WORDS, Territory
from kg.tables.divisions import Division

_OF_A_BODY = frozenset({"executive", "standing", "party_group", "office", "congress", "plenary", "cppcc"})
"""Kinds of meeting that are named after the body that holds them."""

_TOPIC = re.compile(
    "(?:对|就|围绕)(?:我[省市县区州])?(?P<a>[^，。；]{4,44}?)(?:工作)?(?:进行|作出|作了?|开展|提出)(?:[^，。；]{0,8})(?:部署|安排|研究|调度|推进|动员|研判)"
    "|(?:专题研究|研究部署|安排部署|专题部署|研究|部署|调度)(?P<b>[^，。；]{4,40}?)(?:等)?(?:工作|事宜|问题)?(?=[，。；]|$)"
)
_UNNAMED = re.compile(
    "(?:以(?P<mode>电视电话|电视|电话|视频)(?:会议)?(?:的)?形式，?)?(?P<verb>调度|部署|研究|安排|听取|反馈|约谈|通报)(?:了)?(?P<topic>[^，。；]{4,44})(?=[，。；])"
)
_OURS = re.compile("[我全][省市县区州旗]|(?<![\u4e00-\u9fff])[省市县区州旗](?:委|政府|人大|政协|长)")
_NATIONAL = re.compile("全国|中央|国务院|党中央|中共|全军")
_MEETS = re.compile(
    "(?:日前|近日|专题|\\d{1,2}月\\d{1,2}日|\\d{1,2}日|[上下]午|第一时间|及时|迅速)*(?:召开|举行)(?:了)?会议"
)
_NO_TOPIC = re.compile("(?:有关|相关|以下|下列|具体|各项|本次|此次)(?:情况|工作|事项|意见)")
_SHORT = 6
_TALKS = frozenset({"会见", "会谈", "会晤", "会面", "接见", "通电话", "通话", "会商", "座谈"})
"""Verbs of talks that have no name of their own."""


def fuller_name(
    reading: Reading, territory: Territory, bodies: Bodies, name: str, anchor: Mention | None, kinds: Mapping[str, str]
) -> tuple[str, Division | None]:
    """Return a meeting's name with its place written out, and the division it belongs to.

    A short name that only says what kind of meeting it is takes the body that holds it
    (市政府召开常务会议: 市政府常务会议) or its topic (召开部署会，对…整改进行部署).
    """
    if anchor is not None and (name in kinds or name.startswith("第")):
        sentence = reading.sentence_at(anchor.start)
        if kinds.get(name) in _OF_A_BODY or name.startswith("第"):
            before = [m for m in reading.labelled("ORG", sentence) if m.end <= anchor.start]
            name = (re.sub(r"\s", "", before[-1].surface) if before else "") + name
        elif len(name) <= _SHORT:
            name = _topic(reading, sentence, anchor) + name
    if _NATIONAL.match(name):
        return name, None
    division, rest = territory.prefix(name)
    if division is not None:
        is_short = not name.startswith((division.name, *LEVEL_WORDS)) and not re.match("[委政人]|常务|党", rest)
        return name if is_short else division.name + rest, division
    level = next((w for w in LEVEL_WORDS if name.startswith(("全" + w, w))), "")
    own = territory.of_level(level) if level else None
    if own is None and not level:
        own = _holder(reading, territory, bodies, anchor)
    return name, own


def talk_name(reading: Reading, mention: Mention) -> str:
    """Return the name of a talk that is told by its verb: 甲会见乙, 甲同乙会谈; an empty string for what has a name.

    The first person of the sentence meets the first that follows the verb; where both stand before it, they
    meet each other.
    """
    word = re.sub(r"\s", "", mention.surface)
    if word not in _TALKS:
        return ""
    sentence = reading.sentence_at(mention.start)
    people = [(m, re.sub(r"\s", "", m.surface)) for m in reading.labelled("PERSON", sentence)]
    before = [name for m, name in people if m.end <= mention.start]
    after = [name for m, name in people if m.start >= mention.end and name not in before]
    if before and after:
        return f"{before[0]}{word}{after[0]}"
    if len(before) > 1 and before[1] != before[0]:
        return f"{before[0]}同{before[1]}{word}"
    return f"{before[0]}{word}" if before else ""


def _holder(reading: Reading, territory: Territory, bodies: Bodies, anchor: Mention | None) -> Division | None:
    """Return the division that a meeting without a place in its name is of: 我市召开, 临汾召开, or the page's home."""
    if anchor is not None:
        before = reading.view[max(0, anchor.start - 16) : anchor.start]
        ours = re.search("(?:我|全)(?P<level>[省市县区州])", before)
        if ours:
            return territory.of_level(ours["level"])
    # A broadcast about many places is nobody's page: only one that speaks of itself has a home.
    return territory.home if _OURS.search(reading.view) else None


def _topic(reading: Reading, sentence: Span, anchor: Mention) -> str:
    """Return the topic that the sentence gives a meeting after its kind, or an empty string."""
    found = _TOPIC.search(reading.view, anchor.end, sentence.end)
    topic = (found["a"] or found["b"] or "") if found else ""
    text = reading.document.text
    if found and topic:
        start = found.start("a") if found["a"] else found.start("b")
        topic = text[start : start + len(topic)]
    return re.sub("^(?:我[省市县区州]|当前|下一步|下一阶段|近期|好)|工作$|的$", "", topic)


def unnamed_meeting(reading: Reading, bodies: Bodies) -> str:
    """Return a name for a meeting that is given by a verb phrase only, or an empty string.

    The name is the topic, the verb and 会议 (省政府以电视会议形式，调度整改工作: 整改工作调度电视会议),
    because that is how such a meeting is titled when it is titled.
    """
    for number, sentence in enumerate(reading.sentences()):
        if number > 4:
            break
        for org in reading.labelled("ORG", sentence):
            if _MEETS.match(reading.view, org.end):
                return re.sub(r"\s", "", org.surface) + "会议"
        match = _UNNAMED.search(reading.view, sentence.start, sentence.end)
        if match and not _NO_TOPIC.match(match["topic"]):
            topic = reading.document.text[match.start("topic") : match.end("topic")]
            topic = re.sub("的(?=[^的]{2,8}$)|工作$|情况$", "", topic)
            return f"{topic}{match['verb']}{match['mode'] or ''}会议"
    return ""
