"""Resolution of a whole corpus: read once, grouped by name, each block on its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.records import DocId, Entity, Extraction
from kg.records.report import Drop
from kg.resolve.block import RARE, Candidate, resolve_block
from kg.resolve.entities import Rules, build_entities
from kg.resolve.judgements import SAME, Judgement, MentionRef, check_judgements
from kg.resolve.names import OfficeNames
from kg.resolve.pinyin import Romanizer
from kg.resolve.profile import Profile, Profiler
from kg.resolve.ranks import Ranks
from kg.resolve.stories import fingerprints, group_stories
from kg.tables.divisions import Divisions, default_divisions
from kg.tables.schema import Schema
from kg.tables.seeds import Seeds, default_seeds

LEADERS = ("current", "past")
"""Roles in the seed table of leaders whose names mean them; the others are quoted, or have known namesakes."""

OnDrop = Callable[[Drop], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who is whom.

    `entities` come sorted by id, every local entity in exactly one of them; `stories` names the story of each
    document; `candidates` are undecided pairs for people to judge, surest first.
    """

    entities: Sequence[Entity]
    stories: Mapping[DocId, str]
    candidates: Sequence[Candidate]


def resolve(
    extractions: Iterable[Extraction],
    schema: Schema,
    on_drop: OnDrop,
    *,
    judgements: Iterable[Judgement] = (),
    previous: Iterable[Entity] = (),
    seeds: Seeds | None = None,
    divisions: Divisions | None = None,
) -> Resolution:
    """Resolve the entities of all documents; their order makes no difference.

    Memory grows with the number of local entities (about a kilobyte each), not with the text.

    Args:
        extractions: Read once, in any order.
        schema: Says which node type each mention label becomes.
        on_drop: Called with judgements on mentions that no document has.
        judgements: What people decided; applied before anything else.
        previous: Entities of the build before: ids that change list what they replace.
        seeds: Tables of names, the package's by default.
        divisions: Divisions by code, the package's by default.

    Raises:
        ResolveError: judgements contradict each other.
    """
    seeds = seeds or default_seeds()
    offices = OfficeNames(divisions or default_divisions(), seeds)
    leaders = [name for role in LEADERS for name in seeds.words("leaders", "name", role=role)]
    judgements = sorted(judgements, key=lambda j: (j.left, j.right, j.judgement))
    profiler = Profiler(offices, seeds.words("top_posts"), seeds.words("state_titles"), leaders)
    profiles, refs, stories = _read(extractions, profiler, judgements)
    judged = _placed(judgements, refs, on_drop)
    check_judgements(judged)
    reprinted = _reprinted(stories)
    rare = _rare(profiles)
    clusters: list[Sequence[int]] = []
    candidates: list[Candidate] = []
    for members, decisions in _blocks(profiles, judged):
        if len(members) == 1:
            clusters.append(members)
            continue
        found, undecided = resolve_block(profiles, members, stories=reprinted, rare=rare, judged=decisions)
        clusters += [cluster.members for cluster in found]
        candidates += undecided
    labels = {node.mention_label: node.label for node in schema.nodes.values() if node.mention_label}
    return Resolution(
        entities=build_entities(profiles, clusters, labels, Rules(Ranks(seeds).find, Romanizer(seeds).find), previous),
        stories=stories,
        candidates=sorted(candidates, key=lambda c: (-c.score, c.left, c.right)),
    )


def _read(
    extractions: Iterable[Extraction], profiler: Profiler, judgements: Sequence[Judgement]
) -> tuple[list[Profile], dict[MentionRef, int], dict[DocId, str]]:
    """Read all documents: their profiles, the profiles of judged mentions, and the stories."""
    wanted = {ref.doc_id for judgement in judgements for ref in (judgement.left, judgement.right)}
    profiles: list[Profile] = []
    refs: dict[MentionRef, int] = {}
    prints: dict[DocId, tuple[int, ...]] = {}
    for extraction in extractions:
        doc_id = extraction.document.id
        prints[doc_id] = fingerprints(extraction.document)
        if doc_id in wanted:
            spans = {mention.id: mention for mention in extraction.mentions}
            for number, entity in enumerate(extraction.entities, len(profiles)):
                for mention in (spans[m] for m in entity.mention_ids if m in spans):
                    refs[MentionRef(doc_id, entity.label, mention.surface, mention.start)] = number
        profiles += profiler.profiles(extraction)
    return profiles, refs, group_stories(prints)


def _placed(
    judgements: Sequence[Judgement], refs: Mapping[MentionRef, int], on_drop: OnDrop
) -> list[tuple[int, int, Judgement]]:
    placed = []
    for judgement in judgements:
        missing = [ref for ref in (judgement.left, judgement.right) if ref not in refs]
        if missing:
            detail = f"{judgement}: no {missing[0]}"
            on_drop(Drop(source=missing[0].doc_id, stage="resolve", reason="judgement on nothing", detail=detail))
        else:
            placed.append((refs[judgement.left], refs[judgement.right], judgement))
    return placed


def _blocks(
    profiles: Sequence[Profile], judged: Sequence[tuple[int, int, Judgement]]
) -> Iterable[tuple[list[int], list[tuple[int, int, Judgement]]]]:
    """Yield the members of each block and the judgements on them; "same" joins blocks of different names."""
    home: dict[int, str] = {}
    for number, profile in enumerate(profiles):
        home[number] = profile.block or f"{profile.doc_id}#{profile.local_id}"
    joined: dict[str, str] = {}

    def root(block: str) -> str:
        while block in joined:
            block = joined[block]
        return block

    for left, right, judgement in judged:
        a, b = sorted((root(home[left]), root(home[right])))
        if judgement.judgement == SAME and a != b:
            joined[b] = a
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    decisions: defaultdict[str, list[tuple[int, int, Judgement]]] = defaultdict(list)
    for number in range(len(profiles)):
        blocks[root(home[number])].append(number)
    for left, right, judgement in judged:
        if root(home[left]) == root(home[right]):
            decisions[root(home[left])].append((left, right, judgement))
    return ((blocks[name], decisions.get(name, [])) for name in sorted(blocks))


def _reprinted(stories: Mapping[DocId, str]) -> dict[DocId, str]:
    sizes = Counter(stories.values())
    return {doc_id: story for doc_id, story in stories.items() if sizes[story] > 1}


def _rare(profiles: Iterable[Profile]) -> set[str]:
    counts = Counter(name for profile in profiles for name in {profile.block.removeprefix("PERSON|")})
    return {name for name, count in counts.items() if count <= RARE}
