"""From a page to its main text, and what the page says about itself.

Government sites must carry meta tags of a fixed vocabulary (ArticleTitle, PubDate, ContentSource,
SiteName … : 政府网站发展指引, 国办发〔2017〕47号, list of page tags). They come first; what trafilatura finds
comes second. Dates that are merely somewhere on a page are never taken: the page of an article
from 2019 shows the day on which it was drawn up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html
from lxml.html import defs

from kg.records.errors import SourceError
from kg.sources.columns import starts_with
from kg.sources.dates import find_iso_day

LONGEST_FOR_TRAFILATURA: Final = 600_000
"""Pages of more characters get the plain reading of their body: trafilatura takes up to 8 s a million
characters of markup, the plain reading 0.4, and what is longer is a list or a dump, not an article."""

LONGEST_CELL: Final = 120
"""Characters; the longest cells of lists of appointments (a post with its organisation) have about 60."""

_DATE_RULES: Final[Mapping[str, Any]] = {
    "extensive_search": False,
    "original_date": True,
    "outputformat": "%Y-%m-%d",
    "min_date": "1990-01-01",
    # Fixed, or the same page would give another date on another day.
    "max_date": "2099-12-31",
}
_NO_TEXT: Final = ("script", "style", "noscript", "template", "nav", "select", "button", "iframe", "svg", "head")
_BLOCKS: Final = defs.block_tags | {"br", "dd", "dt", "figcaption", "li", "main", "td", "th", "tr"}
_CONTROLS: Final = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_DECLARED: Final = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding=["']([\w-]+)""", re.IGNORECASE
)
# White space in these patterns is bounded: a page may hold a million blanks in a row.
_DAY: Final = r"[\s:：]{0,9}((?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})"
_PUBLISHED: Final = re.compile(r"(?:发布|發布|发表|發表|发稿|发文|刊发|上传)(?:时间|時間|日期)" + _DAY)
_UPDATED: Final = re.compile(r"更新(?:时间|時間|日期)" + _DAY)
_PUBLISHER: Final = re.compile(
    r"(?:^|[\s|｜\d])(?:信息|文章|稿件|新闻)?(?:来源|來源|稿源)\s{0,9}[:：]\s{0,9}((?:(?!(?:19|20)\d\d)[^\s|｜:：，。；<>\[\]【】()（）]){2,30})",
    re.MULTILINE,
)
_OWN: Final = frozenset(
    {"本站", "本网", "本網", "本网站", "本站原创", "原创", "原創", "网络", "網絡", "互联网", "未知", "转载"}
)
_SITE_TAIL: Final = re.compile(
    r"\s?(?:[_|｜]|-{1,2}|\s[–—]\s)\s?[^_|｜–—-]{1,30}?(?:网|網|网站|網站|政府|门户|频道|日报|晚报|在线|客户端|电视台|中心)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The main text of a page, one paragraph a line, and the page's own metadata.

    `title` is None where `text` begins with it or the page has none.
    """

    text: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None


def find_charset(data: bytes) -> str | None:
    """Return the charset that a page declares within its first 4,096 bytes.

    >>> find_charset(b'<html><meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    'gb2312'
    """
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def read_page(markup: str) -> Page:
    """Extract the main text of a page, in favour of recall, and its title, publisher, URL and day.

    Where trafilatura finds no main text, the text of the body without scripts, styles and navigation
    is taken: a crumb of navigation more is zoned later, a lost report is lost. Lines are stripped,
    empty ones left out.

    Raises:
        SourceError: reason "no main text": the page shows no text, or is nested so deeply
            (about 250 elements) that the parser gave up.
    """
    tree = _parse(markup)
    metas = _metas(tree)
    body = "\n".join(_lines("".join(_visible(tree))))
    found = _extract(tree) if len(markup) <= LONGEST_FOR_TRAFILATURA else None
    text = "\n".join(_lines((found and found.text) or "")) or body
    if not text:
        raise SourceError("the page shows no text", reason="no main text")
    title = metas.get("articletitle") or _without_site(str((found and found.title) or metas.get("og:title", "")))
    return Page(
        text=text,
        title=None if starts_with(text, title) else title,
        publisher=_find_publisher(metas, body) or (found and found.sitename) or None,
        url=metas.get("url") or (found and found.url) or None,
        published=_find_published(metas, body, found and found.date),
    )


def _parse(markup: str) -> html.HtmlElement:
    """Parse markup, whatever it declares; the limits of libxml2 on depth and size stay on."""
    # Bytes, because lxml refuses str with an encoding declaration; controls, because NUL ends the document.
    data = markup.translate(_CONTROLS).encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError(f"no HTML in it: {error}", reason="no main text") from error
    return tree


def _extract(tree: html.HtmlElement) -> Any:
    """Ask trafilatura, which answers with its own record, or None where it finds nothing."""
    from trafilatura import bare_extraction

    tree = deepcopy(tree)
    _unwrap_layout(tree)
    try:
        return bare_extraction(
            tree,
            favor_recall=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATE_RULES),
        )
    except RecursionError:
        return None


def _unwrap_layout(tree: html.HtmlElement) -> None:
    """Make blocks of the tables that only lay out a page: trafilatura runs the paragraphs of a cell together.

    A table that holds a table or a cell of prose is no table of data.
    """
    layout = {
        table
        for table in tree.iter("table")
        if next(table.iterdescendants("table"), None) is not None
        or any(_is_prose(cell.text_content()) for cell in table.iter("td", "th"))
    }
    parts = [
        element
        for element in tree.iter("tbody", "thead", "tfoot", "tr", "td", "th")
        if next(element.iterancestors("table"), None) in layout
    ]
    for element in (*parts, *layout):
        element.tag = "div"


def _is_prose(cell: str) -> bool:
    """Say whether a cell holds sentences, not a name, a post or a figure."""
    return "。" in cell or len(cell) > LONGEST_CELL


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """Return the content of the page's meta tags by lower-case name; the first of a name wins."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            metas.setdefault(name, content)
    return metas


def _visible(tree: html.HtmlElement) -> Iterator[str]:
    """Yield the text that a browser would show, with a line end around every block."""
    tree = deepcopy(tree)
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield "\n"
        text = element.text if event == "start" else element.tail
        if text:
            # Line ends inside a text node are the editor's, not the page's.
            yield " ".join(text.splitlines())


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that have text, stripped, without trafilatura's dashes of lists and outer bars of tables."""
    for line in text.splitlines():
        bare = re.sub(r"[\t\f\v\xa0 ]+", " ", line).strip().removeprefix("- ").strip("| \u3000")
        if bare not in ("", "-"):
            yield bare


def _find_publisher(metas: Mapping[str, str], body: str) -> str | None:
    """Return who published the text first: the tag, the line 来源：…, else the site."""
    site = metas.get("sitename") or metas.get("og:site_name")
    line = _PUBLISHER.search(body)
    for name in (metas.get("contentsource"), line and line[1], site):
        if name and name not in _OWN:
            return name
    return None


def _find_published(metas: Mapping[str, str], body: str, guess: str | None) -> str | None:
    """Return the day of publication: of a tag, the line 发布时间, what trafilatura finds, the line 更新时间."""
    for name in ("pubdate", "publishdate", "publish_time", "article:published_time", "og:release_date"):
        day = find_iso_day(metas.get(name))
        if day:
            return day
    for match in (_PUBLISHED.search(body), guess, _UPDATED.search(body)):
        day = find_iso_day(match[1] if isinstance(match, re.Match) else match)
        if day:
            return day
    return None


def _without_site(title: str) -> str:
    """Return a page title without the names of site and section behind it.

    >>> _without_site("我市召开安全生产会议_时政要闻_临汾新闻网")
    '我市召开安全生产会议_时政要闻'
    """
    title = " ".join(title.split())
    while (shorter := _SITE_TAIL.sub("", title)) and shorter != title:
        title = shorter
    return title
