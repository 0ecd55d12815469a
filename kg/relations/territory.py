"""Which division a page is about, level by level: what 我市, 市委 and 县长 refer to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.records import Mention
from kg.relations.reading import Reading
from kg.relations.unlisted import town_of_page, unlisted_divisions
from kg.tables.divisions import Division, Divisions

_PREFECTURE_ORGANS = ("地委", "行署")
"""The committee and office of a 地区, which their names shorten to 地."""
LEVEL_WORDS = ("自治区", "自治州", "省", "市", "县", "区", "州", "旗", "盟", "镇", "乡")
_ENDINGS = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "县": ("县",),
    "区": ("区",),
    "州": ("州",),
    "自治州": ("自治州",),
    "旗": ("旗",),
    "盟": ("盟",),
    "地区": ("地区",),
}
_LEAGUE = re.compile("团([省市县区州旗])委")
"""The Youth League's committee: 团市委 is no 市委."""
_TITLE_VOTES, _DATELINE_VOTES, _PUBLISHER_VOTES, _BODY_VOTES = 4.0, 3.0, 3.0, 1.0
_HELD = re.compile("(?:市|县|区|州|省|旗)?(?:委|政府|人大|政协|召开|举行)|\\d+届")
_AWAY = re.compile("出席|参加|考察|学习|访问|会见|拜会|招商")
_INSTITUTION = re.compile("(?:大学|学院|公司|集团|股份|银行|电力|医院|研究院|厂)$")
_CLEAR = 1.5
"""A division is what a level word means when its votes are this many times the next one's."""


@dataclass(frozen=True, slots=True)
class Territory:
    """The divisions that a page names, and the one that each level word stands for on it."""

    divisions: Divisions
    of_mention: Mapping[str, Division]
    by_level: Mapping[str, Division]
    home: Division | None = None
    votes: Mapping[str, float] = field(default_factory=dict, repr=False)
    unlisted: Mapping[str, Division] = field(default_factory=dict, repr=False)

    def of_name(self, name: str) -> Division | None:
        """Return the division that a full or short name means on this page, or `None` where it is not clear."""
        return self.unlisted.get(name) or self.divisions.resolve(name, within=self.home)

    def of_level(self, word: str) -> Division | None:
        """Return what a level word (市, 县, 区, 自治区 …) stands for on this page, or `None`."""
        return self.by_level.get(word)

    def prefix(self, name: str) -> tuple[Division | None, str]:
        """Split the division, named or by level word, off the front of an organisation's or post's name.

        Returns:
            The division and the rest of the name; `(None, name)` where it begins with none.
        """
        name = re.sub("^中共", "", name)
        if league := _LEAGUE.match(name):
            return self.of_level(league[1]), "团委" + name[league.end() :]
        for length in range(min(len(name) - 1, 12), 1, -1):
            head = name[:length]
            if self._names_outright(head):
                division = self.of_name(head)
                if division is not None:
                    rest = re.sub(r"^第?[0-9一二三四五六七八九十]+届", "", name[length:])
                    inner, last = self._inner(division, rest)
                    return inner, last
        name = re.sub(r"^第?[0-9一二三四五六七八九十]+届", "", name)
        if name.startswith(_PREFECTURE_ORGANS):
            return self.of_level("地区"), name
        if name.startswith("区党委"):
            return self.of_level("自治区") or self.of_level("区"), name[1:]
        for word in LEVEL_WORDS:
            if name.startswith(word) and len(name) > len(word):
                return self.of_level(word), re.sub(r"^第?[0-9一二三四五六七八九十]+届", "", name[len(word) :])
        return None, name

    def _names_outright(self, name: str) -> bool:
        """Say whether a name is a division's by itself; 市中 (of 市中级法院) needs more context than a prefix has."""
        return name in self.unlisted or any(
            name not in division.weak_aliases for division in self.divisions.by_name(name)
        )

    def _inner(self, outer: Division, rest: str) -> tuple[Division, str]:
        """Follow 山西省太原市… down to the innermost division; drop the level word of 海安12届县委."""
        for length in range(min(len(rest) - 1, 12), 1, -1):
            if self._names_outright(rest[:length]):
                inner = self.unlisted.get(rest[:length]) or self.divisions.resolve(rest[:length], within=outer)
                if inner is not None and (not inner.code or outer in self.divisions.ancestors(inner)):
                    return inner, rest[length:]
        if (
            rest[:1]
            and outer.name.endswith(rest[0])
            and not rest.startswith(("区域", "县域", "市场", "州际"))
            and rest[0] in "省市县区州旗"
            and len(rest) > 1
            and rest[1] in "委政人纪监长"
        ):
            return (outer, rest) if rest[1] == "长" else (outer, rest[1:])
        return outer, rest


