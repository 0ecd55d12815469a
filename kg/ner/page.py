"""One page as the grammar sees it, and the hits that the grammar finds on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.text.matching_view import HARD, fold

SILENT_ZONES = frozenset({"related", "copyright", "editor", "navigation", "spam", "publish_line", "byline", "caption"})
"""Zones in which nothing is an event and nobody an official; repeats are read, but only as mentions."""


class Hit(NamedTuple):
    """A span found by a rule: half-open offsets of the text, a label, the rule's name, a score in [0, 1]."""

    start: int
    end: int
    label: str
    method: str
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """The text, its matching view, the segmenter's token starts, and what is known of the page.

    `silent` are half-open spans that the grammar leaves out; `breaks` the bounds of zones,
    which no name crosses; `press` the names that bylines give to reporters and editors.
    """

    text: str
    view: str
    starts: tuple[int, ...]
    silent: tuple[tuple[int, int], ...] = ()
    press: frozenset[str] = frozenset()
    breaks: tuple[int, ...] = ()
    boundaries: frozenset[int] = field(default=frozenset(), repr=False)

    @classmethod
    def of(
        cls,
        text: str,
        starts: Iterable[int],
        zones: Iterable[tuple[int, int, str]] = (),
        press: Iterable[str] = (),
    ) -> Page:
        """Fold the text, index the token boundaries, and sort out which zones are left out."""
        tokens, spans = tuple(starts), sorted(zones)
        silent = tuple((start, end) for start, end, kind in spans if kind in SILENT_ZONES)
        breaks = tuple(sorted({offset for start, end, _ in spans for offset in (start, end)}))
        return cls(text, fold(text), tokens, silent, frozenset(press), breaks, frozenset(tokens) | {len(text)})

    def is_silent(self, offset: int) -> bool:
        """Say whether `offset` lies in a zone that the grammar leaves out."""
        at = bisect_right(self.silent, (offset, len(self.text))) - 1
        return at >= 0 and offset < self.silent[at][1]

    def floor(self, offset: int) -> int:
        """Return the last zone bound before `offset`, 0 where there is none."""
        at = bisect_left(self.breaks, offset)
        return self.breaks[at - 1] if at else 0

    def token_before(self, offset: int) -> tuple[int, int]:
        """Return the bounds of the token that ends at or spans the place before `offset` (> 0)."""
        at = bisect_left(self.starts, offset) - 1
        start = self.starts[at] if at >= 0 else offset - 1
        return start, offset

    def left_edge(self, end: int, floor: int, stops: frozenset[str], longest: int, shields: frozenset[int]) -> int:
        """Return the leftmost start from which a name can run up to `end`.

        Walks token by token to the left until a hard mark, a white space, a stop word,
        `floor` or `longest` characters. A token that begins in `shields` (inside a known
        place or organisation) never stops the walk.
        """
        at, floor = end, max(floor, self.floor(end))
        while at > floor:
            start, stop = self.token_before(at)
            start = max(start, floor)
            word = self.view[start:stop]
            if any(c in HARD or c.isspace() for c in word):
                for i in range(stop - 1, start - 1, -1):
                    if self.view[i] in HARD or self.view[i].isspace():
                        return i + 1
            if (word in stops and start not in shields) or end - start > longest:
                return at
            at = start
        return after_verb(self.view, at, end, stops, shields)


_IN_NAMES = re.compile("全面(?=深化改革|依法治)")
"""A stop word that begins the second half of a committee's name: 市委|全面深化改革委员会."""


def shields(view: str, hits: Iterable[Hit]) -> frozenset[int]:
    """Return the offsets at which a token stops no walk to the left: those inside hits and inside committees' names."""
    inside = {i for hit in hits for i in range(hit.start, hit.end)}
    return frozenset(inside | {match.start() for match in _IN_NAMES.finditer(view)})


def after_verb(view: str, start: int, end: int, stops: frozenset[str], shields: frozenset[int]) -> int:
    """Skip a stop word of two or more characters that the segmenter glued to what follows (调研|乡村)."""
    for length in (4, 3, 2):
        if start + length < end and start not in shields and view[start : start + length] in stops:
            return start + length
    return start


def prune(hits: Iterable[Hit]) -> list[Hit]:
    """Drop hits that overlap a longer (then better, then earlier) one of the same label; sort by start.

    >>> prune([Hit(0, 2, "PLACE", "a", 1.0), Hit(0, 3, "PLACE", "b", 0.9)])
    [Hit(start=0, end=3, label='PLACE', method='b', score=0.9)]
    """
    taken: dict[str, set[int]] = {}
    kept = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, -h.score, h.start, h.method)):
        occupied = taken.setdefault(hit.label, set())
        if occupied.isdisjoint(range(hit.start, hit.end)):
            occupied.update(range(hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, -h.end, h.label))
