"""Where a meeting was held and who convened it: what stands around 召开 and 举行."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.reading import Reading
from kg.relations.territory import Territory

_BEFORE_HELD = re.compile(
    r"(?:第一时间|立即|及时|随即|迅速|连夜|组织|专题|日前|近日|今天|昨天|[上下]午|\d{1,2}月\d{1,2}日|\d{1,2}日|在[^，。；]{1,10})*(?:主持)?(?:召开|举行|举办)"
)


class Venues:
    """Reads HELD_IN and CONVENED of one document."""

    def __init__(self, reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger) -> None:
        """Keep what venues are read with."""
        self.reading, self.territory, self.bodies, self.ledger = reading, territory, bodies, ledger
        self._exact: set[Ref] = set()

    def read(self, meeting: Ref, mentions: Sequence[Mention]) -> None:
        """Read what stands around each mention of a meeting."""
        for mention in mentions:
            sentence = self.reading.sentence_at(mention.start)
            clause = next((c for c in self.reading.clauses(sentence) if c.start <= mention.start < c.end), sentence)
            self._held_in(meeting, clause, mention)
            self._convened(meeting, sentence, mention)

    def _held_in(self, ref: Ref, clause: Span, mention: Mention) -> None:
        view = self.reading.view
        exact = re.search(
            "在(?P<where>[^，。；]{2,24}?)(?:隆重|顺利)?(?:召开|举行|举办|拉开)", view[clause.start : clause.end]
        )
        if exact:
            target = self._place_of(
                Span(start=clause.start + exact.start("where"), end=clause.start + exact.end("where"))
            )
            if target is not None:
                self._exact.add(ref)
                self.ledger.forget("HELD_IN", ref)
                self.ledger.claim("HELD_IN", ref, target, self.reading.quote(clause, method="rule:held_in", score=0.9))
        if ref in self._exact:
            return
        for place in self.reading.labelled("PLACE", clause):
            inside = mention.start <= place.start < mention.end
            after = view[place.end : place.end + 8]
            if not inside and re.match("(?:日前|近日)?(?:召开|举行|举办)", after):
                target = self.bodies.of_mention.get(place.id)
                if target:
                    self.ledger.claim(
                        "HELD_IN", ref, target, self.reading.quote(clause, method="rule:held_in", score=0.85)
                    )
        ours = re.search(
            "(?:我|全)(?P<level>[省市县区州])(?:日前|近日|\\d+日)?(?:召开|举行)", view[clause.start : mention.start]
        )
        division = self.territory.of_level(ours["level"]) if ours else None
        if division is not None:
            target = self.bodies.division(division, clause.start)
            self.ledger.claim("HELD_IN", ref, target, self.reading.quote(clause, method="rule:held_in", score=0.8))

    def _place_of(self, where: Span) -> Ref | None:
        """Return the place that a stretch names: the innermost place in it, or a body as a venue."""
        places = [m for m in self.reading.labelled("PLACE", where) if m.id in self.bodies.of_mention]
        if places:
            return self.bodies.of_mention[places[-1].id]
        for org in self.reading.labelled("ORG", where):
            if org.start == where.start and org.end == where.end:
                name = re.sub(r"\s", "", org.surface)
                return self.ledger.entity(Ref("PLACE", f"venue|{name}"), name, at=org.start)
        return None

    def _convened(self, ref: Ref, sentence: Span, mention: Mention) -> None:
        for org in self.reading.labelled("ORG", sentence):
            if org.end <= mention.start and _BEFORE_HELD.fullmatch(self.reading.view[org.end : mention.start]):
                target = self.bodies.of_mention.get(org.id)
                if target:
                    self.ledger.claim(
                        "CONVENED", target, ref, self.reading.quote(org, mention, method="rule:convened", score=0.85)
                    )
