"""The meetings of a page: which mentions are one meeting, what it is called, when and where it was held."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from kg.records import Mention, Span
from kg.relations.bodies import Bodies
from kg.relations.dates import DateMention, find_dates
from kg.relations.ledger import Ledger, Ref
from kg.relations.naming import fuller_name, talk_name, unnamed_meeting
from kg.relations.reading import Reading
from kg.relations.territory import LEVEL_WORDS, Territory
from kg.relations.venues import Venues
from kg.tables.seeds import Seeds
from kg.text.matching_view import fold

_WHEN = (
    r"(?:于|定于|拟于|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|至\d{1,2}日|日前|近日|今天|昨天|今日|昨日|[上下]午|晚上?|在[^，。；]{1,24}?|"
    r"以[^，。；]{1,12}?形式|隆重|顺利|正式|如期|胜利|继续|，|,|\s)*"
)
_HELD_AFTER = re.compile(f"{_WHEN}(?:召开|举行|举办|开幕|闭幕|拉开)")
_HELD_BEFORE = re.compile("(?:召开|举行|举办|主持|组织|开)(?:了|过)?(?:第[0-9一二三四五六七八九十]+次)?$")
_ATTENDED_BEFORE = re.compile("(?:出席|参加|列席|参与)(?:了)?$")
_WATCHED_BEFORE = re.compile("(?:收看|收听|观看|收听收看|收视收听|收听收视)(?:了)?$")
_NOT_YET = re.compile("(?:将|拟|定于|筹备|召集|推迟|提请|提交|报请|报送|即将|准备)[^，。；]{0,12}$")
_CONVEYED_AFTER = re.compile(
    "(?:的)?(?:[^，。；]{0,4})?精神|关于[^，。]{2,24}(?:部署|要求|精神)|(?:的)?(?:部署要求|要求|决策部署|决定|备案|决议)|备案"
)
_REFERENCE = re.compile(
    "会议(?:指出|强调|要求|认为|审议|宣读|传达|学习|听取|研究|决定|通报|还|由|以|明确|宣布|原则)|会上|召开会议|举行会议|参加会议|出席会议|主持会议|到会|参会|与会"
)
_ADOPTS = re.compile("(?:经过)?(?:审议|表决|听取|通过|决定|补选|传达|研究)(?!的)")
_BY_VIDEO = re.compile("以(?:电视电话|电视|电话|视频|网络视频)(?:会议)?(?:的)?形式")
_ON_VISIT = re.compile("(?:调研|检查|督导|督查|考察|视察|慰问|走访)[^，。]{0,12}时")
_VIDEO = re.compile("视频|电视|电话")
_ALIKE = 0.6
"""From which share on the model's word is taken that two mentions name one meeting."""
_STATED, _UNSTATED = 0.2, 0.5
"""From which share on the model's word is taken that a page reports on a meeting, where its words say so and not."""


@dataclass(slots=True)
class _Cluster:
    """One meeting while its mentions are gathered."""

    names: list[str]
    mentions: list[Mention]
    first: int
    main: bool
    date: DateMention | None = None
    ref: Ref | None = None


