"""The lines of a page and the role that a line's own wording gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.tables.seeds import Seeds


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `text` is its characters."""

    start: int
    end: int
    text: str

    @property
    def is_prose(self) -> bool:
        """A line with a full stop, or too long for a headline or a link."""
        return len(self.text) > LONGEST_HEADLINE or "。" in self.text or self.text.endswith(("；", ";"))


LONGEST_HEADLINE = 60
_NOT_BLANK = re.compile(r"\S[^\n]*")

_DATE = r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
_PUBLISH_START = re.compile(
    rf"(?:发布|发表|更新|录入|添加|上传|撰稿|刊发|稿件)?(?:时间|日期|于)?[:：]?\s?{_DATE}(?!.{{0,12}}(?:召开|举行|上午|下午))"
    r"|(?:信息|文章|稿件|新闻)?来源\s?[:：/]|(?:发布|发表|更新)(?:时间|日期)\s?[:：]|(?:浏览|点击|阅读)(?:次数|量|数)?\s?[:：]"
)
_PUBLISH_CUE = re.compile(r"来源|浏览|点击|阅读|作者|编辑|发布|时间|字体|字号|\d{1,2}:\d{2}|网|报")
_DATE_ONLY = re.compile(rf"[（(【\[]?{_DATE}(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[）)】\]]?")
_WEEKDAY = re.compile(
    rf"(?:今天是|现在是)\s?{_DATE}|{_DATE}\s?(?:农历.{{0,12}}|\d{{1,2}}:\d{{2}})?\s?星期[一二三四五六日天]"
)
_ARROW = re.compile("[>＞»›→]")
_SITE = re.compile(
    r"[\u4e00-\u9fffA-Za-z·]{1,12}(?:网|网站|在线|热线|频道|门户|日报|晚报|晨报|时报|文摘|周刊|论坛|博客|百科|客户端|政府门户)"
)
_PHOTO = re.compile(r"(?:摄|摄影|供图|摄影报道)[)）]?$")


@cache
def _cues(seeds: Seeds) -> tuple[dict[str, list[tuple[str, str, int]]], list[tuple[str, str, int]]]:
    """Cues at the start of a line by their first character, and cues anywhere in it."""
    starts: dict[str, list[tuple[str, str, int]]] = {}
    anywhere: list[tuple[str, str, int]] = []
    for row in seeds.table("zone_lines"):
        cue = (row["word"], row["kind"], int(row["longest"]))
        if row["where"] == "start":
            starts.setdefault(row["word"][0], []).append(cue)
        else:
            anywhere.append(cue)
    return starts, anywhere


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    for match in _NOT_BLANK.finditer(text):
        stripped = match[0].rstrip()
        yield Line(match.start(), match.start() + len(stripped), stripped)


def is_publish_line(text: str) -> bool:
    """Say whether a line gives date and source of the page: `2018-08-09 08:48:08 来源:临汾新闻网 浏览次数:`."""
    text = text.lstrip("-–·•* ")  # a bullet of the page's list
    if len(text) > 160:
        return False
    if _DATE_ONLY.fullmatch(text):
        return True
    return bool(_PUBLISH_START.match(text)) and bool(_PUBLISH_CUE.search(text)) and not text.endswith(("。", "，", ","))


def is_site_name(text: str) -> bool:
    """Say whether a line is nothing but a site's or paper's name."""
    return _SITE.fullmatch(text) is not None


def _is_breadcrumb(text: str) -> bool:
    arrows = len(_ARROW.findall(text))
    return "。" not in text and (arrows >= 2 or (arrows == 1 and ("首页" in text or text.endswith("正文"))))


def line_kind(text: str, seeds: Seeds) -> str | None:
    """Return the kind of zone that a line's wording makes it, or `None` for a line of the story.

    >>> from kg.tables.seeds import default_seeds
    >>> [line_kind(t, default_seeds()) for t in ("责任编辑:甲乙", "相关新闻", "图为会场。", "会议要求抓好整改。")]
    ['editor', 'related', 'caption', None]
    """
    if len(text) <= 160 and (_WEEKDAY.match(text) or _is_breadcrumb(text)):
        return "navigation"
    if is_publish_line(text):
        return "publish_line"
    starts, anywhere = _cues(seeds)
    bare = text.lstrip("（(【[ ")
    for first in (text, bare) if bare and bare != text else (text,):
        for word, kind, longest in starts.get(first[0], ()):
            if len(text) <= longest and first.startswith(word) and _fits(kind, word, first):
                return kind
    if len(text) <= 400:
        met = [kind for word, kind, longest in anywhere if len(text) <= longest and word in text]
        # Reports name these things too: in a sentence one such word is not enough.
        if len(met) > 1 or (met and "。" not in text):
            return met[0]
        if len(text) <= 60 and text.count("。") <= 1 and _PHOTO.search(text):
            return "caption"
    return None


_AFTER_ROLE = re.compile(r"\s{0,3}(?:[:：/／|丨]|[）)】\]]|\s)|$")


def _fits(kind: str, word: str, line: str) -> bool:
    """Editors and bylines need a mark after the role (编辑：甲), or 编辑部召开会议 would be one."""
    if kind == "editor":
        return _AFTER_ROLE.match(line, len(word)) is not None
    if kind == "byline":
        return word[-1] in "：:/／" or (_AFTER_ROLE.match(line, len(word)) is not None and not line.endswith("。"))
    if kind == "navigation":
        # 打印、收藏、首页 … also begin sentences.
        return "。" not in line and (len(word) > 2 or len(line) <= 40)
    if kind == "related":
        return len(line) <= len(word) + 12 and "。" not in line
    return True
