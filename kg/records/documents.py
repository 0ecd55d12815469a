"""What a source yields, and the document made of it: text, zones, sentences, and where each character comes from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.records.ids import DocId
from kg.records.properties import Properties


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
