"""From clusters to entities: an id that stays, the best name, merged properties, a caption that tells apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.records import DocId, Entity, EntityId, LocalId, Properties, Value
from kg.records.edtf import find_days, span_of
from kg.records.ids import stable_id
from kg.resolve.profile import Profile

MOST_ALIASES: Final = 30
LONGEST_CAPTION: Final = 60
LONGEST_BARE_TITLE: Final = 3
LAST_DAYS: Final = 366
OF_THE_PAGE: Final = frozenset({"acting", "org_id"})
"""Properties of a local post that are not the corpus post's own: `acting` is of a tenure, `org_id` a local id."""

Member = tuple[DocId, LocalId]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is derived from names: see `Ranks.find` and `Romanizer.find`."""

    find_rank: Callable[[str, str, str, str], str | None]
    find_reading: Callable[[str], str | None]


def build_entities(
    profiles: Sequence[Profile],
    clusters: Iterable[Sequence[int]],
    labels: Mapping[str, str],
    rules: Rules,
    previous: Iterable[Entity] = (),
) -> list[Entity]:
    """Return one entity a cluster, sorted by id.

    Args:
        profiles: All profiles.
        clusters: Numbers of profiles, every profile in exactly one cluster.
        labels: The graph's label of each mention label.
        rules: Make properties of names.
        previous: Entities of the build before, for `replaces`.
    """
    ordered = [sorted(cluster, key=lambda n: profiles[n].age) for cluster in clusters]
    ids = _ids(profiles, ordered, labels)
    by_member = {(profiles[n].doc_id, profiles[n].local_id): id for id, c in zip(ids, ordered, strict=True) for n in c}
    names = {id: best_name(profiles[n] for n in c) for id, c in zip(ids, ordered, strict=True)}
    replaced = _replaced(previous, by_member)
    codes, shown = {}, {}
    for id, cluster in zip(ids, ordered, strict=True):
        codes[id] = _most(profiles[n].properties.text("place_code") for n in cluster)
        shown[id] = placed_name(names[id], _most(profiles[n].properties.text("place") for n in cluster))
    made = []
    for id, cluster in zip(ids, ordered, strict=True):
        members = [profiles[n] for n in cluster]
        post = find_main_post(members, by_member, names)
        properties = _properties(members, names[id], by_member, rules)
        if post:
            properties = properties.updated(place_code=codes[post])
        if id in replaced:
            properties = properties.updated(replaces=tuple(sorted(replaced[id])))
        caption = _caption(names[id], members[0].label, properties, shown[post or id])
        made.append(_entity(id, labels[members[0].label], names[id], caption, members, properties))
    return _told_apart(sorted(made, key=lambda entity: entity.id))


def best_name(profiles: Iterable[Profile]) -> str:
    """Return the name that most documents use; of equals the longer, then the first in code point order."""
    counts = Counter(profile.name for profile in profiles)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def find_main_post(
    members: Sequence[Profile], by_member: Mapping[Member, EntityId], names: Mapping[EntityId, str]
) -> EntityId | None:
    """Return the post that most documents of a person's last year show, of equals the chief one, then the latest.

    One page may misread a post, and a bare 局长 tells less than 临汾市水利局局长.
    """
    last = find_days(span_of({p.published for p in members if p.posts})[1])
    counts: Counter[EntityId] = Counter()
    order: dict[EntityId, int] = {}
    for n, profile in enumerate(members):
        days = find_days(profile.published)
        if last and days and (date.fromisoformat(last[1]) - date.fromisoformat(days[1])).days > LAST_DAYS:
            continue
        for rank, local in enumerate(profile.posts):
            if post := by_member.get((profile.doc_id, local)):
                counts[post] += 1
                order[post] = n * 100 - rank
    return min(
        counts,
        key=lambda post: (_is_vague(names[post]), -counts[post], _is_second(names[post]), -order[post], post),
        default=None,
    )


def _is_second(post: str) -> bool:
    """Say whether a post is what its holder is besides: of 县委副书记、县长 the second one names the person."""
    return "副书记" in post or post.endswith(("常委", "委员", "成员", "巡视员", "调研员"))


def _is_vague(post: str) -> bool:
    return len(post) <= LONGEST_BARE_TITLE or post.endswith("领导")


def _most(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _ids(profiles: Sequence[Profile], ordered: Sequence[Sequence[int]], labels: Mapping[str, str]) -> list[EntityId]:
    """Return the id of each cluster: the hash of its earliest local entity.

    Namesakes of one document are counted, because document, label and name alone would give them one id.
    """
    ids: list[EntityId] = [EntityId("")] * len(ordered)
    seen: Counter[tuple[str, ...]] = Counter()
    for at in sorted(range(len(ordered)), key=lambda n: profiles[ordered[n][0]].age):
        first = profiles[ordered[at][0]]
        parts: tuple[str, ...] = (first.doc_id, first.label, first.name)
        nth = seen[parts]
        seen[parts] += 1
        ids[at] = EntityId(stable_id(labels[first.label].lower(), *parts, *([nth] if nth else [])))
    return ids


def _entity(
    id: EntityId,
    label: str,
    name: str,
    caption: str,
    members: Sequence[Profile],
    properties: Properties,
) -> Entity:
    aliases = Counter(alias for p in members for alias in {p.name, *p.aliases} if alias != name)
    kept = sorted(aliases, key=lambda alias: (-aliases[alias], alias))[:MOST_ALIASES]
    first_seen, last_seen = span_of({p.published for p in members})
    return Entity(
        id=id,
        label=label,
        name=name,
        caption=caption,
        aliases=tuple(sorted(kept)),
        members=tuple(sorted((p.doc_id, p.local_id) for p in members)),
        properties=properties,
        first_seen=first_seen,
        last_seen=last_seen,
        doc_count=len({p.doc_id for p in members}),
    )


def _properties(
    members: Sequence[Profile], name: str, by_member: Mapping[Member, EntityId], rules: Rules
) -> Properties:
    """Merge properties: the value that most documents give; of equals the one seen first."""
    counts: defaultdict[str, Counter[Value]] = defaultdict(Counter)
    for profile in members:
        for key, value in profile.properties.items():
            if key not in OF_THE_PAGE:
                counts[key][value] += 1
        org = by_member.get((profile.doc_id, LocalId(profile.properties.text("org_id"))))
        if org:
            counts["org_id"][org] += 1
    merged: dict[str, Value | None] = {key: max(found, key=lambda v: found[v]) for key, found in counts.items()}
    label = members[0].label
    if dated := {"MEETING": "date", "PERSON": "birth_date"}.get(label):
        first_and_last = find_days(str(merged.get(dated, ""))) or (None, None)
        merged[f"{dated}_first"], merged[f"{dated}_last"] = first_and_last
    if label == "PERSON":
        merged["pinyin"] = merged.get("pinyin") or rules.find_reading(name)
    if label == "POST" and not merged.get("weak"):
        place, level, code = (str(merged.get(key, "")) for key in ("place", "level", "place_code"))
        merged["rank"] = rules.find_rank(name, place, level, code)
    return Properties(merged)


def placed_name(name: str, place: str) -> str:
    """Return the name of an office with its place before it, unless it names it already.

    >>> placed_name("市委书记", "临汾市"), placed_name("市长", "临汾市"), placed_name("临汾市长", "临汾市")
    ('临汾市委书记', '临汾市市长', '临汾市长')
    """
    stem = place[:-1] if len(place) > 2 else place
    if not place or stem in name:
        return name
    return place + (name[1:] if name[0] == place[-1] and name[1:] != "长" else name)


def _caption(name: str, label: str, properties: Properties, shown: str) -> str:
    """Return the name with what tells it from namesakes: a person's post, a meeting's date, an office's place.

    `shown` is the placed name, for a person that of the main post, or the person's own where there is none.
    """
    match label:
        case "PERSON":
            return name if shown == name else f"{name} · {shown}"
        case "MEETING":
            date = properties.text("date")
            return f"{name} {date}" if date else name
        case "POST" | "ORG":
            return shown
        case _:
            return name if len(name) <= LONGEST_CAPTION else name[: LONGEST_CAPTION - 1] + "…"


def _told_apart(entities: Sequence[Entity]) -> list[Entity]:
    """Add the first day seen to captions that two nodes of a label share, then four digits of the id."""
    for by_id in (False, True):
        shared = Counter((entity.label, entity.caption) for entity in entities)
        entities = [
            replace(entity, caption=f"{entity.caption} · {extra}")
            if shared[entity.label, entity.caption] > 1 and (extra := entity.id[-4:] if by_id else entity.first_seen)
            else entity
            for entity in entities
        ]
    return list(entities)


def _replaced(previous: Iterable[Entity], by_member: Mapping[Member, EntityId]) -> dict[EntityId, set[str]]:
    """Return, for each id, the ids of earlier builds that stood for some of its members and are gone.

    What an entity of the build before replaced already is passed on, so that building again changes nothing.
    """
    current = set(by_member.values())
    replaced: defaultdict[EntityId, set[str]] = defaultdict(set)
    for entity in previous:
        earlier = entity.properties.get("replaces", ())
        gone = ({entity.id} | set(earlier if isinstance(earlier, tuple) else ())) - current
        if gone:
            heirs = {entity.id} & current or {by_member[member] for member in entity.members if member in by_member}
            for heir in heirs:
                replaced[heir] |= gone
    return replaced
