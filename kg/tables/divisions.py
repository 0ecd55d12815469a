"""Administrative divisions of China since 1980: names, short forms, codes, levels, parents, validity.

Built from `seeds/divisions.tsv` (provinces to counties and functional zones) and, when asked for,
`seeds/townships.tsv`. A name alone often fits several places (鼓楼区 in four cities, 海安县 and 海安市 in one
place at two times), so a name is resolved inside a context and at a date, or not at all: never by a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from kg.records.errors import SeedError
from kg.tables.seeds import Row, Seeds, default_seeds

LEVELS: Final = ("province", "prefecture", "county", "zone", "township")


@dataclass(frozen=True, slots=True)
class Division:
    """One division.

    Attributes:
        code: GB/T 2260 code (six digits; nine for a township); statistical for `zone` and `township`;
            empty where our sources give none (Taiwan's counties, foundations after 2023).
        level: One of `LEVELS`; `zone` is a functional zone such as 郑州经济技术开发区.
        parent: The code one level up, empty for a province.
        aliases: Short forms that name it outright: 临汾, 门源县.
        weak_aliases: Short forms that need a context, because other places share them or they
            are common words: 海淀, 朝阳, 友好.
        valid_from: Date (YYYY-MM, or YYYY) of the first list that has the name; empty: 1980-12 or earlier.
        valid_to: Date of the last list that has the name; empty: it is current.
        successor: Code of the division that took over (its name where it has no code).
    """

    code: str
    name: str
    level: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the newest list has it."""
        return not self.valid_to


class Divisions:
    """All divisions of the seed tables, found by name or code.

    Args:
        seeds: Tables with the columns of `seeds/divisions.tsv`; an overlay may add rows.

    Raises:
        SeedError: rows with an unknown level or parent; the message lists them all.
    """

    def __init__(self, seeds: Seeds) -> None:
        """Read and index the table; townships wait until they are asked for."""
        self._seeds = seeds
        self._by_code: dict[str, Division] = {}
        former: dict[str, Division] = {}
        found: defaultdict[str, list[Division]] = defaultdict(list)
        faults = []
        dates = set()
        for row in seeds.table("divisions"):
            division = _division(row)
            if division.level not in LEVELS:
                faults.append(f"{division.name}: unknown level {division.level!r} (known: {', '.join(LEVELS)})")
            for name in (division.name, *division.aliases, *division.weak_aliases):
                found[name].append(division)
            known = self._by_code.get(division.code)
            if division.code and (known is None or (known.valid_to and _ends_later(division, known))):
                self._by_code[division.code] = division
            former |= dict.fromkeys(_split(row["former_codes"]), division)
            dates |= {division.valid_from, division.valid_to} - {""}
        self._by_name = {name: tuple(dict.fromkeys(divisions)) for name, divisions in found.items()}
        for code, division in former.items():
            self._by_code.setdefault(code, division)
        self._dates = sorted(dates)
        self._townships: dict[str, tuple[Division, ...]] | None = None
        faults += [f"{d.name}: unknown parent {d.parent!r}" for d in self if d.parent and d.parent not in self._by_code]
        if faults:
            raise SeedError("; ".join(faults), path="divisions.tsv")

    def __iter__(self) -> Iterator[Division]:
        """Yield every division once, past ones too, in the order of their first name in the table."""
        return iter(dict.fromkeys(d for divisions in self._by_name.values() for d in divisions))

    def names(self, *, weak: bool = True) -> tuple[str, ...]:
        """Return all full names and aliases, for a gazetteer; `weak=False` leaves out the ones that need a context."""
        return tuple(
            name
            for name, divisions in self._by_name.items()
            if weak or any(name not in division.weak_aliases for division in divisions)
        )

    def by_name(self, name: str) -> tuple[Division, ...]:
        """Return every division, current or past, that has `name` as its full name or an alias.

        >>> [d.name for d in default_divisions().by_name("海安")]
        ['海安县', '海安市']
        """
        return self._by_name.get(name, ())

    def by_code(self, code: str) -> Division | None:
        """Return the newest division of a code, or the one that had it formerly."""
        return self._by_code.get(code)

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """Return the divisions above, nearest first.

        >>> divisions = default_divisions()
        >>> [d.name for d in divisions.ancestors(divisions.by_name("襄汾县")[0])]
        ['临汾市', '山西省']
        """
        chain: list[Division] = []
        above = self._by_code.get(division.parent)
        while above is not None:
            chain.append(above)
            above = self._by_code.get(above.parent)
        return tuple(chain)

    def successor(self, division: Division) -> Division:
        """Return what the division is today, as far as the table knows; itself when it is current.

        >>> divisions = default_divisions()
        >>> divisions.successor(divisions.by_name("襄樊市")[-1]).name
        '襄阳市'
        """
        seen = {division}
        while division.successor:
            heir = self._by_code.get(division.successor) or next(
                (d for d in self.by_name(division.successor) if d.is_current), None
            )
            if heir is None or heir in seen:
                break
            seen.add(heir)
            division = heir
        return division

    def was_valid(self, division: Division, on: date) -> bool:
        """Say whether the division may have existed on a day.

        The lists are months to years apart; between two lists both the old and the new name count as valid.
        """
        month = on.isoformat()[:7]
        if division.valid_from:
            index = bisect_left(self._dates, division.valid_from)
            if index and month <= self._dates[index - 1]:
                return False
        if division.valid_to:
            index = bisect_right(self._dates, division.valid_to)
            if index < len(self._dates) and month >= self._dates[index]:
                return False
        return True

    def resolve(self, name: str, *, within: Division | None = None, on: date | None = None) -> Division | None:
        """Return the one division that `name` means, or None where several fit or none does.

        The context widens from `within` over its ancestors to the country; the first step at which any
        division fits decides. The ancestors of `within` fit at every step. Of several that fit,
        those valid on the day (today's, without a day) go before the others, full names before aliases
        before weak aliases; names that one place had one after the other count as one.

        Args:
            name: A full name or short form: 临汾市, 临汾, 门源县.
            within: The division that the document is about.
            on: The day of the document.

        >>> divisions = default_divisions()
        >>> divisions.resolve("鼓楼区"), divisions.resolve("鼓楼区", within=divisions.resolve("福州市")).code
        (None, '350102')
        >>> divisions.resolve("朝阳", within=divisions.resolve("海淀区")).name
        '朝阳区'
        """
        candidates = self.by_name(name)
        if not candidates:
            return None
        if within is not None:
            above = self.ancestors(within)
            for context in (within, *above):
                inside = [d for d in candidates if d in above or self._is_inside(d, context)]
                if inside:
                    return self._unique(name, inside, on)
        return self._unique(name, candidates, on)

    def townships(self, name: str, *, within: Division | None = None) -> tuple[Division, ...]:
        """Return the townships and streets (乡、镇、街道) of that full name, inside `within` if given.

        The first call reads `seeds/townships.tsv` (41,352 rows).

        >>> divisions = default_divisions()
        >>> [d.code for d in divisions.townships("新城镇", within=divisions.resolve("襄汾县"))]
        ['141023100']
        """
        if self._townships is None:
            found: defaultdict[str, list[Division]] = defaultdict(list)
            for row in self._seeds.table("townships"):
                found[row["name"]].append(Division(row["code"], row["name"], "township", row["code"][:6]))
            self._townships = {key: tuple(divisions) for key, divisions in found.items()}
        divisions = self._townships.get(name, ())
        return tuple(d for d in divisions if within is None or self._is_inside(d, within))

    def _is_inside(self, division: Division, context: Division) -> bool:
        if division == context:
            return True
        return any(above == context or self.successor(above) == context for above in self.ancestors(division))

    def _unique(self, name: str, candidates: Sequence[Division], on: date | None) -> Division | None:
        valid = [d for d in candidates if (d.is_current if on is None else self.was_valid(d, on))]
        pool = valid or list(candidates)
        best = min(_strength(name, d) for d in pool)
        pool = [d for d in pool if _strength(name, d) == best]
        if len(pool) == 1 or len({self.successor(d) for d in pool}) == 1:
            return max(pool, key=lambda d: (d.is_current, d.valid_to, d.code))
        return None


def _strength(name: str, division: Division) -> int:
    return 0 if name == division.name else 1 if name in division.aliases else 2


def _ends_later(division: Division, other: Division) -> bool:
    return division.is_current or division.valid_to > other.valid_to


def _split(cell: str) -> Iterable[str]:
    return cell.split("|") if cell else ()


def _division(row: Row) -> Division:
    aliases, weak_aliases = tuple(_split(row["aliases"])), tuple(_split(row["weak_aliases"]))
    history = row["valid_from"], row["valid_to"], row["successor"]
    return Division(row["code"], row["name"], row["level"], row["parent"], aliases, weak_aliases, *history)


@cache
def default_divisions() -> Divisions:
    """Return the divisions of the package's own tables."""
    return Divisions(default_seeds())
