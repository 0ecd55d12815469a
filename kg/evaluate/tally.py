"""Hits, wrong and missed: the one way of counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one measure; tallies of documents add up (micro average).

    >>> Tally(3, 1, 0) + Tally(0, 0, 1)
    Tally(hits=3, wrong=1, missed=1)
    """

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the sum."""
        return Tally(self.hits + other.hits, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 0 when nothing was found."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what was to be found that was; 0 when there was nothing."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


HIT = Tally(hits=1)
WRONG = Tally(wrong=1)
MISSED = Tally(missed=1)


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    return sum(tallies, Tally())
