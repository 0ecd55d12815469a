"""Appointments and removals: 任命…为…, 免去…职务, 接受…辞去…, 由…代理…, 当选."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.dates import find_dates
from kg.relations.holders import Holders
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings
from kg.relations.offices import Office
from kg.relations.reading import Reading

_APPOINT = re.compile("(?:任命|补选|选举|推选|增补|聘任|提名并任命|决定)(?:了)?")
_REMOVE = re.compile("(?:免去|免除|撤销|罢免)(?:了)?")
_AS = re.compile("^(?:同志)?(?:（[^（）]{1,30}）)?(?:为|任|担任|兼任|当选为|出任)(?:新任|第[^，。]{1,6}届)?")
_OF = re.compile("^(?:同志)?(?:（[^（）]{1,30}）)?的?")
_RESIGNS = re.compile("^(?:等[^，。；]{1,6}?)?(?:同志)?(?:请求)?辞去(?:担任)?(?:的)?")
_ACTS = re.compile("^(?:同志)?代理")
_TAKES = re.compile("^(?:同志)?(?:（[^（）]{1,30}）)?(?:已|现|拟)?(?:任|担任|出任|兼任|当选为?|接任|调任|转任|就任|为)")
_BIOGRAPHY = re.compile("^(?:同志)?(?:，[男女]，|（[男女]），)")
_LEAVES = re.compile("^(?:同志)?(?:（[^（）]{1,30}）)?(?:不再担任|卸任|不再兼任)")
_PLANNED = re.compile("^(?:同志)?(?:（[^（）]{1,30}）)?拟")
_POST_LIST = re.compile("^(?:、|和|及|，|兼)?\\s*$")
_TERM = re.compile(r"第?[\d一二三四五六七八九十]+届")
_DECIDES = re.compile("(?:[\\d日月上下午，]*)?(?:研究|审议|表决|投票)*(?:决定|任命|免去|通过|批准|接受|选举|补选|同意)")
_ORGAN = re.compile(
    "(.{0,30}?(?:人大常委会|人民代表大会常务委员会|人民代表大会|人大|政协|常委会|委员会|国务院|政府))(?:第|常务会)"
)
"""What decides at its meeting, and what goes on after it in the meeting's name."""
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、")
_HEADING = re.compile(
    "(?:(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]))?(?:会议)?(?:决定)?(?P<decision>任命|免去|免除|撤销|决定任命|批准任命|批准免去)(?:名单)?(?:：|$)"
)


