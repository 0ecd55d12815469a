"""The word lists of the grammar, compiled once from the seed tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.tables.seeds import Seeds
from kg.text.matching_view import fold, words

LEVEL = "自治区|自治州|省|市|县|区|州|旗|盟|镇|乡|地"
"""A level word that stands for the division the page is about (市委 = the city's committee)."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns and look-up sets, each over the matching view (`kg.text.matching_view.fold`)."""

    title: re.Pattern[str]
    weak_title: re.Pattern[str]
    not_after_title: re.Pattern[str]
    postfix_titles: frozenset[str]
    follower: re.Pattern[str]
    strong_verb: re.Pattern[str]
    civilian: re.Pattern[str]
    leaders: Mapping[str, str]
    org_bodies: re.Pattern[str]
    org_suffix: re.Pattern[str]
    department: re.Pattern[str]
    level_org: re.Pattern[str]
    left_stops: frozenset[str]
    hard_stops: frozenset[str]
    meeting_stops: frozenset[str]
    plan_stops: frozenset[str]
    meeting_suffix: re.Pattern[str]
    meeting_kind: Mapping[str, str]
    policy_suffix: re.Pattern[str]
    campaign: re.Pattern[str]
    slogans: frozenset[str]
    attitudes: frozenset[str]
    works: frozenset[str]
    not_policy: re.Pattern[str]


@lru_cache(maxsize=4)
def build_lexicon(seeds: Seeds) -> Lexicon:
    """Compile the tables of `seeds`; the result is shared by all components of a pipeline."""
    titles = seeds.table("titles")
    bodies = seeds.table("org_bodies")
    suffixes = seeds.table("org_suffixes")
    departments = seeds.table("departments")
    meetings = seeds.table("meeting_suffixes")
    meeting_kind = {fold(row["word"]): row["kind"] for row in meetings}
    # Whatever ends in 会 is also written with 会议: 学习会, 学习会议.
    meeting_kind |= {w + "议": kind for w, kind in meeting_kind.items() if w.endswith("会") and len(w) > 1}
    modifiers = words(seeds.words("title_modifiers"))
    title_words = words([row["word"] for row in titles])
    # 统战部长 is 统战部 + 部长 with one 部 left out; so are 组织部长, 外交部长, 财政厅长, 公安局长.
    bureau = words(
        [row["word"] for row in departments] + ["组织", "宣传", "统战", "外交", "国防", "商务", "政法", "农业农村"]
    )
    department = words([row[c] for row in departments for c in ("local", "provincial", "full")])
    dept_word = words([row["word"] for row in departments])
    party = (
        "纪委监委|纪委|监委|委员会|委常委会|委办公厅|委办公室|委办|委组织部|委宣传部|委统战部|委政法委|委党校|"
        "委巡察办|委巡视办|委编办|委督查室|委全会|委"
    )
    state = (
        "人大常委会|人大|政协|人民政府办公厅|人民政府办公室|人民政府|政府党组|政府办公厅|政府办公室|政府办|政府督查室|政府研究室|政府|"
        "中级人民法院|高级人民法院|中级法院|高级法院|人民法院|中院|高院|法院|人民检察院|检察院|总工会|团委|妇联|残联|工商联|科协|文联|"
        "直机关工委|直工委|委老干部局|委改革办|安委会|安委办|安办|环委会|防指|纪委监察委|监察委员会|监察委|军分区|武装部|人武部|委会"
    )
    return Lexicon(
        title=re.compile(
            f"(?P<bureau>(?:{bureau})(?=[部厅局委]长))?(?P<mods>(?:{modifiers})*)"
            f"(?P<head>{title_words}|组 {{1,3}}长|成 {{1,3}}员|主 {{1,3}}任)"
        ),
        weak_title=re.compile(words(seeds.words("weak_titles"))),
        not_after_title=re.compile(words(seeds.words("not_after_title"))),
        postfix_titles=frozenset(row["word"] for row in titles if row["postfix"] == "1"),
        follower=re.compile(words(seeds.words("name_followers"))),
        strong_verb=re.compile(words(seeds.words("strong_verbs"))),
        civilian=re.compile(f"(?:{words(seeds.words('civilian_roles'))})$"),
        leaders={row["name"]: row["role"] for row in seeds.table("leaders")},
        org_bodies=re.compile(words([row["word"] for row in bodies])),
        org_suffix=re.compile(words([row["word"] for row in suffixes])),
        department=re.compile(f"(?:{department}|(?:{dept_word}){{1,3}}(?:局|委员会|委|厅|办公室|办|总队|支队))"),
        level_org=re.compile(f"(?:{party}|{state})"),
        left_stops=frozenset(seeds.words("left_stops")),
        hard_stops=frozenset(seeds.words("left_stops", soft="0")),
        meeting_stops=frozenset(seeds.words("meeting_stops")),
        plan_stops=frozenset(seeds.words("plan_stops")),
        meeting_suffix=re.compile(words(list(meeting_kind))),
        meeting_kind=meeting_kind,
        policy_suffix=re.compile(
            f"(?:{words([r['word'] for r in seeds.table('policy_suffixes')])})(?:（[^）]{{1,12}}）)?$"
        ),
        campaign=re.compile(words([row["word"] for row in seeds.table("campaign_suffixes")])),
        slogans=frozenset(map(fold, seeds.words("slogan_policies"))),
        attitudes=frozenset(map(fold, seeds.words("attitude_slogans"))),
        works=frozenset(seeds.words("works")),
        not_policy=re.compile(words(seeds.words("not_policy_cues"))),
    )
