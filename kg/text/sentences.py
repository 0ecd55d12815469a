"""Sentence bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.records import Span, Zone

LONGEST_SENTENCE = 400
"""Longest sentence in characters; a longer one is cut after its last comma before that."""

_CLOSERS = "”’」』）)》】〉\"'"
# ASCII marks also stand in URLs and formulas: they end a sentence only before Chinese, an opening mark or a gap.
# The look-behind and the possessive runs keep a page of a million question marks linear.
_END = re.compile(
    f"[。！？；…]++[。！？；…!?;{_CLOSERS}]*+|(?<![!?;])[!?;]++[{_CLOSERS}]*+(?=[\u4e00-\u9fff“‘「『《（(【]|\\s|$)|\n"
)
_COMMA = re.compile("[,，、:：]")


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Cut a stretch at the last comma that keeps each piece within the longest length."""
    while end - start > LONGEST_SENTENCE:
        commas = [m.end() for m in _COMMA.finditer(text, start, start + LONGEST_SENTENCE)]
        cut = commas[-1] if commas else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def split_sentences(text: str, zones: Sequence[Zone] = ()) -> tuple[Span, ...]:
    """Return the sentences in text order: half-open, without overlap, leaving out only white space.

    A sentence keeps its closing quotes and brackets; `；`, a line end and the bounds
    of a zone end it too.

    >>> text = "他强调：“要抓落实。”会议指出，问题整改要到位；各部门汇报了情况"
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['他强调：“要抓落实。”', '会议指出，问题整改要到位；', '各部门汇报了情况']
    """
    cuts = {0, len(text), *(m.end() for m in _END.finditer(text))}
    for zone in zones:
        cuts |= {zone.start, zone.end}
    spans = []
    for left, right in pairwise(sorted(cuts)):
        for first, last in _pieces(text, left, right):
            piece = text[first:last]
            start = first + len(piece) - len(piece.lstrip())
            end = first + len(piece.rstrip())
            if start < end:
                spans.append(Span(start=start, end=end))
    return tuple(spans)
