"""Who presided, attended, spoke, reported, conveyed: verbs, and the people or bodies before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings
from kg.relations.reading import Reading
from kg.seeds import Seeds
from kg.types import Mention, Span
from kg.view import words

_DELEGATED = re.compile("受[^，。；]{2,40}?(?:委托|委派|指派)")
_HEARD = re.compile("(?:听取|听)(?:了)?(?P<who>[^，。；]{2,60}?)(?:(?:的)?(?:工作|情况|专题|专项|有关|相关|关于[^，。；]{2,30}?))*(?:汇报|报告|介绍)")
_INVERTED = re.compile("(?P<verb>出席|参加|列席|主持)(?:了)?(?P<what>(?:[^，。；]{0,12}?(?:会议?|活动|仪式|大会|调研|座谈))?)的(?:还|领导|市领导|县领导|区领导)?(?:有|是|为)：?")
_HEAD_OF = re.compile("^(?:的)?(?:主要|有关|相关|分管|班子)?(?:负责人|负责同志|主要领导|领导|同志|代表|班子成员|成员单位|等)*(?:等)?(?:部门|单位)?(?:主要|有关|相关)?(?:负责人|负责同志|代表)?(?:分别|先后|就[^，。；]{1,30}|围绕[^，。；]{1,20}|对[^，。；]{1,20}|在主会场|在分会场|现场|一同|共同|也|还|向大会|在会上|代表[^，。；]{1,12}|(?:作了?|做了?|进行了?)(?:[\u4e00-\u9fff]{1,6})?)*$")
_LIST_GAP = re.compile("^(?:[、，和及与 ]|以及|等(?:多个|有关|相关|市直|县直|区直|省直)?(?:部门|单位)|(?:\\d+|各)个?(?:县|市|区|县（市、区）|乡镇|县区)|等|同志|领导|县领导|市领导|区领导|（[^（）]{1,24}）)*$")
_PRONOUN = re.compile("^[“”]?(?:他|她|他们|她们)(?:还|同时|又|先后|首先|最后|分别|并|在[^，。]{1,12}时|就[^，。]{1,20})*$")
_OBJECT_BEFORE = re.compile("(?:陪同|会见|会晤|接见|慰问|看望|接受|任命|免去|率领|带领|委托|[跟向对给将把])$")
_NOUN_USE = {"讲话": re.compile("精神|要求|稿|中"), "发言": re.compile("稿|人"), "主持": re.compile("人|词|下"), "要求": re.compile("的"), "部署": re.compile("会"), "参加": re.compile("的"), "表示": re.compile("(?:热烈|衷心|诚挚)?(?:欢迎|感谢|祝贺|慰问|哀悼)"), "通报": re.compile("会|批评|表扬"), "汇报": re.compile("会"), "传达": re.compile("到"), "说": re.compile("明"), "提出": re.compile("的"), "明确": re.compile("了?(?:责任|分工)")}
_LONGEST_SAID = 120
_NOT_DONE = re.compile("(?:将|拟|即将|拟于|不再|未|没有|邀请[^，]{1,5})$")
_NOUN_BEFORE = re.compile("(?<!发表)(?<!作)(?<!作了)(?:系列重要|重要|主旨|的|上述)$")
_CONTENT_OPENS = re.compile("(?:道|了)?[，：“]")


@dataclass(frozen=True, slots=True)
class _Verb:
    """A trigger in a sentence: its relation, and whether what follows it is speech."""

    start: int
    end: int
    type: str
    is_speech: bool
    word: str


@dataclass(slots=True)
class _Group:
    """The people or bodies that the next verb is said of."""

    members: list[tuple[Span, Ref]] = field(default_factory=list)
    used: bool = False


class Speech:
    """Reads participation sentence by sentence; a subject carries over to further verbs and to 他."""

    def __init__(self, reading: Reading, people: dict[str, Ref], bodies: Bodies, meetings: Meetings, ledger: Ledger, seeds: Seeds) -> None:
        """Compile the verbs and index everything that hides words from them."""
        self.reading, self.people, self.bodies = reading, people, bodies
        self.meetings, self.ledger = meetings, ledger
        rows = seeds.table("triggers")
        self._verb = re.compile(words([row["word"] for row in rows]))
        self._types = {row["word"]: (row["type"], row["content"] == "1") for row in rows}
        self._hidden = [m for label in ("DIRECTIVE", "POLICY", "MEETING") for m in reading.labelled(label)]
        self._in_posts = reading.labelled("POST")
        self.conveyors: dict[int, Ref] = {}
        """Who conveys at each 传达: the offset of the verb to its subject."""
        self._last: list[tuple[Span, Ref]] = []

    def read(self) -> None:
        """Read every sentence that reports."""
        for sentence in self.reading.sentences():
            self._sentence(sentence)

    def _sentence(self, sentence: Span) -> None:
        inverted = _INVERTED.search(self.reading.view, sentence.start, sentence.end)
        masked = [Span(start=m.start(), end=m.end()) for p in (_DELEGATED, _HEARD) for m in p.finditer(self.reading.view, sentence.start, sentence.end)]
        group = _Group()
        bodies = _Group()
        opening = self.reading.view[sentence.start : sentence.start + 24]
        stop = sentence.end
        subjects: list[tuple[Span, Ref]] = []
        for item in self._items(sentence, masked):
            if isinstance(item, _Verb):
                if item.start >= stop:
                    break
                if inverted and inverted.start() <= item.start < inverted.end():
                    continue
                if not group.members and not bodies.members and self._pronoun(sentence, item, opening):
                    group.members = list(self._last)
                subjects = self._subjects(group, bodies, item) or subjects
                group.used = bodies.used = True
                self._claim(item, subjects, sentence)
                if item.is_speech and _CONTENT_OPENS.match(self.reading.view, item.end):
                    stop = self._speech_ends(item.end, sentence)
                continue
            span, ref = item
            if span.start >= stop:
                continue
            target = group if ref.label == "PERSON" else bodies
            if target.used or (target.members and not self._is_list(target.members[-1][0], span)):
                target.members, target.used = [], False
            target.members.append((span, ref))
        if inverted:
            self._inverted(inverted, sentence)
        self._heard(sentence)
        if group.members:
            self._last = group.members

    def _subjects(self, group: _Group, bodies: _Group, verb: _Verb) -> list[tuple[Span, Ref]]:
        """Return what a verb is newly said of: the people before it, or the bodies where they stand nearer."""
        people = group.members if group.members and not group.used else []
        acting = self._bodies_before(bodies, verb) if not bodies.used else []
        return people or acting

    def _items(self, sentence: Span, masked: Sequence[Span]) -> Iterator[_Verb | tuple[Span, Ref]]:
        """Yield people, bodies and verbs of a sentence in text order, without those inside other names."""
        items: list[tuple[int, _Verb | tuple[Span, Ref]]] = []
        for mention in self.reading.labelled("PERSON", sentence):
            if not self._is_hidden(mention, masked) and not _OBJECT_BEFORE.search(self.reading.view[max(0, self._posts_start(mention) - 4) : self._posts_start(mention)]):
                items.append((mention.start, (mention, self.people[mention.id])))
        for mention in self.reading.labelled("ORG", sentence):
            in_post = any(p.start <= mention.start and mention.end <= p.end for p in self._in_posts)
            if mention.id in self.bodies.of_mention and not in_post and not self._is_hidden(mention, masked):
                items.append((mention.start, (mention, self.bodies.of_mention[mention.id])))
        items += [(span.start, (span, ref)) for span, ref in self.bodies.listed if sentence.start <= span.start < sentence.end]
        items += [(m.start, (m, self.bodies.of_mention[m.id])) for m in self._acting_places(sentence)]
        for match in self._verb.finditer(self.reading.view, sentence.start, sentence.end):
            span = Span(start=match.start(), end=match.end())
            noun = _NOUN_USE.get(match[0])
            before = self.reading.view[max(sentence.start, span.start - 8) : span.start]
            if self._is_hidden(span, masked) or (noun and noun.match(self.reading.view, span.end)) or _NOT_DONE.search(before):
                continue
            if match[0] in ("讲话", "发言") and _NOUN_BEFORE.search(before):
                continue
            kind, is_speech = self._types[match[0]]
            items.append((span.start, _Verb(span.start, span.end, kind, is_speech, match[0])))
        for _, item in sorted(items, key=lambda pair: pair[0]):
            yield item

    def _acting_places(self, sentence: Span) -> Iterator[Mention]:
        """Yield places that stand for their governments: 炉霍县、道孚县作了汇报, 歧坪镇作交流发言."""
        outer = [*self._in_posts, *self._hidden, *self.reading.labelled("ORG"), *self.reading.labelled("PERSON")]
        for mention in self.reading.labelled("PLACE", sentence):
            if self.reading.view[mention.start - 1 : mention.start] == "（":
                continue
            if mention.id in self.bodies.of_mention and not any(o.start <= mention.start and mention.end <= o.end for o in outer):
                yield mention

    def _posts_start(self, mention: Mention) -> int:
        """Return where the chain of posts before a name begins."""
        at = mention.start
        for post in reversed(self._in_posts):
            if post.end <= at and re.fullmatch("[、 ]?", self.reading.view[post.end : at]):
                at = post.start
        return at

    def _is_hidden(self, span: Span, masked: Sequence[Span]) -> bool:
        quoted = self.reading.view.count("“", max(0, span.start - 30), span.start) > self.reading.view.count("”", max(0, span.start - 30), span.start)
        return quoted or any(h.start <= span.start and span.end <= h.end for h in [*self._hidden, *masked])

    def _is_list(self, left: Span, right: Span) -> bool:
        """Say whether only posts, marks and connectives stand between two subjects."""
        gap = list(self.reading.view[left.end : right.start])
        for other in [*self.reading.labelled("POST"), *self.reading.labelled("ORG")]:
            if left.end <= other.start and other.end <= right.start:
                for i in range(other.start - left.end, other.end - left.end):
                    gap[i] = "、"
        return bool(_LIST_GAP.match("".join(gap)))

    def _pronoun(self, sentence: Span, verb: _Verb, opening: str) -> bool:
        return opening[:1] in ("他", "她") and bool(_PRONOUN.match(self.reading.view[sentence.start : verb.start]))

    def _bodies_before(self, bodies: _Group, verb: _Verb) -> list[tuple[Span, Ref]]:
        """Return the bodies that are the verb's subject: nothing but their heads' titles and adverbs stands between."""
        if not bodies.members or verb.type == "PRESIDED":
            return []
        gap = self.reading.view[bodies.members[-1][0].end : verb.start]
        return bodies.members if len(gap) <= 60 and _HEAD_OF.match(gap) or re.search("(?:负责人|负责同志|代表)[^，。；]{0,12}$", gap) else []

    def _speech_ends(self, at: int, sentence: Span) -> int:
        """Return where reported speech ends: at the next clause that opens with a post and a name, else with the sentence."""
        for clause in self.reading.clauses(Span(start=at, end=sentence.end) if at < sentence.end else sentence)[1:]:
            posts = [m for m in self.reading.labelled("POST", clause) if m.start - clause.start <= 1]
            if posts and any(0 <= p.start - posts[-1].end <= 40 for p in self.reading.labelled("PERSON", clause)):
                return clause.start
        return sentence.end

    def _claim(self, verb: _Verb, subjects: Sequence[tuple[Span, Ref]], sentence: Span) -> None:
        if verb.type == "CONVEYED":
            if subjects:
                self.conveyors[verb.start] = subjects[-1][1]
            return
        clause = next((c for c in self.reading.clauses(sentence) if c.start <= verb.start < c.end), sentence)
        after = Span(start=verb.start, end=max(clause.end, verb.end))
        if verb.is_speech:
            # What was said makes the passage worth reading: quote up to the end of the clause after the verb.
            said = next((c for c in self.reading.clauses(sentence) if c.start > verb.end - 1 and c.start >= after.end), None)
            after = Span(start=verb.start, end=said.end if said and said.end - verb.start <= _LONGEST_SAID else after.end)
        opening = self._subject_span(min((s for s, _ in subjects), key=lambda s: s.start)) if subjects else after
        meeting = self.meetings.named_in(Span(start=verb.start, end=max(clause.end, verb.end))) or self.meetings.at(sentence)
        if meeting is None:
            return
        for rank, (span, found) in enumerate(subjects, 1):
            ref = self._as_body(found, span) if found.label == "PLACE" else found
            evidence = self.reading.quote(opening, after, method=f"rule:{verb.word}", score=0.9 if ref.label == "PERSON" else 0.75)
            if verb.type == "ATTENDED":
                mode = "列席" if "列席" in verb.word else "视频" if re.search("分会场|视频", clause and self.reading.view[clause.start : clause.end]) else None
                self.ledger.claim("ATTENDED", ref, meeting, evidence, rank=rank, mode=mode)
            else:
                self.ledger.claim(verb.type, ref, meeting, evidence)

    def _as_body(self, place: Ref, span: Span) -> Ref:
        """Return the body that a place acts as; it keeps the place's name, which is what the page calls it."""
        known = self.ledger.properties(place)
        code = known.get("code")
        return self.ledger.entity(
            Ref("ORG", f"place|{place.key}"), self.ledger.name(place), at=span.start, kind="government", place_code=code, level=known.get("level")
        )

    def _heard(self, sentence: Span) -> None:
        """Read 听取江山市、龙游县工作汇报: who reported stands between the verb and its noun."""
        for match in _HEARD.finditer(self.reading.view, sentence.start, sentence.end):
            meeting = self.meetings.at(sentence)
            who = Span(start=match.start("who"), end=match.end("who"))
            if meeting is None:
                continue
            members = [(m, self.bodies.of_mention[m.id]) for m in self.reading.labelled("ORG", who) if m.id in self.bodies.of_mention]
            members += [(m, self.bodies.of_mention[m.id]) for m in self._acting_places(who)]
            for mention, ref in members:
                body = self._as_body(ref, mention) if ref.label == "PLACE" else ref
                self.ledger.claim("REPORTED_AT", body, meeting, self.reading.quote(Span(start=match.start(), end=match.end()), method="rule:heard", score=0.8))

    def _subject_span(self, span: Span) -> Span:
        if isinstance(span, Mention) and span.label == "PERSON":
            return Span(start=self._posts_start(span), end=span.end)
        return span

    def _inverted(self, match: re.Match[str], sentence: Span) -> None:
        """Read 参加会议的有甲、乙: the verb stands first, everybody after it is its subject."""
        kind = "PRESIDED" if match["verb"] == "主持" else "ATTENDED"
        head = Span(start=match.start(), end=match.end())
        meeting = self.meetings.named_in(head) or self.meetings.at(sentence)
        if meeting is None:
            return
        tail = Span(start=match.end(), end=sentence.end) if match.end() < sentence.end else sentence
        for rank, mention in enumerate(self.reading.labelled("PERSON", tail), 1):
            if not self._is_hidden(mention, ()):
                evidence = self.reading.quote(head, mention, method="rule:inverted", score=0.9)
                self.ledger.claim(kind, self.people[mention.id], meeting, evidence, rank=rank if kind == "ATTENDED" else None, mode="列席" if match["verb"] == "列席" else None)
