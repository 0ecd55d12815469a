"""Collects the entities and relations of one document and numbers them at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kg.records import Evidence, LocalEntity, LocalId, Mention, Properties, Relation, Value


class Ref(NamedTuple):
    """An entity before it has an id: its label and a key that is unique among its label."""

    label: str
    key: str


@dataclass(slots=True)
class _Draft:
    name: str
    first: int
    aliases: dict[str, None] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    properties: dict[str, Value | Ref] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Claim:
    type: str
    head: Ref
    tail: Ref
    evidence: Evidence
    properties: Mapping[str, Value | Ref]


class Ledger:
    """Entities and relations of one document, in the order they are found.

    Adding the same entity or claim again merges: names become aliases, the first
    evidence of a claim stays. `freeze` numbers entities in text order.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._drafts: dict[Ref, _Draft] = {}
        self._claims: dict[tuple[object, ...], _Claim] = {}

    def entity(
        self,
        ref: Ref,
        name: str,
        *,
        at: int,
        mention: Mention | None = None,
        alias: str = "",
        **properties: Value | Ref | None,
    ) -> Ref:
        """Add or extend an entity; the first name given stays its name, known properties are never overwritten."""
        draft = self._drafts.setdefault(ref, _Draft(name, at))
        draft.first = min(draft.first, at)
        for other in (name, alias):
            if other and other != draft.name:
                draft.aliases[other] = None
        if mention is not None:
            draft.mentions[mention.id] = mention
        for key, value in properties.items():
            if value is not None and value != "":
                draft.properties.setdefault(key, value)
        return ref

    def name(self, ref: Ref) -> str:
        """Return the current name of an entity."""
        return self._drafts[ref].name

    def refs(self, label: str) -> list[Ref]:
        """Return the entities of a label in the order they were added."""
        return [ref for ref in self._drafts if ref.label == label]

    def properties(self, ref: Ref) -> Mapping[str, Value | Ref]:
        """Return what is known of an entity."""
        return self._drafts[ref].properties

    def claim(
        self,
        type_: str,
        head: Ref,
        tail: Ref,
        evidence: Evidence,
        /,
        *,
        key: str = "",
        **properties: Value | Ref | None,
    ) -> None:
        """Add a relation; a second passage for the same claim only fills in properties that were unknown.

        `key` tells apart claims of one type between the same two entities (two posts in one appointment).
        """
        known = {k: v for k, v in properties.items() if v is not None and v != ""}
        at = (type_, head, tail, key)
        old = self._claims.get(at)
        if old is None:
            self._claims[at] = _Claim(type_, head, tail, evidence, known)
        else:
            self._claims[at] = _Claim(type_, head, tail, old.evidence, {**known, **old.properties})

    def forget(self, type_: str, head: Ref, tail: Ref | None = None) -> None:
        """Take back the claims of a type from `head`, to `tail` if it is given: a fuller reading replaces them."""
        for at in [at for at in self._claims if at[:2] == (type_, head) and tail in (None, at[2])]:
            del self._claims[at]

    def claimed(self) -> list[tuple[str, Ref, Ref, str]]:
        """Return type, head, tail and key of every claim, in the order they were added."""
        return list(self._claims)  # type: ignore[arg-type]

    def evidence(self, at: tuple[str, Ref, Ref, str]) -> Evidence:
        """Return the passage of a claim."""
        return self._claims[at].evidence

    def settle(self, at: tuple[str, Ref, Ref, str], score: float | None) -> None:
        """Give a claim its probability, or take it back."""
        if score is None:
            del self._claims[at]
        else:
            claim = self._claims[at]
            self._claims[at] = replace(claim, evidence=replace(claim.evidence, score=round(score, 2)))

    def mentions(self, ref: Ref) -> list[Mention]:
        """Return the mentions of an entity."""
        return list(self._drafts[ref].mentions.values())

    def claims(self, type_: str) -> list[tuple[Ref, Ref]]:
        """Return the ends of the claims of a type, in the order they were added."""
        return [(c.head, c.tail) for c in self._claims.values() if c.type == type_]

    def ids(self) -> dict[Ref, LocalId]:
        """Number the entities in text order."""
        order = sorted(self._drafts, key=lambda r: (self._drafts[r].first, r.label, self._drafts[r].name, r.key))
        return {ref: LocalId(f"e{n}") for n, ref in enumerate(order, 1)}

    def freeze(self) -> tuple[tuple[LocalEntity, ...], tuple[Relation, ...]]:
        """Number the entities in text order and return them with the relations, sorted by evidence."""
        ids = self.ids()
        entities = []
        for ref in ids:
            draft = self._drafts[ref]
            mentions = sorted(draft.mentions.values(), key=lambda m: (m.start, m.end))
            entities.append(
                LocalEntity(
                    id=ids[ref],
                    label=ref.label,
                    name=draft.name,
                    aliases=tuple(a for a in draft.aliases if a != draft.name),
                    mention_ids=tuple(m.id for m in mentions),
                    properties=Properties(
                        {k: ids[v] if isinstance(v, Ref) else v for k, v in draft.properties.items()}
                    ),
                )
            )
        relations = [
            Relation(
                type=c.type,
                head_id=ids[c.head],
                tail_id=ids[c.tail],
                evidence=c.evidence,
                properties=Properties({k: ids[v] if isinstance(v, Ref) else v for k, v in c.properties.items()}),
            )
            for c in self._claims.values()
        ]
        relations.sort(key=lambda r: (r.evidence.start, r.evidence.end, r.type, int(r.head_id[1:]), int(r.tail_id[1:])))
        return tuple(entities), tuple(relations)
