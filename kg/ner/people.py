"""People: names beside posts, in lists, before strong verbs, and wherever a known name comes again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.ner.lexicon import Lexicon
from kg.ner.name_lists import BETWEEN, NameFinder
from kg.ner.names import NameModel, follow_score
from kg.ner.page import Hit, Page
from kg.text.matching_view import HARD

_AFTER_TITLE = re.compile("[ ：]?")
_CLAUSE_START = re.compile(
    r"(?:^|[\n，。；：！])\s*(?:会上|会前|会后|会议由|随后|当天|当日|当晚|期间|日前|近日|最后|首先|其间|在会上|讲话中|"
    r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[至-](?:\d{1,2}月)?\d{1,2}日)?|[上下]午|晚上?|\s|，)*",
)
_DECISION = re.compile("任命|免去|免除|罢免|接受|补选|选举|推选|增补|提名|撤销|聘任|决定")
_OFFICE_FOLLOWS = re.compile(
    "(?:等[^，。；]{1,6}?)?(?:同志)?(?:（[^（）]{1,24}）)?(?:为|的|辞去|任|担任|兼任|代理|原任|不再)"
)
_HAN_OR_DOTTED = "[\u4e00-\u9fff]{1,6}(?: ?· ?[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff] {0,2}[\u4e00-\u9fff]{1,2}"
_TABLE_NAME = re.compile(f"(?:^|(?<=[\n：]))\\s*(?P<name>{_HAN_OR_DOTTED}) {{1,8}}", re.MULTILINE)
_BIOGRAPHY = re.compile(
    f"(?:^|(?<=[\n；。]))\\s*(?P<name>{_HAN_OR_DOTTED})(?:同志)?(?:，[男女](?=[，。])|（[男女]）)", re.MULTILINE
)
_DECIDED_LINE = re.compile(r"(?:^|\n)\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]\s*)?", re.MULTILINE)
_CIVIL_WINDOW = 6
_BUSINESS = re.compile(
    "(?:^|[，。；：、\n])(?![省市县区州]|中国|国家)[^，。；：、\n]{2,30}"
    "(?:(?:有限|责任|股份|控股)公司|商会|合作社|酒店)[^，。；：、\n]{0,6}(?:长|经理|总裁|负责人|代表)$"
)
"""A private firm's or chamber's head is no official; bodies of a division or of the state are named after it."""


def find_people(
    page: Page, lexicon: Lexicon, model: NameModel, posts: Sequence[Hit], edges: frozenset[int]
) -> list[Hit]:
    """Find the people that the page presents as acting or cited officials.

    A name counts when a post stands before or after it, when it stands in a list with
    such a name, when it opens a clause before a strong verb of the genre, when it is
    appointed or removed, or when it repeats a name found in one of these ways.
    `edges` are the ends of places and organisations, after which a name may begin.
    """
    starts = frozenset(hit.start for hit in posts)
    finder = NameFinder(page, lexicon, model, starts)
    hits: dict[int, Hit] = {}
    taken: set[int] = set()

    def add(start: int, end: int, method: str, score: float) -> None:
        name = page.view[start:end]
        if taken.isdisjoint(range(start, end)) and lexicon.leaders.get(name) != "historical":
            taken.update(range(start, end))
            hits[start] = Hit(start, end, "PERSON", method, score)

    def repeat() -> None:
        for start, end in _repeats(page, lexicon, {page.view[h.start : h.end] for h in hits.values()}):
            add(start, end, "rule:repeat", 0.9)

    for post in posts:
        at = _AFTER_TITLE.match(page.view, post.end)
        names = finder.list_from(at.end() if at else post.end, starts, bonus=1.0)
        if _BUSINESS.search(page.view, max(0, post.start - 40), post.end):
            taken.update(i for start, end in names for i in range(start, end))
            continue
        for start, end in names:
            add(start, end, "rule:post_name", 0.95)
    for start, end in [*_in_tables(finder, posts), *_in_biographies(finder)]:
        add(start, end, "rule:table", 0.9)
    repeat()
    for post in posts:
        before = None if {post.end, post.start - 1} & taken else _name_before(finder, post, edges)
        if before:
            add(*before, "rule:name_post", 0.9)
    repeat()
    for start, end in _appointed(finder, starts):
        add(start, end, "rule:appointed", 0.9)
    for name, role in lexicon.leaders.items():
        if role in ("current", "past"):
            for match in re.finditer(name, page.view):
                if not page.is_silent(match.start()):
                    add(match.start(), match.end(), "gazetteer:leader", 0.95)
    for start, end in _before_strong_verb(finder, starts):
        add(start, end, "rule:name_verb", 0.8)
    repeat()
    for start, end in _by_surname(finder, posts, hits, taken):
        add(start, end, "rule:surname_post", 0.7)
    # A list that holds one known name is a list of people: 甲、乙、丙出席 in a headline.
    for hit in sorted(hits.values()):
        sep = BETWEEN.match(page.view, hit.end)
        if sep and "，" not in sep[0] and sep.end() not in hits:
            for start, end in finder.list_from(sep.end(), starts, bonus=0.4):
                add(start, end, "rule:list", 0.8)
    return sorted(hits.values())


def _name_before(finder: NameFinder, post: Hit, edges: frozenset[int]) -> tuple[int, int] | None:
    """Return the bounds of a name directly before a bare title: 金湘军省长, 市政府冯癸副市长."""
    page, model, lexicon = finder.page, finder.model, finder.lexicon
    title = page.view[post.start : post.end]
    match = lexicon.title.fullmatch(title)
    if match is None or match["head"] not in lexicon.postfix_titles or match["bureau"]:
        return None
    end = post.start
    foreign = re.search(f"(?:[{''.join(sorted(model.foreign))}]|·)+$", page.view[max(0, end - 12) : end])
    if foreign and len(foreign[0]) >= 4 and end - len(foreign[0]) in page.boundaries | edges:
        return end - len(foreign[0]), end
    best: tuple[float, int] | None = None
    for length in (2, 3, 4):
        start = end - length
        if start < 0 or any(c in HARD or c.isspace() for c in page.view[start:end]):
            break
        name = page.view[start:end]
        verb = lexicon.follower.match(name)
        is_word = name in lexicon.left_stops or name[-1] in "为任" or (verb and len(verb[0]) > 1)
        if is_word or not model.is_han_name(name):
            continue
        score = model.character_score(name)
        before = page.view[start - 1 : start]
        if not before or before in HARD or before.isspace() or before in "的由和与及照" or start in edges:
            score += 1.6
        elif start in page.boundaries:
            score += 1.0
        if page.view.count(name) > 1:
            score += 0.8
        if best is None or score > best[0]:
            best = (score, start)
    return (best[1], end) if best and best[0] >= 2.2 else None


def _by_surname(
    finder: NameFinder, posts: Sequence[Hit], hits: dict[int, Hit], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield surnames before a title that one person named on the page has: 宋县长 after 副县长宋广炎."""
    view, known = finder.page.view, finder.model.surnames.keys() | finder.model.compound
    for post in posts:
        title = view[post.start : post.end]
        if title not in finder.lexicon.postfix_titles:
            continue
        for length in (2, 1):
            start = post.start - length
            surname, before = view[max(0, start) : post.start], view[max(0, start - 1) : max(0, start)]
            if start < 0 or surname not in known or start in taken:
                continue
            is_open = not before or before in HARD or before.isspace() or start in finder.page.boundaries
            holders = [h for h in hits.values() if h.end - h.start > length and view.startswith(surname, h.start)]
            named = {view[h.start : h.end] for h in holders}
            # Of two 杨 on a page 杨书记 is the one whom it calls 书记, not 副书记.
            titled = {view[h.start : h.end] for h in holders if _is_called(view, h, title)}
            if is_open and (len(named) == 1 or len(titled) == 1):
                yield start, post.start
                break


