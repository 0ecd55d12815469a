"""Names in the form they are compared under."""

from __future__ import annotations

import re
from typing import Final

from kg.records import Properties
from kg.tables.divisions import Divisions
from kg.tables.seeds import Seeds

NATIONAL: Final = "national"
"""The scope of what belongs to the whole state; every other scope is a division code."""

NATIONAL_PARTY: Final = "中央"
"""By itself the party's centre; at the beginning of a longer name anything (中央大街)."""

_OF_THE_STATE: Final = ("国家主席", "国家副主席", "国务委员", "中央政治局", "中央书记处", "中央纪委")
_LEVEL: Final = "省市县区州盟旗乡镇"
_SPACES: Final = re.compile(r"[\s\u3000]+")
_DOTS: Final = re.compile("[•・‧∙⋅･]")
_ACTING: Final = re.compile(f"(?:代理|代)(?=[{_LEVEL}]长$|主席$|检察长$|院长$)")
_HEAD: Final = re.compile(f"政府((?:常务)?副?[{_LEVEL}]?长)$")
_TERM: Final = re.compile("第?[一二三四五六七八九十]+届")
_TWICE: Final = re.compile(r"([部局厅院署处])\1长$")
_BARE_HEAD: Final = re.compile(f"[{_LEVEL}]长$")
_PLACED_TITLE: Final = re.compile(f"(?:常务)?副?[{_LEVEL}]?长|[{_LEVEL}]?领导")
_DEPUTY: Final = re.compile("^(?:常务|第一)?副")
_ONE_IN_THE_STATE: Final = ("总书记", "总理", "委员长")
_DRAFT: Final = re.compile(r"[（(][^（）()]*(?:草案|稿)[^（）()]*[)）]$")
_YEAR: Final = re.compile(r"\d{4}[—-]?(?:\d{4})?年?度?")
_NAMES_THE_STATE: Final = re.compile("全国|中国|国家|中共|中央|国务院|中华人民共和国")
SHORTEST_TITLE: Final = 8
NAMED_KINDS: Final = ("plan", "campaign")
"""Kinds of policies that go by a name of their own, in 《》 or not."""

SHORTEST_DIRECTIVE: Final = 10
SHORTEST_SUBJECT: Final = 4
"""Characters of a document's title that must be left when all generic words are taken out."""


def person_key(name: str) -> str:
    """Return the name without spaces and with one kind of dot; empty for what names nobody.

    >>> person_key("王 兵"), person_key("雪•甲乙"), person_key("张某"), person_key("王")
    ('王兵', '雪·甲乙', '', '')
    """
    key = _DOTS.sub("·", _SPACES.sub("", name))
    return "" if len(key) < 2 or "某" in key else key


