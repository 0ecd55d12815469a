"""The parts of a page: what is story and what is not. Nothing is deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.records import Zone
from kg.tables.seeds import Seeds, default_seeds
from kg.text import lines as page_lines
from kg.text.bylines import Dateline, find_dateline, inline_zones, merge_names, press_names
from kg.text.lines import LONGEST_HEADLINE, Line

_SHORTEST_REPEAT = 24
_NOTE_HEADING = re.compile("(?:声明|版权)[^。]*$")
_MENU_ENTRY = 8
_KEY = 16
_PUBLISH_AUTHOR = re.compile(r"(?:作者|记者|编辑)\s?[:：]?\s?([\u4e00-\u9fff·、 ]{2,20})")
_NEXT_FIELD = re.compile("(?:浏览|点击|阅读|来源|发布|时间|日期|字体|字号|访问|责任|编辑|审核|人气|评论).*")
_NO_GAPS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """The zones of a page, and what was read from them on the way."""

    zones: tuple[Zone, ...]
    title: str
    authors: tuple[str, ...]
    datelines: tuple[Dateline, ...]


@dataclass(slots=True)
class _Seen:
    """Paragraphs met so far, found again by their first or last characters."""

    heads: dict[str, list[str]] = field(default_factory=dict)
    tails: dict[str, list[str]] = field(default_factory=dict)

    def repeats(self, text: str) -> bool:
        """Say whether the paragraph stood before, whole or cut at its start or end; remember it if not."""
        body = _NO_GAPS.sub("", text)
        if len(body) < _SHORTEST_REPEAT:
            return False
        # A few candidates are enough: a page that repeats one opening a thousand times must not cost their product.
        if any(other.endswith(body) for other in self.tails.get(body[-_KEY:], ())[:8]):
            return True
        if any(other.startswith(body) for other in self.heads.get(body[:_KEY], ())[:8]):
            return True
        self.heads.setdefault(body[:_KEY], []).append(body)
        self.tails.setdefault(body[-_KEY:], []).append(body)
        return False


_BULLETS = frozenset("▲△")


def _line_kinds(lines: Sequence[Line], seeds: Seeds) -> list[str]:
    """Give each line a kind; `body` where its wording does not say more."""
    kinds: list[str] = []
    block: str | None = None
    for line in lines:
        kind = page_lines.line_kind(line.text, seeds)
        if block == "related" and (kind is not None or line.is_prose):
            block = None
        if kind == "copyright" and len(line.text) <= LONGEST_HEADLINE and _NOTE_HEADING.search(line.text):
            # A heading over numbered clauses: they go on to the end of the page.
            block = "copyright"
        elif kind == "related":
            block = "related"
        kinds.append(block if block and kind in (None, "byline") else kind or "body")
    bullets = [i for i, line in enumerate(lines) if kinds[i] == "caption" and line.text[0] in _BULLETS]
    if sum(len(lines[i].text) for i in bullets) > sum(
        len(x.text) for x, k in zip(lines, kinds, strict=True) if k == "body"
    ):
        # A list of events with a mark before each, not the captions of a story that is not there.
        for i in bullets:
            kinds[i] = "body"
    return kinds


def _mark_headlines(lines: Sequence[Line], kinds: list[str], title: str | None, seeds: Seeds) -> str:
    """Turn the lines above the story into title and navigation; return the headline."""
    story = next((i for i, line in enumerate(lines) if kinds[i] == "body" and _opens_story(line, seeds)), len(lines))
    head = [i for i in range(story) if kinds[i] == "body"]
    if title is None:
        if len(head) > 1 and page_lines.is_site_name(lines[head[0]].text):
            kinds[head.pop(0)] = "navigation"
        # Entries of a menu stand above the headline, and are shorter than any headline.
        first = next((i for i in head if len(lines[i].text) > _MENU_ENTRY), None)
        while first is not None and head[0] != first:
            kinds[head.pop(0)] = "navigation"
    headlines = [i for i in head if len(lines[i].text) <= 2 * LONGEST_HEADLINE]
    for i in headlines:
        kinds[i] = "title"
    if title:
        return title
    return lines[headlines[0]].text if headlines else ""


def _opens_story(line: Line, seeds: Seeds) -> bool:
    return (
        line.is_prose or line.text.endswith(("，", ",", "：", ":")) or find_dateline(line.text, seeds=seeds) is not None
    )


def _paragraph_zones(line: Line, *, is_last: bool, seeds: Seeds) -> tuple[list[Zone], list[str], Dateline | None]:
    """Cut datelines, bylines and captions out of a paragraph of the story."""
    dateline = find_dateline(line.text, seeds=seeds)
    after = dateline.end if dateline else 0
    small, names = inline_zones(line.text, line.start, after=after, is_last=is_last, seeds=seeds)
    if dateline is not None:
        head = Zone(start=line.start, end=line.start + dateline.end, kind="dateline")
        # 【本报讯】 and (本报记者…) may be read twice; the dateline wins.
        small = [head, *(z for z in small if not z.overlaps(head))]
    return list(_fill(line, small)), names, dateline


def _fill(line: Line, small: Iterable[Zone]) -> Iterator[Zone]:
    """Put body zones between the small ones."""
    at = line.start
    for zone in (*small, None):
        end = zone.start if zone else line.end
        between = line.text[at - line.start : end - line.start]
        if between.strip():
            start = at + len(between) - len(between.lstrip())
            yield Zone(start=start, end=at + len(between.rstrip()), kind="body")
        if zone:
            yield zone
            at = zone.end


def find_zones(text: str, *, title: str | None = None, seeds: Seeds | None = None) -> Page:
    r"""Divide a page into zones, in text order and without overlap; they leave out only white space.

    Args:
        text: A repaired text in Simplified script.
        title: The headline, where the source gave it; it is the first line of `text` then.
        seeds: The tables to use.

    Example:
        >>> page = find_zones("某市召开会议\n本报讯(记者 张三丰)5月6日,某市召开会议。\n责任编辑:李四")
        >>> [z.kind for z in page.zones], page.authors
        (['title', 'dateline', 'byline', 'body', 'editor'], ('张三丰', '李四'))
    """
    seeds = seeds or default_seeds()
    lines = list(page_lines.split_lines(text))
    kinds = _line_kinds(lines, seeds)
    if title and kinds:
        kinds[0] = "title"
    headline = _mark_headlines(lines, kinds, title, seeds)
    story = [i for i, kind in enumerate(kinds) if kind == "body"]
    last = story[-1] if story else -1
    seen, zones, authors, datelines = _Seen(), [], [], []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind == "body" and seen.repeats(line.text):
            kind = "repeat"
        elif kind == "body" and headline and _NO_GAPS.sub("", line.text) == _NO_GAPS.sub("", headline):
            kind = "title"
        if kind == "body":
            found, names, dateline = _paragraph_zones(line, is_last=index == last, seeds=seeds)
            zones += found
            authors.append(names)
            datelines += [dateline] if dateline else []
            continue
        zones.append(Zone(start=line.start, end=line.end, kind=kind))
        if kind in ("byline", "caption", "editor", "publish_line"):
            authors.append(_line_names(line.text, kind, seeds))
    return Page(tuple(_merge(zones, text)), headline, merge_names(authors), tuple(datelines))


def _line_names(text: str, kind: str, seeds: Seeds) -> list[str]:
    """Names in a line of its own; of captions and publish lines only what stands at a role word."""
    if kind == "caption":
        return inline_zones(text, 0, is_last=False, seeds=seeds)[1]
    if kind == "publish_line":
        found = _PUBLISH_AUTHOR.search(text)
        return press_names("作者" + _NEXT_FIELD.sub("", found[1]), seeds=seeds) if found else []
    return press_names(text, seeds=seeds)


def _merge(zones: Iterable[Zone], text: str) -> Iterator[Zone]:
    """Join neighbours of one kind that only white space parts; each headline stays by itself."""
    held: Zone | None = None
    for zone in zones:
        if held is not None and held.kind == zone.kind != "title" and not text[held.end : zone.start].strip():
            held = Zone(start=held.start, end=zone.end, kind=held.kind)
            continue
        if held is not None:
            yield held
        held = zone
    if held is not None:
        yield held
