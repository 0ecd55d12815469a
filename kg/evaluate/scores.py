"""Scores of documents and of a whole set, their figures, and a table to read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.evaluate.extracted import Extracted, by_document
from kg.evaluate.gold import GoldDocument, load_gold
from kg.evaluate.persons import score_persons
from kg.evaluate.relations import score_relations
from kg.evaluate.tally import Tally, total
from kg.evaluate.things import score_things

LOWER_IS_BETTER: Final = frozenset({"false_officials", "evidence_bad", "repair_loss", "policies_extra"})
_F1: Final = ("persons", "posts", "posts_strict", "meetings", "relations", "relations_strict")
_RECALL: Final = ("posts_placed", "dates", "policies", "directives", "places", "orgs")
_NOT_HAN: Final = re.compile(r"[^\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScores:
    """One document: tallies by measure, relation tallies by type (strict), and what went wrong, line by line.

    `unquoted` counts evidence and mentions that are not the text at their offsets, of `quoted` in all.
    `repair_loss` is the share of Han characters lost or invented, `None` where repair is not measured.
    """

    id: str
    heading: str
    tallies: Mapping[str, Tally]
    by_type: Mapping[str, Tally]
    false_officials: tuple[str, ...]
    quoted: int
    unquoted: int
    repair_loss: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a gold set, one entry a document, in gold order."""

    documents: tuple[DocumentScores, ...]

    def tally(self, measure: str) -> Tally:
        """Return the sum of one measure over the documents (micro average)."""
        return total(document.tallies[measure] for document in self.documents)

    def by_type(self) -> dict[str, Tally]:
        """Return the strict tallies of the relation types, sorted by type."""
        types = sorted({name for document in self.documents for name in document.by_type})
        return {name: total(document.by_type.get(name, Tally()) for document in self.documents) for name in types}

    def false_officials(self) -> tuple[str, ...]:
        """Return the press people and other bystanders taken for officials, as `document:name`."""
        return tuple(f"{document.id}:{name}" for document in self.documents for name in document.false_officials)

    def figures(self) -> dict[str, float]:
        """Return the headline figures: F1 or recall in 0 to 1; counts and losses where lower is better."""
        losses = [document.repair_loss for document in self.documents if document.repair_loss is not None]
        figures = {name: self.tally(name).f1 for name in _F1} | {name: self.tally(name).recall for name in _RECALL}
        return figures | {
            "false_officials": float(len(self.false_officials())),
            "policies_extra": self.tally("policies").wrong / max(1, len(self.documents)),
            "evidence_bad": float(sum(document.unquoted for document in self.documents)),
            "repair_loss": sum(losses) / len(losses) if losses else 1.0,
        }

    def table(self) -> str:
        """Return all figures as lines of text, headline figures first."""
        return "\n".join(self._table())

    def misses(self) -> str:
        """Return what was missed or wrong, document by document."""
        parts = [
            f"-- {d.id} ({d.heading})\n" + "\n".join(f"    {n}" for n in d.notes) for d in self.documents if d.notes
        ]
        return "\n".join(parts)

    def _table(self) -> Iterator[str]:
        officials = self.false_officials()
        quoted, unquoted = (sum(getattr(d, name) for d in self.documents) for name in ("quoted", "unquoted"))
        measured = sum(document.repair_loss is not None for document in self.documents)
        yield f"documents         {len(self.documents)}"
        yield f"persons           {_full(self.tally('persons'))}"
        yield f"false officials   {len(officials)} {' '.join(officials)}".rstrip()
        yield f"posts             {_full(self.tally('posts'))}"
        yield f"posts, strict     {_full(self.tally('posts_strict'))}"
        for name in ("posts_placed", "dates", "policies", "directives", "places", "orgs"):
            tally = self.tally(name)
            yield f"{name:17} recall {tally.recall:.3f}  ({tally.hits} of {tally.hits + tally.missed})"
        yield f"meetings          {_full(self.tally('meetings'))}"
        yield f"relations         {_full(self.tally('relations'))}"
        yield f"relations, strict {_full(self.tally('relations_strict'))}"
        yield from (f"  {name:15} {_full(tally)}" for name, tally in self.by_type().items())
        yield f"quotes            {unquoted} of {quoted} quotes and mentions are not the text at their offsets"
        yield f"repair            mean loss {self.figures()['repair_loss']:.4f} over {measured} damaged documents"


def evaluate(gold: Path, extractions: Iterable[Mapping[str, Any]]) -> Scores:
    """Score extractions (`kg extract`, one JSON object a line) against a folder of annotated documents.

    Extractions of documents that are not in the gold set are ignored; a gold document without an
    extraction counts as one in which nothing was found.

    Raises:
        InputFileError: the folder holds no annotated document, or a malformed one.
    """
    found = by_document(extractions)
    return Scores(tuple(score_document(document, found.get(document.id)) for document in load_gold(gold)))


def score_document(gold: GoldDocument, found: Extracted | None) -> DocumentScores:
    """Score one document; `None` when it was not extracted at all."""
    one = found or Extracted()
    persons, things = score_persons(gold, one), score_things(gold, one)
    strict, lenient = (score_relations(gold, one, lenient=lenient) for lenient in (False, True))
    absent = () if found else ("no extraction for this document",)
    tallies = {name: getattr(persons, name) for name in ("persons", "posts", "posts_strict", "posts_placed")}
    tallies |= {
        name: getattr(things, name) for name in ("meetings", "dates", "policies", "directives", "places", "orgs")
    }
    tallies["relations"] = total(lenient.by_type.values())
    tallies["relations_strict"] = total(strict.by_type.values())
    is_measured = gold.clean is not None and gold.is_damaged and one.text
    return DocumentScores(
        id=gold.id,
        heading=f"{gold.script}, {gold.category}",
        tallies=tallies,
        by_type=strict.by_type,
        false_officials=persons.false_officials,
        quoted=len(one.quotes) + len(one.mentions),
        unquoted=(*one.quotes, *one.mentions).count(False),
        repair_loss=character_loss(one.text, gold.clean or "") if is_measured else None,
        notes=(*absent, *persons.notes, *things.notes, *strict.notes),
    )


def character_loss(text: str, clean: str) -> float:
    """Return the share of Han characters lost or invented, by longest matching blocks.

    >>> character_loss("环境保护", "环境保护。"), character_loss("环", "环保护境")
    (0.0, 0.6)
    """
    got, wanted = _NOT_HAN.sub("", text), _NOT_HAN.sub("", clean)
    blocks = difflib.SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks()
    return 1 - 2 * sum(block.size for block in blocks) / max(1, len(got) + len(wanted))


def _full(tally: Tally) -> str:
    counts = f"({tally.hits} hit, {tally.wrong} wrong, {tally.missed} missed)"
    return f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  {counts}"
