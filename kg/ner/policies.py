"""Policies: documents in 《》, named plans and campaigns, slogans with a programme behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ner.lexicon import Lexicon
from kg.ner.page import Hit, Page, prune
from kg.text.matching_view import HARD

_TITLE = re.compile(
    "《(?:[^《》\n]|《[^《》\n]{1,60}》|〈[^〉\n]{1,60}〉|<[^<>\n]{1,60}>){2,120}》(?:（(?!以下|下文|下称|简称)[^（）〔〕号]{1,14}）)?"
)
_QUOTE = re.compile("“([^“”\n]{2,24})”")
_QUOTE_RUN = re.compile("(?:“[^“”\n]{2,24}”){2,3}")
_QUOTED_PROGRAMME = re.compile(
    "“[^“”\n]{2,24}”(?:[\u4e00-\u9fff]{0,4})?(?:行动计划|行动方案|行动|计划|攻坚战|工程|战略|规划|建设|机制|制度|责任制|改革|试点|政策)"
)
_TARGET = re.compile("(?:城市|名城|强市|强县|强区|示范区|样板区|高地|新城|之城|县城)$")
_BUILD = re.compile("(?:打造|建设|创建|争创|争当|建成)$")
_NUMBERED = re.compile("^[一二三四五六七八九十百千两双多\\d][\u4e00-\u9fff、\\d]{1,9}$")
_THOUGHT = re.compile(
    "习近平(?:生态文明|新时代中国特色社会主义|法治|强军|外交|经济|文化)思想|党的(?:十[五六七八九]大|二十大|二十届[一二三四五六七]中全会|十[八九]届[一二三四五六七]中全会)精神"
)
_LEFT = frozenset("的了和与及在对把将以为")
LONGEST_PLAN = 26


def find_policies(page: Page, lexicon: Lexicon) -> list[Hit]:
    """Find policies in text order; a document title hides the plans named inside it."""
    hits = [*_titles(page, lexicon), *_slogans(page, lexicon), *_plans(page, lexicon)]
    hits += [Hit(m.start(), m.end(), "POLICY", "rule:thought", 0.9) for m in _THOUGHT.finditer(page.view)]
    return prune(hit for hit in hits if not page.is_silent(hit.start))


def _titles(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    """《…意见》, 《…（讨论稿）》; a film, a paper or a programme is no policy."""
    for match in _TITLE.finditer(page.view):
        inner = match[0][1 : match[0].rindex("》")]
        before, after = page.view[max(0, match.start() - 8) : match.start()], page.view[match.end() : match.end() + 6]
        if (
            any(inner.startswith(work) for work in lexicon.works)
            or lexicon.not_policy.search(before)
            or lexicon.not_policy.match(after)
        ):
            continue
        if lexicon.policy_suffix.search(inner):
            yield Hit(match.start(), match.end(), "POLICY", "rule:title", 0.95)
        elif len(inner) >= 8:
            yield Hit(match.start(), match.end(), "POLICY", "rule:title", 0.7)


def _slogans(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    """“党政同责”, “无废城市”建设: known slogans, numbered ones, and quotes that name a programme."""
    for match in _QUOTE_RUN.finditer(page.view):
        if all(inner in lexicon.slogans for inner in _QUOTE.findall(match[0])):
            yield Hit(match.start(), match.end(), "POLICY", "rule:slogan", 0.85)
    for match in _QUOTE.finditer(page.view):
        inner = match[1]
        if inner in lexicon.attitudes:
            continue
        programme = _QUOTED_PROGRAMME.match(page.view, match.start())
        if programme:
            yield Hit(match.start(), programme.end(), "POLICY", "rule:programme", 0.75)
        elif (
            inner in lexicon.slogans
            or _NUMBERED.match(inner)
            or (_TARGET.search(inner) and _BUILD.search(page.view[: match.start()][-4:]))
        ):
            yield Hit(match.start(), match.end(), "POLICY", "rule:slogan", 0.8)


def _plans(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    """空气质量改善提升三年行动计划, 污染防治攻坚战: a topic and an ending that names a plan."""
    last = 0
    for match in lexicon.campaign.finditer(page.view):
        start = page.left_edge(match.start(), last, _LEFT | lexicon.plan_stops, LONGEST_PLAN, frozenset())
        # 、 joins the parts of one campaign (蓝天、碧水、净土保卫战) when each part is a word or two.
        end = match.end()
        for at in range(match.start() + 1, match.end()):  # 三年行动|计划: a longer ending that begins inside
            longer = lexicon.campaign.match(page.view, at)
            end = max(end, longer.end() if longer else end)
        joined = re.search("(?:[\u4e00-\u9fff]{2,3}、){1,3}$", page.view[max(last, start - 16) : start])
        if joined and match.start() - start <= 4 and match[0].endswith(("战", "行动", "整治")):
            start -= len(joined[0])
        lead = _LEAD.match(page.view, start, match.start())
        start = lead.end() if lead else start
        body = page.view[start : match.start()]
        if re.search("[A-Za-z]", body):
            continue
        if len(body) >= 2 and not any(c in HARD and c != "、" for c in body) and not _EMPTY.match(body):
            yield Hit(start, end, "POLICY", "rule:plan", 0.75)
            last = end


_LEAD = re.compile("(?:坚决|全力|深入)?(?:打|抓|做)?(?:好|赢|实)|(?:坚决|全力)?打(?:好|赢)")
_EMPTY = re.compile(
    "^(?:各|三|两|几|多|大|项|个|核心|本|该|此|制定|一系列|具体|整改|有关|相关|专项|重点|详细|工作|年度|总体|实施|系列|联合|集中|开展|全市|全县|全省|统一)*$"
)
