"""Inspections that one phrase states: a group and a place, a summons, the visit that a directive was given on."""

from __future__ import annotations

import re

from kg.records import Span
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.reading import Reading

_SUMMON = re.compile(
    "对(?P<whom>[^，。；]{3,60}?)(?:主要负责人|负责人|主要负责同志)?(?:进行|开展)(?:了)?(?:集体|集中)?约谈|约谈了?(?P<direct>[^，。；]{3,40})"
)
_TOUR = re.compile("(?P<verb>调研督导|调研|视察|考察|督导|检查|慰问)")


class Inspections:
    """Reads INSPECTED from single phrases; `kg.relations.visits` reads it from sequences of stops."""

    def __init__(self, reading: Reading, people: dict[str, Ref], bodies: Bodies, ledger: Ledger) -> None:
        """Keep what inspections are read with."""
        self.reading, self.people, self.bodies, self.ledger = reading, people, bodies, ledger

    def read(self) -> None:
        """Read every sentence that reports, then every directive."""
        for sentence in self.reading.sentences():
            self._by_groups(sentence)
            self._summoned(sentence)
        self._in_directives()

    def _by_groups(self, sentence: Span) -> None:
        """Read 省环保督察组督察东营市: a group, a verb, a place."""
        for match in re.finditer(
            "督察|督查|巡视|巡察|约谈|督导|考核", self.reading.view[sentence.start : sentence.end]
        ):
            at, end = sentence.start + match.start(), sentence.start + match.end()
            head = next((m for m in self.reading.labelled("ORG", sentence) if m.end == at), None)
            tail = next((m for m in self.reading.labelled("PLACE", sentence) if m.start == end), None)
            if head and tail and head.id in self.bodies.of_mention and tail.id in self.bodies.of_mention:
                evidence = self.reading.quote(head, tail, method="rule:group_visit", score=0.85)
                self.ledger.claim(
                    "INSPECTED",
                    self.bodies.of_mention[head.id],
                    self.bodies.of_mention[tail.id],
                    evidence,
                    kind=match[0],
                )

    def _summoned(self, sentence: Span) -> None:
        """Read 甲对某县水利局、某区住建局主要负责人进行约谈."""
        for match in _SUMMON.finditer(self.reading.view, sentence.start, sentence.end):
            start, end = match.span("whom") if match["whom"] else match.span("direct")
            before = [m for m in self.reading.labelled("PERSON", sentence) if m.end <= match.start()]
            if not before:  # a body summons: 省生态环境厅对某市政府进行约谈
                before = [m for m in self.reading.labelled("ORG", sentence) if m.end <= match.start()][-1:]
            heads = {**self.people, **self.bodies.of_mention}
            for mention in self.reading.labelled("ORG", Span(start=start, end=end)):
                if before and before[-1].id in heads and mention.id in self.bodies.of_mention:
                    evidence = self.reading.quote(
                        before[-1], Span(start=match.start(), end=match.end()), method="rule:summoned", score=0.85
                    )
                    self.ledger.claim(
                        "INSPECTED",
                        heads[before[-1].id],
                        self.bodies.of_mention[mention.id],
                        evidence,
                        kind="约谈",
                    )

    def _in_directives(self) -> None:
        """Read the visit that a directive was given on: 洛绒达瓦州长调研道孚时的讲话精神."""
        for directive in self.reading.labelled("DIRECTIVE"):
            people = self.reading.labelled("PERSON", directive)
            for verb in _TOUR.finditer(self.reading.view, directive.start, directive.end):
                place = next((m for m in self.reading.labelled("PLACE", directive) if m.start == verb.end()), None)
                if place and people and people[0].end <= verb.start() and place.id in self.bodies.of_mention:
                    evidence = self.reading.quote(people[0], place, method="rule:visit_of_directive", score=0.75)
                    self.ledger.claim(
                        "INSPECTED",
                        self.people[people[0].id],
                        self.bodies.of_mention[place.id],
                        evidence,
                        kind=verb["verb"],
                    )
