"""Who presided, attended, spoke, reported, conveyed: verbs, and the people or bodies before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings
from kg.relations.reading import Reading
from kg.relations.scan import HEARD, Scanner, Subject, Verb
from kg.tables.seeds import Seeds

_INVERTED = re.compile(
    "(?P<verb>出席|参加|列席|主持)(?:了)?(?P<what>(?:[^，。；]{0,12}?(?:会议?|活动|仪式|大会|调研|座谈))?)的(?:还|领导|市领导|县领导|区领导)?(?:有|是|为)：?"
    "|(?P<listed>参会|与会|出席|列席|参加)(?:的)?(?:人员|领导|嘉宾|同志|领导同志)(?:还)?(?:(?:有|包括|为)：?|：)"
)
_HEAD_OF = re.compile(
    "^，?(?:的)?(?:主要|有关|相关|分管|班子)?(?:负责人|负责同志|主要领导|领导|同志|代表|班子成员|成员单位|等)*(?:等)?(?:部门|单位)?(?:主要|有关|相关)?(?:负责人|负责同志|代表)?(?:分别|先后|就[^，。；]{1,30}|围绕[^，。；]{1,20}|对[^，。；]{1,20}|在主会场|在分会场|现场|一同|共同|也|还|向大会|在会上|代表[^，。；]{1,12}|(?:作了?|做了?|进行了?)(?:[\u4e00-\u9fff]{1,6})?)*$"
)
_PRONOUN = re.compile(
    "^[“”]?(?:他|她|他们|她们)(?:还|同时|又|先后|首先|最后|分别|并|在[^，。]{1,12}时|就[^，。]{1,20})*$"
)
_UNNAMED = re.compile(
    "^(?:会上|随后|最后)?(?:有关|相关|各|全体|其他|部分|市直|县直|区直|省直|与会|参会|企业|群众|基层)"
    "[^，。；]{0,24}(?:负责人|负责同志|人员|部门|单位|代表|长|同志|成员|干部|群众|领导)[^，。；]{0,10}$"
)
_LONGEST_SAID = 120
_CONTENT_OPENS = re.compile("(?:道|了)?[，：“]")


@dataclass(slots=True)
class _Group:
    """The people or bodies that the next verb is said of."""

    members: list[Subject] = field(default_factory=list)
    used: bool = False


class Speech:
    """Reads participation sentence by sentence; a subject carries over to further verbs and to 他."""

    def __init__(
        self, reading: Reading, people: dict[str, Ref], bodies: Bodies, meetings: Meetings, ledger: Ledger, seeds: Seeds
    ) -> None:
        """Keep what speech is read with."""
        self.reading, self.people, self.bodies = reading, people, bodies
        self.meetings, self.ledger = meetings, ledger
        self.scanner = Scanner(reading, people, bodies, seeds)
        self.conveyors: dict[int, Ref] = {}
        """Who conveys at each 传达: the offset of the verb to its subject."""
        self._last: list[Subject] = []

    def read(self) -> None:
        """Read every sentence that reports."""
        for sentence in self.reading.sentences():
            self._sentence(sentence)

    def _sentence(self, sentence: Span) -> None:
        inverted = _INVERTED.search(self.reading.view, sentence.start, sentence.end)
        group = _Group()
        bodies = _Group()
        opening = self.reading.view[sentence.start : sentence.start + 24]
        resume = sentence.start
        subjects: list[Subject] = []
        for item in self.scanner.items(sentence):
            if isinstance(item, Verb):
                if item.start < resume:
                    continue  # said, not done
                if inverted and inverted.start() <= item.start < inverted.end():
                    continue
                if not group.members and not bodies.members and self._pronoun(sentence, item, opening):
                    group.members = list(self._last)
                subjects = self._subjects(group, bodies, item) or self._carried(subjects, sentence, item)
                group.used = bodies.used = True
                self._claim(item, subjects, sentence)
                if item.is_speech and _CONTENT_OPENS.match(self.reading.view, item.end):
                    resume = self._speech_ends(item.end, sentence)
                continue
            span, ref = item
            if span.start < resume:
                continue
            target = group if ref.label == "PERSON" else bodies
            if target.used or (target.members and not self.scanner.is_list(target.members[-1][0], span)):
                target.members, target.used = [], False
            target.members.append((span, ref))
        if inverted:
            self._inverted(inverted, sentence)
        self._heard(sentence)
        if group.members:
            self._last = group.members

    def _subjects(self, group: _Group, bodies: _Group, verb: Verb) -> list[Subject]:
        """Return what a verb is newly said of: the people before it, or the bodies where they stand nearer."""
        people = group.members if group.members and not group.used else []
        acting = self._bodies_before(bodies, verb) if not bodies.used else []
        return people or acting

    def _carried(self, subjects: list[Subject], sentence: Span, verb: Verb) -> list[Subject]:
        """Return the subject of the verb before, unless this one's clause has an unnamed one (有关部门负责人汇报)."""
        start = max(self.reading.view.rfind(mark, sentence.start, verb.start) for mark in "，；。：") + 1
        return [] if _UNNAMED.search(self.reading.view[max(start, sentence.start) : verb.start]) else subjects

    def _pronoun(self, sentence: Span, verb: Verb, opening: str) -> bool:
        return opening[:1] in ("他", "她") and bool(_PRONOUN.match(self.reading.view[sentence.start : verb.start]))

    def _bodies_before(self, bodies: _Group, verb: Verb) -> list[Subject]:
        """Return the bodies that are the verb's subject: nothing but their heads' titles and adverbs stands between."""
        if not bodies.members or verb.type == "PRESIDED":
            return []
        gap = self.reading.view[bodies.members[-1][0].end : verb.start]
        return (
            bodies.members
            if (len(gap) <= 60 and _HEAD_OF.match(gap)) or re.search("(?:负责人|负责同志|代表)[^，。；]{0,12}$", gap)
            else []
        )

    def _speech_ends(self, at: int, sentence: Span) -> int:
        """Return where speech ends: at the next clause in which a post and a name act, or with the sentence."""
        for clause in self.reading.clauses(Span(start=at, end=sentence.end) if at < sentence.end else sentence)[1:]:
            posts = [m for m in self.reading.labelled("POST", clause) if m.start - clause.start <= 1]
            people = [p for p in self.reading.labelled("PERSON", clause) if posts and p.start >= posts[-1].end]
            if people and self.scanner.has_verb(people[-1].end, clause.end):
                return clause.start
        return sentence.end

    def _claim(self, verb: Verb, subjects: Sequence[Subject], sentence: Span) -> None:
        if verb.type == "CONVEYED":
            convened = subjects and re.search("召开|举行", self.reading.view[subjects[-1][0].end : verb.start])
            if subjects and not convened:  # 主持召开会议，传达… is what the meeting does
                self.conveyors[verb.start] = subjects[-1][1]
            return
        clause = next((c for c in self.reading.clauses(sentence) if c.start <= verb.start < c.end), sentence)
        after = Span(start=verb.start, end=max(clause.end, verb.end))
        if verb.is_speech:
            # What was said makes the passage worth reading: quote up to the end of the clause after the verb.
            said = next(
                (c for c in self.reading.clauses(sentence) if c.start > verb.end - 1 and c.start >= after.end), None
            )
            after = Span(
                start=verb.start, end=said.end if said and said.end - verb.start <= _LONGEST_SAID else after.end
            )
        opening = self._subject_span(min((s for s, _ in subjects), key=lambda s: s.start)) if subjects else after
        meeting = self.meetings.named_in(Span(start=verb.start, end=max(clause.end, verb.end))) or self.meetings.at(
            sentence
        )
        if meeting is None:
            return
        for rank, (span, found) in enumerate(subjects, 1):
            ref = self.bodies.acting(found, span.start) if found.label == "PLACE" else found
            evidence = self.reading.quote(
                opening, after, method=f"rule:{verb.word}", score=0.9 if ref.label == "PERSON" else 0.75
            )
            if verb.type == "ATTENDED":
                mode = _mode(verb.word, self.reading.view[clause.start : clause.end])
                self.ledger.claim("ATTENDED", ref, meeting, evidence, rank=rank, mode=mode)
            else:
                self.ledger.claim(verb.type, ref, meeting, evidence)

    def _heard(self, sentence: Span) -> None:
        """Read 听取江山市、龙游县工作汇报: who reported stands between the verb and its noun."""
        for match in HEARD.finditer(self.reading.view, sentence.start, sentence.end):
            meeting = self.meetings.at(sentence)
            who = Span(start=match.start("who"), end=match.end("who"))
            if meeting is None:
                continue
            members = [
                (m, self.bodies.of_mention[m.id])
                for m in self.reading.labelled("ORG", who)
                if m.id in self.bodies.of_mention and not self.scanner.is_hidden(m, [])
            ]
            people = [(m, self.people[m.id]) for m in self.reading.labelled("PERSON", who)]
            members = people or members
            members += [] if people else [(m, self.bodies.of_mention[m.id]) for m in self.scanner.acting_places(who)]
            for mention, ref in members:
                body = self.bodies.acting(ref, mention.start) if ref.label == "PLACE" else ref
                self.ledger.claim(
                    "REPORTED_AT",
                    body,
                    meeting,
                    self.reading.quote(Span(start=match.start(), end=match.end()), method="rule:heard", score=0.8),
                )

    def _subject_span(self, span: Span) -> Span:
        if isinstance(span, Mention) and span.label == "PERSON":
            return Span(start=self.scanner.posts_start(span), end=span.end)
        return span

    def _inverted(self, match: re.Match[str], sentence: Span) -> None:
        """Read 参加会议的有甲、乙: the verb stands first, everybody after it is its subject."""
        verb = match["verb"] or match["listed"]
        kind = "PRESIDED" if verb == "主持" else "ATTENDED"
        head = Span(start=match.start(), end=match.end())
        meeting = self.meetings.named_in(head) or self.meetings.at(sentence)
        if meeting is None:
            return
        tail = Span(start=match.end(), end=sentence.end) if match.end() < sentence.end else sentence
        for rank, mention in enumerate(self.reading.labelled("PERSON", tail), 1):
            if not self.scanner.is_hidden(mention, []):
                evidence = self.reading.quote(head, mention, method="rule:inverted", score=0.9)
                self.ledger.claim(
                    kind,
                    self.people[mention.id],
                    meeting,
                    evidence,
                    rank=rank if kind == "ATTENDED" else None,
                    mode="列席" if verb == "列席" else None,
                )


def _mode(verb: str, clause: str) -> str | None:
    """Return how somebody attended where it was not in the room as a member: 列席 or 视频."""
    if "列席" in verb:
        return "列席"
    return "视频" if re.search("分会场|视频|收听|收看", verb + clause) else None
