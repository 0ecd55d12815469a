"""The records that travel between stages: frozen, slotted, keyword-only.

Stages know these records and nothing of each other. Offsets are code points of
`Document.text`, half-open; ids inside a document are ordinal in text order
(`m1`, `e1`), so the same document gives the same bytes wherever it is read.
"""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NewType

DocId = NewType("DocId", str)
MentionId = NewType("MentionId", str)
LocalId = NewType("LocalId", str)
EntityId = NewType("EntityId", str)
EdgeId = NewType("EdgeId", str)

Scalar = str | int | float | bool
Value = Scalar | tuple[str, ...]
LABELS: Final = ("PERSON", "POST", "ORG", "PLACE", "MEETING", "POLICY", "DIRECTIVE")
"""Labels of mentions and local entities; `schema/` maps them to the graph's node labels."""

LONGEST_QUOTE: Final = 240
"""Longest quote of a piece of evidence, in characters."""


class Properties(Mapping[str, Value]):
    """A read-only, hashable, picklable property map, keys in sorted order.

    `None`, empty strings and empty tuples mean "not known" and are left out, so
    that a property is either present and meaningful or absent.

    >>> dict(Properties({"title": "市长", "acting": None}, rank=""))
    {'title': '市长'}
    """

    __slots__ = ("_pairs",)

    def __init__(self, values: Mapping[str, Value | None] | None = None, /, **more: Value | None) -> None:
        """Take a mapping, keywords, or both; keywords win."""
        merged = {**(values or {}), **more}
        self._pairs = tuple((k, v) for k, v in sorted(merged.items()) if v is not None and v != "" and v != ())

    def __getitem__(self, key: str) -> Value:
        """Return the value of `key`; a handful of pairs, so a scan is quicker than a table."""
        for name, value in self._pairs:
            if name == key:
                return value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in sorted order."""
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        """Count the properties."""
        return len(self._pairs)

    def items(self) -> ItemsView[str, Value]:
        """Return the pairs at once, not one scan a key: sinks ask every element."""
        return dict(self._pairs).items()

    def __hash__(self) -> int:
        """Hash the pairs: equal maps are equal whatever order they were given in."""
        return hash(self._pairs)

    def __repr__(self) -> str:
        """Show the map as a dict."""
        return f"Properties({dict(self._pairs)!r})"

    def text(self, key: str) -> str:
        """Return a property that is text, or an empty string when it is absent."""
        value = self.get(key, "")
        return value if isinstance(value, str) else str(value)

    def updated(self, **more: Value | None) -> Properties:
        """Return a copy with `more` over it; `None` removes a property."""
        return Properties(self, **more)


EMPTY: Final = Properties()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of `Document.text`: `start` inclusive, `end` exclusive, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what no later stage can repair."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def covers(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """What a source yields: decoded text, not yet repaired, and what the source says about it.

    `source` is the path as given, with `#row` (1-based) for records of a container file.
    `text` is the decoded source (for HTML the extracted main text, for records the text
    field); raw offsets of the whole program count its code points. `title` is set only
    where it is not already part of `text`.
    """

    source: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    encoding: str = "utf-8"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each character of a text comes from in the text it was made of.

    `starts[i]:ends[i]` is the smallest stretch of the source that character `i`
    was made of; both arrays are `None` when the text is its own source. The
    stretch may be empty for a character that stands for nothing in the source
    (the newline put between a title and a body), and it is never reordered:
    starts and ends never decrease.
    """

    starts: array[int] | None = None
    ends: array[int] | None = None

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Alignment:
        """Build an alignment from one `(start, end)` pair a character."""
        starts, ends = array("q"), array("q")
        for start, end in spans:
            starts.append(start)
            ends.append(end)
        return cls(starts, ends)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the source stretch behind `text[start:end]` (`start < end`)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def then(self, later: Alignment) -> Alignment:
        """Compose: `self` maps B to A, `later` maps C to B; the result maps C to A.

        A character of C that stands for nothing in B keeps an empty stretch, at
        the place in A where its neighbour in B ends.

        >>> halves = Alignment.of([(0, 2), (2, 4)])
        >>> halves.then(Alignment.of([(0, 2)])).raw(0, 1)
        (0, 4)
        """
        if later.starts is None or later.ends is None:
            return self
        if self.starts is None or self.ends is None:
            return later
        spans = []
        for start, end in zip(later.starts, later.ends, strict=True):
            if start < end:
                spans.append((self.starts[start], self.ends[end - 1]))
            else:
                at = self.ends[start - 1] if start else 0
                spans.append((at, at))
        return Alignment.of(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone(Span):
    """A stretch with a role on the page.

    `kind` is one of title, dateline, publish_line, byline, body, caption, related, copyright,
    editor, navigation, spam, repeat. Zones never overlap and come in text order.
    """

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One news item, repaired and in Simplified script; nothing is deleted for being boilerplate.

    `published` is an EDTF date or `None`; `published_from` says where it was found (metadata,
    dateline, publish line, url). `kind` is report, notice, regulation, template, fiction,
    feature or foreign. `script` is hans, hant or tw: what the source was written in.
    `sources` lists every path the same document came from.
    """

    id: DocId
    sources: tuple[str, ...]
    text: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    published_from: str | None
    kind: str
    script: str
    encoding: str
    sha256: str
    zones: tuple[Zone, ...]
    sentences: tuple[Span, ...]
    authors: tuple[str, ...]
    repairs: Properties
    alignment: Alignment = field(repr=False)
    raw_text: str = field(default="", repr=False)

    def zone_at(self, offset: int) -> str:
        """Return the kind of the zone at `offset`; text outside every zone is body."""
        for zone in self.zones:
            if zone.start <= offset < zone.end:
                return zone.kind
        return "body"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A node of the corpus graph; `label` is the graph's (`Person`, `Post` …), `caption` tells namesakes apart.

    `members` are the local entities it stands for, as `(doc_id, local_id)`, sorted.
    """

    id: EntityId
    label: str
    name: str
    caption: str
    aliases: tuple[str, ...]
    members: tuple[tuple[DocId, LocalId], ...]
    properties: Properties
    first_seen: str | None
    last_seen: str | None
    doc_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusEvidence(Evidence):
    """Evidence with the document and the edge it belongs to."""

    doc_id: DocId
    edge_id: EdgeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A merged relation between two nodes.

    `weight` counts stories (reprints of one text count once), `doc_count` documents.
    `evidence` holds the five best quotes, best first; all of them stand in `evidence.jsonl`.
    """

    id: EdgeId
    type: str
    head_id: EntityId
    tail_id: EntityId
    weight: int
    doc_count: int
    confidence: float
    method: str
    evidence: tuple[CorpusEvidence, ...]
    properties: Properties = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The corpus graph that sinks write: nodes and edges sorted by id, evidence by edge, best first."""

    nodes: Sequence[Entity]
    edges: Sequence[Edge]
    evidence: Sequence[CorpusEvidence]
