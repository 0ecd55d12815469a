"""Orders that an official or a meeting gives: who must act, and by when (ADDRESSED_TO)."""

from __future__ import annotations

import re

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.reading import Reading

_DEMAND = re.compile("强调|指出|要求|提出")
_MUST = re.compile("(?:等[^，。；]{0,8})?(?:要|应|须|必须|应当|负责(?!人|同志)|牵头)")
_LEAD = re.compile("由|请|[一二三四五六]是")
_LIST = re.compile("^(?:、|和|与|及|以及)$")
_DEADLINE = re.compile(
    r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日|底|末)?|(?P<end>年底|年末))(?:之?前|以前)"
)
_LONGEST_NAME = 40
_LONGEST_TEXT = 200


class Orders:
    """Reads orders as DIRECTIVE entities of kind `order`; their text is what was demanded."""

    def __init__(self, reading: Reading, people: dict[str, Ref], bodies: Bodies, ledger: Ledger) -> None:
        """Keep what orders are read with."""
        self.reading, self.people, self.bodies, self.ledger = reading, people, bodies, ledger

    def read(self) -> None:
        """Read every sentence that reports; an order is one only under a speaker or a meeting."""
        speaker: Ref | None = None
        demanded = False
        for sentence in self.reading.sentences():
            said = _DEMAND.search(self.reading.view, sentence.start, sentence.end)
            if said:
                before = [m for m in self.reading.labelled("PERSON", sentence) if m.end <= said.start()]
                speaker = self.people[before[-1].id] if before else None
                demanded = True
            elif self.reading.labelled("PERSON", sentence):
                demanded = False  # somebody else acts: the speech is over
            if demanded:
                self._sentence(sentence, said.end() if said else sentence.start, speaker)

    def _sentence(self, sentence: Span, start: int, speaker: Ref | None) -> None:
        for clause in self.reading.clauses(sentence):
            if clause.start < start:
                continue
            addressed = self._addressed(clause)
            if not addressed:
                continue
            end = min(sentence.end, clause.start + _LONGEST_TEXT)
            stop = re.compile("[；。]").search(self.reading.view, clause.start, end)
            text = Span(start=clause.start, end=stop.start() if stop else end)
            self._order(text, addressed, speaker)

    def _addressed(self, clause: Span) -> list[Mention]:
        """Return the bodies that open a clause before 要, 负责 or 牵头."""
        found: list[Mention] = []
        lead = _LEAD.match(self.reading.view, clause.start, clause.end)
        at = lead.end() if lead else clause.start
        for mention in self.reading.labelled("ORG", clause):
            gap = self.reading.view[at : mention.start]
            if mention.id not in self.bodies.of_mention or (gap and not (found and _LIST.match(gap))):
                break
            found.append(mention)
            at = mention.end
        return found if found and _MUST.match(self.reading.view, at) else []

    def _order(self, text: Span, addressed: list[Mention], speaker: Ref | None) -> None:
        words = re.sub(r"\s", "", self.reading.document.text[text.start : text.end])
        ref = self.ledger.entity(
            Ref("DIRECTIVE", f"order|{text.start}"), words[:_LONGEST_NAME], at=text.start, kind="order", text=words
        )
        evidence = self.reading.quote(text, method="rule:order", score=0.7)
        if speaker is not None:
            self.ledger.claim("ISSUED", speaker, ref, evidence)
        deadline = self._deadline(text)
        for mention in addressed:
            self.ledger.claim("ADDRESSED_TO", ref, self.bodies.of_mention[mention.id], evidence, deadline=deadline)

    def _deadline(self, text: Span) -> str | None:
        """Return the day, month or year by which to act, in EDTF; the year as for all dates of the page."""
        found = _DEADLINE.search(self.reading.view, text.start, text.end)
        if found is None:
            return None
        published = self.reading.document.published or ""
        year = found["y"] or (published[:4] if published[:4].isdigit() else str(self.reading.body_year or "XXXX"))
        if found["end"]:
            return f"{year}-12"
        month = f"{year}-{int(found['m']):02d}"
        return f"{month}-{int(found['d']):02d}" if found["d"] else month
