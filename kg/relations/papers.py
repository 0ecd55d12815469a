"""Policies and directives: what was conveyed, deliberated, approved, and who issued it."""

from __future__ import annotations

import re

from kg.records import Mention, Span
from kg.relations.aliases import bare, document_aliases, without_alias
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.meetings import Meetings, dice
from kg.relations.reading import Reading

_CONVEY = re.compile("传达学习|学习传达|传达贯彻|传达|宣读学习|领学|(?:会议|集体|专题|认真)学习(?:贯彻)?")
_DELIBERATE = re.compile("研究审议|审议讨论|讨论审议|审议|研究讨论|讨论|研究|听取(?:和审议)?|审阅")
_APPROVE = re.compile("(?:原则(?:上)?|表决|审议|一致|讨论|会议|并|还)?(?:同意|通过)(?:了)?")
_SIGN = re.compile("签署|签订|签了|签定|签发|印发|出台|发布|公布|颁布|制定")
_NOT_SIGNED = re.compile("(?:按程序|修改后|完善后|尽快|适时|抓紧|研究|加快|要|将|拟|待|另行)[^，。；]{0,6}$")
"""A paper that is still to be issued: 修改完善后按程序印发."""
_KIND = (
    ("instruction", re.compile("批示|指示")),
    ("speech", re.compile("讲话|论述")),
    ("meeting_spirit", re.compile("(?:会议|大会|全会|座谈会|会)精神$")),
    ("deployment", re.compile("部署|要求")),
)
_POLICY_KIND = (
    ("law", re.compile("条例|法(?:案)?$|办法|规定|细则")),
    ("plan", re.compile("规划|计划|方案|纲要|行动|攻坚战|保卫战|工程")),
    ("opinion", re.compile("意见|决定|决议|通知")),
    ("report", re.compile("报告")),
)
_DRAFT = re.compile("[（(](?:[^（）()]{0,8}(?:稿|草案|试行|修订|暂行))[）)]$")
_SPAN_AFTER = 120


