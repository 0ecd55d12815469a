"""Organisations: party and state bodies by level, departments, groups, companies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ner.headed import find_headed
from kg.ner.lexicon import LEVEL, Lexicon
from kg.ner.page import Hit, Page, prune, shields

_LEVEL = re.compile(f"(?:中共)?(?P<level>{LEVEL})?")
_LEVEL = re.compile(f"(?:全国|国家|中央|{LEVEL})$")
_LEVEL_START = re.compile(f"(?:中央|国家|国务院|全国|(?:{LEVEL})(?:级|直|属|委|政府)?)")
_GENERIC_BODY = re.compile(
    "^(?:各级|县区|区县|乡镇|镇街|县市区|市县|城镇|城乡|各|全|该|本|每|有关|相关|部分|一些|其他|重点|国有|民营|大型|央|责任|主管|职能|牵头|成员|下属|直属|所属|多|几|两|三|四|上级|下级|党|工作|管理|服务|县级|市级|省级|基层|地方|同级|专业|专项|外资|龙头|上市|优质|小微|建设|施工|运营|物业|股份|子|新|老|大|小|中|等|类|家|个|国|高|分|政务|指挥|督导|检查|调研)*$"
)
_COUNTED = re.compile("(?<!第)[0-9]+(?:\\.[0-9]+)?[万多余几]*[所家个位名座届省]|[0-9]年|^[0-9]|等")
_GROUP_NEXT = re.compile("(?:督察|督导|督查|巡视|巡察|检查|考核|调研|工作)组|专班|指挥部|督查室")
_UNPLACED = frozenset(
    ["纪委监委", "党组", "安办", "安委办", "安委会", "环委会", "工商联", "总工会", "妇联", "团委", "武装部", "军分区"]
)
_NEED_A_PLACE = frozenset({"办", "部", "厅", "局", "中心", "厂", "大会", "办公室"})
"""Endings of too many other words to be believed without a place or a body in front."""
_SECTION = re.compile("第[0-9一二三四五六七八九十]+(?:督察|督查|督导|巡视|巡察|检查|考核)?组")
_OTHER_WORD = re.compile(
    "[格布全大结当时棋开新定僵破残战政变]局|内部|外部|全部|干部|东部|西部|南部|北部|中部|局部|举办|承办|协办|主办|督办|交办|转办|催办|经办|查办"
)
_SESSION = re.compile("(?:第?[0-9一二三四五六七八九十]+届)")


def find_orgs(page: Page, lexicon: Lexicon, places: Sequence[Hit]) -> list[Hit]:
    """Find organisations, in text order; a longer one hides those inside it."""
    ends = {hit.end: hit.start for hit in places}
    hits = [
        Hit(m.start(), m.end(), "ORG", "gazetteer:body", 0.95)
        for m in lexicon.org_bodies.finditer(page.view)
        if not page.is_silent(m.start()) and not _is_inside_word(page, m)
    ]
    hits += _level_orgs(page, lexicon, ends)
    hits += _departments(page, lexicon, ends)
    hits += _by_suffix(page, lexicon, places, hits)
    hits += find_headed(page, lexicon, places, hits)
    return prune(hits)


def _is_inside_word(page: Page, match: re.Match[str]) -> bool:
    return page.view[match.end() : match.end() + 2] in ("精神", "文件")


def _level_orgs(page: Page, lexicon: Lexicon, ends: dict[int, int]) -> list[Hit]:
    """市委, 临汾市政府, 区人大常委会, 海安12届县委: a place or a level, then a body that each level has."""
    found = []
    for match in lexicon.level_org.finditer(page.view):
        if page.is_silent(match.start()):
            continue
        start = match.start()
        if start in ends:
            start = ends[start]
            # 山西省太原市政府: the larger division belongs to the name as well.
        else:
            level = re.search(f"(?:{LEVEL})$", page.view[max(0, start - 3) : start])
            if level is None:
                session = re.search(f"(?:{_SESSION.pattern})$", page.view[max(0, start - 6) : start])
                if session and start - len(session[0]) in ends:
                    start = ends[start - len(session[0])]
                    found.append(Hit(start, match.end(), "ORG", "rule:level_org", 0.9))
                elif match[0] in _UNPLACED and (start in page.boundaries):
                    found.append(Hit(start, match.end(), "ORG", "rule:level_org", 0.6))
                continue
            start -= len(level[0])
            if match[0] == "委" and page.view[start - 1 : start] == "团":
                found.append(Hit(start - 1, match.end(), "ORG", "rule:level_org", 0.9))
                continue  # 团市委 is no 市委
            if level[0] == "区" and page.view[start - 2 : start] == "自治":
                continue
            session = re.search(f"(?:{_SESSION.pattern})$", page.view[max(0, start - 6) : start])
            if session:
                start -= len(session[0])
            if start in ends:
                start = ends[start]
            elif page.view[max(0, start - 2) : start] == "中共":
                start -= 2
        if page.view[max(0, start - 2) : start] == "中共":
            start -= 2
        found.append(Hit(start, match.end(), "ORG", "rule:level_org", 0.9))
    for match in re.finditer("(?:自治区|区|县|兵团|市)党委(?:常委会|办公厅|组织部|宣传部|统战部|政法委)?", page.view):
        if not page.is_silent(match.start()):
            start = ends.get(match.start(), match.start())
            found.append(Hit(start, match.end(), "ORG", "rule:level_org", 0.9))
    return found


def _departments(page: Page, lexicon: Lexicon, ends: dict[int, int]) -> list[Hit]:
    """市环保局, 太原市生态环境局, 县发改经信局: a place or level, then one or more department words."""
    found = []
    for match in lexicon.department.finditer(page.view):
        start = match.start()
        if page.is_silent(start):
            continue
        if start in ends:
            start = ends[start]
        else:
            level = re.search(f"(?:国家|{LEVEL})$", page.view[max(0, start - 3) : start])
            if level:
                start -= len(level[0])
                start = ends.get(start, start)
            elif start not in page.boundaries:
                continue
        found.append(Hit(start, match.end(), "ORG", "rule:department", 0.85))
    return found


def _by_suffix(page: Page, lexicon: Lexicon, places: Sequence[Hit], known: Sequence[Hit]) -> list[Hit]:
    """中铁十一局, 省委省政府第四环境保护督察组, 某某有限公司: whatever runs up to an ending of organisations."""
    shielded = shields(page.view, [*places, *known])
    found = []
    last = 0
    for match in lexicon.org_suffix.finditer(page.view):
        start, end = match.span()
        if (
            page.is_silent(start)
            or start < last
            or end not in page.boundaries
            or _OTHER_WORD.search(page.view, start - 1, end)
        ):
            continue
        section = _SECTION.match(page.view, end)
        if section and match[0].endswith("组"):
            end = section.end()
        if _GROUP_NEXT.match(page.view, end):
            continue  # 河长办|督导组: the name goes on
        edge = page.left_edge(end, last, lexicon.left_stops, 24, shielded)
        anchor = _anchor(page, edge, start, places, known)
        if not _has_anchor(page, anchor, places, known):
            # 市投资促进中心: a verb inside a body's name, when a place or a level word opens it.
            far = page.left_edge(end, max(last, edge - 8), lexicon.hard_stops, 24, shielded)
            reached = _anchor(page, far, start, places, known)
            anchor = reached if _has_anchor(page, reached, places, known) else anchor
        body = page.view[anchor:start]
        if not body or len(body) > 22 or _GENERIC_BODY.match(body) or _COUNTED.search(body):
            continue
        is_named = _has_anchor(page, anchor, places, known) or (match[0] == "局" and len(body) >= 3)
        if match[0] in _NEED_A_PLACE and anchor == edge and not is_named:
            continue
        found.append(Hit(anchor, end, "ORG", "rule:suffix", 0.75))
        last = end
    return found


def _has_anchor(page: Page, at: int, places: Sequence[Hit], known: Sequence[Hit]) -> bool:
    return any(hit.start == at for hit in [*places, *known]) or bool(_LEVEL_START.match(page.view, at))


def _anchor(page: Page, edge: int, end: int, places: Sequence[Hit], known: Sequence[Hit]) -> int:
    """Return where the name begins between `edge` and `end`: at a place, a known body or a level word."""
    if _has_anchor(page, edge, places, known):
        return edge
    inside = [hit.start for hit in [*places, *known] if edge < hit.start < end]
    if inside:
        return min(inside)
    for at in range(edge, end):
        if (
            at in page.boundaries
            and _LEVEL_START.match(page.view, at)
            and page.view[at - 1] not in "片园社小城新郊辖库景校厂矿"
        ):
            return at
    return edge
