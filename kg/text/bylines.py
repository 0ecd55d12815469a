"""Datelines, bylines and captions inside a paragraph, and the names of press people in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.records import Zone
from kg.tables.seeds import Seeds, default_seeds

_OUTLET = r"[\u4e00-\u9fffA-Za-z·]{2,14}?(?:网|社|报|台|频道|客户端|在线|时报|发布|融媒体中心|融媒|中心)"
_DAY = r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日"
_DATELINE = re.compile(
    rf"[【\[（(]?(?:(?P<own>本报|本网|本台|本刊|本站)|(?P<outlet>{_OUTLET}))(?P<place>[\u4e00-\u9fff·]{{0,12}}?)\s?"
    rf"(?P<day>{_DAY})?\s?(?:综合)?(?:讯|电(?![视话力子影商动信脑网台源气车教])|消息(?![称说人显源传灵]))[】\]）)]?"
)
_BRACKET = re.compile(r"[（(【\[]([^（()）【】\[\]\n]{1,80})[)）】\]]")
_PHOTOGRAPHER = re.compile(
    r"(?:(?:本报|本网|本台|全媒体|融媒体?|见习|实习|特约|首席)?(?:记者|通讯员)\s{0,3}|(?<=[。！；;!”）)])\s{0,3})"
    r"[\u4e00-\u9fff·]{1,6}(?:\s{1,3}[\u4e00-\u9fff·]{1,4}){0,3}\s{0,3}(?:摄影报道|摄影|摄|供图)(?=$|[）)\s。])"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}){1,2}|[\u4e00-\u9fff]{5,6}")
_SEPARATOR = re.compile(r"[、,，;；/／|丨&:：]+")
_GAP = re.compile(r"\s+")
_OTHER_FIELD = re.compile(r"(?:来源|时间|日期|浏览|点击|阅读)(?:次数|量)?\s?[:：]\s?\S*")
_OFFICE_ENDS = frozenset("局部委办处科院厅会社网报台站县市区省镇乡村街道组队所校")
_COLUMN = re.compile(r"[（(]([\u4e00-\u9fff]{2,8})[)）]\s?[:：]?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says: `新华社北京8月8日电` gives outlet, and the day as written."""

    end: int
    outlet: str | None
    day: str | None


@cache
def _press(seeds: Seeds) -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    roles = sorted(seeds.words("zone_roles"), key=len, reverse=True)
    return (
        re.compile("|".join(map(re.escape, roles))),
        frozenset(seeds.words("zone_not_authors")),
        frozenset(surname[0] for surname in seeds.words("surnames", "surname")),
    )


def find_dateline(text: str, *, seeds: Seeds | None = None) -> Dateline | None:
    """Read the dateline at the start of a paragraph, with a column's name after it but without the reporters.

    >>> find_dateline("新华社北京8月8日电 会议指出")
    Dateline(end=10, outlet='新华社', day='8月8日')
    >>> find_dateline("乙市网消息（早间新闻）：今天").end, find_dateline("本报讯(记者 甲乙)会议指出").end
    (12, 3)
    """
    match = _DATELINE.match(text)
    if match is None:
        return None
    seeds = seeds or default_seeds()
    end = match.end()
    column = _COLUMN.match(text, end)
    if column and not _press(seeds)[0].search(column[1]) and not _are_names(column[1], seeds):
        end = column.end()
    return Dateline(end, match["outlet"], match["day"])


def _are_names(text: str, seeds: Seeds) -> bool:
    """Say whether a stretch is nothing but names that begin with a surname."""
    names = _names(text, surname_needed=True, seeds=seeds)
    return bool(names) and sum(map(len, names)) == len(re.sub(r"[\s、,，]", "", text))


def _join_spaced(tokens: list[str]) -> Iterator[str]:
    """Join what a space tore apart: `王 兵` and `王 长波`, but not `甲乙 丙丁`."""
    held = ""
    for token in tokens:
        if len(token) == 1 and not held:
            held = token
        else:
            yield held + token
            held = ""
    if held:
        yield held


