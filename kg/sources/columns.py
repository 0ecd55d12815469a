"""From a record of a container file to a raw document: which column means what."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from kg.records import RawDocument
from kg.records.errors import SourceError
from kg.sources.dates import find_iso_day
from kg.sources.decode import decode
from kg.sources.files import MAX_BYTES

Record = Mapping[str, object]

USUAL_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "content", "body", "article", "正文", "内容", "全文"),
    "title": ("title", "headline", "标题", "题目"),
    "publisher": ("publisher", "source", "site", "media", "来源", "发布机构", "媒体", "网站"),
    "url": ("url", "link", "href", "网址", "链接", "原文链接"),
    "published": (
        "published",
        "date",
        "pub_date",
        "pubdate",
        "publish_date",
        "publish_time",
        "published_at",
        "time",
        "日期",
        "发布日期",
        "发布时间",
        "时间",
    ),
    "id": ("id", "doc_id", "uid", "编号"),
}
"""Column names that are understood without being named, the most telling first."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Names of the columns of container files; what is None is found by its usual name.

    Usual names (`USUAL_NAMES`) match whatever their case; a name given here matches exactly.
    """

    text: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    id: str | None = None

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """Return which of the columns `names` holds what: field to column, absent fields left out.

        >>> ColumnMapping(url="原址").find(["标题", "正文", "原址", "Source"])
        {'text': '正文', 'title': '标题', 'publisher': 'Source', 'url': '原址'}
        """
        by_key = {name.strip().lower(): name for name in reversed(list(names))}
        found = {}
        for field in fields(self):
            given = getattr(self, field.name)
            candidates = (given,) if given else USUAL_NAMES[field.name]
            for candidate in candidates:
                column = by_key.get(candidate.strip().lower())
                if column is not None and (not given or column == given):
                    found[field.name] = column
                    break
        return found

    def find_text(self, names: Iterable[str]) -> dict[str, str]:
        """Do as `find`, but insist on a column of text.

        Raises:
            SourceError: reason "no text".
        """
        names = list(names)
        found = self.find(names)
        if "text" not in found:
            wanted = self.text or " or ".join(USUAL_NAMES["text"])
            raise SourceError(
                f"no column {wanted} (columns: {', '.join(names[:20]) or 'none'})",
                reason="no text",
                hint="name the column of the text",
            )
        return found


def read_record(record: Record, columns: ColumnMapping, *, source: str, encoding: str = "utf-8") -> RawDocument:
    """Return the document that a record holds.

    A list of strings as text is its paragraphs. The title is left out where the text already begins
    with it, a date that names no whole day is left out too. Lone surrogates, which JSON can smuggle
    in, become U+FFFD and the encoding is marked `+damaged`.

    Raises:
        SourceError: reason "no text" or "too large".
    """
    found = columns.find_text(record)
    cells = {field: record[column] for field, column in found.items()}
    text = as_text(cells["text"])
    if not text.strip():
        raise SourceError(f"the text (column {found['text']}) is empty", reason="no text")
    if len(text) > MAX_BYTES:
        raise SourceError(f"{len(text)} characters, at most {MAX_BYTES} are read", reason="too large")
    whole = _SURROGATE.sub("\ufffd", text)
    title = _SURROGATE.sub("\ufffd", as_text(cells.get("title"))).strip()
    return RawDocument(
        source=source,
        text=whole,
        title=None if starts_with(whole, title) else title,
        publisher=as_text(cells.get("publisher")).strip() or None,
        url=as_text(cells.get("url")).strip() or None,
        published=find_iso_day(cells.get("published")),
        encoding=encoding if whole == text else f"{encoding.partition('+')[0]}+damaged",
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
    )


def starts_with(text: str, title: str) -> bool:
    r"""Say whether `text` begins with `title`, white space apart; with no title every text begins.

    >>> starts_with("\u3000\u3000我市召开 会议\n正文", "我市召开会议"), starts_with("正文", "标题")
    (True, False)
    """
    bare = "".join(title.split())
    return "".join(text[: 2 * len(title) + 200].split()).startswith(bare)


def as_text(value: object) -> str:
    """Return a cell as text; what is neither text, number nor paragraphs (None, NaN, a map) is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return decode(value)[0] if value.strip() else ""
    if isinstance(value, list | tuple):
        return "\n".join(item for item in value if isinstance(item, str))
    if isinstance(value, bool) or value is None or value != value:  # NaN differs from itself
        return ""
    return str(value) if isinstance(value, int | float) else ""
