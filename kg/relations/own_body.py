"""The body that a page is about, for the titles that name none: 校长, 集团董事长, 院党组书记, 村支书."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.records import Mention
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ref
from kg.relations.reading import Reading

_FIRM = "公司|集团|银行|股份|厂|煤矿"
_SCHOOL = "大学|学院|学校|中学|小学|党校|校"
_OF_WORD = (
    ("集团", "集团|公司"),
    ("公司", _FIRM),
    ("校", _SCHOOL),
    ("学院", "学院"),
    ("院", "院"),
    ("局", "局"),
    ("厅", "厅"),
    ("行", "银行|行"),
    ("厂", "厂"),
    ("街道", "街道"),
    ("社区", "社区"),
    ("村", "村"),
    ("总队", "总队"),
    ("支队", "支队"),
)
"""What a body's name ends in, by the word that stands for it before a title (校党委书记, 村第一书记)."""
_OF_TITLE = (
    ("董事长|总经理|经理|总裁|总监|首席执行官|董事|监事|总工程师|总会计师|董事局主席", _FIRM),
    ("校长", _SCHOOL),
    ("检察长|检察官", "检察院"),
    ("院长|庭长", "院"),
    ("行长", "银行|行"),
    ("局长|总规划师", "局|部"),
    ("厅长", "厅"),
    ("馆长", "馆"),
    ("台长", "台"),
    ("社长|总编辑", "社"),
    ("厂长", "厂"),
    ("站长", "站"),
    ("所长", "所"),
    ("主席|秘书长", "政协|工会|妇联|文联|残联"),
    ("会长|理事长|主委", "会"),
    ("支队长|大队长|总队长|政委", "队"),
    ("司令员", "军区|军分区"),
    ("主任|委员", "委员会"),
    ("书记|党委委员|党委成员", f"{_FIRM}|{_SCHOOL}|医院|卫生院|街道|社区|局|厅"),
)
"""The same by the title's head, where no word stands before it."""
_MODIFIERS = "(?:党[委组]|党工委|党总支|党支部|支部|常务|执行|第一|驻村|代理?|副|政府|两委|[“”])*"


def own_body(reading: Reading, bodies: Bodies, title: str, mention: Mention) -> Ref | None:
    """Return the one body of the title's kind that the headline names, else the one that the page names before it.

    Nothing is guessed: where a headline, or a page without one that helps, names two
    of a kind, a bare title belongs to neither.
    """
    if (heading := _heading(reading, bodies, mention)) is not None:
        return heading
    before = reading.view[max(0, mention.start - 2) : mention.start]
    whole = before + title
    ending = next(
        (
            body
            for word, body in _OF_WORD
            if re.search(f"^{word}{_MODIFIERS}[^{word}]{{2,4}}$", title)
            or (before.endswith(word) and word not in title)
        ),
        "",
    )
    if not ending:
        ending = next((body for head, body in _OF_TITLE if re.search(f"(?:{head})$", whole)), "")
    if not ending:
        return None
    fits = re.compile(f"(?:{ending})$")
    named = [m for label in ("ORG", "PLACE") for m in reading.labelled(label) if fits.search(_bare(m))]
    titled = (m for m in named if reading.document.zone_at(m.start) == "title")
    earlier = (m for m in named if m.end <= mention.start and not _in_post(reading, m))
    return _only(bodies, titled) or _only(bodies, earlier)


def _heading(reading: Reading, bodies: Bodies, mention: Mention) -> Ref | None:
    """Return the body whose name alone is the line that a list of posts stands under: 一、县人大常委会⏎主任：甲."""
    view = reading.view
    start = view.rfind("\n", 0, mention.start) + 1
    if view[start : mention.start].strip() or view[mention.end : mention.end + 1] not in "： （":
        return None
    for org in reversed([m for m in reading.labelled("ORG") if m.end < start]):
        line = view.rfind("\n", 0, org.start) + 1
        alone = re.fullmatch("\\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．])?\\s*", view[line : org.start])
        lines = [text for text in view[org.end : start].split("\n") if text.strip(" ：")]
        if alone and re.match("[ ：]*\n", view[org.end : org.end + 4]) and all("：" in text for text in lines):
            return bodies.of_mention.get(org.id)
        if not all("：" in text for text in lines):
            return None
    return None


def _only(bodies: Bodies, mentions: Iterable[Mention]) -> Ref | None:
    """Return the body that all of them name, a longer name counting for its short forms."""
    refs = {ref for m in mentions if (ref := bodies.of_mention.get(m.id)) is not None}
    names = {bodies.ledger.name(ref): ref for ref in refs}
    longest = max(names, key=lambda name: (len(name), name), default="")
    return names[longest] if names and all(longest.endswith(name) for name in names) else None


def _in_post(reading: Reading, mention: Mention) -> bool:
    return any(post.covers(mention) for post in reading.labelled("POST"))


def _bare(mention: Mention) -> str:
    return re.sub(r"\s", "", mention.surface)