class Meetings:
    """Meetings of one document; `at(offset)` says which one is under way there."""

    def __init__(self, reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger, seeds: Seeds) -> None:
        """Gather, name and date the meetings and add them to the ledger."""
        self.reading, self.territory, self.bodies, self.ledger = reading, territory, bodies, ledger
        self.kinds = {fold(row["word"]): row["kind"] for row in seeds.table("meeting_suffixes")}
        self.of_mention: dict[str, Ref] = {}
        self._turns: list[tuple[int, Ref | None]] = []
        self._cores: dict[str, str] = {}
        self._body_dates: list[DateMention] | None = None
        self._dated = [m for label in ("DIRECTIVE", "POLICY") for m in reading.labelled(label)]
        self._called = {m.id: talk_name(reading, m) or m.surface for m in reading.labelled("MEETING")}
        clusters = self._gather()
        for ordinal, cluster in enumerate(clusters, 1):
            cluster.ref = self._add(cluster, ordinal)
        self._main = [c.ref for c in clusters if c.main and c.ref]
        self._turns = sorted(
            (m.start, c.ref)
            for c in clusters
            if c.main
            for m in c.mentions
            if reading.document.zone_at(m.start) != "title"
        )
        venues = Venues(reading, territory, bodies, ledger)
        for cluster in clusters:
            if cluster.ref is not None:
                venues.read(cluster.ref, cluster.mentions)

    def visit(self, offset: int) -> None:
        """Note that from `offset` on the page is about a visit, until a meeting is named again."""
        self._turns = sorted([*self._turns, (offset, None)], key=lambda turn: turn[0])

    def at(self, sentence: Span) -> Ref | None:
        """Return the meeting under way in a sentence: the last one held there or before, else the page's first."""
        turns = self._turns
        is_title = self.reading.document.zone_at(sentence.start) == "title"
        if is_title and _ON_VISIT.search(self.reading.view, sentence.start, sentence.end):
            return None
        if _REFERENCE.search(self.reading.view, sentence.start, sentence.end):
            turns = [turn for turn in turns if turn[1] is not None]
        at = bisect_right([offset for offset, _ in turns], sentence.end - 1)
        if at:
            return turns[at - 1][1]
        return self._main[0] if self._main else None

    def named_in(self, span: Span) -> Ref | None:
        """Return the last meeting named inside `span`, or `None`."""
        named = [self.of_mention[m.id] for m in self.reading.labelled("MEETING", span) if m.id in self.of_mention]
        return named[-1] if named else None

    def _role(self, mention: Mention) -> str:
        """Return what the page says of the meeting there, by the words around it and by what the model sees."""
        role = self._stated_role(mention)
        reported = self.reading.reported.get(mention.id)
        if reported is None or role not in ("held", "mentioned"):
            return role
        return "held" if reported >= (_STATED if role == "held" else _UNSTATED) else "mentioned"

    def _stated_role(self, mention: Mention) -> str:
        """Return what the words around it say of a meeting: held, attended, watched, conveyed or mentioned."""
        view = self.reading.view
        before, after = view[max(0, mention.start - 12) : mention.start], view[mention.end : mention.end + 40]
        if any(d.start <= mention.start and mention.end <= d.end for d in self.reading.labelled("DIRECTIVE")):
            return "conveyed"
        if _CONVEYED_AFTER.match(after):
            return "conveyed"
        if _WATCHED_BEFORE.search(before):
            return "watched"
        held_after = _HELD_AFTER.match(after)
        if _NOT_YET.search(before) or (held_after and re.search("将|拟|定于", held_after[0])):
            return "mentioned"
        if after.startswith(("上，", "上,", "上")) and not after.startswith(
            ("上的", "上强调", "上指出", "上讲话", "上的讲话")
        ):
            return "held"
        if _ADOPTS.match(after):
            return "held"
        if held_after or (_HELD_BEFORE.search(before) and not after.startswith("的")):
            return "held"
        if _ATTENDED_BEFORE.search(before):
            return "attended"
        if self.reading.document.zone_at(mention.start) == "title":
            return "held"
        return "mentioned"

    def _gather(self) -> list[_Cluster]:
        """Put the mentions of one meeting together, held ones first; a later short form joins the meeting it ends."""
        roles = {m.id: self._role(m) for m in self.reading.labelled("MEETING")}
        mentions = self.reading.labelled("MEETING")
        wanted = [m for m in mentions if roles[m.id] == "held"] or [m for m in mentions if roles[m.id] == "attended"]
        referred = _REFERENCE.search(self.reading.view)
        if not wanted and referred and self.reading.document.kind == "report":
            wanted = [m for m in mentions if roles[m.id] == "mentioned" and len(m.surface) >= 3][:1]
        held = {mention.id for mention in wanted}
        others = (m for m in mentions if roles[m.id] != "conveyed" and m.id not in held)
        clusters: list[_Cluster] = []
        numbered: dict[str, list[_Cluster]] = {}
        for mention in (*wanted, *others):
            date, serial = self._date(mention), _serial(self._called[mention.id])
            # 第5次会议 can only be 第5次会议 or a meeting that is named without its number.
            alike = [*numbered.get(serial, ()), *numbered.get("", ())] if serial else clusters
            found = next((c for c in alike if self._is_same(c, mention, date)), None)
            if found is not None:
                found.names.append(self._called[mention.id])
                found.mentions.append(mention)
                found.first = min(found.first, mention.start)
                found.date = found.date or date
            elif mention.id in held or roles[mention.id] in ("watched", "attended"):
                cluster = _Cluster([self._called[mention.id]], [mention], mention.start, mention.id in held, date)
                clusters.append(cluster)
                numbered.setdefault(serial, []).append(cluster)
        if clusters and not any(c.main for c in clusters):
            clusters[0].main = True  # a page that only reports how a higher meeting was watched is about that meeting
        if not any(c.main for c in clusters) and referred and self.reading.document.kind == "report":
            name = unnamed_meeting(self.reading, self.bodies)
            if name:
                clusters.append(_Cluster([name], [], referred.start(), True, self._lead_date()))
        for cluster in clusters:
            if cluster.main and cluster.date is None:
                cluster.date = (
                    self._date_before(max((m.start for m in cluster.mentions), default=cluster.first))
                    or self._lead_date()
                )
        return sorted(clusters, key=lambda c: c.first)

    def _is_same(self, cluster: _Cluster, mention: Mention, date: DateMention | None) -> bool:
        if cluster.date and date and cluster.date.edtf != date.edtf:
            return False
        if any(self._likeness(other, mention) >= _ALIKE for other in cluster.mentions):
            return True
        level, other = self._level(mention), self._level(cluster.mentions[0]) if cluster.mentions else ""
        if level and other and level != other:
            return False
        core = self._core(self._called[mention.id])
        for name in map(self._core, cluster.names):
            if name == core or (len(core) >= 3 and name.endswith(core)) or (len(name) >= 3 and core.endswith(name)):
                return True
            if _serial(name) == _serial(core) and dice(name, core) >= 0.6:
                return True
        return False

    def _likeness(self, one: Mention, other: Mention) -> float:
        """Return how likely the model thinks two mentions name one meeting, 0 where it has not read the page."""
        return max(self.reading.alike.get(pair, 0.0) for pair in ((one.id, other.id), (other.id, one.id)))

    def _level(self, mention: Mention) -> str:
        """Return whose meeting a mention says it is: 全国…会议, 我省召开…会议."""
        own = re.match("(?:全|我)([国省市县区州旗])", mention.surface)
        before = self.reading.view[max(0, mention.start - 12) : mention.start]
        convened = re.search("[我全]([省市县区州旗])(?:也|又|立即|随即|随后|接着)?(?:召开|举行)(?:了)?$", before)
        found = own or convened
        return found[1] if found else ""

    def _core(self, name: str) -> str:
        """Return a meeting's name without its place or level, its quotes, and with 会 written out as 会议."""
        if name not in self._cores:
            bare = re.sub(r"[\s“”‘’（）()]", "", name)
            division, rest = self.territory.prefix(bare)
            if division is None and bare[:1] in LEVEL_WORDS:
                rest = bare[1:]
            self._cores[name] = re.sub("会(?:议)?$", "会议", rest or bare)
        return self._cores[name]

    def _date(self, mention: Mention) -> DateMention | None:
        """Return the date nearest to a mention in its sentence, dates inside other names left out."""
        sentence = self.reading.sentence_at(mention.start)
        named = [m for label in ("MEETING", "POLICY", "DIRECTIVE") for m in self.reading.labelled(label, sentence)]
        dates = [d for d in self._dates(sentence) if not any(m.start <= d.start and d.end <= m.end for m in named)]
        clause = next((c for c in self.reading.clauses(sentence) if c.start <= mention.start < c.end), sentence)
        return min(dates, key=lambda d: (_distance(d, mention), not d.overlaps(clause), d.start), default=None)

    def _dates(self, sentence: Span) -> list[DateMention]:
        """Return the dates of a sentence that are not the page's own (dateline, publish line)."""
        return [
            d
            for d in find_dates(self.reading, sentence)
            if self.reading.document.zone_at(d.start) not in ("dateline", "publish_line", "byline")
            and not any(m.covers(d) for m in self._dated)
        ]

    def _date_before(self, offset: int) -> DateMention | None:
        """Return the last date of the body before `offset`: what 当天 and 随后 hang on."""
        if self._body_dates is None:
            self._body_dates = [date for sentence in self.reading.sentences() for date in self._dates(sentence)]
        at = bisect_left(self._body_dates, offset, key=lambda date: date.start)
        return self._body_dates[at - 1] if at else None

    def _lead_date(self) -> DateMention | None:
        """Return the first date of the first sentences of the body."""
        for number, sentence in enumerate(self.reading.sentences()):
            if number > 3:
                return None
            if self.reading.document.zone_at(sentence.start) != "title":
                dates = self._dates(sentence)
                if dates:
                    return dates[0]
        return None

    def _by_video(self, cluster: _Cluster) -> bool:
        """Say whether the page says that a meeting was held by video: 会议以视频形式召开."""
        spans = (self.reading.sentence_at(mention.start) for mention in cluster.mentions)
        return any(_BY_VIDEO.search(self.reading.view, span.start, span.end) for span in spans)

    def _add(self, cluster: _Cluster, ordinal: int) -> Ref:
        names = Counter(re.sub(r"\s", "", n) for n in cluster.names)
        best = max(names, key=lambda n: (len(n), names[n], n))
        anchor = next(
            (m for m in cluster.mentions if self._called[m.id] == best),
            cluster.mentions[0] if cluster.mentions else None,
        )
        name, division = fuller_name(self.reading, self.territory, self.bodies, best, anchor, self.kinds)
        suffix = next((w for w in sorted(self.kinds, key=len, reverse=True) if best.endswith(w)), "")
        text = self.reading.view[cluster.mentions[0].start : cluster.mentions[0].end] if cluster.mentions else best
        ref = Ref("MEETING", f"{ordinal}|{name}")
        self.ledger.entity(
            ref,
            name,
            at=cluster.first,
            kind=self.kinds.get(suffix),
            mode="video" if _VIDEO.search(text) or self._by_video(cluster) else None,
            date=cluster.date.edtf if cluster.date else None,
            date_from=cluster.date.origin if cluster.date else None,
            place_code=division.code if division else None,
            level=division.level if division else None,
        )
        for other in names:
            self.ledger.entity(ref, name, at=cluster.first, alias=other)
        for mention in cluster.mentions:
            self.ledger.entity(ref, name, at=mention.start, mention=mention)
            self.of_mention[mention.id] = ref
        return ref


def dice(left: str, right: str) -> float:
    """Return the Dice coefficient of the character bigrams of two names, 0 … 1."""
    a, b = (Counter(s[i : i + 2] for i in range(max(1, len(s) - 1))) for s in (left, right))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def _serial(name: str) -> str:
    found = re.search("第([0-9一二三四五六七八九十百]+)次", name)
    return found[1] if found else ""


def _distance(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)
