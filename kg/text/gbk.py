"""A page as the bytes of GBK that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg.text.annotations import Annotation, plain_syllable


class Token(NamedTuple):
    """A byte of the page, a lost byte (`kind` "lost"), a character outside GBK ("other") or a note."""

    kind: str
    byte: int
    text: str
    start: int
    end: int


@cache
def decoded() -> dict[int, str]:
    """Every two-byte code of GB 18030, private-use ones included."""
    table = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                table[lead << 8 | trail] = bytes((lead, trail)).decode("gb18030")
            except UnicodeDecodeError:
                continue
    return table


def tokens(text: str, start: int, end: int, notes: Iterable[Annotation]) -> Iterator[Token]:
    """Yield the bytes of a line as GBK, its annotations as one token each."""
    at = start
    for note in notes:
        yield from _bytes(text, at, note.start)
        yield Token("lost" if note.lost else "note", -1, plain_syllable(note.pinyin), note.start, note.end)
        at = note.end
    yield from _bytes(text, at, end)


def _bytes(text: str, start: int, end: int) -> Iterator[Token]:
    for place in range(start, end):
        character = text[place]
        if character == "\ufffd":
            yield Token("lost", -1, "", place, place + 1)
            continue
        if character == "€":
            # Windows reads the byte 80 alone so.
            yield Token("byte", 0x80, "", place, place + 1)
            continue
        try:
            code = character.encode("gb18030")
        except UnicodeEncodeError:
            code = b""
        if len(code) == 2:
            yield Token("byte", code[0], "", place, place + 1)
            yield Token("byte", code[1], "", place, place + 1)
        elif len(code) == 1:
            yield Token("ascii", code[0], character, place, place + 1)
        else:
            yield Token("other", -1, character, place, place + 1)
