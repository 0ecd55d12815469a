"""Clustering under constraints: join what shares a key, the surest first, unless something forbids it.

The outcome depends on what the members are, never on the order they come in: groups, keys
and links are all sorted by content first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.records.edtf import find_days
from kg.resolve.names import is_inside
from kg.resolve.profile import Key, Profile

ALWAYS: Final = ("0000-01-01", "9999-12-31")
MOST_CLUSTERS_TRIED: Final = 50
"""Under one key, how many clusters that forbid each other a newcomer is tried with."""


@dataclass(slots=True)
class Cluster:
    """A set of profiles taken for one thing, with what could speak against joining it with another.

    `areas` maps each division to the days between which it was seen there.
    """

    members: list[int]
    keys: set[Key] = field(default_factory=set)
    areas: dict[str, tuple[str, str]] = field(default_factory=dict)
    facts: dict[str, set[str]] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    forbidden: set[int] = field(default_factory=set)

    def absorb(self, other: Cluster) -> None:
        """Take over everything of another cluster."""
        self.members += other.members
        self.keys |= other.keys
        self.documents |= other.documents
        self.forbidden |= other.forbidden
        for name, values in other.facts.items():
            self.facts[name] = self.facts.get(name, set()) | values
        for area, (first, last) in other.areas.items():
            known = self.areas.get(area, (first, last))
            self.areas[area] = (min(first, known[0]), max(last, known[1]))

    def find_conflict(self, other: Cluster) -> str:
        """Return what forbids that the two are one person, or an empty string."""
        if not self.documents.isdisjoint(other.documents):
            return "one document has both"
        for name in sorted(set(self.facts) & set(other.facts)):
            if self.facts[name].isdisjoint(other.facts[name]):
                return f"different {name}"
        strangers = self.areas and other.areas and not any(_related(a, b) for a in self.areas for b in other.areas)
        if strangers and any(_overlap(a, b) for a in self.areas.values() for b in other.areas.values()):
            return "posts in different places at the same time"
        return ""


def cluster_of(profiles: Sequence[Profile], member: int) -> Cluster:
    """Return the cluster of one profile."""
    profile = profiles[member]
    days = find_days(profile.published) or ALWAYS
    facts = {name: {profile.properties.text(name)} for name in FACTS if name in profile.properties}
    return Cluster(
        members=[member],
        keys=set(profile.keys),
        areas=dict.fromkeys(profile.areas, days),
        facts=facts,
        documents={profile.doc_id} if profile.label == "PERSON" else set(),
    )


FACTS: Final = ("gender", "ethnicity", "birth_date")
"""Properties of a person that never change."""


class Partition:
    """Clusters that grow by joining; a union-find structure that knows what must stay apart."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        """Start with the clusters as they are."""
        self._clusters = list(clusters)
        self._parent = list(range(len(clusters)))

    def root(self, number: int) -> int:
        """Return the number under which the cluster of `number` stands now."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def forbid(self, a: int, b: int) -> None:
        """Keep two clusters apart for good."""
        a, b = self.root(a), self.root(b)
        self._clusters[a].forbidden.add(b)
        self._clusters[b].forbidden.add(a)

    def is_forbidden(self, a: int, b: int) -> bool:
        """Say whether a judgement keeps the two apart."""
        a, b = self.root(a), self.root(b)
        return any(self.root(n) == b for n in self._clusters[a].forbidden)

    def join(self, a: int, b: int, *, is_judged: bool = False) -> bool:
        """Join two clusters unless something forbids it; a judgement overrules all but another judgement."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return True
        if self.is_forbidden(a, b):
            return False
        if not is_judged and self._clusters[a].find_conflict(self._clusters[b]):
            return False
        self._clusters[a].absorb(self._clusters[b])
        self._parent[b] = a
        return True

    def join_by_keys(self, keys_of: Callable[[Cluster], Iterable[Key]]) -> None:
        """Join all clusters that share a key, the surest keys first."""
        sharing: defaultdict[Key, list[int]] = defaultdict(list)
        for number in range(len(self._clusters)):
            if self._parent[number] == number:
                for key in keys_of(self._clusters[number]):
                    sharing[key].append(number)
        for key in sorted(sharing):
            roots: list[int] = []
            for number in sharing[key]:
                if not any(self.join(root, number) for root in roots[:MOST_CLUSTERS_TRIED]):
                    roots.append(number)

    def clusters(self) -> dict[int, Cluster]:
        """Return the clusters as they are now, by number, in the order of their first."""
        return {n: self._clusters[n] for n in range(len(self._clusters)) if self._parent[n] == n}


def _related(code: str, other: str) -> bool:
    return is_inside(code, other) or is_inside(other, code)


def _overlap(days: tuple[str, str], other: tuple[str, str]) -> bool:
    return days[0] <= other[1] and other[0] <= days[1]
