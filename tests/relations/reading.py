"""A text as the relation stage reads it, in names instead of ids."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ner.pipeline import find_mentions
from kg.records import Document, LocalEntity, Mention, Relation, Value
from kg.relations.extract import read_relations
from kg.tables.seeds import default_seeds
from tests.ner.finding import document, pipeline

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from one page."""

    document: Document
    mentions: tuple[Mention, ...]
    entities: tuple[LocalEntity, ...]
    relations: tuple[Relation, ...]

    def names(self, label: str) -> list[str]:
        """Return the names of the entities of a label, in text order."""
        return [e.name for e in self.entities if e.label == label]

    def entity(self, name: str, label: str = "") -> LocalEntity:
        """Return the entity of this name or alias.

        Raises:
            LookupError: there is none, or there are several.
        """
        fits = [e for e in self.entities if (e.name == name or name in e.aliases) and label in ("", e.label)]
        if len(fits) != 1:
            raise LookupError(f"{len(fits)} entities {name!r} among {[(e.label, e.name) for e in self.entities]}")
        return fits[0]

    def property(self, name: str, key: str, label: str = "") -> Value | None:
        """Return a property of the entity of this name."""
        return self.entity(name, label).properties.get(key)

    def name_of(self, id_: str) -> str:
        """Return the name of the entity with this id."""
        return next(e.name for e in self.entities if e.id == id_)

    def triples(self, *types: str) -> set[Triple]:
        """Return the relations of these types (all, when none is given) as (type, head, tail)."""
        return {
            (r.type, self.name_of(r.head_id), self.name_of(r.tail_id))
            for r in self.relations
            if not types or r.type in types
        }

    def relation(self, type_: str, head: str, tail: str) -> Relation:
        """Return one relation.

        Raises:
            LookupError: there is none.
        """
        for one in self.relations:
            if (one.type, self.name_of(one.head_id), self.name_of(one.tail_id)) == (type_, head, tail):
                return one
        raise LookupError(f"no {(type_, head, tail)} among {sorted(self.triples())}")


def read(text: str, *, published: str | None = None, publisher: str | None = None, url: str | None = None) -> Page:
    """Read a page from its text to its relations."""
    page = document(text, published=published, publisher=publisher, url=url)
    mentions, links = find_mentions(pipeline(), page)
    entities, relations = read_relations(page, mentions, links, default_seeds())
    return Page(page, mentions, entities, relations)
