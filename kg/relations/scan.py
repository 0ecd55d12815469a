"""The people, bodies and verbs of a sentence in text order, without those that stand inside other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ref
from kg.relations.reading import Reading
from kg.tables.seeds import Seeds
from kg.text.matching_view import words

_DELEGATED = re.compile("受[^，。；]{2,40}?(?:委托|委派|指派)")
_ABSENT = re.compile(
    "(?:请假|缺席)(?:人员|同志|领导|的有)?：[^。\n]*|[^，。；！\n]*(?:请假|缺席|(?:因[公事病故][^，。；]{0,6})未(?:能)?(?:出席|参会|到会|参加))"
)
"""Who sent his excuses: 请假：甲、乙; 副县长甲因公请假."""
HEARD = re.compile(
    "(?:听取|听)(?:了)?(?P<who>[^，。；]{2,60}?)(?:(?:的)?(?:工作|情况|专题|专项|有关|相关|关于[^，。；]{2,30}?))*(?:汇报|报告|介绍)"
)
_LIST_GAP = re.compile(
    "^(?:[、，和及与 ]|以及|等(?:多个|有关|相关|市直|县直|区直|省直)?(?:部门|单位)|"
    "[省市县区州旗镇乡][\u4e00-\u9fff]{2,8}[站所办]|(?:\\d+|各)个?(?:县|市|区|县（市、区）|乡镇|县区)|等|同志|领导|县领导|市领导|区领导|（[^（）]{1,24}）)*$"
)
_OBJECT_BEFORE = re.compile("(?:陪同|会见|会晤|接见|慰问|看望|接受|任命|免去|率领|带领|委托|[跟向对给将把])$")
_NOUN_USE = {
    "讲话": re.compile("精神|要求|稿|中"),
    "发言": re.compile("稿|人"),
    "主持": re.compile("人|词|下"),
    "要求": re.compile("的"),
    "部署": re.compile("会"),
    "参加": re.compile("的"),
    "表示": re.compile("(?:热烈|衷心|诚挚)?(?:欢迎|感谢|祝贺|慰问|哀悼)"),
    "通报": re.compile("会|批评|表扬"),
    "汇报": re.compile("会"),
    "传达": re.compile("到"),
    "说": re.compile("明"),
    "提出": re.compile("的"),
    "明确": re.compile("了?(?:责任|分工)"),
}
_NOT_DONE = re.compile("(?:(?:将|拟|即将)[^，。；]{0,14}|不再|未|没有|邀请[^，]{1,5})$")
_DEMAND_BEFORE = re.compile("(?:批示|指示|讲话|工作|部署|的|有关|各项|目标|任务|精神|总)$")
_TITLED = re.compile("[作做]了?题为《[^》]{1,40}》的[^，。；]{0,6}$")
"""A speech that has a title: 作了题为《…》的主旨发言."""
_NOUN_BEFORE = re.compile("(?<!发表)(?<!作)(?<!作了)(?:系列重要|重要|主旨|的|上述)$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A trigger in a sentence: its relation, and whether what follows it is speech."""

    start: int
    end: int
    type: str
    is_speech: bool
    word: str


Subject = tuple[Span, Ref]
"""Where a subject is named, and the entity it names."""