class OfficeNames:
    """Brings names of posts, organisations and meetings into one form within their division.

    临汾市人民政府, 临汾市政府 and 市政府 are one name where the division is known to be 临汾市.

    Args:
        divisions: Names of the divisions by code.
        seeds: Tables `office_forms`, `org_bodies`, `titles` and `generic_policy_words`.
    """

    def __init__(self, divisions: Divisions, seeds: Seeds) -> None:
        """Read the tables."""
        self._divisions = divisions
        self._forms = [(row["long"], row["short"]) for row in seeds.table("office_forms")]
        generic = sorted(seeds.words("generic_policy_words"), key=len, reverse=True)
        self._generic = re.compile("|".join(map(re.escape, generic)))
        # 财政部 may begin 财政部门, which every city has; 国务院 and 中央政法委 begin nothing local.
        bodies = {word for word in seeds.words("org_bodies", level=NATIONAL) if _NAMES_THE_STATE.match(word)}
        self._national = tuple(sorted({*bodies, *_OF_THE_STATE} - {NATIONAL_PARTY}))
        self._titles = frozenset(seeds.words("titles"))
        self._places: dict[str, tuple[str, ...]] = {}

    def scope(self, name: str, properties: Properties) -> str:
        """Return the division code, `NATIONAL`, or an empty string when nobody knows where this belongs.

        中共中央政治局委员 and 国务委员 name the state themselves.
        """
        code = properties.text("place_code")
        if code.isdigit() and code.strip("0"):
            return code
        is_national = properties.text("level") == NATIONAL or name == NATIONAL_PARTY or name.startswith(self._national)
        return NATIONAL if is_national else ""

    def core(self, name: str, scope: str) -> str:
        """Return `name` without its division and what that lies in, without its level (市, 县 …) and term (八届)."""
        core = _TERM.sub("", _SPACES.sub("", name)) or name
        for long, short in self._forms:
            core = core.replace(long, short)
        core = core.removeprefix("中共") if core != "中共" else core
        shortened = True
        while shortened:
            shortened = False
            for place in self._names(scope):
                if core.startswith(place) and len(core) > len(place):
                    core, shortened = core[len(place) :], True
                    break
        core = re.sub("^自治[区州县旗]", "", core)
        if scope != NATIONAL and len(core) > 1 and core[0] in _LEVEL:
            core = core[1:]
        return core

    def post(self, name: str, title: str, org_core: str, scope: str) -> str:
        """Return the form of a post, empty where its title alone does not tell it from others at the same place.

        代市长 and 市长 are one post, 外交部部长 and 外交部长 too; 局长 without a bureau is none.
        """
        core = _HEAD.sub(r"\1", _ACTING.sub("", self.core(name, scope)))
        bare = _ACTING.sub("", title)
        if self._is_bare(core, bare) and not (_PLACED_TITLE.fullmatch(core) or "自治" in name):
            if not org_core:
                return ""
            core = org_core + bare
        elif not core:
            return ""
        return "长" if _BARE_HEAD.fullmatch(core) else _TWICE.sub(r"\1长", core)

    def policy(self, name: str, kind: str) -> str:
        """Return the name of a policy without brackets and draft marks; empty where many share it.

        A slogan is known by its words. A title in 《》 names one document when it is long enough and says what it
        is about; a plan or campaign without 《》 must do the latter.
        """
        spaceless = _SPACES.sub("", name)
        title = _DRAFT.sub("", spaceless.strip("《》〈〉“”"))
        is_title = spaceless.startswith("《")
        if kind == "slogan" and not is_title:
            return title
        if len(title) < SHORTEST_TITLE and (is_title or kind not in NAMED_KINDS):
            return ""
        if _NAMES_THE_STATE.search(title):
            return title
        subject = self._generic.sub("", _YEAR.sub("", title))
        return title if len(subject) >= SHORTEST_SUBJECT else ""

    def _is_bare(self, core: str, title: str) -> bool:
        names_body = core in _ONE_IN_THE_STATE or core.startswith(self._national)
        return core == title and _DEPUTY.sub("", core) in self._titles and not names_body

    def _names(self, scope: str) -> tuple[str, ...]:
        """Return all names of a division and of those it lies in, longest first."""
        if scope not in self._places:
            division = self._divisions.by_code(scope)
            chain = (division, *self._divisions.ancestors(division)) if division else ()
            names = {n for d in chain for n in (d.name, *d.aliases, *d.weak_aliases)}
            self._places[scope] = tuple(sorted(names, key=lambda n: (-len(n), n)))
        return self._places[scope]


def is_inside(code: str, other: str) -> bool:
    """Say whether division `code` is `other` or lies in it, by the digits of GB/T 2260.

    >>> is_inside("141024", "141000"), is_inside("141000", "140000"), is_inside("141000", "141024")
    (True, True, False)
    """
    return code.startswith(area_of(other)) and len(area_of(code)) >= len(area_of(other))


def area_of(code: str) -> str:
    """Return the digits of a code that say something: 2 for a province, 4 for a prefecture, 6 for a county.

    >>> area_of("140000"), area_of("141000"), area_of("141024")
    ('14', '1410', '141024')
    """
    for length in (2, 4):
        if len(code) == 6 and not code[length:].strip("0"):
            return code[:length]
    return code
