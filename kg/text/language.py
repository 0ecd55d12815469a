"""How likely a stretch of Chinese is: characters and neighbouring pairs, from counts in `seeds/`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.tables.seeds import Seeds
from kg.text.script import script_tables

# Natural logarithms of rough shares, where the counts say nothing.
_UNKNOWN_HAN = -16.0
_PRIVATE = -22.0
_SYMBOL = -12.0
_WIDE_ALPHANUMERIC = -10.0
_ASCII = -6.0
_PUNCTUATION: Mapping[str, float] = {
    "，": -3.5,
    "。": -3.7,
    "、": -4.5,
    "“": -5.0,
    "”": -5.0,
    "；": -6.0,
    "：": -6.0,
} | dict.fromkeys("《》（）？！·—…〔〕【】‘’％", -6.5)
_STRONGEST_PAIR = 8.0
_MARKS = frozenset("，。、；：,;:?!？！")
_TWO_MARKS = -7.0
# Particles and suffixes follow a word, never a mark.
_NEVER_FIRST = frozenset("的地得了着著們们等化性者")
_AFTER_MARK = -5.0
_WRONG_SCRIPT = 3.0
_VARIANT = 5.0


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Scores of characters and pairs; Traditional characters are looked up in their Simplified form."""

    characters: Mapping[str, float]
    pairs: Mapping[str, float]
    folds: Mapping[int, str]

    def score(self, character: str, before: str) -> float:
        """Return the log share of `character` after `before`, on a page in Traditional script."""
        known = self.characters.get(character)
        if known is None:
            marks = _TWO_MARKS if character in _MARKS and before in _MARKS else 0.0
            return _unseen(character) + marks
        if before in _MARKS and character in _NEVER_FIRST:
            return known + _AFTER_MARK
        pair = self.pairs.get(before.translate(self.folds) + character.translate(self.folds), 0.0)
        return known + pair

    def knows(self, character: str) -> bool:
        """Say whether the character is a known hanzi or common punctuation."""
        return character in self.characters or character in _PUNCTUATION

    def knows_all(self, text: str) -> bool:
        """Say whether every hanzi of a text is known: a byte shift nearly always makes some that are not."""
        return not any("\u3400" <= c <= "\u9fff" and c not in self.characters for c in set(text))


def _unseen(character: str) -> float:
    code = ord(character)
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if code < 0x80:
        return _ASCII
    if 0x3400 <= code <= 0x9FFF:
        return _UNKNOWN_HAN
    if 0xE000 <= code <= 0xF8FF:
        return _PRIVATE
    return _WIDE_ALPHANUMERIC if 0xFF10 <= code <= 0xFF5A else _SYMBOL


@cache
def language_model(seeds: Seeds) -> LanguageModel:
    """Compile the model once for each set of seeds (about 0.1 s)."""
    tables = script_tables(seeds)
    folds = tables.characters
    counts = {row["character"]: int(row["count"]) for row in seeds.table("repair_characters")}
    total = sum(counts.values())
    characters = {c: math.log(n / total) for c, n in counts.items()}
    for code, folded in folds.items():
        if folded in characters:
            characters[chr(code)] = characters[folded] - (_VARIANT if chr(code) in tables.variants else 0.0)
    pairs = {}
    for row in seeds.table("repair_pairs"):
        pair = row["pair"]
        if pair[0] in counts and pair[1] in counts:
            bond = math.log(int(row["count"]) * total / (counts[pair[0]] * counts[pair[1]]))
            if bond > 0:
                pairs[pair] = min(bond, _STRONGEST_PAIR)
    for c in tables.simplified & characters.keys():
        characters[c] -= _WRONG_SCRIPT
    return LanguageModel(characters, pairs, folds)