class Scanner:
    """Reads the sentences of one page into subjects and verbs."""

    def __init__(self, reading: Reading, people: dict[str, Ref], bodies: Bodies, seeds: Seeds) -> None:
        """Compile the verbs and index everything that hides words from them."""
        self.reading, self.people, self.bodies = reading, people, bodies
        rows = seeds.table("triggers")
        self._verb = re.compile(words([row["word"] for row in rows]))
        self._types = {row["word"]: (row["type"], row["content"] == "1") for row in rows}
        self._names = [m for label in ("DIRECTIVE", "POLICY", "MEETING") for m in reading.labelled(label)]
        self._posts = reading.labelled("POST")

    def items(self, sentence: Span) -> Iterator[Verb | Subject]:
        """Yield subjects and verbs; what is delegated (受甲委托) or heard (听取甲汇报) is left out."""
        masked = [
            Span(start=m.start(), end=m.end())
            for pattern in (_DELEGATED, HEARD, _ABSENT)
            for m in pattern.finditer(self.reading.view, sentence.start, sentence.end)
        ]
        found: list[tuple[int, Verb | Subject]] = []
        for mention in self.reading.labelled("PERSON", sentence):
            start = self.posts_start(mention)
            before = self.reading.view[max(0, start - 4) : start]
            core = self.reading.view.startswith("同志为核心", mention.end)  # 以习近平同志为核心的党中央
            if not core and not self.is_hidden(mention, masked) and not _OBJECT_BEFORE.search(before):
                found.append((mention.start, (mention, self.people[mention.id])))
        for mention in self.reading.labelled("ORG", sentence):
            in_post = any(post.covers(mention) for post in self._posts)
            if mention.id in self.bodies.of_mention and not in_post and not self.is_hidden(mention, masked):
                found.append((mention.start, (mention, self.bodies.of_mention[mention.id])))
        listed = (item for item in self.bodies.listed if sentence.covers(item[0]))
        found += [(span.start, (span, ref)) for span, ref in listed]
        found += [(m.start, (m, self.bodies.of_mention[m.id])) for m in self.acting_places(sentence)]
        found += [(verb.start, verb) for verb in self._verbs(sentence, masked)]
        for _, item in sorted(found, key=lambda pair: pair[0]):
            yield item

    def _verbs(self, sentence: Span, masked: list[Span]) -> Iterator[Verb]:
        """Yield the verbs that report: not a noun of the same form, not what is still to come."""
        for match in self._verb.finditer(self.reading.view, sentence.start, sentence.end):
            word = match[0]
            span = Span(start=match.start(), end=match.end())
            noun = _NOUN_USE.get(word)
            before = self.reading.view[max(sentence.start, span.start - 20) : span.start]
            if word[0] == "作" and before[-1:] in tuple("工合动操运创写制协劳"):
                continue  # 工|作报告
            if self._types[word][0] == "REPORTED_AT" and before.endswith(("听取", "听取了", "听了", "听")):
                continue  # who hears a report does not give it
            if word == "要求" and _DEMAND_BEFORE.search(before):
                continue
            titled = _TITLED.search(self.reading.view, max(sentence.start, span.start - 60), span.start)
            is_noun = (noun and noun.match(self.reading.view, span.end)) or (
                word in ("讲话", "发言") and not titled and _NOUN_BEFORE.search(before)
            )
            if not is_noun and not _NOT_DONE.search(before) and not self.is_hidden(span, masked):
                type_, is_speech = self._types[word]
                yield Verb(span.start, span.end, type_, is_speech, word)

    def has_verb(self, start: int, end: int) -> bool:
        """Say whether a verb of participation stands between two offsets."""
        return self._verb.search(self.reading.view, start, end) is not None

    def acting_places(self, sentence: Span) -> Iterator[Mention]:
        """Yield places that stand for their governments: 炉霍县、道孚县作了汇报, 歧坪镇作交流发言."""
        outer = [*self._posts, *self._names, *self.reading.labelled("ORG"), *self.reading.labelled("PERSON")]
        for mention in self.reading.labelled("PLACE", sentence):
            in_brackets = self.reading.view[mention.start - 1 : mention.start] == "（"
            inside = in_brackets or any(other.covers(mention) for other in outer)
            if mention.id in self.bodies.of_mention and not inside:
                yield mention

    def posts_start(self, mention: Mention) -> int:
        """Return where the chain of posts before a name begins."""
        at = mention.start
        for post in reversed(self._posts):
            if post.end <= at and re.fullmatch("[、 ]?(?:政府)?", self.reading.view[post.end : at]):
                at = post.start
        return at

    def is_hidden(self, span: Span, masked: list[Span]) -> bool:
        """Say whether a span stands in quotes, in the name of something else, or in a masked stretch."""
        near = self.reading.view[max(0, span.start - 30) : span.start]
        return near.count("“") > near.count("”") or any(other.covers(span) for other in [*self._names, *masked])

    def is_list(self, left: Span, right: Span) -> bool:
        """Say whether only posts, marks and connectives stand between two subjects."""
        gap = list(self.reading.view[left.end : right.start])
        for other in [*self._posts, *self.reading.labelled("ORG"), *self.reading.labelled("PLACE")]:
            if left.end <= other.start and other.end <= right.start:
                for i in range(other.start - left.end, other.end - left.end):
                    gap[i] = "、"
        return bool(_LIST_GAP.match("".join(gap)))
