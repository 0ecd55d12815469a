"""How likely a stretch of text is a person's name, judged by its characters and by what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.ner.lexicon import Lexicon
from kg.ner.page import Page
from kg.tables.seeds import Seeds
from kg.text.matching_view import HARD

MIN_SCORE = 2.6
"""A candidate below this is no name. Swept over 2.0–3.4 on the development gold set: flat between 2.4 and 2.8."""

_WORD_TABLES = ("triggers", "left_stops", "segmenter_words", "name_followers", "meeting_stops", "plan_stops")
LONGEST_FOREIGN = 12
_ENOUGH_OCCURRENCES = 40
"""Of a name that a page repeats thousands of times these many say enough, and keep the cost linear."""
_SPACED = re.compile("([\u4e00-\u9fff]) {1,2}([\u4e00-\u9fff])")
_DOTTED = re.compile("[\u4e00-\u9fff]{1,6}(?: ?· ?[\u4e00-\u9fff]{2,8})*? ?· ?(?P<last>[\u4e00-\u9fff]{2,8})(?! ?·)")
_HAN = re.compile("[\u4e00-\u9fff]")
_NOT_GIVEN = frozenset("的了是在和与及或并将把被对到就还都等省市县区镇乡局厅委部会记组站所院们个作说")
"""Characters that no given name holds, or too rarely to believe."""
_FUNCTION_WORDS = frozenset("从向都应国古第由")
"""Surnames that are far more often the first character of something else."""
_NOT_SURNAME = frozenset("和与及等以")
"""Connectives: surnames too, but hardly ever where a list goes on."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """Surnames with weights in [0, 1], characters of given names, and characters that write foreign names."""

    surnames: Mapping[str, float]
    compound: frozenset[str]
    given: Mapping[str, float]
    foreign: frozenset[str]
    countries: frozenset[str]
    not_names: frozenset[str]
    words: frozenset[str]
    dotted: re.Pattern[str]

    def lengths(self, view: str, at: int) -> Iterator[int]:
        """Yield the lengths that a Han name starting at `at` can have."""
        if view[at : at + 2] in self.compound:
            yield from (3, 4)
        if view[at : at + 1] in self.surnames:
            yield from (2, 3)
            # A double surname (欧阳陈某, 张王李): two single ones before two given characters.
            if view[at + 1 : at + 2] in self.surnames and view[at : at + 2] not in self.compound:
                yield 4

    def is_han_name(self, name: str) -> bool:
        """Say whether `name` is built like a Han name: a surname and one or two given characters."""
        if name[0] in _NOT_SURNAME or not all(map(_HAN.match, name)):
            return False
        given = name[2:] if name[:2] in self.compound else name[1:]
        # 和 ends a name only where it can't join two: best_name looks at what follows.
        return len(name) in self.lengths(name, 0) and bool(given) and not _NOT_GIVEN & set(given.removesuffix("和"))

    def character_score(self, name: str) -> float:
        """Return what the characters alone say, about -1 … 1.5."""
        cut = 2 if name[:2] in self.compound else 1
        surname, given = name[:cut], name[cut:]
        score = 0.8 if cut == 2 else self.surnames.get(surname, 0.0)
        score += sum(0.3 if c in self.given else -0.35 for c in given) / max(1, len(given)) * 1.5
        return score + (0.3 if len(name) == 3 else -1.2 if len(name) == 4 and cut == 1 else 0.0)


@lru_cache(maxsize=4)
def build_name_model(seeds: Seeds) -> NameModel:
    """Compile the name tables of `seeds`."""
    rows = seeds.table("surnames")
    top = max(float(row["weight"] or 0) for row in rows)
    foreign = "".join(sorted(seeds.words("transliteration")))
    # Frequency falls over five orders of magnitude; the fourth root keeps rare surnames believable.
    weights = {row["surname"]: 0.15 + 0.85 * (float(row["weight"] or 0) / top) ** 0.25 for row in rows}
    return NameModel(
        surnames={s: w for s, w in weights.items() if len(s) == 1},
        compound=frozenset(s for s in weights if len(s) > 1),
        given={row["character"]: float(row["weight"] or 0) for row in seeds.table("given_names")},
        foreign=frozenset(foreign),
        countries=frozenset(seeds.words("countries")),
        dotted=re.compile(f"[{foreign}]{{1,8}}(?: ?· ?[{foreign}]{{1,8}})+"),
        not_names=frozenset(seeds.words("not_names")),
        words=frozenset(w for t in _WORD_TABLES for w in seeds.words(t) if len(w) > 1),
    )


def follow_score(page: Page, end: int, lexicon: Lexicon) -> float:
    """Return how well the text after `end` fits the end of a name, 0 … 3."""
    view = page.view
    if end >= len(view) or view[end] in HARD or view[end].isspace() or view[end].isdigit():
        return 3.0
    follower = lexicon.follower.match(view, end)
    if follower is None:
        return 0.6 if end in page.boundaries else 0.0
    return min(2.6, 1.1 + 0.5 * len(follower[0])) + (0.4 if end in page.boundaries else 0.0)


def evidence_score(page: Page, name: str, at: int, lexicon: Lexicon) -> float:
    """Return what other occurrences of `name` on the page say, 0 … 1.6."""
    total, start, looked_at = 0.0, page.view.find(name), 0
    while start >= 0 and total < 1.6 and looked_at < _ENOUGH_OCCURRENCES:
        looked_at += 1
        if start != at and follow_score(page, start + len(name), lexicon) >= 1.6:
            total += 0.8
        start = page.view.find(name, start + 1)
    return min(total, 1.6)


def best_name(
    page: Page,
    at: int,
    lexicon: Lexicon,
    model: NameModel,
    *,
    bonus: float = 0.0,
    openers: frozenset[int] = frozenset(),
) -> tuple[int, float] | None:
    """Return `(end, score)` of the best name starting at `at`, or `None` where nothing reads as one.

    Args:
        page: The page.
        at: Offset of the first character of the candidate.
        lexicon: Word lists.
        model: Name model.
        bonus: What the context is worth: a post before the name, a place in a list of names.
        openers: Where posts, places and organisations begin: a name may end there (免去甲某市副市长职务).
    """
    view = page.view
    best: tuple[float, int] | None = None
    for length in model.lengths(view, at):
        name = view[at : at + length]
        if len(name) < length or not model.is_han_name(name):
            continue
        end = at + length
        if name[-1] == "和" and view[end : end + 1] not in tuple(HARD):
            continue
        if name[-1] in "为任的" and end in openers:
            continue  # 任命江山|为某局局长
        if length == 4 and name[:2] not in model.compound and lexicon.follower.fullmatch(name[2:]):
            continue
        follow = max(follow_score(page, end, lexicon), 2.0 if end in openers else 0.0)
        score = (follow or -1.0) + model.character_score(name) + bonus
        if name in model.not_names or name[:2] in model.not_names:
            # 方向明 after 副市长 is a man, 方向 at the start of a clause a word.
            score -= (1.2 if len(name) == 2 else 0.6) if bonus else 3.0
        if name in model.words:
            score -= 4.0  # 副市长随同: a verb of the genre, whatever its first character
        verb = lexicon.follower.match(view, at)
        if verb and len(verb[0]) > 1:
            # 总书记强调, 主席关于: the verb itself begins like a name.
            score -= 2.0
        elif name[0] in _FUNCTION_WORDS:
            score -= 0.9
        if score > 1.0:
            score += evidence_score(page, name, at, lexicon)
        if best is None or score > best[0] + 0.01:
            best = (score, end)
    spaced = _spaced_name(page, at, lexicon, model)
    if spaced and (best is None or best[0] < 3.0 + bonus):
        best = (3.2 + bonus, spaced)
    foreign = _foreign_name(page, at, lexicon, model)
    if bonus and (foreign is None or follow_score(page, foreign, lexicon) < 1.0):
        foreign = _dotted_name(page, at, lexicon) or foreign
    if foreign and (best is None or best[0] < MIN_SCORE or _is_longer_name(page, best[1], foreign, lexicon)):
        best = (MIN_SCORE + bonus, foreign)
    if best is None or best[0] < MIN_SCORE:
        return None
    return best[1], best[0]


def _is_longer_name(page: Page, han: int, foreign: int, lexicon: Lexicon) -> bool:
    """Say whether a foreign name goes on where the Han reading breaks off badly (阿木布|哈同志)."""
    return foreign > han and (
        _is_dotted(page.view, han, foreign) or follow_score(page, han, lexicon) < follow_score(page, foreign, lexicon)
    )


def _is_dotted(view: str, start: int, end: int) -> bool:
    return "·" in view[start:end]


def _spaced_name(page: Page, at: int, lexicon: Lexicon, model: NameModel) -> int | None:
    """Return the end of a two-character name written with spaces between (王　兵), closed by a mark or a verb."""
    match = _SPACED.match(page.view, at)
    if match is None or match[1] not in model.surnames or _NOT_GIVEN & set(match[2]):
        return None
    follower = lexicon.follower.match(page.view, match.end())
    closed = page.view[match.end() : match.end() + 1] in ("", *HARD, " ")
    return match.end() if closed or (follower and len(follower[0]) > 1) else None


def _dotted_name(page: Page, at: int, lexicon: Lexicon) -> int | None:
    """Return the end of a dotted name after a post, whatever its characters: up to a mark or a verb (阿布拉|列席)."""
    dotted = _DOTTED.match(page.view, at)
    if dotted is None or dotted[0][0] in "由为对向与和在":
        return None
    for stop in range(dotted.start("last") + 2, dotted.end() + 1):
        verb = lexicon.follower.match(page.view, stop)
        if page.view[stop : stop + 1] in ("", "称", "说", "率", *HARD) or (verb and len(verb[0]) > 1):
            return stop
    return None


def _foreign_name(page: Page, at: int, lexicon: Lexicon, model: NameModel) -> int | None:
    """Return the end of a name written in transliteration characters, dotted or not."""
    view, end = page.view, at
    spaced = model.dotted.match(view, at)
    if spaced:
        return spaced.end()
    while (
        end < len(view)
        and end - at < LONGEST_FOREIGN
        and (view[end] in model.foreign or (view[end] == "·" and end > at))
    ):
        end += 1
    # The run may have swallowed the follower's first characters (…泽登出席 has none, …尔到会 does).
    for stop in range(end, at + 1, -1):
        if view[stop - 1] == "·":
            continue
        if view[at:stop] in model.countries:
            return None
        closes = follow_score(page, stop, lexicon) >= 2.0
        if closes and (stop - at >= 3 or _is_dotted(view, at, stop)):
            return stop
    return None
