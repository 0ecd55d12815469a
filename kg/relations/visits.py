"""Visits and inspections: who went where, and to look into what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.dates import find_dates
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings
from kg.relations.reading import Reading

_ARRIVE = re.compile(
    "先后深入|先后走进|先后来到|先后到|先后察看|先后查看|先后调研|深入到|深入|走进|来到|前往|莅临|抵达|赶赴|奔赴|实地察看|实地查看|实地走访|(?<![得达直遇想谈看感受收提找签报来前做接等送开见])到(?![会位访达场账期岗])|赴(?!任)|在(?=[^，。；]{2,24}(?:调研|检查|督导|考察|视察|督查|督察|慰问|走访|暗访))"
)
_LOOK = re.compile(
    "调研督导|督导调研|督导检查|检查督导|调研检查|检查指导|调研指导|专题调研|调研|检查|督导|督查|督察|视察|考察|慰问|走访|看望|巡查|暗访|巡河|约谈|指导|观摩|查看|察看|夜查|督战|督办|接访|参观|巡视"
)
_DIRECT = re.compile(
    "(?:调研督导|督导调研|督导检查|检查督导|调研检查|检查指导|调研指导|调研|检查|督导|督查|督察|视察|考察|慰问|走访|看望|暗访|约谈)(?:了)?"
)
_JOIN = re.compile("^(?:[、，和及与 ]|以及|等地|等|（[^（）]{1,20}）|先后|又|还|随后|再|分别)*$")
_ACCOMPANY = re.compile("陪同|随同|参加(?:了)?(?:调研|检查|督导|考察|活动|上述活动)")
_SUBJECT_OF = re.compile(
    "(?<![一-龥])对(?=[^，。；]{2,60}进行(?:了)?(?:实地|现场|全面|集中|专项|专题|联合)*"
    "(?:调研|检查|督导|督查|督察|视察|考察|走访|暗访))"
)
"""The other order: 对甲县、乙县供水保障进行了实地督查 (inspected … in the counties)."""
_GUIDED = re.compile("在[^。；]{2,100}?(?:的)?陪同下")
_ALONG = re.compile(
    "(?:陪同|随同|参加)(?:了)?(?:在[^，。]{2,12}的)?(?:上述|有关|相关)?(?:调研|活动|检查|督导|考察|慰问|督查|走访)*(?:活动)?。?$"
)
_KIND = (
    ("约谈", "约谈"),
    ("督察", "督察"),
    ("督查", "督查"),
    ("督导", "督导"),
    ("检查", "检查"),
    ("慰问", "慰问"),
    ("视察", "视察"),
    ("考察", "考察"),
    ("调研", "调研"),
)
_ASIDE = re.compile("[^，]{0,6}会[前后]|会议期间")
"""A visit before or after a meeting does not end it."""
_NOT_STOPS = frozenset({"party", "congress", "cppcc", "group"})


class Visits:
    """Reads INSPECTED, the stops of a visit, and who came along."""

    def __init__(
        self, reading: Reading, people: dict[str, Ref], bodies: Bodies, meetings: Meetings, ledger: Ledger
    ) -> None:
        """Keep what visits are read with."""
        self.reading, self.people, self.bodies, self.meetings, self.ledger = reading, people, bodies, meetings, ledger
        self._last: list[tuple[Span, Ref]] = []
        self._stops_before: list[Ref] = []
        self._kind = ""
        self._date = ""

    def read(self) -> None:
        """Read every sentence; a visit without a meeting keeps speech from being read as a meeting's."""
        for sentence in self.reading.sentences():
            self._sentence(sentence)

    def _sentence(self, sentence: Span) -> None:
        view = self.reading.view
        if self._escorts(sentence):
            return
        opening = view[sentence.start : sentence.start + 1]
        visitors = list(self._last) if opening in "他她" else []
        escorts: list[Ref] = []
        pending: list[tuple[Span, Ref]] = []
        open_list = False
        found: list[tuple[Ref, Span]] = []
        has_look = bool(_LOOK.search(view, sentence.start, sentence.end))
        guided = _GUIDED.search(view, sentence.start, sentence.end)
        guides = [
            m for m in self.reading.labelled("PERSON", sentence) if guided and guided.start() < m.start < guided.end()
        ]
        escorts += [self.people[m.id] for m in guides]
        said = re.compile("(?:强调|指出|要求|表示|认为)[，：]").search(view, sentence.start, sentence.end)
        for clause in self.reading.clauses(sentence):
            if said and clause.start >= said.start():
                break
            people = [m for m in self.reading.labelled("PERSON", clause) if not self._inside(m) and m not in guides]
            escort = (
                None
                if guided and clause.start < guided.end() <= clause.end
                else _ACCOMPANY.search(view, clause.start, clause.end)
            )
            if people and not (open_list and self._is_stop_list(clause)):
                group: list[tuple[Span, Ref]] = [(m, self.people[m.id]) for m in people]
                if not escort and found and not _ARRIVE.search(view, clause.start, clause.end):
                    pending += group  # who follows the stops comes along, if a later clause says so
                elif escort:
                    lead = [g for g in group if escort[0].startswith(("陪同", "随同")) and g[0].start >= escort.end()]
                    escorts += [ref for span, ref in [*pending, *group] if (span, ref) not in lead]
                    pending = []
                    visitors = lead or visitors
                else:
                    visitors = group if not self._goes_on(visitors, group) else visitors + group
            arrive = next(
                (m for m in _ARRIVE.finditer(view, clause.start, clause.end) if not self._hidden(m.start())), None
            )
            arrive = arrive or _SUBJECT_OF.search(view, clause.start, clause.end)
            start = arrive.end() if arrive else clause.start
            if not arrive and not open_list:
                direct = next(
                    (m for m in _DIRECT.finditer(view, clause.start, clause.end) if not self._hidden(m.start())), None
                )
                if direct is None or not visitors:
                    continue
                stops = self._stops(direct.end(), clause)
                stops = stops if stops and not view[direct.end() : stops[0].start].strip("了 ")[1:] else []
            elif not arrive and not self._is_stop_list(clause):
                open_list = False
                continue
            else:
                stops = self._stops(start, clause)
            strong = arrive is not None and arrive[0] not in ("到", "赴", "在")
            if stops and (strong or has_look or open_list):
                open_list = arrive is not None or open_list
                found += [(self.bodies.of_mention[s.id], clause) for s in stops]
        if found and not visitors:
            visitors = self._groups(sentence, found[0][1])
        if found and visitors:
            self._claim(visitors, escorts, found, sentence)
        if visitors:
            self._last = visitors

    def _escorts(self, sentence: Span) -> bool:
        """Read a sentence that only says who came along: 州委常委甲参加。 after a visit."""
        view = self.reading.view[sentence.start : sentence.end]
        people = [m for m in self.reading.labelled("PERSON", sentence) if not self._inside(m)]
        along = _ALONG.search(view)
        if not along or not people or not self._stops_before or people[-1].end - sentence.start > along.start():
            return False
        if _ARRIVE.search(view, 0, people[0].start - sentence.start):
            return False  # a visit of its own, whose visitor or stops were not made out
        partly = re.search("在(?P<where>[^，。]{2,12})的", view)
        where = [
            self.bodies.of_mention[m.id]
            for m in self.reading.labelled("PLACE", sentence)
            if partly
            and sentence.start + partly.start() < m.start < sentence.start + partly.end()
            and m.id in self.bodies.of_mention
        ]
        for stop in where or self._stops_before:
            for mention in people:
                evidence = self.reading.quote(mention, sentence, method="rule:escort", score=0.75)
                self.ledger.claim(
                    "INSPECTED", self.people[mention.id], stop, evidence, kind=self._kind, date=self._date, role="陪同"
                )
        return True

    def _groups(self, sentence: Span, clause: Span) -> list[tuple[Span, Ref]]:
        """Return the group that a sentence without people is about: 督导组先后来到某镇 (it went to a town)."""
        named = [
            m
            for m in self.reading.labelled("ORG")
            if m.surface.endswith("组") and m.id in self.bodies.of_mention and m.start < clause.end
        ]
        here = [m for m in named if m.start >= sentence.start]
        if here:
            return [(here[0], self.bodies.of_mention[here[0].id])]
        opening = re.match(
            "(?:随后|之后|接着|当天|期间|[上下]午|，)*(?P<group>(?:督察|督导|督查|巡视|巡察|检查|调研|考核|视察|考察)组)",
            self.reading.view[sentence.start : sentence.end],
        )
        if opening is None:
            return []
        span = Span(start=sentence.start + opening.start("group"), end=sentence.start + opening.end())
        if named:
            return [(span, self.bodies.of_mention[named[-1].id])]
        return [(span, ref) for _, ref in self._last]  # the group is whoever went there a sentence ago

    def _goes_on(self, visitors: Sequence[tuple[Span, Ref]], group: Sequence[tuple[Span, Ref]]) -> bool:
        if not visitors:
            return False
        gap = self.reading.view[visitors[-1][0].end : group[0][0].start]
        return 0 <= len(gap) <= 24 and not re.search(f"{_ARRIVE.pattern}|{_LOOK.pattern}", gap)

    def _claim(
        self,
        visitors: Sequence[tuple[Span, Ref]],
        escorts: Sequence[Ref],
        found: Sequence[tuple[Ref, Span]],
        sentence: Span,
    ) -> None:
        text = self.reading.view[sentence.start : sentence.end]
        self._kind = next((kind for word, kind in _KIND if word in text), self._kind)
        dates = find_dates(self.reading, sentence)
        self._date = dates[0].edtf if dates else self._date
        if not _ASIDE.match(text):
            self.meetings.visit(sentence.start)
        self._stops_before = [stop for stop, _ in found]
        for stop, clause in found:
            for span, ref in visitors:
                evidence = (
                    self.reading.quote(span, clause, method="rule:visit", score=0.85)
                    if span.start <= clause.end
                    else self.reading.quote(clause, method="rule:visit", score=0.8)
                )
                self.ledger.claim("INSPECTED", ref, stop, evidence, kind=self._kind, date=self._date)
            for ref in escorts:
                self.ledger.claim(
                    "INSPECTED",
                    ref,
                    stop,
                    self.reading.quote(clause, method="rule:escort", score=0.75),
                    kind=self._kind,
                    date=self._date,
                    role="陪同",
                )

    def _stops(self, start: int, clause: Span) -> list[Mention]:
        """Return the places and bodies of a list that begins at `start`, without the whereabouts of smaller ones."""
        candidates = sorted(
            (
                m
                for label in ("PLACE", "ORG")
                for m in self.reading.labelled(label, clause)
                if m.start >= start and m.id in self.bodies.of_mention
            ),
            key=lambda m: (m.start, -m.end),
        )
        found: list[Mention] = []
        at = start
        for mention in candidates:
            if mention.start < at:
                continue
            gap = self.reading.view[at : mention.start]
            if (found and not _JOIN.match(gap)) or (not found and len(gap) > 12):
                break
            at = mention.end
            if self._hidden(mention.start) or self._is_whereabouts(mention, candidates):
                continue
            ref = self.bodies.of_mention[mention.id]
            if ref.label == "ORG" and self.ledger.properties(ref).get("kind") in _NOT_STOPS:
                continue
            found.append(mention)
        return found

    def _is_whereabouts(self, mention: Mention, candidates: Sequence[Mention]) -> bool:
        """Say whether the place only says where the next one lies: 秦安县|兴国镇, but not 秦安|甘谷."""
        inner = next((other for other in candidates if other.start == mention.end), None)
        if inner is None:
            return False
        above, below = (self.bodies.territory.of_mention.get(m.id) for m in (mention, inner))
        return below is None or above is None or above in self.bodies.territory.divisions.ancestors(below)

    def _is_stop_list(self, clause: Span) -> bool:
        """Say whether a clause only goes on with the list of stops before it."""
        first = min(
            (m.start for label in ("PLACE", "ORG") for m in self.reading.labelled(label, clause)), default=clause.end
        )
        return bool(_JOIN.match(self.reading.view[clause.start : first]))

    def _inside(self, mention: Mention) -> bool:
        return self._hidden(mention.start)

    def _hidden(self, offset: int) -> bool:
        return any(m.start <= offset < m.end for label in ("DIRECTIVE", "POLICY") for m in self.reading.labelled(label))