def _is_called(view: str, name: Hit, title: str) -> bool:
    """Say whether a title stands before a name as it is: 书记杨玉清, and not 副书记杨玉清."""
    return view.endswith(title, 0, name.start) and not view.endswith("副" + title, 0, name.start)


def _in_tables(finder: NameFinder, posts: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Yield names that spaces set apart from the post after them: 组　长：杜  衡    县委书记."""
    view = finder.page.view
    for post in posts:
        line = view.rfind("\n", 0, post.start) + 1
        match = _TABLE_NAME.search(view, line, post.start)
        if match and match.end() == post.start and not finder.page.is_silent(match.start("name")):
            name = match["name"].replace(" ", "")
            if "·" in name or finder.model.is_han_name(name):
                yield match.span("name")


def _in_biographies(finder: NameFinder) -> Iterator[tuple[int, int]]:
    """Yield names that open a biography: 甲某，女，汉族，1975年8月生，现任 (now holds)."""
    for match in _BIOGRAPHY.finditer(finder.page.view):
        if finder.model.is_han_name(match["name"].replace(" ", "")) or "·" in match["name"]:
            yield match.span("name")


def _appointed(finder: NameFinder, posts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield names that stand right after 任命, 免去, 接受, or open a line of such a list, before 为, 的, 辞去."""
    view = finder.page.view
    decided = [match.end() for match in _DECISION.finditer(view)]
    lines = {match.end() for match in _DECIDED_LINE.finditer(view)} if decided else set[int]()
    ordered = sorted(posts)
    for at in sorted({*(at + (view[at : at + 1] in ("了", "：", "由")) for at in decided), *lines}):
        if finder.page.is_silent(at):
            continue
        names = list(finder.list_from(at, frozenset(), bonus=0.6))
        if not names:
            continue
        end = names[-1][1]
        comrade = end + 2 * view.startswith("同志", end)
        office = _OFFICE_FOLLOWS.match(view, end)
        if at in lines:
            # Under a heading 任命： the line itself names the post: 甲为某局局长, 乙的某局局长职务.
            if office and office[0][-1] in "为的" and _names_post(view, office.end(), ordered):
                yield from names
        elif comrade in posts or office:
            yield from names


def _names_post(view: str, at: int, posts: Sequence[int]) -> bool:
    """Say whether a post begins in what is left of the line's clause at `at`."""
    following = bisect_left(posts, at)
    return following < len(posts) and re.fullmatch("[^\n。；，]{0,40}", view[at : posts[following]]) is not None


def _before_strong_verb(finder: NameFinder, posts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield names at the start of a clause directly before a verb that only officials are the subject of."""
    page = finder.page
    for match in _CLAUSE_START.finditer(page.view):
        at = match.end()
        if at in posts or page.is_silent(at) or at not in page.boundaries:
            continue
        names = list(finder.list_from(at, posts, bonus=0.0))
        if not names:
            continue
        end = names[-1][1]
        follower = page.view[end : end + 12]
        direct = finder.lexicon.strong_verb.match(page.view, end) or re.match(
            "(?:同志)?(?:一行|率队|不再担任|当选|辞去|兼任|出任|在[^，。]{2,12}(?:主持|调研|会见)|先后(?:到|深入))",
            follower,
        )
        takes = page.view[end : end + 1] == "任" and end + 1 in posts  # 韩骁任市水利局局长
        before = page.view[max(0, at - _CIVIL_WINDOW) : at]
        if (direct or takes) and not finder.lexicon.civilian.search(before):
            yield from ((s, e) for s, e in names if page.view[s:e] not in page.press)


def _repeats(page: Page, lexicon: Lexicon, known: set[str]) -> Iterator[tuple[int, int]]:
    """Yield every occurrence of a known name; a two-character one must begin a token or end like a name."""
    for name in sorted(known, key=lambda n: (-len(n), n)):
        for match in re.finditer(re.escape(name), page.view):
            start, end = match.span()
            if page.is_silent(start):
                continue
            if len(name) > 2 or (start in page.boundaries and follow_score(page, end, lexicon) >= 1.0):
                yield start, end
