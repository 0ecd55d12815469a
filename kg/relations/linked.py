"""Claims that the model proposes: pairs of mentions, told as claims between the entities they name.

Rules have read the page before; this adds what they did not see, and tells for every claim,
whoever proposed it, how the model scores it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.records import Evidence, Link, Mention
from kg.relations.bodies import Bodies
from kg.relations.holders import Holders
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings
from kg.relations.papers import Papers
from kg.relations.reading import Reading

METHOD: Final = "model:pair"
PROPOSED: Final = 0.15
"""Pairs below this share add no claim of their own; they still weigh on the claims of rules."""
_PERSONNEL: Final = {"APPOINTED_AS": "APPOINTED", "REMOVED_AS": "REMOVED"}
_PAPERS: Final = frozenset({"DELIBERATED", "APPROVED"})
_CONVENES: Final = re.compile(
    ".{2,30}?(?:人大常委会|人民代表大会常务委员会|人民代表大会|人大|政协|常委会|委员会|党组|主席团|董事会)"
)
"""The body in the name of its meeting."""


@dataclass(frozen=True, slots=True)
class Best:
    """The likeliest pair of mentions of two entities."""

    score: float
    head: Mention
    tail: Mention


class Links:
    """The model's pairs of one page, by type and entities."""

    def __init__(
        self,
        reading: Reading,
        links: Sequence[Link],
        people: Mapping[str, Ref],
        bodies: Bodies,
        holders: Holders,
        meetings: Meetings,
        papers: Papers,
        ledger: Ledger,
    ) -> None:
        """Find the entities of the mentions and keep the best pair of each two."""
        self.reading, self.bodies, self.holders, self.ledger = reading, bodies, holders, ledger
        self._mention = {mention.id: mention for mention in reading.mentions}
        self._refs = {**bodies.of_mention, **people, **meetings.of_mention, **papers.of_mention}
        self._best: dict[tuple[str, Ref, Ref], Best] = {}
        for link in links:
            head, tail = self._mention[link.head_id], self._mention[link.tail_id]
            first, last = self._end(link.type, head, is_head=True), self._end(link.type, tail, is_head=False)
            if first is None or last is None or first == last:
                continue
            at = (link.type, first, last)
            if at not in self._best or self._best[at].score < link.score:
                self._best[at] = Best(link.score, head, tail)

    def score(self, type_: str, head: Ref, tail: Ref) -> float:
        """Return the share of the best pair, 0 where the model sees none."""
        best = self.best(type_, head, tail)
        return best.score if best else 0.0

    def best(self, type_: str, head: Ref, tail: Ref) -> Best | None:
        """Return the best pair of two entities; a post is known by its title, which one page hardly gives twice."""
        if tail.label == "POST":
            tail = Ref("POST", str(self.ledger.properties(tail)["title"]))
        return self._best.get((type_, head, tail))

    def rank(self, type_: str, head: Ref, tail: Ref) -> tuple[int, int]:
        """Return how many other tails the model prefers for this head, and how many other heads for this tail, to 3."""
        score = self.score(type_, head, tail)
        better = [at for at, best in self._best.items() if at[0] == type_ and best.score > score]
        return min(3, sum(at[1] == head for at in better)), min(3, sum(at[2] == tail for at in better))

    def propose(self) -> None:
        """Add the claims of all likely pairs that no rule has made."""
        known = {at[:3] for at in self.ledger.claimed()}
        for (type_, head, tail), best in list(self._best.items()):
            if best.score < PROPOSED or (type_, head, tail) in known:
                continue
            if type_ == "HOLDS":
                office = self.holders.offices.of_mention[best.tail.id]
                self.holders.add(head, [office], best.head, method=METHOD, score=best.score)
            elif type_ in _PERSONNEL:
                self._personnel(_PERSONNEL[type_], head, best)
            elif type_ not in ("APPOINTED", "REMOVED", "SAME"):
                self._add_ends(type_, best)
                self.ledger.claim(type_, head, tail, self._quote(best))

    def _add_ends(self, type_: str, best: Best) -> None:
        """Add the body that a place acts as, and the place that a body is as a venue."""
        if best.head.label == "PLACE":
            self.bodies.acting(self._refs[best.head.id], best.head.start)
        if type_ == "HELD_IN" and self._refs[best.tail.id].label == "ORG":
            self.bodies.venue("".join(best.tail.surface.split()), best.tail.start)

    def _personnel(self, type_: str, person: Ref, best: Best) -> None:
        """Add who was appointed to what, by whoever most likely decides it."""
        post = self.holders.post(self.holders.offices.of_mention[best.tail.id])
        if any(at[0] == type_ and at[2:] == (person, post.key) for at in self.ledger.claimed()):
            return
        deciders = [(b.score, h) for (t, h, tail), b in self._best.items() if (t, tail) == (type_, person)]
        organs = [(score, organ) for score, head in deciders if (organ := self._organ(head)) is not None]
        if organs:
            _, organ = max(organs, key=lambda pair: pair[0])
            self.ledger.claim(type_, organ, person, self._quote(best), key=post.key, post_id=post)

    def _organ(self, head: Ref) -> Ref | None:
        """Return who decides: a body itself, or the body whose meeting it is."""
        if head.label == "ORG":
            return head
        if head.label != "MEETING":
            return None
        body = _CONVENES.match(self.ledger.name(head))
        return self.bodies.organisation(body[0], 0) if body else None

    def _end(self, type_: str, mention: Mention, *, is_head: bool) -> Ref | None:
        """Return the entity of a mention as the head or tail of a type; `None` where it can be none in the graph."""
        if mention.label == "POST":
            office = self.holders.offices.of_mention.get(mention.id)
            return Ref("POST", office.title) if office else None
        ref = self._refs.get(mention.id)
        if ref is None or (is_head and type_ in _PAPERS and ref.label != "MEETING"):
            return None
        if is_head and ref.label == "PLACE":
            return Ref("ORG", f"place|{ref.key}")
        if not is_head and type_ == "HELD_IN" and ref.label == "ORG":
            return Ref("PLACE", f"venue|{''.join(mention.surface.split())}")
        return ref

    def _quote(self, best: Best) -> Evidence:
        first, last = sorted((best.head, best.tail), key=lambda m: m.start)
        return self.reading.quote(first, last, method=METHOD, score=best.score)