def read_territory(reading: Reading, divisions: Divisions) -> Territory:
    """Vote for the divisions that the page names and settle what its level words mean.

    Votes come from the title, the dateline, the publisher's name and the body. Nothing is
    guessed: a level word without a clear winner, or whose winner no named division lies
    in, stands for nothing.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    names: dict[str, Division] = {}
    mentions = reading.labelled("PLACE")
    first = _first_pass(mentions, divisions)
    unlisted = unlisted_divisions(reading, divisions, first)
    for mention in mentions:
        division = unlisted.get(_bare(mention.surface)) or divisions.resolve(_bare(mention.surface), within=first)
        if reading.view.startswith(_PREFECTURE_ORGANS, mention.end):
            division = divisions.resolve(_bare(mention.surface) + "地区", within=first) or division
        if division is None or division.level == "township":
            continue
        if any(org.start == mention.start and _INSTITUTION.search(org.surface) for org in reading.labelled("ORG")):
            continue  # 郑州大学 says where it was founded, not where the page is from
        zone = reading.document.zone_at(mention.start)
        weight = _TITLE_VOTES if zone == "title" else _DATELINE_VOTES if zone == "dateline" else _BODY_VOTES
        before = reading.view[max(0, mention.start - 3) : mention.start]
        if re.search("赴|前往|抵达|到访", before) or (before.endswith("在") and _AWAY.match(reading.view, mention.end)):
            continue  # where somebody goes is not where the page is from
        if _HELD.match(reading.view, mention.end):
            weight += 2.0
        votes[division.code or division.name] += weight
        names[division.code or division.name] = division
    for text in (reading.document.publisher or "",):
        for length in (4, 3, 2):
            division = divisions.resolve(text[:length], within=first) if text[:length] in _known(divisions) else None
            if division is not None:
                votes[division.code or division.name] += _PUBLISHER_VOTES
                names[division.code or division.name] = division
                break
    by_level = {}
    for word, endings in _ENDINGS.items():
        ranked = sorted(
            (
                (v, c)
                for c, v in votes.items()
                if names[c].name.endswith(endings) and not (word == "区" and names[c].name.endswith("自治区"))
            ),
            reverse=True,
        )
        if ranked and (len(ranked) == 1 or ranked[0][0] >= _CLEAR * ranked[1][0]):
            by_level[word] = names[ranked[0][1]]
    _former_forms(votes, names, by_level, reading, divisions)
    home = _home(votes, names, by_level)
    for division in list(by_level.values()):
        for above in divisions.ancestors(division):
            for word, endings in _ENDINGS.items():
                if above.name.endswith(endings) and word not in by_level and above.level != division.level:
                    by_level.setdefault(word, above)
    _common_ancestors(votes, names, by_level, divisions)
    if "自治区" in by_level:
        by_level.setdefault("区", by_level["自治区"])
    if "自治州" in by_level:
        by_level.setdefault("州", by_level["自治州"])
    resolved: dict[str, Division] = {}
    town = town_of_page(reading, mentions, divisions, home)
    if town is not None:
        by_level[town.name[-1]] = town
        resolved |= {mention.id: town for mention in mentions if _bare(mention.surface) == town.name}
    for mention in mentions:
        division = unlisted.get(_bare(mention.surface)) or divisions.resolve(_bare(mention.surface), within=home)
        if division is not None:
            resolved.setdefault(mention.id, division)
    return Territory(divisions, resolved, by_level, home, dict(votes), unlisted)


@lru_cache(maxsize=4)
def _known(divisions: Divisions) -> frozenset[str]:
    return frozenset(divisions.names(weak=False))


def _bare(surface: str) -> str:
    return re.sub(r"\s", "", surface)


def _first_pass(mentions: tuple[Mention, ...], divisions: Divisions) -> Division | None:
    """Return the first unambiguous division of the page: the context for the ambiguous ones."""
    for mention in mentions:
        division = divisions.resolve(_bare(mention.surface))
        if division is not None and division.level in ("prefecture", "county"):
            return division
    return next((d for m in mentions if (d := divisions.resolve(_bare(m.surface))) is not None), None)


def _home(
    votes: Mapping[str, float], names: Mapping[str, Division], by_level: Mapping[str, Division]
) -> Division | None:
    """Return the division with the most votes, if it is what some level word stands for."""
    ranked = sorted(votes.items(), key=lambda kv: (-kv[1], kv[0]))
    return next((names[code] for code, _ in ranked if names[code] in by_level.values()), None)


def _former_forms(
    votes: Mapping[str, float],
    names: Mapping[str, Division],
    by_level: dict[str, Division],
    reading: Reading,
    divisions: Divisions,
) -> None:
    """Take 海安 for 海安县 where the page speaks of 县 and names none: 海安市 was a 县 until 2018."""
    outright = {_bare(m.surface) for m in reading.labelled("PLACE")}
    for word in ("县", "市", "区"):
        if word in by_level or not re.search(
            f"(?<![一-龥]){word}(?:委|政府|人大|政协)|{word}长|全{word}|我{word}|届{word}委", reading.view
        ):
            continue
        for code, _ in sorted(votes.items(), key=lambda kv: (-kv[1], kv[0])):
            if names[code].name in outright:
                continue  # the page calls it by its present name
            short = names[code].name[:-1]
            former = [
                d for d in divisions.by_name(short + word) if divisions.successor(d) == divisions.successor(names[code])
            ]
            if former and short + word != names[code].name and names[code].level == former[0].level:
                for other in [w for w, d in by_level.items() if d == names[code]]:
                    del by_level[other]  # one place is not a 县 and a 市 on one page: 市委 is the city's above
                by_level[word] = former[0]
                break


def _common_ancestors(
    votes: Mapping[str, float], names: Mapping[str, Division], by_level: dict[str, Division], divisions: Divisions
) -> None:
    """When all named divisions below a level lie in one division of that level, the level word means it."""
    lower = [names[c] for c in votes if names[c].level in ("county", "prefecture") and names[c].parent]
    if not lower:
        return
    shared = set(divisions.ancestors(lower[0]))
    for division in lower[1:]:
        shared &= {division, *divisions.ancestors(division)}
    for above in sorted(shared, key=lambda d: d.code, reverse=True):
        for word, endings in _ENDINGS.items():
            if above.name.endswith(endings):
                by_level.setdefault(word, above)
