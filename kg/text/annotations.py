"""Pinyin annotations that mirrors put after Traditional characters: 會(huì), and their damaged forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếềê"
_LETTERS = f"a-zü\u0251\u0261{_TONED}"
HAS_TONE = re.compile(f"[{_TONED}]")
_ANNOTATION = re.compile(f"(?P<lost>[?\ufffd](?:[(（])?|[(（])(?P<pinyin>[{_LETTERS}]{{1,6}})[)）]")
_PLAIN = str.maketrans({"\u0251": "a", "\u0261": "g"})


@dataclass(frozen=True, slots=True)
class Annotation:
    """`text[start:end]` is an annotation; `lost` says that it begins with the mark of a lost byte."""

    start: int
    end: int
    pinyin: str
    lost: bool


@cache
def plain_syllable(pinyin: str) -> str:
    """Return a syllable without its tone: huì and hui are one."""
    letters = unicodedata.normalize("NFD", pinyin.translate(_PLAIN))
    # The two dots of ü stay (lü is not lu); the marks of tone go.
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c) or c == "\u0308"))


@cache
def _readings() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)


@cache
def readings(character: str) -> frozenset[str]:
    """Return the syllables, without tones, that a character can be read as."""
    return frozenset(plain_syllable(p) for p in _readings().get(ord(character), "").split(",") if p)


def find_annotations(text: str, traditional: frozenset[str]) -> Iterator[Annotation]:
    """Yield what looks like an annotation, in text order.

    That is a toned syllable, or a toneless one after one of the characters `traditional`
    that reads so: 們(men).
    """
    for match in _ANNOTATION.finditer(text):
        pinyin = match["pinyin"]
        lost = match["lost"][0] in "?\ufffd"
        if HAS_TONE.search(pinyin) is None:
            before = text[match.start() - 1] if match.start() else ""
            if lost or before not in traditional or plain_syllable(pinyin) not in readings(before):
                continue
        yield Annotation(match.start(), match.end(), pinyin, lost)


def is_damaged(text: str, annotations: list[Annotation], traditional: frozenset[str]) -> bool:
    """Say whether a page was annotated by a mirror, and not by an author who glosses a rare name.

    A mirror annotates characters that only Traditional script has; a gloss stands after
    a rare character of both (垚(yáo)).
    """
    return any(a.lost or (a.start and text[a.start - 1] in traditional) for a in annotations)