class Papers:
    """Policies and directives of one document and the relations that end in them."""

    def __init__(
        self, reading: Reading, people: dict[str, Ref], bodies: Bodies, meetings: Meetings, ledger: Ledger
    ) -> None:
        """Add the policies and directives themselves."""
        self.reading, self.people, self.bodies, self.meetings, self.ledger = reading, people, bodies, meetings, ledger
        self.of_mention: dict[str, Ref] = {}
        self._aliases = document_aliases(reading)
        for mention in reading.labelled("POLICY"):
            self.of_mention[mention.id] = self._policy(mention)
        issuer: tuple[list[tuple[str, Ref]], int] = ([], 0)
        for mention in reading.labelled("DIRECTIVE"):
            issuer = self._directive(mention, issuer)

    def read(self, conveyors: dict[int, Ref]) -> None:
        """Add CONVEYED, DELIBERATED, APPROVED, ISSUED; `conveyors` are the subjects of 传达 by its offset."""
        for sentence in self.reading.sentences():
            self._conveyed(sentence, conveyors)
            self._adopted(sentence)
            self._signed(sentence)

    def _policy(self, mention: Mention) -> Ref:
        surface = name = without_alias(re.sub(r"\s", "", mention.surface))
        given, meant = self._aliases.get(bare(name), (mention.start, name))
        name = meant if given <= mention.start else name
        key = _DRAFT.sub("", re.sub(r"[《》“”]|[（(][^（）()]*[）)]$", "", name))
        known = next((r for r in self.ledger.refs("POLICY") if r.key == key), None)
        ref = known or Ref("POLICY", key)
        is_title = name.startswith("《")
        kind = next((k for k, p in _POLICY_KIND if p.search(key)), "slogan" if name.startswith("“") else None)
        self.ledger.entity(
            ref,
            name,
            at=mention.start,
            mention=mention,
            alias=surface,
            kind=kind,
            doc_number=self._number(mention) if is_title else None,
        )
        if is_title:
            self._title_issuers(ref, mention)
        return ref

    def _number(self, mention: Mention) -> str | None:
        """Return the 发文字号 in brackets after a title: （国发〔2018〕22号）."""
        found = re.match(
            r"[（(]([\u4e00-\u9fff]{1,8}[〔\[［]\d{4}[〕\]］]\d+号)[）)]",
            self.reading.document.text[mention.end : mention.end + 24],
        )
        return found[1] if found else None

    def _title_issuers(self, ref: Ref, mention: Mention) -> None:
        for org in self.reading.labelled("ORG", mention):
            lead = self.reading.view[mention.start + 1 : org.start]
            if (
                re.fullmatch("(?:[^关]{0,30}?[、和])?", lead)
                and "关于" not in lead
                and org.id in self.bodies.of_mention
            ):
                self.ledger.claim(
                    "ISSUED",
                    self.bodies.of_mention[org.id],
                    ref,
                    self.reading.quote(mention, method="rule:title_issuer", score=0.9),
                )

    def _directive(
        self, mention: Mention, previous: tuple[list[tuple[str, Ref]], int]
    ) -> tuple[list[tuple[str, Ref]], int]:
        """Add a directive under its issuer's name without posts; a list goes on with the issuer before it."""
        text = re.sub(r"\s", "", mention.surface)
        issuers: list[tuple[str, Ref]] = [
            (m.surface, self.people[m.id]) for m in self.reading.labelled("PERSON", mention)
        ]
        if not issuers:
            posts = self.reading.labelled("POST", mention)
            for org in self.reading.labelled("ORG", mention):
                in_post = any(p.start <= org.start and org.end <= p.end for p in posts)
                inside_meeting = any(
                    m.start <= org.start and org.end <= m.end for m in self.reading.labelled("MEETING", mention)
                )
                if (
                    org.id in self.bodies.of_mention
                    and not in_post
                    and (not inside_meeting or org.start == mention.start)
                ):
                    issuers.append((org.surface, self.bodies.of_mention[org.id]))
        name = text
        if issuers and issuers[0][1].label == "PERSON":
            first = re.sub(r"\s", "", issuers[0][0])
            if len(issuers) == 1 and first in name:
                name = name[name.index(first) :]
        elif (
            not issuers
            and previous[0]
            and mention.start - previous[1] <= 4
            and not re.match("全|省|市|县|党|中央|国务院|自治区|自治州|区|州|地", text)
        ):
            issuers = previous[0]
            name = re.sub(r"\s", "", issuers[0][0]) + text
        kind = next((k for k, p in _KIND if p.search(name)), None)
        same = next((r for r in self.ledger.refs("DIRECTIVE") if dice(self.ledger.name(r), name) >= 0.85), None)
        ref = self.ledger.entity(
            same or Ref("DIRECTIVE", name),
            name,
            at=mention.start,
            mention=mention,
            kind=kind,
            alias=text,
            issuer="、".join(re.sub(r"\s", "", i[0]) for i in issuers) or None,
        )
        self.of_mention[mention.id] = ref
        evidence = self.reading.quote(mention, method="rule:directive", score=0.85)
        for _, issuer in issuers:
            self.ledger.claim("ISSUED", issuer, ref, evidence)
        return issuers, mention.end

    def _objects(self, start: int, sentence: Span, labels: tuple[str, ...]) -> list[Mention]:
        """Return the papers after a verb up to the next verb clause of the sentence."""
        found: list[Mention] = []
        at = start
        papers = sorted(
            (m for label in labels for m in self.reading.labelled(label, sentence) if m.start >= start),
            key=lambda m: m.start,
        )
        outer = [m for m in papers if not any(o is not m and o.start <= m.start and m.end <= o.end for o in papers)]
        for mention in outer:
            gap = self.reading.view[at : mention.start]
            if found and not re.fullmatch("(?:[、，和及与以等]|以及|还|并|《[^》]*》|（[^（）]*）|\\s)*", gap):
                break
            if not found and (len(gap) > _SPAN_AFTER or _OTHER_VERB.search(gap)):
                break
            found.append(mention)
            at = mention.end
        return found

    def _conveyed(self, sentence: Span, conveyors: dict[int, Ref]) -> None:
        for verb in _CONVEY.finditer(self.reading.view, sentence.start, sentence.end):
            if self._inside_paper(verb.start()):
                continue
            head = conveyors.get(verb.start())
            if head is None and not self._speaks_for_meeting(sentence, verb.start()):
                continue
            head = head or self.meetings.at(sentence)
            if head is None:
                continue
            for mention in self._objects(verb.end(), sentence, ("DIRECTIVE", "POLICY")):
                evidence = self.reading.quote(
                    Span(start=verb.start(), end=verb.end()), mention, method="rule:convey", score=0.9
                )
                self.ledger.claim("CONVEYED", head, self.of_mention[mention.id], evidence)

    def _speaks_for_meeting(self, sentence: Span, verb: int) -> bool:
        """Say whether no speech verb stands before: 强调，要学习传达… orders it, it does not report it."""
        return not re.search(
            "强调|指出|要求|表示|(?:^|[，。；])(?:一|二|三|四|五)?是?要|必须|进一步",
            self.reading.view[sentence.start : verb],
        )

    def _inside_paper(self, offset: int) -> bool:
        return any(
            m.start <= offset < m.end
            for label in ("POLICY", "DIRECTIVE", "MEETING")
            for m in self.reading.labelled(label)
        )

    def _adopted(self, sentence: Span) -> None:
        meeting = self.meetings.at(sentence)
        if meeting is None or re.search(
            "(?:强调|指出|要求)[，：]", self.reading.view[sentence.start : sentence.end].split("《")[0]
        ):
            return
        for type_, pattern in (("DELIBERATED", _DELIBERATE), ("APPROVED", _APPROVE)):
            for verb in pattern.finditer(self.reading.view, sentence.start, sentence.end):
                if self._inside_paper(verb.start()):
                    continue
                for mention in self._objects(verb.end(), sentence, ("POLICY",)):
                    if not mention.surface.startswith("《") and not re.search("报告|方案|计划|规划", mention.surface):
                        continue
                    clause = next(
                        (c for c in self.reading.clauses(sentence) if c.start <= verb.start() < c.end), sentence
                    )
                    evidence = self.reading.quote(clause, mention, method=f"rule:{type_.lower()}", score=0.9)
                    ref = self.of_mention[mention.id]
                    self.ledger.claim(type_, meeting, ref, evidence)
                    if type_ == "APPROVED" and re.search(
                        "审议|讨论|表决", self.reading.view[max(sentence.start, verb.start() - 6) : verb.end()]
                    ):
                        self.ledger.claim("DELIBERATED", meeting, ref, evidence)

    def _signed(self, sentence: Span) -> None:
        for verb in _SIGN.finditer(self.reading.view, sentence.start, sentence.end):
            if _NOT_SIGNED.search(self.reading.view[max(sentence.start, verb.start() - 12) : verb.start()]):
                continue
            clause = next((c for c in self.reading.clauses(sentence) if c.start <= verb.start() < c.end), sentence)
            papers = [m for m in self._objects(verb.end(), clause, ("POLICY",)) if m.surface.startswith("《")]
            before = Span(start=clause.start, end=verb.start()) if verb.start() > clause.start else clause
            people = self.reading.labelled("PERSON", before)
            heads = (
                [self.people[people[0].id]]
                if people
                else [
                    self.bodies.of_mention[m.id]
                    for m in self.reading.labelled("ORG", before)
                    if m.id in self.bodies.of_mention
                ][:1]
            )
            for mention in papers:
                for head in heads:
                    self.ledger.claim(
                        "ISSUED",
                        head,
                        self.of_mention[mention.id],
                        self.reading.quote(clause, mention, method="rule:sign", score=0.8),
                    )


_OTHER_VERB = re.compile("[。；]|，(?:要|并就|对|推动|推进|部署|安排|研究部署|会议|强调|指出|要求)")
