"""One document with its mentions indexed, as the rules of this stage read it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.records import LONGEST_QUOTE, Document, Evidence, Link, Mention, Span
from kg.text.matching_view import fold

_FULL_DATE = re.compile(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日")
_ANY_DATE = re.compile(r"(?<!\d)(?<!今天是)(?<!现在是)((?:19|20)\d\d)([年\-./])(\d{1,2})(?:月|(?!年)\2)(\d{1,2})(?!\d)")
_NUMBERED = re.compile(
    r"[〔［\[]((?:19|20)\d\d)[〕］\]]\d+号|(?<!\d)((?:19|20)\d\d)年(?:度)?第[\d一二三四五六七八九十]+次"
)
_OTHER_PAGES = frozenset({"related", "copyright"})
"""Zones whose dates are those of other pages."""
_NO_PRINT = _OTHER_PAGES | {"body", "title", "dateline"}
_SILENT = frozenset(
    {"related", "copyright", "editor", "navigation", "spam", "publish_line", "byline", "caption", "repeat"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The document, its matching view, its mentions by label, and the year that its full dates agree on."""

    document: Document
    view: str
    mentions: tuple[Mention, ...]
    by_label: dict[str, tuple[Mention, ...]] = field(repr=False)
    body_year: int | None = None
    reported: Mapping[str, float] = field(default_factory=dict, repr=False)
    """How likely the page reports on the meeting of a mention, by mention id, where the model has read it."""
    alike: Mapping[tuple[str, str], float] = field(default_factory=dict, repr=False)
    """How likely two mentions name one meeting, by mention ids in text order."""
    printed: str = ""
    """The one whole date that the page prints outside its body, as ISO; empty where there is none or several."""

    @classmethod
    def of(cls, document: Document, mentions: Sequence[Mention], links: Sequence[Link] = ()) -> Reading:
        """Index the mentions by label."""
        labels: dict[str, list[Mention]] = {}
        for mention in mentions:
            labels.setdefault(mention.label, []).append(mention)
        view = fold(document.text)
        by_label = {label: tuple(found) for label, found in labels.items()}
        return cls(
            document,
            view,
            tuple(mentions),
            by_label,
            _body_year(document, view),
            {link.head_id: link.score for link in links if link.type == "REPORTED"},
            {(link.head_id, link.tail_id): link.score for link in links if link.type == "SAME"},
            _printed(document, view),
        )

    def labelled(self, label: str, span: Span | None = None) -> tuple[Mention, ...]:
        """Return the mentions of a label, in text order, inside `span` if one is given."""
        found = self.by_label.get(label, ())
        if span is None:
            return found
        first = bisect_left(found, span.start, key=_start)
        last = bisect_left(found, span.end, key=_start)
        return tuple(m for m in found[first:last] if m.end <= span.end)

    def sentences(self, *, kinds: frozenset[str] = _SILENT) -> Iterator[Span]:
        """Yield the sentences outside the zones of `kinds` (boilerplate and repeats)."""
        silent = [z for z in self.document.zones if z.kind in kinds]
        for sentence in self.document.sentences:
            middle = (sentence.start + sentence.end) // 2
            if not any(z.start <= middle < z.end for z in silent):
                yield sentence

    def clauses(self, sentence: Span) -> list[Span]:
        """Split a sentence at commas and semicolons that stand outside brackets and quotes."""
        text = self.view[sentence.start : sentence.end]
        depth, start, spans = 0, 0, []
        for i, c in enumerate(text):
            if c in "（“《":
                depth += 1
            elif c in "）”》":
                depth = max(0, depth - 1)
            elif c in "，；。！？\n" and depth == 0:
                if text[start:i].strip():
                    spans.append(Span(start=sentence.start + start, end=sentence.start + i))
                start = i + 1
        if text[start:].strip():
            spans.append(Span(start=sentence.start + start, end=sentence.end))
        return spans

    def number_at(self, offset: int) -> int:
        """Return the number of the sentence around `offset`, or of the last one before it."""
        return bisect_right(self.document.sentences, offset, key=_start) - 1

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence around `offset`; the character itself where none covers it."""
        sentences = self.document.sentences
        at = bisect_right(sentences, offset, key=_start) - 1
        if at >= 0 and offset < sentences[at].end:
            return sentences[at]
        return Span(start=offset, end=offset + 1)

    def between(self, left: Span, right: Span) -> str:
        """Return the view between two spans, empty when they touch or overlap."""
        return self.view[left.end : right.start]

    def evidence(self, start: int, end: int, method: str, score: float) -> Evidence:
        """Quote `text[start:end]`, trimmed of white space, and cut in front when it is too long for a quote.

        The end is kept because the verb that makes the claim stands there.
        """
        start = max(start, end - LONGEST_QUOTE)
        while start < end - 1 and self.document.text[start] in " \n\u3000，,。;；、":
            start += 1
        while end > start + 1 and self.document.text[end - 1] in " \n\u3000，,":
            end -= 1
        raw_start, raw_end = self.document.alignment.raw(start, end)
        return Evidence(
            start=start,
            end=end,
            raw_start=raw_start,
            raw_end=raw_end,
            quote=self.document.text[start:end],
            method=method,
            score=round(score, 2),
        )

    def quote(self, *spans: Span, method: str, score: float) -> Evidence:
        """Quote from the first to the last of `spans`; the last one's sentence when that is too long."""
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        if end - start > LONGEST_QUOTE:
            last = spans[-1]
            clause = next(
                (c for c in self.clauses(self.sentence_at(last.start)) if c.start <= last.start < c.end), last
            )
            start, end = clause.start, max(clause.end, last.end)
        return self.evidence(start, end, method, score)


def _start(span: Span) -> int:
    return span.start


def _body_year(document: Document, view: str) -> int | None:
    """Return the year that the page shows: its full dates' in the body, else elsewhere, else its numbers'.

    Each kind counts only where all of it agrees: 2021年9月30日 in the body, 2021-10-01 in the
    publish line or footer, 〔2021〕3号 or 2021年第3次会议.
    """
    body = ("body", "title", "dateline")
    shown = [(int(m[1]), document.zone_at(m.start())) for m in _ANY_DATE.finditer(view)]
    stated = {int(m[1]) for m in _FULL_DATE.finditer(view) if document.zone_at(m.start()) in body}
    printed = {year for year, zone in shown if zone not in _OTHER_PAGES}
    numbered = {int(m[1] or m[2]) for m in _NUMBERED.finditer(view) if document.zone_at(m.start()) not in _OTHER_PAGES}
    return next((min(years) for years in (stated, printed, numbered) if len(years) == 1), None)


def _printed(document: Document, view: str) -> str:
    outside = (m for m in _ANY_DATE.finditer(view) if document.zone_at(m.start()) not in _NO_PRINT)
    dates = {f"{m[1]}-{int(m[3]):02d}-{int(m[4]):02d}" for m in outside if int(m[3]) <= 12 and 0 < int(m[4]) <= 28 + 3}
    return dates.pop() if len(dates) == 1 else ""
