"""Profiles: what resolution needs to know of a local entity, and no more, so that a whole corpus fits in memory."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from sys import intern
from typing import Final

from kg.records import EMPTY, DocId, Extraction, LocalEntity, LocalId, Properties
from kg.records.edtf import find_days, is_day
from kg.resolve.names import NATIONAL, SHORTEST_DIRECTIVE, OfficeNames, area_of, person_key


class Strength(IntEnum):
    """How sure a shared key is; the surest joins first."""

    STORY = 1
    BIRTH = 2
    POST = 3
    NATIONAL = 4
    ORG = 5
    PLACE = 6
    LEADER = 7
    NAME = 8


Key = tuple[Strength, str]
_LOCAL_POST: Final = re.compile("(?:[省市县区州盟旗乡镇村局处科所校厂队]长|主任|经理|教授|(?<!总)书记)$")
"""A post that no national leader is called by without its body."""

SHORTEST_MEETING: Final = 5
"""Characters of a meeting's name without its place; shorter ones (会议, 座谈会) are any meeting of the day."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A local entity as resolution sees it.

    `block` is what everything comparable shares, empty where nothing is comparable (the entity then stays one of
    its document). Two profiles that share one of `keys` are the same thing unless something speaks against it.
    `areas` are codes of the divisions where a person holds posts; `posts` are local ids of them, best first.
    `met` are the names of the other people of the document.
    """

    doc_id: DocId
    local_id: LocalId
    label: str
    name: str
    aliases: tuple[str, ...]
    properties: Properties
    published: str | None
    surface: str
    start: int
    block: str
    keys: tuple[Key, ...] = ()
    areas: tuple[str, ...] = ()
    posts: tuple[LocalId, ...] = ()
    met: tuple[str, ...] = ()

    @property
    def age(self) -> tuple[str, DocId, int, LocalId]:
        """Sort key: earliest publication first, undated ones last."""
        days = find_days(self.published)
        return (days[0] if days else "9999", self.doc_id, len(self.local_id), self.local_id)


class Profiler:
    """Makes profiles, one document at a time.

    Args:
        offices: Brings names of offices into one form.
        top_posts: Posts, in their compared form, of which a division has so few that one name there is one person.
        state_titles: Posts of which a state has one: with the full name they are one person, whichever state it is.
        leaders: Names that mean the national leader wherever no local post or place is given.
    """

    def __init__(
        self, offices: OfficeNames, top_posts: Iterable[str], state_titles: Iterable[str], leaders: Iterable[str]
    ) -> None:
        """Keep the tables."""
        self._state_titles = frozenset(state_titles)
        self._offices = offices
        self._top_posts = frozenset(top_posts)
        self._leaders = frozenset(map(person_key, leaders))

    def profiles(self, extraction: Extraction) -> list[Profile]:
        """Return one profile for each entity of the document, in its order."""
        document = extraction.document
        local = {entity.id: entity for entity in extraction.entities}
        held: defaultdict[LocalId, list[LocalEntity]] = defaultdict(list)
        presided: defaultdict[LocalId, set[str]] = defaultdict(set)
        for relation in extraction.relations:
            tail = local.get(relation.tail_id)
            if relation.type == "HOLDS" and tail and tail not in held[relation.head_id]:
                held[relation.head_id].append(tail)
            elif relation.type == "PRESIDED" and tail:
                presided[relation.head_id].add(self._offices.scope(tail.name, tail.properties))
        spans = {mention.id: mention for mention in extraction.mentions}
        people = sorted({person_key(e.name) for e in extraction.entities if is_person(e)} - {""})
        names = [e.name for e in extraction.entities if e.label in ("PERSON", "ORG")]
        made = []
        for entity in extraction.entities:
            mentions = [spans[m] for m in entity.mention_ids if m in spans]
            first = min(mentions, key=lambda m: m.start) if mentions else None
            posts = held.get(entity.id, [])
            chaired = presided.get(entity.id, set())
            block, keys, areas = self._person(entity, posts, chaired, local) if is_person(entity) else ("", (), ())
            if entity.label == "MEETING":
                block, keys = self._meeting(entity)
            elif not is_person(entity) and (name := self._key(entity, local, names)):
                block = intern(f"{entity.label}|{name}")
                keys = ((Strength.NAME, block),)
            made.append(
                Profile(
                    doc_id=document.id,
                    local_id=entity.id,
                    label=entity.label,
                    name=intern(entity.name),
                    aliases=entity.aliases,
                    properties=self._levelled(entity),
                    published=document.published,
                    surface=first.surface if first else entity.name,
                    start=first.start if first else -1,
                    block=block,
                    keys=keys,
                    areas=areas,
                    posts=tuple(post.id for post in sorted(posts, key=_usefulness)),
                    met=self._met(block, people) if is_person(entity) else (),
                )
            )
        return made

    def _levelled(self, entity: LocalEntity) -> Properties:
        """Return the properties, with the level of what names the state itself."""
        if entity.label in ("POST", "ORG") and self._offices.scope(entity.name, entity.properties) == NATIONAL:
            return entity.properties.updated(level=NATIONAL)
        return entity.properties or EMPTY

    def _met(self, block: str, people: list[str]) -> tuple[str, ...]:
        own = block.partition("|")[2]
        return tuple(intern(name) for name in people if name != own and name not in self._leaders)

    def _person(
        self,
        entity: LocalEntity,
        posts: list[LocalEntity],
        chaired: set[str],
        local: Mapping[LocalId, LocalEntity],
    ) -> tuple[str, tuple[Key, ...], tuple[str, ...]]:
        """Return block, keys and areas of a person; whoever chairs a city's meeting is one of its top officials."""
        name = person_key(entity.name)
        keys: set[Key] = set()
        areas = {self._offices.scope("", entity.properties)}
        for post in posts:
            org = local.get(LocalId(post.properties.text("org_id")))
            scope = self._scope(post, org)
            areas.add(scope)
            if not scope:
                if post.name in self._state_titles:
                    keys.add((Strength.NATIONAL, post.name))
                continue
            core = self._post(post, org, scope)
            if core and scope == NATIONAL:
                keys.add((Strength.NATIONAL, intern(core)))
            elif core and not post.properties.get("weak"):
                keys.add((Strength.POST, intern(f"{core}|{scope}")))
            if org:
                keys.add((Strength.ORG, intern(f"{self._offices.core(org.name, scope)}|{scope}")))
            if core in self._top_posts and scope != NATIONAL:
                keys.add((Strength.PLACE, intern(scope)))
        areas -= {"", NATIONAL}
        if name not in self._leaders and not any(strength == Strength.NATIONAL for strength, _ in keys):
            local_chairs = {scope for scope in chaired if len(area_of(scope)) > len("14")} - {NATIONAL}
            keys |= {(Strength.PLACE, intern(scope)) for scope in local_chairs}
            areas |= local_chairs
        if is_day(entity.properties.text("birth_date")):
            keys.add((Strength.BIRTH, entity.properties.text("birth_date")))
        if name in self._leaders and not areas and not any(_LOCAL_POST.search(post.name) for post in posts):
            keys.add((Strength.LEADER, name))
        return (intern(f"PERSON|{name}") if name else ""), tuple(sorted(keys)), tuple(sorted(map(intern, areas)))

    def _scope(self, post: LocalEntity, org: LocalEntity | None) -> str:
        own = self._offices.scope(post.name, post.properties)
        return own or (self._offices.scope(org.name, org.properties) if org else "")

    def _post(self, post: LocalEntity, org: LocalEntity | None, scope: str) -> str:
        org_core = self._offices.core(org.name, scope) if org else ""
        return self._offices.post(post.name, post.properties.text("title"), org_core, scope)

    def _meeting(self, entity: LocalEntity) -> tuple[str, tuple[Key, ...]]:
        """Return block and keys: a meeting of a known place and day, by any name that is more than 会议 or 座谈会."""
        scope, date = self._offices.scope(entity.name, entity.properties), entity.properties.text("date")
        if not scope or not is_day(date):
            return "", ()
        cores = {self._offices.core(name, scope) for name in (entity.name, *entity.aliases)}
        telling = {core for core in cores if len(core) >= SHORTEST_MEETING} or {self._offices.core(entity.name, scope)}
        return intern(f"MEETING|{date}|{scope}"), tuple(sorted((Strength.NAME, intern(core)) for core in telling))

    def _key(self, entity: LocalEntity, local: Mapping[LocalId, LocalEntity], names: list[str]) -> str:
        """Return the form under which an entity is the same in every document, empty where it is not."""
        scope = self._offices.scope(entity.name, entity.properties)
        match entity.label:
            case "ORG" if scope:
                return f"{self._offices.core(entity.name, scope)}|{scope}"
            case "POST":
                org = local.get(LocalId(entity.properties.text("org_id")))
                scope = self._scope(entity, org)
                core = self._post(entity, org, scope) if scope else ""
                return f"{core}|{scope}" if core else ""
            case "PLACE":
                if code := entity.properties.text("code"):
                    return code
                parent = entity.properties.text("parent_code")
                return f"{entity.name}|{parent}" if parent else ""
            case "POLICY":
                return self._offices.policy(entity.name, entity.properties.text("kind"))
            case "DIRECTIVE" if len(entity.name) >= SHORTEST_DIRECTIVE:
                if any(name in entity.name for name in names):
                    return f"{entity.name}|{entity.properties.text('issuer')}"
        return ""


def is_person(entity: LocalEntity) -> bool:
    """Say whether the entity is a person, the one kind whose name does not say who it is."""
    return entity.label == "PERSON"


def _usefulness(post: LocalEntity) -> tuple[bool, bool, int, str]:
    """Sort key: named posts before categories, placed ones first, then the longer name."""
    placed = "place_code" in post.properties or "level" in post.properties
    return (bool(post.properties.get("weak")), not placed, -len(post.name), post.id)
