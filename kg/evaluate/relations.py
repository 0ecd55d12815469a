"""Relations: type, head and tail, strictly and leniently, with what is neither right nor wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.evaluate.extracted import Claim, Extracted, appears, is_holding
from kg.evaluate.gold import GoldDocument, GoldRelation
from kg.evaluate.names import bare, fold, same_kind
from kg.evaluate.tally import HIT, MISSED, WRONG, Tally
from kg.evaluate.things import is_organ_of, same_meeting, same_thing

SCORED: Final = frozenset(
    {
        *("PRESIDED", "ATTENDED", "SPOKE_AT", "REPORTED_AT", "HELD_IN"),
        *("CONVEYED", "DELIBERATED", "APPROVED", "ISSUED", "INSPECTED", "APPOINTED", "REMOVED"),
    }
)
"""Types of which a claim that nobody annotated is wrong; POST_IN, PART_OF and their like are not scored."""
_FAMILY: Final = {
    "ATTENDED": "taking part",
    "SPOKE_AT": "taking part",
    "REPORTED_AT": "taking part",
    "DELIBERATED": "adopting",
    "APPROVED": "adopting",
}
"""Types that the lenient figure takes for each other."""
_TAKING_PART: Final = tuple(name for name, family in _FAMILY.items() if family == "taking part")
_PERSONNEL: Final = ("APPOINTED", "REMOVED")


@dataclass(frozen=True, slots=True)
class RelationScores:
    """Tallies by type, and one line for each relation missed or wrong."""

    by_type: Mapping[str, Tally]
    notes: tuple[str, ...]


def score_relations(gold: GoldDocument, found: Extracted, *, lenient: bool) -> RelationScores:
    """Score the relations of one document. HOLDS is scored with the posts, not here."""
    return _Scoring(gold, found, lenient).run()


def judge_claims(gold: GoldDocument, found: Extracted) -> tuple[bool | None, ...]:
    """Say of each claim whether it is right; `None` where it is neither right nor wrong, or of a type not scored."""
    scoring = _Scoring(gold, found, lenient=False)
    wanted = [relation for relation in gold.relations if not is_holding(relation.type)]
    claims = [claim for claim in found.claims if not is_holding(claim.type)]

    def judge(claim: Claim) -> bool | None:
        if claim.type not in SCORED:
            return None
        if any(scoring._fits(relation, claim, lenient=False) for relation in wanted):
            return True
        return None if scoring._is_neutral(claim, wanted, claims) else False

    return tuple(judge(claim) for claim in found.claims)


@dataclass(slots=True)
class _Scoring:
    """One pass over one document: match, then count what is missed and what is wrong."""

    gold: GoldDocument
    found: Extracted
    lenient: bool
    by_type: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    notes: list[str] = field(default_factory=list)
    hit: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def run(self) -> RelationScores:
        wanted = [relation for relation in self.gold.relations if not is_holding(relation.type)]
        claims = [claim for claim in self.found.claims if not is_holding(claim.type)]
        self._match(wanted, claims, lenient=False)
        if self.lenient:
            self._match(wanted, claims, lenient=True)
            self._cover(wanted, claims)
        self._count_missed(wanted)
        self._count_wrong(wanted, claims)
        return RelationScores(dict(self.by_type), tuple(self.notes))

    def _match(self, wanted: list[GoldRelation], claims: list[Claim], *, lenient: bool) -> None:
        for i, relation in enumerate(wanted):
            if i in self.hit:
                continue
            for j, claim in enumerate(claims):
                if j not in self.used and self._fits(relation, claim, lenient=lenient):
                    self.used.add(j)
                    self._count_hit(i, relation)
                    break

    def _cover(self, wanted: list[GoldRelation], claims: list[Claim]) -> None:
        """讨论并通过 read as APPROVED alone, 参会并提出要求 as SPOKE_AT alone: nothing is missed."""
        for i, relation in enumerate(wanted):
            if i in self.hit or relation.type not in _FAMILY:
                continue
            if any(self._fits(relation, claims[j], lenient=True) for j in self.used):
                self._count_hit(i, relation)

    def _count_hit(self, i: int, relation: GoldRelation) -> None:
        self.hit.add(i)
        self.by_type[relation.type] += HIT

    def _count_missed(self, wanted: list[GoldRelation]) -> None:
        for i, relation in enumerate(wanted):
            if i not in self.hit and not (self.lenient and relation.type == "ISSUED"):
                self.by_type[relation.type] += MISSED
                self.notes.append(f"missed {relation.type} {relation.head} -> {relation.tail}")

    def _count_wrong(self, wanted: list[GoldRelation], claims: list[Claim]) -> None:
        types = SCORED | {relation.type for relation in wanted}
        matched = {(claims[j].head.id, claims[j].tail.id) for j in self.used}
        for j, claim in enumerate(claims):
            if j in self.used or claim.type not in types:
                continue
            repeats = any(self._fits(relation, claim, lenient=self.lenient) for relation in wanted)
            second = self.lenient and (claim.head.id, claim.tail.id) in matched
            if not (repeats or second or self._is_neutral(claim, wanted, claims)):
                self.by_type[claim.type] += WRONG
                self.notes.append(f"wrong {claim.type} {claim.head.name} -> {claim.tail.name}")

    def _is_neutral(self, claim: Claim, wanted: list[GoldRelation], claims: list[Claim]) -> bool:
        """Say whether a claim that nobody annotated counts for nothing: `docs/annotation.md` has the reasons."""
        return (
            (claim.type == "ATTENDED" and any(_has_a_part(other, claim) for other in claims))
            or self._is_unnamed_head(claim)
            or (self.lenient and claim.type == "ISSUED")
            or self._is_known_place(claim)
            or any(self._fits(relation, claim, lenient=self.lenient) for relation in self.gold.optional)
            or self._is_of_cited(claim, wanted)
            or (claim.type == "INSPECTED" and self._is_along(claim, wanted))
            or (claim.type == "HELD_IN" and self._is_convening_place(claim))
        )

    def _is_unnamed_head(self, claim: Claim) -> bool:
        """An organisation takes part through its head; annotated only here and there, unless made up."""
        if claim.type not in _TAKING_PART or claim.head.label != "ORG":
            return False
        return appears(claim.head.name, bare(self.found.text))

    def _is_known_place(self, claim: Claim) -> bool:
        """The annotated place of a meeting need not be annotated again as HELD_IN."""
        if claim.type != "HELD_IN" or claim.head.label != "MEETING":
            return False
        name = bare(claim.tail.name)
        return any(
            meeting.place
            and same_meeting(meeting, claim.head)
            and (bare(meeting.place) in name or name in bare(meeting.place))
            for meeting in self.gold.meetings
        )

    def _is_along(self, claim: Claim, wanted: list[GoldRelation]) -> bool:
        """Who came along is annotated at the region or at every stop; and 毕节市 only says where 七星关区 lies."""
        visits = [relation for relation in wanted if relation.type == "INSPECTED"]
        mine = [w for w in visits if same_thing(w.head, claim.head, self.gold.meetings)]
        if mine and any(same_thing(w.tail, claim.tail, self.gold.meetings) for w in visits):
            return True
        name, text = bare(claim.tail.name), bare(self.found.text)
        is_division = claim.tail.label == "PLACE" and name[-1:] in tuple("省市县区州")
        return any(name + bare(w.tail) in text or (is_division and bare(w.tail).startswith(name)) for w in mine)

    def _is_convening_place(self, claim: Claim) -> bool:
        """玉溪市召开大会 says who convenes it, and probably where."""
        stem = re.sub("[省市县区州镇乡]$", "", bare(claim.tail.name))
        pattern = re.escape(stem) + "[省市县区州镇乡]?(?:召开|举行|举办)"
        return claim.tail.label == "PLACE" and re.search(pattern, bare(self.found.text)) is not None

    def _is_of_cited(self, claim: Claim, wanted: list[GoldRelation]) -> bool:
        """The author of a directive may get any relation but a type annotated for such a person."""
        cited = {fold(person.name) for person in self.gold.persons if person.mention_only}
        annotated = {relation.type for relation in wanted if fold(relation.head) in cited}
        return fold(claim.head.name) in cited and claim.type not in annotated

    def _fits(self, relation: GoldRelation, claim: Claim, *, lenient: bool) -> bool:
        family = _FAMILY.get(claim.type)
        if claim.type != relation.type and not (lenient and family and family == _FAMILY.get(relation.type)):
            return False
        is_decider = relation.type in _PERSONNEL and is_organ_of(relation.head, claim.head)
        if not is_decider and not same_thing(relation.head, claim.head, self.gold.meetings):
            return False
        if relation.type in _PERSONNEL:
            return self._fits_personnel(relation, claim)
        return same_thing(relation.tail, claim.tail, self.gold.meetings)

    def _fits_personnel(self, relation: GoldRelation, claim: Claim) -> bool:
        person, _, rest = relation.tail.partition("/")
        wanted = rest.partition("@")[0]
        post = self.found.entities.get(str(claim.properties.get("post_id") or ""))
        stated = [*(post.names if post else ()), str(claim.properties.get("post") or "")]
        return fold(person) == fold(claim.tail.name) and any(same_kind(name, wanted) for name in stated if name)


def _has_a_part(other: Claim, claim: Claim) -> bool:
    """Presiding or speaking implies presence."""
    return other.type in ("PRESIDED", "SPOKE_AT", "REPORTED_AT") and other.head.id == claim.head.id
