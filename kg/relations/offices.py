"""Posts as the page states them: title, organisation and division, a bare title by what stands before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.records import Mention
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.own_body import own_body
from kg.relations.reading import Reading
from kg.relations.tenses import when_held
from kg.relations.territory import Territory
from kg.tables.divisions import Division

_ACTING = re.compile("代理|代(?=[市县区省州局院主检])")
_WEAK = re.compile("(?:领导|领导同志|干部)$")
_ELIDED = re.compile("(?P<body>(?!副|代|原|常务).{1,8}?[^部厅局委][部厅局])长")
"""统战部长: 统战部 and 部长 share a 部."""
_BUREAU = re.compile(
    "(?P<body>(?!副|代|原|常务).{0,8}?(?:纪委监委|纪委|监委|政法委|[^部厅局][部厅局]))"
    "(?P<title>(?:常务)?副?(?:部长|厅长|局长|书记|主任))"
)
_GROUP = re.compile(
    "(?P<group>领导小组|督察组|督导组|督查组|巡视组|巡察组|工作组|检查组|调研组|指挥部|专班)(?P<title>.+)"
)
_OWN_PLACE = re.compile("^(?:自治区|副|常务副|第一副|代理?|原|时任|前|候任)*(?P<level>[省市县区州旗盟镇乡])长$")
_TOWNSHIP = re.compile("(?P<body>[镇乡](?:党委|政府|人大|纪委))(?P<title>.+)")
_LOCAL_UNIT = re.compile(
    "(?:^|[，。；：、\n])(?P<level>自治区|[省市县区州旗镇乡])[^，。；：、\n]{2,9}[站所办队心校院委会处科][长主副书][^，。；：、\n]{0,3}$"
)
"""The head of a unit that is no known body, but says whose it is: 镇水务站站长."""
_BODY_OF_TITLE = (
    (re.compile("主任$|秘书长$"), re.compile("人大|常委会|管委会|委$|委员会|办|中心|工委")),
    (re.compile("主席$|秘书长$"), re.compile("政协|工会|妇联|文联|自治区")),
    (re.compile("秘书长$"), re.compile("政府")),
    (re.compile("局长$"), re.compile("局$")),
    (re.compile("厅长$"), re.compile("厅$")),
    (re.compile("部长$"), re.compile("部$")),
    (re.compile("组长$|成员$|召集人$"), re.compile("组$")),
    (re.compile("院长$"), re.compile("院$|法院")),
    (re.compile("检察长$"), re.compile("检察院$")),
    (re.compile("书记$|常委$|委员$"), re.compile("委$|党组$|党委$|支部$|工委$")),
    (re.compile("队长$|政委$"), re.compile("队$")),
    (re.compile("行长$"), re.compile("行$")),
    (re.compile("校长$"), re.compile("校$|学$|院$")),
    (re.compile("总经理$|董事长$|经理$|总裁$"), re.compile("公司$|集团$")),
    (re.compile("会长$|理事长$"), re.compile("会$")),
)


@dataclass(frozen=True, slots=True)
class Office:
    """A post as one mention states it: its title, organisation and division, as far as the page says."""

    mention: Mention
    title: str
    org: Ref | None
    division: Division | None
    name: str
    acting: bool
    weak: bool
    when: str = ""
    """`past` for 原副市长, `planned` for 拟任副市长, empty where who stands beside it holds it."""


class Offices:
    """Reads every post mention of a page once, in order, so that a bare title can look back."""

    def __init__(self, reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger) -> None:
        """Read them all; `of_mention` gives the reading of each."""
        self.reading, self.territory, self.bodies, self.ledger = reading, territory, bodies, ledger
        self.of_mention: dict[str, Office] = {}
        history: list[Office] = []
        for mention in reading.labelled("POST"):
            office = self._read(mention, history)
            self.of_mention[mention.id] = office
            history.append(office)

    def as_acting(self, office: Office) -> Office:
        """Return the acting form of an office: 由…代理市长 makes 代理市长, a post of its own."""
        if office.acting:
            return office
        title = "代理" + office.title
        return replace(office, title=title, name=self._name(title, office.org, office.division), acting=True)

    def _read(self, mention: Mention, history: Sequence[Office]) -> Office:
        """Split a post mention into organisation, division and title; look back where it is a bare title."""
        surface = re.sub(r"\s", "", mention.surface)
        inner = [m for m in self.reading.labelled("ORG", mention) if m.start == mention.start and m.end < mention.end]
        places = [
            m for m in self.reading.labelled("PLACE", mention) if m.start == mention.start and m.end < mention.end
        ]
        org: Ref | None = None
        division: Division | None = None
        if inner:
            first = max(inner, key=lambda m: m.end)
            tail = [m for m in self.reading.labelled("ORG", mention) if m.start >= first.end and m.end < mention.end]
            end = max([first.end, *(m.end for m in tail)])
            title = re.sub(r"\s", "", self.reading.document.text[end : mention.end])
            org = self.bodies.organisation(self.reading.document.text[mention.start : end], mention.start)
        elif places:
            place = max(places, key=lambda m: m.end)
            division = self.territory.of_mention.get(place.id)
            title = re.sub(r"\s", "", self.reading.document.text[place.end : mention.end])
            if division is None:
                title = surface
        else:
            title = surface
            group = _GROUP.fullmatch(title)
            if group:
                org, title = self._last_group(group["group"], mention), group["title"]
            elided = _ELIDED.fullmatch(title)
            bureau = _BUREAU.fullmatch(title)
            if township := _TOWNSHIP.fullmatch(title):
                org, title = self.bodies.organisation(township["body"], mention.start), township["title"]
            if elided:
                division, org, title = self._bureau(elided["body"], elided["body"][-1] + "长", history, mention)
            elif bureau:
                division, org, title = self._bureau(bureau["body"], bureau["title"], history, mention)
        if org is not None:
            division = self.bodies.division_of.get(org)
        level = _OWN_PLACE.match(title)
        if division is None and org is None and level:
            word = "自治区" if title.startswith("自治区") else level["level"]
            division = self._of_list(word, mention, history) or self.territory.of_level(word)
        if division is None and org is None and title.startswith("自治区"):
            division = self.territory.of_level("自治区")
        before = self.reading.view[max(0, mention.start - 12) : mention.start]
        if title.startswith("行署") or before.endswith("行署"):
            org = self.bodies.organisation("行署", mention.start)
            title, division = title.removeprefix("行署"), self.territory.of_level("地区")
        weak = bool(_WEAK.search(title))
        if division is None and org is None and weak and title[:1] in "省市县区州旗":
            division = self.territory.of_level(title[0])
        if division is None and org is None and not level and not weak:
            org, division = self._look_back(title, mention, history)
            if division is None and org is None:
                org = own_body(self.reading, self.bodies, title, mention)
                division = self.bodies.division_of.get(org) if org else None
                if org is not None and org.label == "PLACE":  # a village or street is where, not what
                    division, org = Division("", self.ledger.name(org), ""), None
            if division is None and org is None and (local := _LOCAL_UNIT.search(before + title)):
                division = self.territory.of_level(local["level"])
        goes_on = history and not (inner or places) and self.reading.between(history[-1].mention, mention) == "、"
        chained = history[-1].when if goes_on else ""
        return Office(
            mention,
            _bare(title),
            org,
            division,
            self._name(title, org, division),
            bool(_ACTING.search(title)),
            weak,
            when_held(self.reading.view, title, mention.start) or chained,
        )

    def _bureau(
        self, name: str, title: str, history: Sequence[Office], mention: Mention
    ) -> tuple[Division | None, Ref | None, str]:
        """Read 统战部长 or 纪委书记 after 县委常委 as the head of a department of the same county's committee."""
        last = history[-1] if history and mention.start - history[-1].mention.end <= 1 else None
        above = self.ledger.name(last.org) if last and last.org else ""
        if above.endswith("委"):
            whole = above + name if name[-1] == "部" else above[:-1] + name
            return None, self.bodies.organisation(whole, mention.start), title
        if last and last.division:
            return last.division, self.bodies.organisation(last.division.name + name, mention.start), title
        return None, self.bodies.organisation(name, mention.start), title

    def _look_back(self, title: str, mention: Mention, history: Sequence[Office]) -> tuple[Ref | None, Division | None]:
        """Give a bare title (局长, 副主任) the organisation of its chain, or of an earlier post of its kind."""
        if title == "总书记":
            return None, None
        for head, body in _BODY_OF_TITLE:
            if not head.search(title):
                continue
            for office in reversed(history[-6:]):
                if office.org is None or self.reading.view.count("\n", office.mention.end, mention.start) > 1:
                    continue
                if body.search(self.ledger.name(office.org)):
                    return office.org, office.division
        if title.endswith("组长"):
            org = self._last_group("组", mention)
            if org is not None:
                return org, self.bodies.division_of.get(org)
        last = history[-1] if history else None
        if last is not None and self.reading.between(last.mention, mention) in ("", "、", "兼", " "):
            return last.org, last.division
        return None, None

    def _of_list(self, word: str, mention: Mention, history: Sequence[Office]) -> Division | None:
        """Return the division that a list names once for its posts: 灵宝市委书记甲、市长乙 (not the page's city)."""
        last = next(
            (office for office in reversed(history) if office.division and office.division.name.endswith(word)), None
        )
        if last is None or last.division is None or not mention.surface.startswith(word):
            return None
        gap = self.reading.view[last.mention.end : mention.start]
        is_named = last.mention.surface.startswith(last.division.name[:2])
        return (
            last.division
            if is_named and len(gap) < 40 and not re.search("[。；\n]|，[^，。]*[^，。、]{12}", gap)
            else None
        )

    def _last_group(self, ending: str, mention: Mention) -> Ref | None:
        """Return the group named last in the paragraph: 省督导组到我市督导。组长甲通报了情况 (its head reported)."""
        groups = [m for m in self.reading.labelled("ORG") if m.end <= mention.start and m.surface.endswith(ending)]
        if groups and self.reading.view.count("\n", groups[-1].end, mention.start) == 0:
            return self.bodies.organisation(groups[-1].surface, groups[-1].start)
        return None

    def _name(self, title: str, org: Ref | None, division: Division | None) -> str:
        if org is not None:
            whole, title = self.ledger.name(org), _bare(title)
            return whole + (title[2:] if title[:2] in ("党组", "党委") and whole.endswith(title[:2]) else title)
        title = _bare(title)
        if division is not None and not title.startswith(division.name):
            return division.name + title.removeprefix("自治区")
        return title


def _bare(title: str) -> str:
    """Return the title alone: 代市长 stays, because acting is a post of its own; 原 and 时任 say when, not what."""
    return re.sub("^(?:原|时任|前)", "", title)


def _head(title: str) -> str:
    return re.sub("^(?:常务|第一|党组|党委|代理|代|自治区|国家)+", "", title)


def is_same(left: Office, right: Office) -> bool:
    """Say whether two offices of one person on one page are the same post stated more and less fully."""
    if _head(left.title) != _head(right.title) or left.acting != right.acting:
        return False
    if left.title != right.title and left.title != _head(left.title) and right.title != _head(right.title):
        return False
    if left.org and right.org:
        return left.org == right.org or left.org.key.split("|")[-1] == right.org.key.split("|")[-1]
    return not (left.division and right.division and left.division != right.division)


def is_fuller(office: Office, other: Office) -> bool:
    """Say whether `office` says more than `other`."""
    return (bool(office.org), bool(office.division), len(office.title)) > (
        bool(other.org),
        bool(other.division),
        len(other.title),
    )
