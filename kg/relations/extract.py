"""The relation stage as one pure function: a document and its mentions in, entities and relations out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.records import Document, LocalEntity, Mention, Relation
from kg.relations.appointments import Appointments
from kg.relations.bodies import Bodies
from kg.relations.holders import Holders
from kg.relations.inspections import Inspections
from kg.relations.ledger import Ledger
from kg.relations.meetings import Meetings
from kg.relations.orders import Orders
from kg.relations.papers import Papers
from kg.relations.people import collect_people
from kg.relations.reading import Reading
from kg.relations.speech import Speech
from kg.relations.structure import read_structure
from kg.relations.territory import read_territory
from kg.relations.visits import Visits
from kg.tables.divisions import Divisions
from kg.tables.seeds import Seeds

_divisions = lru_cache(maxsize=4)(Divisions)


def read_relations(
    document: Document, mentions: Sequence[Mention], seeds: Seeds
) -> tuple[tuple[LocalEntity, ...], tuple[Relation, ...]]:
    """Read the entities of one document and what it says of them.

    Boilerplate zones and repeated paragraphs make no claims. Every relation quotes the
    clause that makes it; entities are numbered in text order.
    """
    reading = Reading.of(document, mentions)
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
    Papers(reading, people, bodies, meetings, ledger).read(speech.conveyors)
    Appointments(reading, people, bodies, holders, meetings, ledger).read()
    Orders(reading, people, bodies, ledger).read()
    read_structure(reading, territory, bodies, ledger)
    return ledger.freeze()
