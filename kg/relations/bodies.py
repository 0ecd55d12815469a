"""Local entities for places and organisations, under the fullest name that the page supports."""

from __future__ import annotations

import re

from kg.records import Mention, Span
from kg.relations.ledger import Ledger, Ref
from kg.relations.reading import Reading
from kg.relations.territory import LEVEL_WORDS, Territory
from kg.tables.divisions import Division
from kg.tables.seeds import Seeds

_SPACE = re.compile(r"\s+")
_SAME = (
    ("生态环境保护", "生态环保"),
    ("环境保护", "环保"),
    ("人民政府", "政府"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("常务委员会", "常委会"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("人民代表大会", "人大"),
)
_KINDS = (
    (
        "party",
        re.compile("委$|委常委会$|党委|党组|纪委|组织部|宣传部|统战部|政法委|委办|党中央|中共中央|^中央$|党校|工委"),
    ),
    ("congress", re.compile("人大")),
    ("cppcc", re.compile("政协")),
    ("court", re.compile("法院|中院|高院")),
    ("procuratorate", re.compile("检察院")),
    ("group", re.compile("组$|指挥部|安委会|安办|专班|代表团")),
    ("company", re.compile("公司|集团|银行|厂$|煤矿|电厂|事业部|合作社")),
    ("government", re.compile("政府|国务院|管委会|开发区|园区|新区")),
    ("institution", re.compile("大学|学院|医院|中心|研究院|学校|中学|小学|馆")),
    ("association", re.compile("协会|商会|联合会|工会|妇联|团委|残联|工商联")),
)
_COMMITTEE_DEPARTMENT = re.compile(
    "(?:发改|发展改革|经信|卫健|卫计|国资|民宗|住建|编|科工|农|水保|教工|外事|交通|经贸)委$"
)
_OWN_NAME = frozenset({"company", "institution", "association", "military"})
_ELLIPSIS = re.compile("等(?:多个|有关|相关|各|市直|县直|区直|省直|\\d+个)*(?:部门|单位|局|委办局|委局)")
_ZONES = re.compile("(?P<suffix>(?:经济技术|高新技术产业|经济|高新技术)?开发区|高新区|新区|园区)(?P<body>管委会)?")


class Bodies:
    """Places and organisations of one document; organisations are keyed by division and bare name."""

    def __init__(self, reading: Reading, territory: Territory, ledger: Ledger, seeds: Seeds) -> None:
        """Keep what names are read with; `collect` adds the entities."""
        self.reading, self.territory, self.ledger = reading, territory, ledger
        self.departments = {row["word"]: (row["local"], row["provincial"]) for row in seeds.table("departments")}
        self.national = {row["word"]: row for row in seeds.table("org_bodies")}
        self.of_mention: dict[str, Ref] = {}
        self.division_of: dict[Ref, Division] = {}
        """The division of each body that has one."""
        self.listed: list[tuple[Span, Ref]] = []
        """Organisations that stand only as a word in an elliptical list, with where that word stands."""

    def collect(self) -> None:
        """Add every place and organisation that is mentioned outside the name of a meeting or document."""
        for mention in self.reading.labelled("PLACE"):
            self.of_mention[mention.id] = self.place(mention)
        for mention in self.reading.labelled("ORG"):
            if self.territory.of_mention.get(mention.id) is None:
                self.of_mention[mention.id] = self.organisation(mention.surface, mention.start, mention)
        self._elliptical()

    def place(self, mention: Mention) -> Ref:
        """Add the place of a mention: a division by its code, anything else by its name."""
        name = _SPACE.sub("", mention.surface)
        division = self.territory.of_mention.get(mention.id)
        if division is None:
            parent = self._division_before(mention)
            return self.ledger.entity(
                Ref("PLACE", name), name, at=mention.start, mention=mention, parent_code=parent.code if parent else None
            )
        return self.division(division, mention.start, mention, alias=name)

    def division(self, division: Division, at: int, mention: Mention | None = None, alias: str = "") -> Ref:
        """Add a division of the gazetteer."""
        return self.ledger.entity(
            Ref("PLACE", division.code or division.name),
            division.name,
            at=at,
            mention=mention,
            alias=alias,
            code=division.code,
            level=division.level,
            parent_code=division.parent,
        )

    def _division_before(self, mention: Mention) -> Division | None:
        """Return the division that stands directly before a local place (门源县|浩门镇)."""
        for other in self.reading.labelled("PLACE"):
            if other.end == mention.start:
                return self.territory.of_mention.get(other.id)
        return None

    def organisation(self, surface: str, at: int, mention: Mention | None = None) -> Ref:
        """Add an organisation by the name on the page, its place or level word resolved."""
        surface = _SPACE.sub("", surface)
        if surface in self.national and self.national[surface]["level"] == "national":
            row = self.national[surface]
            return self.ledger.entity(
                Ref("ORG", surface), surface, at=at, mention=mention, kind=row["kind"], level="national"
            )
        division, rest = self.territory.prefix(surface)
        short = _fold(rest)
        kind = _kind(rest)
        if division is None:
            level = next((w for w in LEVEL_WORDS if surface.removeprefix("中共").startswith(w)), "")
            key = f"{level}|{short}" if level else _fold(surface)
            return self.ledger.entity(Ref("ORG", key), surface, at=at, mention=mention, kind=kind)
        # 太原卫星发射中心 is no city's: only bodies of a division take its full name.
        keeps = kind in _OWN_NAME and not surface.startswith(division.name) and surface[:1] not in "省市县区州旗"
        name = surface if keeps else division.name + rest
        ref = Ref("ORG", f"{division.code or division.name}|{short}")
        self.division_of[ref] = division
        return self.ledger.entity(
            ref,
            name,
            at=at,
            mention=mention,
            alias=surface,
            kind=kind,
            level=division.level,
            place=division.name,
            place_code=division.code,
        )

    def acting(self, place: Ref, at: int) -> Ref:
        """Add the body that a place acts as; it keeps the place's name, which is what the page calls it."""
        known = self.ledger.properties(place)
        return self.ledger.entity(
            Ref("ORG", f"place|{place.key}"),
            self.ledger.name(place),
            at=at,
            kind="government",
            place_code=known.get("code"),
            level=known.get("level"),
        )

    def venue(self, name: str, at: int) -> Ref:
        """Add the place that a body or a building is as a venue: 在县委党校举行."""
        return self.ledger.entity(Ref("PLACE", f"venue|{name}"), name, at=at)

    def _elliptical(self) -> None:
        """Distribute prefix and suffix over 市发改、经信、环保等部门."""
        view = self.reading.view
        words = "|".join(sorted(map(re.escape, self.departments), key=len, reverse=True))
        levels = "|".join(LEVEL_WORDS)
        item = f"(?:{words})(?:局|委|厅|办)?"
        for match in re.finditer(f"(?P<level>{levels})(?P<items>{item}(?:、{item})+)(?={_ELLIPSIS.pattern})", view):
            provincial = match["level"] in ("省", "自治区")
            for part in re.finditer(item, match["items"]):
                word = re.sub("[局委厅办]$", "", part[0]) if part[0] not in self.departments else part[0]
                if word in self.departments:
                    at = match.start("items") + part.start()
                    name = match["level"] + self.departments[word][1 if provincial else 0]
                    ref = self.organisation(name, at)
                    self.listed.append((Span(start=at, end=at + len(part[0])), ref))
        offices = "政府办|人大办|政协办|纪委|监委|组织部|宣传部|统战部|政法委|编办"
        mixed = f"(?:{item}|{offices})"
        for match in re.finditer(
            f"(?P<level>{levels})[\u4e00-\u9fff]{{1,6}}(?P<items>(?:、{mixed})+)(?={_ELLIPSIS.pattern})", view
        ):
            for part in re.finditer(mixed, match["items"]):
                at = match.start("items") + part.start()
                local = self.departments.get(part[0], (part[0], part[0]))[0]
                if not any(span.start == at for span, _ in self.listed):
                    ref = self.organisation(match["level"] + local, at)
                    self.listed.append((Span(start=at, end=at + len(part[0])), ref))
        self._elliptical_zones()

    def _elliptical_zones(self) -> None:
        """Give each place of 临汾、侯马经济开发区 its own zone."""
        part = "(?:(?!经济|高新|技术)[\u4e00-\u9fff]){2,4}"
        pattern = f"(?P<items>{part}(?:、{part}){{1,4}}?)(?P<zone>{_ZONES.pattern})"
        for match in re.finditer(pattern, self.reading.view):
            at = match.start()
            for part in match["items"].split("、"):
                name = self._division_name(part)
                if name:
                    short, start = name + match["suffix"], at + len(part) - len(name)
                    ref = Ref("ORG", f"zone|{short}")
                    self.ledger.entity(ref, name + match["zone"], at=start, alias=short, kind="government")
                    self.listed.append((Span(start=start, end=start + len(name)), ref))
                at += len(part) + 1

    def _division_name(self, text: str) -> str:
        """Return the division's name that `text` is or ends in, or an empty string."""
        names = (text, text[-3:], text[-2:])
        return next((name for name in names if self.territory.divisions.by_name(name)), "")


def _fold(name: str) -> str:
    """Return the form in which names of one body agree: 环境保护局 and 环保局, 人民政府 and 政府."""
    for long, short in _SAME:
        name = name.replace(long, short)
    return name


def _kind(rest: str) -> str:
    if _COMMITTEE_DEPARTMENT.search(rest):
        return "department"
    return next((kind for kind, pattern in _KINDS if pattern.search(rest)), "department")
