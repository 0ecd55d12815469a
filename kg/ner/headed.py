"""Organisations that only their head's title shows: 教务处|处长, 县农委|主任, 歌尔股份|董事长."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.ner.lexicon import Lexicon
from kg.ner.page import Hit, Page, shields

_BODY_OF = (
    ("[处科所站局厅部院馆台社园行庭署司]长|(?:政治)?处长", None),
    ("主任|主任委员", "委|委员会|办|办公室|中心|室|部|科|处|所|工委|党校|管委会|专委会"),
    (
        "书记",
        "[局处科部厅委办]|公司|集团|大学|学院|学校|中学|小学|医院|卫生院|中心|支队|大队|银行|研究院|商会|街道|苏木|[社矿]区",
    ),
    (
        "董事长|总经理|总裁|首席执行官|经理|总监|董事局主席",
        "公司|集团|银行|股份|实业|能源|电力|建工|科技|控股|石化|铁建|电网|航空|煤机",
    ),
    ("校长", "大学|学院|学校|中学|小学|党校"),
    ("会长|理事长|主委|主席", "会"),
    ("队长|支队长|总队长|大队长|政委|政治委员", "队"),
    ("组长", "组"),
    ("秘书长", "会|处"),
    ("大使|参赞|公使", "使馆"),
    ("总领事", "领事馆|领馆"),
)
"""What a body's name ends in, by the title of its head; `None`: the title's own first character."""
_RULES = tuple((re.compile(f"(?:{head})$"), re.compile(f"(?:{body})$") if body else None) for head, body in _BODY_OF)
_LEVEL_START = re.compile("(?:自治区|[省市县区])(?!长|委书记|委副|委常)")
_LEAD = re.compile(".*(?:同志|解聘|续聘|聘请|任命|正式任|联同|会同|[^中]原(?=[\u4e00-\u9fff]{3}))")
"""What may stand before a body's name without a mark: a removal, a comrade, 原."""
_EMPTY = re.compile(
    "(?:[各该本我原全其每两多几]|有关|相关|新任|时任|现任|驻|分管|[一二三四五六七八九十]个|省|市|县|区|镇|乡|州|旗|党|省直|市直|县直|区直)*"
    "(?:[处科所站局厅部院馆台社园行庭署司委办会组队室校]|委员会|办公室|中心|公司|集团|银行|股份|大学|学院|学校|党委|党组|工会|常委会|支部|机关|主席团|大会|全会)"
    "|组织部|宣传部|统战部|政法委|纪委|监委|编办|人武部|武装部|政治部|公安局|国会"
)
"""A body without a name of its own, the page's if anybody's; 县委常委、宣传部部长 is the relation stage's to read."""
_LONGEST = 24


def find_headed(page: Page, lexicon: Lexicon, places: Sequence[Hit], known: Sequence[Hit]) -> list[Hit]:
    """Find what stands before a title and ends as that title's bodies end, where no known body ends there."""
    ends = {hit.end for hit in known}
    shielded = shields(page.view, [*places, *known])
    found = []
    last = 0
    for match in lexicon.title.finditer(page.view):
        start = match.start()
        if start in ends or page.is_silent(start) or start == 0:
            continue
        ending = _ending(match["head"], page.view[max(0, start - 4) : start])
        if not ending:
            continue
        edge = page.left_edge(start - ending, last, lexicon.left_stops, _LONGEST, shielded)
        anchor = min((h.start for h in [*places, *known] if edge <= h.start < start and h.end <= start), default=edge)
        anchor = _level_start(page, edge, anchor)
        if lead := _LEAD.match(page.view, anchor, start):
            anchor = lead.end()
        body = page.view[anchor:start]
        if len(body) < 3 or _EMPTY.fullmatch(body) or re.search("[0-9 ]", body):
            continue
        found.append(Hit(anchor, start, "ORG", "rule:headed", 0.7))
        last = match.end()
    return found


def _ending(head: str, before: str) -> int:
    """Return the length of the ending, before a title, that the title's bodies have; 0 where there is none."""
    for title, body in _RULES:
        if title.search(head):
            if body is None:
                return int(before.endswith(head[-2]))
            found = body.search(before)
            return len(found[0]) if found else 0
    return 0


def _level_start(page: Page, edge: int, anchor: int) -> int:
    """Return where a level word begins the name, when what stands before it is somebody's name (雒红艳|市人社局)."""
    for at in range(edge + 2, min(anchor, edge + 5) if anchor > edge else edge + 5):
        if at in page.boundaries and _LEVEL_START.match(page.view, at):
            return at
    return anchor
