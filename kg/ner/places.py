"""Places: divisions from the gazetteer, and towns, villages and parks by their endings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kg.ner.lexicon import Lexicon
from kg.ner.page import Hit, Page, after_verb
from kg.ner.unlisted import find_unlisted
from kg.tables.divisions import Divisions
from kg.tables.seeds import Seeds
from kg.text.matching_view import fold, words

_LOCAL = re.compile(
    "镇(?!村|级|街|区|政府)|乡(?!村|镇|亲|情|土|愁|级|域|贤)|街道|苏木|行政村|村(?!民|级|庄|委|口|集体|党|支|两委|干部|貌|规|镇|屯|企|医|道|史|组|容)|社区(?!矫正|卫生|工作|治理|民警|服务|党)|经济技术开发区|经济开发区|高新技术产业开发区|产业园区|工业园区|产业园|工业园|科技园|物流园|"
    "高新区|经开区|开发区|示范区|新区|园区|湿地公园|森林公园|公园|自然保护区|保护区|风景区|景区|水库|污水处理厂|垃圾填埋场|"
    "项目部|项目现场|工地|广场|车站|火车站|机场|港口|码头|口岸|林场|牧场|农场|小学|中学|幼儿园|敬老院|服务中心|便民中心|基地|"
    "供水站|水务站|管理站|养护站|泵站|收费站|变电站|水厂|纪念馆|博物馆|展览馆|卫生院"
)
_OFFICE = re.compile("[镇乡]长|党委|政府|人大|书记|主任|村|社区|派出所")
_COMMON = frozenset({"城区", "郊区", "矿区", "新区", "市区", "城中区", "市中区"})
"""Names of districts that every town has: a division only after the name of its city."""
_GENERIC = re.compile(
    "^(?:各|全|该|本|每|多个|有关|相关|部分|一些|所有|其他|几个|重点|城|农|老|新|乡|城乡|进|入|驻|到|美丽|贫困|村|山|小|大|产业|工业|试点|示范|共建|和美|传统|服务|特色|所在|自然|建制|中心|绿色|边境|边远|这里|全部|哪个|这个|那个|农村宅)*$"
)
_GOING = re.compile("(?:先后|又|再)?(?:来到|赶到|走到|到|赴|前往|走进|深入)(?=.)")
"""A verb that the segmenter glued to an unknown name: 萨如拉|到朝|鲁吐|镇."""
_COMMON_NOUN = re.compile("(?:农村|城乡|(?:小康|示范|边境|特色|明星|文明|贫困|最[多少大小])[村乡镇])$")
"""What closes a clause on a kind of place (充分发挥农村, 边境地区小康村); no name is so long."""


@lru_cache(maxsize=4)
def _automaton(seeds: Seeds) -> tuple[Any, tuple[str, ...], Divisions]:
    """Build the automaton over division names; ahocorasick_rs reports code-point offsets."""
    import ahocorasick_rs

    divisions = Divisions(seeds)
    names = tuple(sorted({fold(n) for n in divisions.names() if len(n) > 1}))
    machine = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return machine, names, divisions


@lru_cache(maxsize=4)
def _countries(seeds: Seeds) -> re.Pattern[str]:
    return re.compile(f"(?<!驻)(?:{words(seeds.words('countries'))})(?!话|人民币)")


def find_places(page: Page, lexicon: Lexicon, seeds: Seeds) -> list[Hit]:
    """Find divisions and local places, in text order, without overlaps."""
    machine, names, divisions = _automaton(seeds)
    found: list[Hit] = []
    full_names: set[str] = set()
    aliases: list[Hit] = []
    for match in _countries(seeds).finditer(page.view):
        if not page.is_silent(match.start()) and not _in_quotes(page.view, *match.span()):
            found.append(Hit(match.start(), match.end(), "PLACE", "gazetteer:country", 0.9))
    for index, start, end in machine.find_matches_as_indexes(page.view):
        name = names[index]
        if page.is_silent(start) or page.view.startswith("召开县", start - 1):
            continue  # 召开|县政府常务会议: 开县 is a county, but not there
        candidates = divisions.by_name(name)
        if _in_quotes(page.view, start, end) or (
            name in _COMMON and not _is_district(divisions, name, page.view[max(0, start - 12) : start])
        ):
            continue
        if any(d.name == name or (name in d.aliases and name[-1] in "省市县区州旗盟") for d in candidates) and (
            len(name) > 2 or (start in page.boundaries and end in page.boundaries and name[0] != "和")
        ):
            found.append(Hit(start, end, "PLACE", "gazetteer", 0.95))
            full_names |= {alias for d in candidates for alias in (d.name, *d.aliases)}
        else:
            aliases.append(Hit(start, end, "PLACE", "gazetteer:alias", 0.8))
    for hit in aliases:
        name = page.view[hit.start : hit.end]
        if divisions.townships(page.view[hit.start : hit.end + 1]):
            continue  # the seat of the county that bears its name: 海伦市|海伦镇
        whole = hit.start in page.boundaries and (
            hit.end in page.boundaries
            or bool(re.match("[省市县区州]?[委政人党]|新闻|日报|网|召开", page.view[hit.end : hit.end + 4]))
        )
        levels = {d.level for d in divisions.by_name(name) if d.is_current}
        known = name in full_names or bool(levels & {"province", "prefecture"})
        if (whole and known) or _stands_alone(page.view, hit):
            found.append(hit)
    unlisted = find_unlisted(page, divisions, found, lexicon.left_stops)
    inside = {i for hit in unlisted for i in range(hit.start, hit.end)}
    found = [*(hit for hit in found if hit.start not in inside), *unlisted]  # 南县 of 汶南县 is no place there
    return sorted(found + _local_places(page, lexicon, found, divisions))


def _is_district(divisions: Divisions, name: str, before: str) -> bool:
    """Say whether 城区 or 市中区 stands after the city that has a district of that name."""
    cities = {above.name for d in divisions.by_name(name) for above in divisions.ancestors(d)}
    return before.endswith(tuple(cities)) if cities else False


def _in_quotes(view: str, start: int, end: int) -> bool:
    """Say whether a name lies inside a short quote: a slogan (“科技兴安”), not a place."""
    opening = view.rfind("“", max(0, start - 10), start)
    return opening >= 0 and "”" not in view[opening:start] and view.find("”", end, end + 10) >= 0


def _stands_alone(view: str, hit: Hit) -> bool:
    """Say whether an alias is set apart by marks (（京山）, 临汾、侯马) or owns a session (海安12届县委)."""
    before, after = view[hit.start - 1 : hit.start], view[hit.end : hit.end + 1]
    return (
        before in ("（", "、", "，", "")
        and (after in ("）", "、") or view.startswith(("等地", "等县", "等市", "等区"), hit.end))
    ) or bool(re.match(r"\d+届|第?[一二三四五六七八九十]+届", view[hit.end : hit.end + 4]))


def _local_places(page: Page, lexicon: Lexicon, known: Sequence[Hit], divisions: Divisions) -> list[Hit]:
    """Find towns, villages, parks and works by their endings.

    The name runs left to a mark, a stop word or the division before it, which stays a hit of its own.
    """
    found: list[Hit] = []
    last = 0
    taken = {i for hit in known for i in range(hit.start, hit.end)}
    starts = frozenset(taken)
    for match in _LOCAL.finditer(page.view):
        start, end = match.span()
        if (
            start in taken
            or page.is_silent(start)
            or (end not in page.boundaries and not _OFFICE.match(page.view, end))
        ):
            continue
        edge = page.left_edge(end, last, lexicon.left_stops, 14, starts)
        inside = [hit.end for hit in known if edge <= hit.start and hit.end <= start]
        name_start = after_verb(page.view, max(inside, default=edge), end, lexicon.left_stops, starts)
        name_start += max((m.end() for m in _GOING.finditer(page.view[name_start:start])), default=0)
        body = page.view[name_start:start]
        if (
            name_start < start
            and len(body) <= 12
            and (not _GENERIC.match(body) or divisions.townships(page.view[name_start:end]))
            and not re.match(r"[\d一二三四五六七八九十]+个", body)
            and not (len(body) > 2 and _COMMON_NOUN.search(page.view, name_start, end))
        ):
            found.append(Hit(name_start, end, "PLACE", "rule:local_place", 0.7))
            last = end
    return found
