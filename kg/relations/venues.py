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

_VENUE = re.compile(
    "在(?P<where>[^，。；\n]{1,30}?)(?:隆重|顺利|胜利|圆满|成功|正式|如期|主持|组织|专题|联合|依法)*(?:召开|举行|举办|拉开|开幕|闭幕|开班)"
)
_ADDRESS = re.compile("(?:^|[\n 　])(?:会议)?地 *点 *： *(?P<where>[^，。；\n 　]{2,30})")
_BUILDING = re.compile(
    "(?:中心|会议室|[厅堂楼馆院场园寺宫站村室]|大厦|宾馆|酒店|饭店|总部|校区|基地|公墓|小镇|学校|大学|中学|小学|景区|机关)$"
)
"""What the name of a building or ground ends in: where a meeting is held, though nobody knows it as a place."""
_NEAR = 60
"""Where a sentence says the venue after its meeting, it does so within this many characters."""
_SHORT_CITIES = {"京": "北京市", "沪": "上海市", "津": "天津市", "渝": "重庆市"}


class Venues:
    """Reads HELD_IN and CONVENED of one document."""

    def __init__(self, reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger) -> None:
        """Keep what venues are read with."""
        self.reading, self.territory, self.bodies, self.ledger = reading, territory, bodies, ledger
        self._exact: set[Ref] = set()
        self._is_addressed = False

    def read(self, meeting: Ref, mentions: Sequence[Mention]) -> None:
        """Read what stands around each mention of a meeting."""
        for mention in mentions:
            sentence = self.reading.sentence_at(mention.start)
            clause = next((c for c in self.reading.clauses(sentence) if c.start <= mention.start < c.end), sentence)
            self._held_in(meeting, clause, mention)
            self._convened(meeting, sentence, mention)

    def _held_in(self, ref: Ref, clause: Span, mention: Mention) -> None:
        view = self.reading.view
        self._named(ref, clause, mention)
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

    def _named(self, ref: Ref, clause: Span, mention: Mention) -> None:
        """Read 在…召开 in the clause of the meeting or right after it, else the first line 地点：…."""
        view = self.reading.view
        sentence_end = self.reading.sentence_at(mention.start).end
        found = _VENUE.search(view, clause.start, clause.end) or _VENUE.search(
            view, mention.end, min(sentence_end, mention.end + _NEAR)
        )
        if found is None and not self._is_addressed and ref not in self._exact:
            found = _ADDRESS.search(view, mention.end)
            self._is_addressed = found is not None
        target = self._place_of(Span(start=found.start("where"), end=found.end("where"))) if found else None
        if found is None or target is None:
            return
        self._exact.add(ref)
        self.ledger.forget("HELD_IN", ref)
        spans = [clause] if found.start() < clause.end else [Span(start=found.start("where"), end=found.end("where"))]
        self.ledger.claim("HELD_IN", ref, target, self.reading.quote(*spans, method="rule:held_in", score=0.9))

    def _place_of(self, where: Span) -> Ref | None:
        """Return the place that a stretch names: a division, a body as a venue, or a building by its whole name."""
        name = re.sub(r"\s", "", self.reading.document.text[where.start : where.end])
        city = self.territory.of_name(_SHORT_CITIES.get(name, ""))
        if city is not None:
            return self.bodies.division(city, where.start, alias=name)
        places = [m for m in self.reading.labelled("PLACE", where) if m.id in self.bodies.of_mention]
        is_whole = bool(places) and places[-1].end == where.end
        if is_whole and (places[-1].start == where.start or self.territory.of_mention.get(places[-1].id)):
            return self.bodies.of_mention[places[-1].id]
        is_body = any(m.start == where.start and m.end == where.end for m in self.reading.labelled("ORG", where))
        if len(name) > 1 and (is_body or _BUILDING.search(name)):
            return self.bodies.venue(name, where.start)
        return self.bodies.of_mention[places[-1].id] if places else None

    def _convened(self, ref: Ref, sentence: Span, mention: Mention) -> None:
        for org in self.reading.labelled("ORG", sentence):
            is_venue = self.reading.view[org.start - 1 : org.start] == "在"  # 在县会议中心召开: where, not who
            if (
                not is_venue
                and org.end <= mention.start
                and _BEFORE_HELD.fullmatch(self.reading.view[org.end : mention.start])
            ):
                target = self.bodies.of_mention.get(org.id)
                if target:
                    self.ledger.claim(
                        "CONVENED", target, ref, self.reading.quote(org, mention, method="rule:convened", score=0.85)
                    )
