"""Undo what mirrors did to pages: pinyin annotations, shifted bytes, doubled punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Alignment
from kg.tables.seeds import Seeds, default_seeds
from kg.text.annotations import HAS_TONE, Annotation, find_annotations, is_damaged
from kg.text.byteshift import restore_line
from kg.text.edits import Edit, rewrite
from kg.text.language import LanguageModel, language_model
from kg.text.script import detect_script, script_tables

# The comma is what the converter put in; the mark after it is the page's own.
_DOUBLED = re.compile("[,，](?=[,，、。；;：:！!？?])")
_FEWEST_DOUBLED = 3
_LOST = re.compile("[?\ufffd]")
# Private-use characters, and one Latin letter among hanzi: the trail byte of a character that was torn apart.
_TORN = re.compile("[\ue000-\uf8ff€]|(?<=[\u4e00-\u9fff])[@-~](?=[\u4e00-\u9fff，。、,])")

LONGEST_SHIFTED_LINE = 20_000
"""Lines longer than this are not searched for shifted bytes, characters."""

MOST_SEARCHED = 100_000
"""How many characters of one page are searched for shifted bytes."""

MOST_LOST = 1_000
"""How many lost bytes without a pinyin hint are looked into on one page; the rest stay as they are."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text; `counts` has byte_shift, pinyin, punctuation, and unrepaired for what was given up."""

    text: str
    alignment: Alignment
    counts: dict[str, int]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + 1


def _needs_shift(text: str, start: int, end: int, notes: list[Annotation], model: LanguageModel) -> bool:
    """Look for the marks of a shifted run: a lost byte, a private-use or unknown character, a letter with pinyin."""
    if any(a.lost or (a.start > start and text[a.start - 1].isascii()) for a in notes):
        return True
    if _TORN.search(text, start, end) or _LOST.search(text, start, end):
        return True
    return not model.knows_all(text[start:end])


def _undo_damage(text: str, notes: list[Annotation], seeds: Seeds) -> tuple[str, Alignment, dict[str, int]]:
    edits: list[Edit] = []
    counts = {"pinyin": len(notes), "byte_shift": 0, "unrepaired": 0}
    index, model = 0, language_model(seeds)
    lost, searched = 0, 0
    for start, end in _lines(text):
        first = index
        while index < len(notes) and notes[index].start < end:
            index += 1
        here = notes[first:index]
        if _needs_shift(text, start, end, here, model):
            loose = len(_LOST.findall(text, start, end)) - sum(a.lost for a in here)
            fits = end - start <= LONGEST_SHIFTED_LINE and searched + end - start <= MOST_SEARCHED
            if fits and lost + loose <= MOST_LOST:
                lost, searched = lost + loose, searched + end - start
                restored = restore_line(text, start, end, here, seeds=seeds)
                if restored is not None:
                    edits.append(Edit(start, end, restored.text, restored.spans))
                    counts["byte_shift"] += restored.runs
                    continue
            counts["unrepaired"] += 1
        edits += [Edit(a.start, a.end, "") for a in here if not a.lost]
    repaired, alignment = rewrite(text, edits)
    return repaired, alignment, counts


def _collapse(text: str, *, damaged: bool) -> tuple[str, Alignment, int]:
    """Remove commas that a converter put before other punctuation; a single slip of an author stays."""
    doubled = [Edit(m.start(), m.end(), "") for m in _DOUBLED.finditer(text)]
    if not doubled or not (damaged or len(doubled) >= _FEWEST_DOUBLED):
        return text, Alignment(), 0
    collapsed, alignment = rewrite(text, doubled)
    return collapsed, alignment, len(doubled)


def repair_text(text: str, *, seeds: Seeds | None = None) -> Repaired:
    """Undo a mirror's damage; a page without such damage comes back as it is.

    >>> repair_text("市長主持會(huì)議,,強(qiáng)調(diào)整改,。").text
    '市長主持會議,強調整改。'
    >>> repair_text("甲垚(yáo)表示,真的吗?(yes)").counts
    {}
    """
    seeds = seeds or default_seeds()
    traditional = script_tables(seeds).traditional
    notes = list(find_annotations(text, traditional)) if HAS_TONE.search(text) else []
    damaged = is_damaged(text, notes, traditional)
    alignment = Alignment()
    counts: dict[str, int] = {}
    if damaged:
        text, alignment, counts = _undo_damage(text, notes, seeds)
    converted = damaged or detect_script(text[:20_000], seeds=seeds) != "hans"
    text, step, counts["punctuation"] = _collapse(text, damaged=converted)
    return Repaired(text, alignment.then(step), {name: n for name, n in counts.items() if n})
