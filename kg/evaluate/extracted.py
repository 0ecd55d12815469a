"""One extraction as the scorer sees it: entities by id, relations with both ends, where a post is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.evaluate.names import bare, fold
from kg.records import LONGEST_QUOTE

_LABELS: Final = {"ORGANIZATION": "ORG", "ORGANISATION": "ORG", "LOC": "PLACE", "GPE": "PLACE"}
_PLACING: Final = frozenset({"POST_IN", "PART_OF", "GOVERNS", "LOCATED_IN"})
_PLACE_NAMES: Final = ("scope", "place", "jurisdiction")
_PLACE_IDS: Final = ("org_id", "place_id", "jurisdiction_id")
_LONGEST_PATH: Final = 20
"""How many entities are visited when looking for the place of a post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entity of the extraction; `names` are its name, aliases and titles."""

    id: str
    label: str
    name: str
    names: tuple[str, ...]
    properties: Mapping[str, Any]

    @property
    def date(self) -> str:
        """Return its date in EDTF, or an empty string."""
        return str(self.properties.get("date") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A relation of the extraction, with its ends."""

    type: str
    head: Found
    tail: Found
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One extraction; `claims` are the relations both of whose ends exist."""

    text: str = ""
    entities: Mapping[str, Found] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    quotes: tuple[bool, ...] = ()
    mentions: tuple[bool, ...] = ()

    def labelled(self, label: str) -> tuple[Found, ...]:
        """Return the entities with a label, in the order of the extraction."""
        return tuple(entity for entity in self.entities.values() if entity.label == label)

    def posts_of(self, person: str) -> tuple[Found, ...]:
        """Return the posts that the person of this folded name holds."""
        held = (c.tail for c in self.claims if is_holding(c.type) and fold(c.head.name) == person)
        return tuple({post.id: post for post in held}.values())

    def places_of(self, post: Found) -> Iterator[str]:
        """Yield the folded names that say where a post is: its own and those of all that it points to."""
        seen: set[str] = set()
        waiting = [post.id]
        while waiting and len(seen) < _LONGEST_PATH:
            here = waiting.pop()
            if here in seen or here not in self.entities:
                continue
            seen.add(here)
            entity = self.entities[here]
            yield from map(fold, entity.names)
            for key in _PLACE_NAMES:
                if isinstance(name := entity.properties.get(key), str):
                    yield fold(name)
            for key in _PLACE_IDS:
                if isinstance(target := entity.properties.get(key), str):
                    waiting.append(target)
            waiting += [claim.tail.id for claim in self.claims if claim.type in _PLACING and claim.head.id == here]


def is_holding(relation: str) -> bool:
    """Say whether a relation type says that somebody holds a post."""
    return relation in ("HOLDS", "HOLDS_POST")


def by_document(extractions: Iterable[Mapping[str, Any]]) -> dict[str, Extracted]:
    """Return the extractions by the name of the gold document that their source belongs to."""
    return {gold_name(str((one.get("document") or {}).get("source", ""))): read(one) for one in extractions}


def gold_name(source: str) -> str:
    """Return the gold name of a source file: its stem, but `seed_000` for `000_<hash>.txt`.

    >>> gold_name("pages/07.txt"), gold_name("pages/000_220430e5.txt")
    ('07', 'seed_000')
    """
    stem = Path(source).stem
    mirrored = re.fullmatch(r"(\d{3})_[0-9a-f]+", stem)
    return f"seed_{mirrored[1]}" if mirrored else stem


def read(extraction: Mapping[str, Any]) -> Extracted:
    """Read one line of `kg extract`."""
    text = str((extraction.get("document") or {}).get("text", ""))
    entities = {entity["id"]: _entity(entity) for entity in extraction.get("entities", ())}
    relations = extraction.get("relations", ())
    return Extracted(
        text=text,
        entities=entities,
        claims=tuple(
            Claim(
                type=relation["type"],
                head=entities[relation["head_id"]],
                tail=entities[relation["tail_id"]],
                properties=relation.get("properties") or {},
            )
            for relation in relations
            if relation["head_id"] in entities and relation["tail_id"] in entities
        ),
        quotes=tuple(_is_quoted(text, relation.get("evidence") or {}) for relation in relations),
        mentions=tuple(
            text[mention.get("start", 0) : mention.get("end", 0)] == mention.get("surface", "")
            for mention in extraction.get("mentions", ())
        ),
    )


def _entity(entity: Mapping[str, Any]) -> Found:
    properties = entity.get("properties") or {}
    titles = [properties[key] for key in ("title", "full_name", "short_name") if isinstance(properties.get(key), str)]
    names = [entity.get("name", ""), *entity.get("aliases", ()), *titles]
    return Found(
        id=entity["id"],
        label=_LABELS.get(entity["label"], entity["label"]),
        name=entity.get("name", ""),
        names=tuple(name for name in names if name),
        properties=properties,
    )


def _is_quoted(text: str, evidence: Mapping[str, Any]) -> bool:
    quote = evidence.get("quote") or ""
    stated = text[evidence.get("start", 0) : evidence.get("end", 0)]
    return bool(quote) and len(quote) <= LONGEST_QUOTE and stated == quote


def appears(name: str, text: str) -> bool:
    """Say whether the last two characters of a name stand in a bare text; else the name was made up."""
    return bare(name)[-2:] in text
