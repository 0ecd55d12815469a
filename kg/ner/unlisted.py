"""Divisions that no gazetteer has (青石县, 科右旗), by what a page says before and after their names.

A place that has a committee, a congress or an ordinance is a division wherever it
lies; a common word that ends like one (城市, 园区, 家乡) has none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.ner.page import Hit, Page
from kg.tables.divisions import Divisions
from kg.text.matching_view import HARD

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|"
    "羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_LEVEL = re.compile(
    f"(?:(?:{_PEOPLES})族)*(?:自治[县州旗]|(?<!自治)[省市县区州旗盟镇乡](?![长领直属级域场民值界情亲村里外间内际容貌]))"
)
_GOVERNED = re.compile(
    "第?[0-9一二三四五六七八九十]+届|第[0-9一二三四五六七八九十]+次|(?:县|区|市|州|旗)?委(?![托派员以培屈])|人民政府|政府|人大|人民代表|"
    "政协|纪委|监委|党委|党工委|人民法院|法院|人民检察院|检察院|融媒|日报|发布|新闻|党建|要闻|人民医院|佛教协会|村“两委”|召开|举行|(?:原|代|常务)?副?[省市县区州旗盟镇乡]长|"
    "[\u4e00-\u9fff]{2,8}(?:局|委员会|办公室|厅|条例)"
)
"""What a division has and a quarter or a zone has not: organs, offices, congresses, ordinances."""
_COMMON = re.compile(
    "[全各本该我每某两多几此其这那哪省市县区镇乡村届]|开发|经济|经开|高新|示范|工业|产业|保护|行政|合作|自贸|试验|功能|中央|国务|政府|会议|民[革建盟]|学社|致公|政协|共产党|共青团|涉藏"
)
"""What no name of a division has in it, but a phrase or the name of a zone has."""
_PHRASE = re.compile(
    "(?:[为任会由了的在和有报等经向所是就将把被及与或共副代据按对于讯选佳前暨团妇兼一二三四五六七八九十]|提请|分管|主管|授予|移交|提交|推行|加挂|退回|"
    "列入|确定|调整|征求|递补|辞去|增加|修改|巡察|请示|审定|获得|领导|责成|聘请|新增|补充|讲话|党组|组成|代理|批复|报请|经过|并以|边境|帮扶|脱贫|贫困|拥护|服从|感谢|[委厅局部署院旗盟])$"
)
"""What stands before a level word in a sentence and not in a name: 授予|市委, 由|县政府."""
_COMMON_END = {
    "省": "节反外",
    "市": "城超股楼上菜夜都闹花大级辖",
    "县": "强大邻外小困",
    "区": "发城郊园社地山灾林牧景库新特辖片小校院街厂营战军选防疫矿禁港湾户范",
    "州": "神九",
    "旗": "国党红锦军队彩升大",
    "盟": "联同加欧东结民农",
    "镇": "城重古集小名强色心",
    "乡": "家故城下老返回水侨同他异外农",
}
"""What makes a common word of a level word when it stands directly before it."""
_LEADS = frozenset("在到赴对向由从与和及了为将把于的是日任据报经有过至")
"""A word of one character that a name may follow; 日 ends a date."""
_NEVER_FIRST = frozenset("在据到赴至与及将把的是")
"""Those of them that no name begins with (在|佛州); 日当市 is a name."""
_COUNTERS = frozenset("个条座名家位")
"""What stands between a number and a kind of place (832个脱贫县)."""
_WORDS = frozenset(["中共", "政协", "民建", "民革", "民盟", "致公", "补选", "选举"])
"""Words that a name may follow, besides the grammar's stop words."""
_REPEATED = "省市县州旗"
"""Levels whose names are believed for being repeated; 区, 镇 and 乡 end too many other words."""
_SHORTEST, _LONGEST, _OFTEN = 2, 4, 2
_SHORT = 4
"""A name this long is believed at first sight, a longer one (but an autonomous county's) at the second: 坚决拥护|省."""


def find_unlisted(page: Page, divisions: Divisions, known: Sequence[Hit], stops: frozenset[str]) -> list[Hit]:
    """Find the page's own divisions; a gazetteer's name inside one (南县 of 汶南县) is the caller's to drop."""
    clear: Counter[str] = Counter()
    governed: Counter[str] = Counter()
    ends = {hit.end for hit in known}
    for start, end in _candidates(page.view, ends, stops):
        name = page.view[start:end]
        if not divisions.by_name(name) and not _is_glued(name, divisions):
            clear[name] += 1
            titled = end - start < 5 and (page.view[start - 1 : start] == "《" or start == 0) and name[-1] in _REPEATED
            governed[name] += titled or bool(_GOVERNED.match(page.view, end))
    names = [
        n
        for n, count in clear.items()
        if count >= (1 if governed[n] and (len(n) <= _SHORT or n[-2] in "族治") else _OFTEN)
        and (governed[n] or n[-1] in _REPEATED)
    ]
    if not names:
        return []
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))))
    found = (Hit(m.start(), m.end(), "PLACE", "rule:unlisted_division", 0.8) for m in pattern.finditer(page.view))
    return [hit for hit in found if not page.is_silent(hit.start) and not any(_crosses(hit, k) for k in known)]


def _candidates(view: str, ends: set[int], stops: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield every stretch that reads as a name and a level word, from the nearest clear beginning."""
    for match in _LEVEL.finditer(view):
        for start in range(match.start() - _SHORTEST, match.start() - _LONGEST - 1, -1):
            stem = view[max(0, start) : match.start()]
            if start < 0 or any(not "\u4e00" <= c <= "\u9fff" for c in stem):
                break
            if _begins(view, start, ends, stops):
                if _is_name(stem, match[0], stops):
                    yield start, match.end()
                break


def _is_name(stem: str, level: str, stops: frozenset[str]) -> bool:
    """Say whether what stands before a level word can be a name: no phrase, no verb, no part of a common word."""
    return not (
        _COMMON.search(stem)
        or _PHRASE.search(stem)
        or any(stem[-length:] in stops for length in (2, 3, 4))
        or stem[:2] in stops
        or (len(level) == 1 and stem[-1] in _COMMON_END.get(level, ""))
    )


def _is_glued(name: str, divisions: Divisions) -> bool:
    """Say whether a name is a word and a listed name: 在|杭州, 福建|福州; 汶南县 is not 南县."""
    if name[0] in _COUNTERS or name[0] in _NEVER_FIRST:
        return True
    if name[0] in _LEADS:
        return bool(divisions.by_name(name[1:]))
    return any(divisions.by_name(name[at:]) and divisions.by_name(name[:at]) for at in range(2, len(name) - 1))


def _begins(view: str, start: int, ends: set[int], stops: frozenset[str]) -> bool:
    """Say whether a name may begin here: after a mark, a place, a level word, a verb or a preposition."""
    if start == 0 or start in ends:
        return True
    before = view[start - 1]
    return (
        before in HARD
        or not "\u4e00" <= before <= "\u9fff"
        or before in _LEADS
        or before in "省市州盟"
        or view[start - 2 : start] in stops
        or view[start - 2 : start] in _WORDS
    )


def _crosses(hit: Hit, known: Hit) -> bool:
    """Say whether a known hit overlaps one and does not lie inside it."""
    overlaps = hit.start < known.end and known.start < hit.end
    return overlaps and not (hit.start <= known.start and known.end <= hit.end and known[:2] != hit[:2])
