"""Lists of names as the genre writes them, 甲、乙和丙: where each name of a list begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.ner.lexicon import Lexicon
from kg.ner.names import NameModel, best_name
from kg.ner.page import Page

BETWEEN = re.compile(r"(?:同志|先生|女士)?(?:（[^（）]{1,24}）)?\s?(?:、|和|与|及|以及|，)\s?")
"""What stands between two names of a list, a courtesy word or a bracket behind the first included."""

_ITEM = re.compile("(?P<name>[\u4e00-\u9fff]{2,4})、")


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names on one page, of which `openers` are where posts begin; nothing here outlives the call."""

    page: Page
    lexicon: Lexicon
    model: NameModel
    openers: frozenset[int]

    def _name_at(self, at: int, *, bonus: float) -> int | None:
        """Return the end of a name that starts at `at`, or `None`."""
        if at >= len(self.page.view) or self.page.is_silent(at):
            return None
        openers = self.openers if bonus else frozenset[int]()
        found = best_name(self.page, at, self.lexicon, self.model, bonus=bonus, openers=openers)
        return found[0] if found else None

    def _item_at(self, at: int, *, bonus: float) -> int | None:
        """Return the end of a list's item of two to four characters before a name: a surname that no table has."""
        item = _ITEM.match(self.page.view, at)
        if item is None or not bonus or self.page.is_silent(at) or item["name"] in self.model.not_names:
            return None
        name = item["name"]
        is_word = self.lexicon.follower.match(name) or name in self.model.words or name in self.model.countries
        if is_word or set("会委局部院记") & set(name) or name[-1] in "界党方国组办等席长员":
            return None
        goes_on = item.end() in self.openers or best_name(self.page, item.end(), self.lexicon, self.model, bonus=0.0)
        return item.end("name") if goes_on else None

    def list_from(self, at: int, stops: frozenset[int], *, bonus: float) -> Iterator[tuple[int, int]]:
        """Yield the names of a list that starts at `at`: 甲、乙和丙, up to whatever is no name."""
        while at not in stops:
            end = self._name_at(at, bonus=bonus) or self._item_at(at, bonus=bonus)
            if end is None:
                return
            yield at, end
            sep = BETWEEN.match(self.page.view, end)
            if sep is None or "，" in sep[0]:
                return
            at = sep.end()
            # The next item of a list is a name only if it ends like one; a post or an organisation there ends the list.
            bonus = 0.4
