"""Which script a page is written in, and Traditional to Simplified with offsets.

The characters and phrases are OpenCC's (t2s), as they ship in the package `opencc`;
`seeds/script_names.tsv` overrules them where they change names, and
`seeds/taiwan_words.tsv` adds common words of Taiwan's wording. The converter takes
the longest entry from left to right as OpenCC does, and tells where each character
came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.records import Alignment
from kg.tables.seeds import Seeds, default_seeds
from kg.text.edits import Edit, rewrite

_FEWEST_TRADITIONAL = 2
_FEWEST_TAIWAN_WORDS = 2


def _dictionary(name: str) -> dict[str, list[str]]:
    """Read one of OpenCC's dictionaries: an entry and its targets, the default first."""
    # The files and not the converter: it tells no offsets and does 0.1 million characters a second.
    table = files("opencc").joinpath("dictionary", f"{name}.txt").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {row[0]: row[1].split(" ") for row in rows}


def _only(dictionary: Mapping[str, list[str]]) -> frozenset[str]:
    """Characters that the other script never uses: 乾 and 后 are among their own targets, 會 and 会 are not."""
    return frozenset(c for c, targets in dictionary.items() if c not in targets)


@dataclass(frozen=True, slots=True)
class ScriptTables:
    """Compiled tables.

    `characters` converts by code point, `phrases` and `taiwan` entry by entry. `traditional`
    and `simplified` are the characters that only one script has, `variants` those that
    are not the usual Traditional form of what they convert to (譟 beside 噪).
    """

    characters: Mapping[int, str]
    phrases: Mapping[str, str]
    matcher: AhoCorasick
    taiwan: Mapping[str, str]
    taiwan_matcher: AhoCorasick
    traditional: frozenset[str]
    simplified: frozenset[str]
    variants: frozenset[str]
    wording: re.Pattern[str]


def _matcher(phrases: Mapping[str, str]) -> AhoCorasick:
    return AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest)


@cache
def script_tables(seeds: Seeds) -> ScriptTables:
    """Compile the tables once for each set of seeds."""
    t2s, s2t = _dictionary("TSCharacters"), _dictionary("STCharacters")
    characters = {ord(c): targets[0] for c, targets in t2s.items() if len(targets[0]) == 1}
    phrases = {phrase: targets[0] for phrase, targets in _dictionary("TSPhrases").items()}
    phrases |= {row["traditional"]: row["simplified"] for row in seeds.table("script_names")}
    words = {row["taiwan"]: row["mainland"] for row in seeds.table("taiwan_words")}
    both = phrases | words
    cues = sorted(map(re.escape, seeds.words("taiwan_words", "taiwan", cue="1")), key=len, reverse=True)
    return ScriptTables(
        characters=characters,
        phrases=phrases,
        matcher=_matcher(phrases),
        taiwan=both,
        taiwan_matcher=_matcher(both),
        traditional=_only(t2s),
        simplified=_only(s2t),
        variants=frozenset(c for c, to in t2s.items() if c not in s2t.get(to[0], [])[:1]),
        wording=re.compile("|".join(cues)),
    )


def detect_script(text: str, *, seeds: Seeds | None = None) -> str:
    """Return `hans`, `hant`, or `tw` for Traditional script with Taiwan's wording.

    A page counts as Traditional when more of its characters exist only in Traditional
    script than only in Simplified; a name in Traditional characters on a Simplified
    page does not make it one.

    >>> detect_script("市委书记陈敏主持会议"), detect_script("市委書記陳敏主持會議")
    ('hans', 'hant')
    >>> detect_script("代表以視訊方式聽取資訊公開的說明")
    'tw'
    """
    tables = script_tables(seeds or default_seeds())
    counts = Counter(text)
    traditional = sum(counts[c] for c in counts.keys() & tables.traditional)
    if traditional < _FEWEST_TRADITIONAL or traditional <= sum(counts[c] for c in counts.keys() & tables.simplified):
        return "hans"
    wording = Counter(tables.wording.findall(text))
    # One such word alone also stands in mainland pages (回饋社會).
    return "tw" if len(wording) >= _FEWEST_TAIWAN_WORDS else "hant"


def to_simplified(text: str, script: str, *, seeds: Seeds | None = None) -> tuple[str, Alignment]:
    """Convert by `script`: `hans` is returned as it is, `tw` also has its common words replaced.

    >>> to_simplified("省環境保護督察情況回饋會議", "tw")[0]
    '省环境保护督察情况反馈会议'
    >>> to_simplified("乾縣縣長王昇", "hant")[0]
    '乾县县长王昇'
    """
    if script == "hans":
        return text, Alignment()
    tables = script_tables(seeds or default_seeds())
    phrases, matcher = (tables.taiwan, tables.taiwan_matcher) if script == "tw" else (tables.phrases, tables.matcher)
    plain: list[str] = []
    edits: list[Edit] = []
    at = 0
    for _, start, end in matcher.find_matches_as_indexes(text):
        target = phrases[text[start:end]]
        if len(target) != end - start:
            edits.append(Edit(start, end, target))
        plain += (
            text[at:start].translate(tables.characters),
            target if len(target) == end - start else text[start:end],
        )
        at = end
    plain.append(text[at:].translate(tables.characters))
    return rewrite("".join(plain), edits)
