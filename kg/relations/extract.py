"""The relation stage as one pure function: a document and its mentions in, entities and relations out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Document, Link, LocalEntity, Mention, Relation
from kg.relations.appointments import Appointments
from kg.relations.bodies import Bodies
from kg.relations.holders import Holders
from kg.relations.inspections import Inspections
from kg.relations.ledger import Ledger
from kg.relations.linked import Links
from kg.relations.meetings import Meetings
from kg.relations.orders import Orders
from kg.relations.papers import Papers
from kg.relations.people import collect_people
from kg.relations.reading import Reading
from kg.relations.settle import settle
from kg.relations.speech import Speech
from kg.relations.structure import read_structure
from kg.relations.territory import read_territory
from kg.relations.visits import Visits
from kg.tables.divisions import Divisions
from kg.tables.seeds import Seeds
from kg.tables.weights import Combiner

_divisions = lru_cache(maxsize=4)(Divisions)


@dataclass(frozen=True, slots=True)
class Candidates:
    """One page read, before anything is decided: its entities, all claims, and the model's pairs over them."""

    reading: Reading
    ledger: Ledger
    links: Links


def read_relations(
    document: Document,
    mentions: Sequence[Mention],
    links: Sequence[Link],
    seeds: Seeds,
    combiner: Combiner | None = None,
) -> tuple[tuple[LocalEntity, ...], tuple[Relation, ...]]:
    """Read the entities of one document and what it says of them.

    Boilerplate zones and repeated paragraphs make no claims. Every relation quotes the
    clause that makes it; entities are numbered in text order.

    Args:
        document: The document.
        mentions: Its mentions, in text order.
        links: What the model sees between them.
        seeds: Tables of words.
        combiner: Decides which claims are kept; without it all are, with the scores of their rules.
    """
    found = read_candidates(document, mentions, links, seeds)
    if combiner is not None:
        settle(found.ledger, found.reading, found.links, combiner)
    return found.ledger.freeze()


def read_candidates(document: Document, mentions: Sequence[Mention], links: Sequence[Link], seeds: Seeds) -> Candidates:
    """Read a page and keep every claim that a rule or the model proposes."""
    reading = Reading.of(document, mentions, links)
    ledger = Ledger()
    territory = read_territory(reading, _divisions(seeds))
    bodies = Bodies(reading, territory, ledger, seeds)
    bodies.collect()
    people = collect_people(reading, ledger)
    holders = Holders(reading, territory, bodies, ledger)
    holders.read(people)
    meetings = Meetings(reading, territory, bodies, ledger, seeds)
    Inspections(reading, people, bodies, ledger).read()
    Visits(reading, people, bodies, meetings, ledger).read()
    speech = Speech(reading, people, bodies, meetings, ledger, seeds)
    speech.read()
    papers = Papers(reading, people, bodies, meetings, ledger)
    papers.read(speech.conveyors)
    Appointments(reading, people, bodies, holders, meetings, ledger).read()
    Orders(reading, people, bodies, ledger).read()
    read_structure(reading, territory, bodies, ledger)
    linked = Links(reading, links, people, bodies, holders, meetings, papers, ledger)
    linked.propose()
    return Candidates(reading, ledger, linked)