class Appointments:
    """Reads APPOINTED and REMOVED, and the HOLDS that they begin or end."""

    def __init__(
        self,
        reading: Reading,
        people: dict[str, Ref],
        bodies: Bodies,
        holders: Holders,
        meetings: Meetings,
        ledger: Ledger,
    ) -> None:
        """Keep what appointments are read with."""
        self.reading, self.people, self.bodies = reading, people, bodies
        self.holders, self.meetings, self.ledger = holders, meetings, ledger
        self._organ: Ref | None = None
        self._heading = ""

    def read(self) -> None:
        """Read every sentence in order: a list of decisions goes on under the body named first."""
        self._by_office()
        for sentence in self.reading.sentences():
            named = self.meetings.named_in(sentence)
            self._organ = self._subject(sentence) or self._deciding(sentence) or self._organ_of(named) or self._organ
            self._head(sentence)
            for mention in self.reading.labelled("PERSON", sentence):
                self._person(mention, sentence)
            self._of_the_same(sentence)

    def _head(self, sentence: Span) -> None:
        """Keep the heading that the lines of a list stand under (一、任命：), until the next numbered one."""
        text = self.reading.view[sentence.start : sentence.end].strip()
        if heading := _HEADING.match(text):
            self._heading = heading["decision"]
        elif _NUMBERED.match(text):
            self._heading = ""

    def _by_office(self) -> None:
        """Read 办公室主任由甲兼任: the post stands before, its holder after 由."""
        posts = self.reading.labelled("POST")
        by = {post.end + 1: post for post in posts if self.reading.view[post.end : post.end + 1] == "由"}
        chained = {post.start: post.end for post in posts}
        for person in self.reading.labelled("PERSON") if by else ():
            after = self.reading.view[person.end : person.end + 6]
            if not re.match("(?:同志)?(?:兼任|担任)", after):
                continue
            for at, post in by.items():  # 主任由副市长甲兼任: his own post may stand before the name
                while at < person.start and at in chained:
                    at = chained[at] + (self.reading.view[chained[at] : chained[at] + 1] == "、")
                if at == person.start:
                    self.holders.add(self.people[person.id], [self.holders.offices.of_mention[post.id]], person)

    def _person(self, mention: Mention, sentence: Span) -> None:
        view = self.reading.view
        after = view[mention.end : sentence.end]
        clause_start = max(view.rfind(mark, sentence.start, mention.start) for mark in "，；。：\n") + 1
        lead = view[max(clause_start, sentence.start) : self._list_start(mention, sentence)]
        lead = lead if lead.strip() else self._heading
        last = self._list_end(mention, sentence)
        rest = view[last : sentence.end]
        if _PLANNED.match(rest):
            return
        if (match := _RESIGNS.match(rest)) or (_REMOVE.search(lead) and (match := _OF.match(rest))):
            self._decide("REMOVED", mention, last + match.end(), sentence)
        elif _APPOINT.search(lead) and (match := _AS.match(rest)):
            self._decide("APPOINTED", mention, last + match.end(), sentence)
        elif match := _ACTS.match(after):
            # 代理市长 is one post; in 代理某市人民政府市长 the verb stands apart.
            start = mention.end if list(self._offices(mention.end, sentence)) else mention.end + match.end()
            self._decide("APPOINTED", mention, start, sentence, acting=True)
        elif _BIOGRAPHY.match(after):
            now = re.search("现任|时任", after)
            if now:
                self._decide("HOLDS", mention, mention.end + now.end(), sentence)
        elif match := _LEAVES.match(after):
            self._decide("REMOVED", mention, mention.end + match.end(), sentence)
        elif (match := _TAKES.match(after)) and match[0][-1:] != "为":
            self._decide("APPOINTED", mention, mention.end + match.end(), sentence)

    def _of_the_same(self, sentence: Span) -> None:
        """Read 任命甲为…局长，免去其…局长职务: 其 is the person decided on before."""
        for match in re.finditer("(?:免去|免除)其(?:的|担任的)?", self.reading.view[sentence.start : sentence.end]):
            at = sentence.start + match.start()
            before = [m for m in self.reading.labelled("PERSON", sentence) if m.end <= at]
            if before:
                self._decide("REMOVED", before[-1], sentence.start + match.end(), sentence)

    def _list_start(self, mention: Mention, sentence: Span) -> int:
        """Return where the list of names begins that `mention` is part of (任命甲、乙为…)."""
        at = mention.start
        for other in reversed(self.reading.labelled("PERSON", sentence)):
            if other.end <= at and re.fullmatch("(?:同志)?(?:、|和)", self.reading.view[other.end : at]):
                at = other.start
        for post in self.reading.labelled("POST", sentence):
            if post.end == at:
                at = post.start
        return at

    def _list_end(self, mention: Mention, sentence: Span) -> int:
        at = mention.end
        for other in self.reading.labelled("PERSON", sentence):
            if other.start >= at and re.fullmatch("(?:同志)?(?:、|和)", self.reading.view[at : other.start]):
                at = other.end
        return at

    def _offices(self, start: int, sentence: Span) -> Iterator[Office]:
        """Yield the posts of the list that begins at `start`."""
        at = start
        for mention in self.reading.labelled("POST", sentence):
            if mention.start < at:
                continue
            if not _POST_LIST.match(self.reading.view[at : mention.start]):
                return
            if any(p.start == mention.end for p in self.reading.labelled("PERSON", sentence)):
                return
            yield self.holders.offices.of_mention[mention.id]
            at = mention.end

    def _decide(self, type_: str, person: Mention, start: int, sentence: Span, *, acting: bool = False) -> None:
        ref = self.people[person.id]
        offices: Sequence[Office] = list(self._offices(start, sentence))
        organ = self._organ
        dates = find_dates(self.reading, sentence)
        meeting = self.meetings.at(sentence)
        date = dates[0].edtf if dates else str(self.ledger.properties(meeting).get("date", "")) if meeting else ""
        if type_ == "HOLDS":
            self.holders.add(ref, offices, person)
            return
        clauses = self.reading.clauses(sentence)
        clause = next((c for c in clauses if c.start <= person.start < c.end), person)
        opening = Span(start=clause.start, end=person.end)  # with the verb: 免去甲的…职务
        for office in offices:
            post = self.holders.post(self.holders.offices.as_acting(office) if acting else office)
            evidence = self.reading.quote(opening, office.mention, method=f"rule:{type_.lower()}", score=0.9)
            if organ is None:
                organ = self._organ = self._organ_of(meeting)
            if organ is not None:
                self.ledger.claim(type_, organ, ref, evidence, key=post.key, post_id=post, date=date or None)
            if type_ == "APPOINTED":
                self.ledger.claim(
                    "HOLDS", ref, post, evidence, start=date or None, acting=(acting or office.acting) or None
                )
            elif date:  # a tenure that ended on no known day would look like one that goes on
                self.ledger.claim("HOLDS", ref, post, evidence, end=date)

    def _subject(self, sentence: Span) -> Ref | None:
        """Return the body that decides: 国务院任命, 中共中央决定, or the organ whose meeting it is."""
        view = self.reading.view
        if not re.search("任命|免去|任免|决定|接受|补选|选举|辞去", view[sentence.start : sentence.end]):
            return None
        for org in self.reading.labelled("ORG", sentence):
            announced = re.search("宣布(?:了)?(?:关于)?$", view[sentence.start : org.start]) and re.match(
                "关于[^，。：；]{0,40}决定", view[org.end : org.end + 60]
            )
            if announced and org.id in self.bodies.of_mention:
                return self.bodies.of_mention[org.id]
            opens = org.start == sentence.start or view[org.start - 1] in "，。；：\n"
            decides = re.match(
                "(?:(?:日前|近日|经研究|研究|\\d{1,2}月\\d{1,2}日|\\d{1,2}日)*(?:决定|任命|免去|任免|批准)|关于[^，。；]{0,30}任免)",
                view[org.end : org.end + 48],
            )
            in_post = any(p.start <= org.start and org.end <= p.end for p in self.reading.labelled("POST", sentence))
            if opens and decides and not in_post and org.id in self.bodies.of_mention:
                return self.bodies.of_mention[org.id]
        return None

    def _organ_of(self, meeting: Ref | None) -> Ref | None:
        """Return the organ whose numbered meeting decides: 泉州市十六届人大常委会第十三次会议."""
        if meeting is None:
            return None
        at = next(
            (m.start for m in self.reading.labelled("MEETING") if self.meetings.of_mention.get(m.id) == meeting), 0
        )
        return self._organ_in(self.ledger.name(meeting), at)

    def _deciding(self, sentence: Span) -> Ref | None:
        """Return the organ of the meeting that a sentence says decided: 市人大常委会第三次会议任命甲, 经…会议通过."""
        for mention in self.reading.labelled("MEETING", sentence):
            decides = _DECIDES.match(self.reading.view, mention.end)
            if decides and (organ := self._organ_in(re.sub(r"\s", "", mention.surface), mention.start)) is not None:
                return organ
        return None

    def _organ_in(self, meeting: str, at: int) -> Ref | None:
        """Return the organ that the name of its numbered meeting begins with."""
        body = _ORGAN.match(meeting)
        if body is None:
            return None
        # One committee through all its terms: 第十七届人民代表大会常务委员会 is 人大常委会.
        name = _TERM.sub("", body[1]).replace("人民代表大会常务委员会", "人大常委会")
        return self.bodies.organisation(name, at)
