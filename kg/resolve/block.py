"""Blocks: everything that goes by one name, joined where there is evidence, left apart where there is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from kg.records import DocId
from kg.resolve.cluster import FACTS, Cluster, Partition, cluster_of
from kg.resolve.judgements import DIFFERENT, SAME, Judgement, MentionRef
from kg.resolve.names import area_of
from kg.resolve.profile import Key, Profile, Strength

RARE: Final = 20
"""Whoever appears in more documents than this says nothing of who is with them."""

SHARED_COMPANY: Final = 2
"""How many people of rare names two documents must share for a third name to mean one person."""

MOST_CANDIDATES: Final = 20
"""Candidates of one block, surest first: a name of hundreds of holders would bury all others."""

LOWEST_SCORE: Final = 0.4
"""One weak sign alone (nobody knows a place of either) is no reason to ask a person."""

MOST_COMPARED: Final = 60
"""Clusters of one block that are compared for candidates, those of most documents first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two entities of one name that may be one; `score` is in [0, 1], `reasons` say why it is undecided."""

    left: MentionRef
    right: MentionRef
    score: float
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the line of `candidates.jsonl`: with a `judgement` added it is a line of judgements."""
        return {
            "left": self.left.as_json(),
            "right": self.right.as_json(),
            "score": self.score,
            "reasons": list(self.reasons),
        }


Judged = Sequence[tuple[int, int, Judgement]]


def resolve_block(
    profiles: Sequence[Profile],
    members: Iterable[int],
    *,
    stories: Mapping[DocId, str],
    rare: Collection[str],
    judged: Judged = (),
) -> tuple[list[Cluster], list[Candidate]]:
    """Cluster the members of one block.

    Args:
        profiles: All profiles of the corpus.
        members: Numbers of the block's profiles, in any order.
        stories: Story of each document that has reprints.
        rare: Names of few enough documents to say something of their company.
        judged: Judgements on members of this block.
    """
    judged_members = {n for left, right, _ in judged for n in (left, right)}
    ordered = sorted(members, key=lambda n: profiles[n].age)
    numbers: dict[int, int] = {}
    clusters: list[Cluster] = []
    by_signature: dict[object, int] = {}
    for member in ordered:
        cluster = cluster_of(profiles, member)
        signature = _signature(profiles[member]) if member not in judged_members else None
        at = by_signature.get(signature) if signature else None
        story = stories.get(profiles[member].doc_id)
        if story:
            cluster.keys.add((Strength.STORY, story))
        if at is not None and clusters[at].documents.isdisjoint(cluster.documents):
            clusters[at].absorb(cluster)
            numbers[member] = at
            continue
        numbers[member] = len(clusters)
        if signature:
            by_signature.setdefault(signature, len(clusters))
        clusters.append(cluster)
    partition = Partition(clusters)
    for left, right, judgement in judged:
        if judgement.judgement == DIFFERENT:
            partition.forbid(numbers[left], numbers[right])
    for left, right, judgement in judged:
        if judgement.judgement == SAME:
            partition.join(numbers[left], numbers[right], is_judged=True)
    partition.join_by_keys(lambda cluster: cluster.keys)
    _join_by_company(partition, profiles, rare)
    return list(partition.clusters().values()), _candidates(partition, profiles)


def _signature(profile: Profile) -> tuple[tuple[Key, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Return what makes two profiles one without a comparison, so that eight thousand pages on one leader are a few.

    Profiles of the same keys and facts share all evidence there is; a profile without keys shares nothing.
    """
    if not profile.keys:
        return None
    return profile.keys, profile.areas, tuple(profile.properties.text(name) for name in FACTS)


def _join_by_company(partition: Partition, profiles: Sequence[Profile], rare: Collection[str]) -> None:
    company = _company(partition, profiles, rare)
    shared = Counter(pair for roots in company.values() for pair in combinations(sorted(roots), 2))
    for (a, b), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if count >= SHARED_COMPANY:
            partition.join(a, b)


def _company(partition: Partition, profiles: Sequence[Profile], rare: Collection[str]) -> dict[str, set[int]]:
    company: defaultdict[str, set[int]] = defaultdict(set)
    for root, cluster in partition.clusters().items():
        for member in cluster.members:
            for name in profiles[member].met:
                if name in rare:
                    company[name].add(root)
    return company


def _candidates(partition: Partition, profiles: Sequence[Profile]) -> list[Candidate]:
    clusters = partition.clusters()
    if len(clusters) < 2 or profiles[next(iter(clusters.values())).members[0]].label != "PERSON":
        return []
    compared = sorted(clusters, key=lambda n: (-len(clusters[n].members), n))[:MOST_COMPARED]
    met = {n: {name for m in clusters[n].members for name in profiles[m].met} for n in compared}
    found = []
    for a, b in combinations(sorted(compared), 2):
        if partition.is_forbidden(a, b) or clusters[a].find_conflict(clusters[b]):
            continue
        score, reasons = _undecided(clusters[a], clusters[b], len(met[a] & met[b]))
        if score >= LOWEST_SCORE:
            found.append(
                Candidate(
                    left=_ref(profiles, clusters[a]), right=_ref(profiles, clusters[b]), score=score, reasons=reasons
                )
            )
    return sorted(found, key=lambda c: (-c.score, c.left, c.right))[:MOST_CANDIDATES]


def _undecided(a: Cluster, b: Cluster, shared_company: int) -> tuple[float, tuple[str, ...]]:
    """Return how likely the two are one, by what they share, and why that does not decide it."""
    score, reasons = 0.0, []
    related = {(x, y) for x in a.areas for y in b.areas if x.startswith(area_of(y)) or y.startswith(area_of(x))}
    if related:
        score += 0.4
        reasons.append("places agree: " + ", ".join(sorted({f"{x} and {y}" for x, y in related})) + "; posts do not")
    elif not a.areas or not b.areas:
        score += 0.2
        reasons.append("no place is known of " + ("either" if not (a.areas or b.areas) else "one of them"))
    elif {x[:2] for x in a.areas} & {y[:2] for y in b.areas}:
        score += 0.2
        reasons.append("one province, different places, not at the same time")
    titles = _titles(a) & _titles(b)
    if titles:
        score += 0.2
        reasons.append("the same post elsewhere: " + ", ".join(sorted(titles)))
    if shared_company:
        score += 0.2
        reasons.append(f"{shared_company} people met by both")
    return round(score, 2), tuple(reasons)


def _titles(cluster: Cluster) -> set[str]:
    return {key.partition("|")[0] for strength, key in cluster.keys if strength == Strength.POST}


def _ref(profiles: Sequence[Profile], cluster: Cluster) -> MentionRef:
    first = min((profiles[n] for n in cluster.members), key=lambda p: p.age)
    return MentionRef(first.doc_id, first.label, first.surface, first.start)
