"""Other people's names in the same sentences: what makes the reader look at the sentence and not at the name."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from training.pages import Example

_SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
_HAN: Final = re.compile("[\u3400-\u9fff]{2,3}")
_RARE: Final = 0.5
"""Share of surnames drawn evenly from all of the table, not by their place in it."""


def read_words(table: str) -> list[str]:
    """Return the first column of a seed table."""
    lines = (_SEEDS / f"{table}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [row[0] for row in rows[1:] if row[0]]


class Renamer:
    """Gives the people of a page other names of the same length, so that every offset stays."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Collect surnames and given names of the seed tables, and long names of the pages."""
        self._surnames = [w for w in read_words("surnames") if len(w) == 1]
        self._given = [c for w in read_words("given_names") for c in w if "\u3400" <= c <= "\u9fff"]
        self._leaders = frozenset(read_words("leaders"))
        names = sorted({s.name for e in examples for s in e.spans if s.label == "PERSON"})
        self._long: dict[int, list[str]] = {}
        for name in names:
            if not _HAN.fullmatch(name):
                self._long.setdefault(len(name), []).append(name)

    def characters(self) -> Iterable[str]:
        """Return every character that a drawn name may have."""
        return [*self._surnames, *self._given]

    def renamed(self, example: Example, rng: random.Random) -> str:
        """Return the text with new names; leaders keep theirs, because titles and doctrines hold them too."""
        drawn: dict[str, str] = {}
        text = list(example.text)
        for span in example.spans:
            old = example.text[span.start : span.end]
            if span.label != "PERSON" or old in self._leaders:
                continue
            if old not in drawn:
                drawn[old] = self._draw(old, rng)
            text[span.start : span.end] = drawn[old]
        return "".join(text)

    def _draw(self, old: str, rng: random.Random) -> str:
        if not _HAN.fullmatch(old):
            return rng.choice(self._long.get(len(old), [old]))
        common = self._surnames[: max(1, len(self._surnames) // 4)]
        surname = rng.choice(self._surnames if rng.random() < _RARE else common)
        return surname + "".join(rng.choice(self._given) for _ in old[1:])
