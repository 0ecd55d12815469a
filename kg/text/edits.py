"""Edits of a text that remember where each character came from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from kg.records import Alignment


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `source[start:end]`.

    `spans` gives the source stretch of each new character; without it the
    characters are paired one to one where the lengths agree, and otherwise each
    of them stands for the whole stretch.
    """

    start: int
    end: int
    text: str
    spans: tuple[tuple[int, int], ...] | None = None


def rewrite(source: str, edits: Iterable[Edit]) -> tuple[str, Alignment]:
    """Apply edits that are in text order and do not overlap.

    >>> text, alignment = rewrite("网际网路很快", [Edit(0, 4, "互联网")])
    >>> text, alignment.raw(0, 1), alignment.raw(3, 4)
    ('互联网很快', (0, 4), (4, 5))
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    at = 0
    for edit in edits:
        pieces += (source[at : edit.start], edit.text)
        starts.extend(range(at, edit.start))
        ends.extend(range(at + 1, edit.start + 1))
        width = edit.end - edit.start
        if edit.spans is not None:
            starts.extend(start for start, _ in edit.spans)
            ends.extend(end for _, end in edit.spans)
        elif len(edit.text) == width:
            starts.extend(range(edit.start, edit.end))
            ends.extend(range(edit.start + 1, edit.end + 1))
        else:
            starts.extend([edit.start] * len(edit.text))
            ends.extend([edit.end] * len(edit.text))
        at = edit.end
    if not pieces:
        return source, Alignment()
    pieces.append(source[at:])
    starts.extend(range(at, len(source)))
    ends.extend(range(at + 1, len(source) + 1))
    return "".join(pieces), Alignment(starts, ends)