def _names(chunk: str, *, surname_needed: bool, seeds: Seeds) -> list[str]:
    _, not_names, surnames = _press(seeds)
    found = []
    for part in _SEPARATOR.split(chunk):
        for name in _join_spaced([t for t in _GAP.split(part) if t]):
            clean = name.strip("。.()（）【】[]*")
            if _NAME.fullmatch(clean) is None or clean in not_names:
                continue
            if surname_needed and (clean[0] not in surnames or len(clean) > 4 or clean[-1] in _OFFICE_ENDS):
                continue
            found.append(clean)
    return found


def press_names(text: str, *, seeds: Seeds) -> list[str]:
    """Return the names after role words of a byline, in text order.

    >>> from kg.tables.seeds import default_seeds
    >>> press_names("记者 王 兵 见习记者 李小明 通讯员 涂丹", seeds=default_seeds())
    ['王兵', '李小明', '涂丹']
    """
    roles, _, _ = _press(seeds)
    text = _OTHER_FIELD.sub("、", text)
    names: list[str] = []
    marks = list(roles.finditer(text))
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        # A role may follow its name (延智 摄), so what stands before the first role counts too.
        if index == 0:
            names += _names(text[: mark.start()], surname_needed=True, seeds=seeds)
        names += _names(text[mark.end() : end], surname_needed=False, seeds=seeds)
    return names


def inline_zones(
    text: str, start: int, *, after: int = -1, is_last: bool, seeds: Seeds
) -> tuple[list[Zone], list[str]]:
    """Find bracketed bylines and photographers in a paragraph that begins at `start` of the document.

    Names in brackets without a role are a byline right `after` the dateline, and with
    `is_last` at the paragraph's very end.
    """
    roles, not_names, _ = _press(seeds)
    zones: list[Zone] = []
    names: list[str] = []
    for match in _BRACKET.finditer(text):
        inside = match[1].strip()
        role = roles.search(inside)
        bare = match.start() - after in (0, 1) if after > 0 else False
        bare = bare or (is_last and not text[match.end() :].strip("。 "))
        if role is not None and _is_byline(inside, role, not_names):
            kind = "caption" if inside.endswith(("摄", "供图", "摄影")) else "byline"
            zones.append(Zone(start=start + match.start(), end=start + match.end(), kind=kind))
            names += press_names(inside, seeds=seeds)
        elif bare and _are_names(inside, seeds):
            zones.append(Zone(start=start + match.start(), end=start + match.end(), kind="byline"))
            names += _names(inside, surname_needed=True, seeds=seeds)
    for match in _PHOTOGRAPHER.finditer(text):
        left = match.start() + len(match[0]) - len(match[0].lstrip())
        zone = Zone(start=start + left, end=start + match.end(), kind="caption")
        if not any(zone.overlaps(other) for other in zones):
            zones.append(zone)
            names += press_names(match[0].strip(), seeds=seeds)
    return sorted(zones, key=lambda z: z.start), names


_LEAD_ROLE = re.compile(r"(?:本报|本网|本台|全媒体|融媒体?|见习|实习|特约|首席)?(?:记者|通讯员|编辑|作者|文|图|摄)")


def _is_byline(inside: str, role: re.Match[str], not_names: frozenset[str]) -> bool:
    """A bracket that opens with a role, or names people and then a role: not 记者会, not 编辑部."""
    if inside in not_names:
        return True
    opens = _LEAD_ROLE.match(inside)
    if opens is not None:
        rest = inside[opens.end() :]
        return not rest or not rest.startswith(("会", "站", "部", "证", "们", "件"))
    return inside.endswith(("摄", "摄影", "供图", "供稿", "报道", "整理", "/文", "/图", "／文", "／图"))


def merge_names(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return all names in order, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))
