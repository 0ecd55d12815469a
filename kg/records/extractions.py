"""What is read from one document: mentions, the entities they refer to, and relations with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.records.documents import Document, Span
from kg.records.ids import LocalId, MentionId
from kg.records.properties import EMPTY, Properties

LABELS: Final = ("PERSON", "POST", "ORG", "PLACE", "MEETING", "POLICY", "DIRECTIVE")
"""Labels of mentions and local entities; `schema/` maps them to the graph's node labels."""

LONGEST_QUOTE: Final = 240
"""Longest quote of a piece of evidence, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A span with a label in one document; `method` names the rule or model, `score` is in [0, 1]."""

    id: MentionId
    label: str
    surface: str
    raw_start: int
    raw_end: int
    method: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the learned reader sees between two mentions of a document: a type, and a share in [0, 1].

    Types are those of relations, and APPOINTED_AS and REMOVED_AS (person, post), SAME (two names of one
    meeting), REPORTED (a meeting with itself: the page reports on it).
    """

    type: str
    head_id: MentionId
    tail_id: MentionId
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Span):
    """The passage behind a claim, and the rule or model that read it."""

    raw_start: int
    raw_end: int
    quote: str
    method: str
    score: float

    def __post_init__(self) -> None:
        """Check what no later stage can repair."""
        Span.__post_init__(self)
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"the quote has {len(self.quote)} characters, its span {self.end - self.start}")
        if len(self.quote) > LONGEST_QUOTE:
            raise ValueError(f"a quote has at most {LONGEST_QUOTE} characters, this one {len(self.quote)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """What mentions of one document refer to; `name` is the fullest form that the page supports."""

    id: LocalId
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    mention_ids: tuple[MentionId, ...] = ()
    properties: Properties = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One claim of one document: `head` did `type` to `tail`, and here is where it says so."""

    type: str
    head_id: LocalId
    tail_id: LocalId
    evidence: Evidence
    properties: Properties = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one document; the unit that is printed, stored and resolved."""

    extractor: str
    document: Document
    mentions: tuple[Mention, ...]
    entities: tuple[LocalEntity, ...]
    relations: tuple[Relation, ...]
