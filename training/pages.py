"""Annotated pages as training examples: where each annotated name stands, and which pairs of mentions make a claim.

The annotation names things, not offsets. A name is a mention wherever it stands; a relation is
the nearest pair of mentions inside the words that state it. Other pairs of the same two names
may be read either way and are left out of the loss.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.records import LABELS as LABELS

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "PRESIDED": ("PERSON", "ORG"),
    "ATTENDED": ("PERSON", "ORG", "PLACE"),
    "SPOKE_AT": ("PERSON", "ORG"),
    "REPORTED_AT": ("PERSON", "ORG"),
    "CONVEYED": ("MEETING", "PERSON"),
    "DELIBERATED": ("MEETING", "ORG"),
    "APPROVED": ("MEETING", "ORG"),
    "INSPECTED": ("PERSON", "ORG"),
    "HELD_IN": ("MEETING",),
    "ISSUED": ("PERSON", "ORG", "MEETING"),
    "APPOINTED": ("ORG", "MEETING", "PERSON"),
    "REMOVED": ("ORG", "MEETING", "PERSON"),
    "HOLDS": ("PERSON",),
    "APPOINTED_AS": ("PERSON",),
    "REMOVED_AS": ("PERSON",),
    "SAME": ("MEETING",),
}
"""Labels of the head of each type of pair.

APPOINTED and REMOVED link who decides to the person, APPOINTED_AS and REMOVED_AS the person to
the post, SAME two names of one meeting.
"""

TAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "PRESIDED": ("MEETING",),
    "ATTENDED": ("MEETING",),
    "SPOKE_AT": ("MEETING",),
    "REPORTED_AT": ("MEETING",),
    "CONVEYED": ("DIRECTIVE", "POLICY", "MEETING"),
    "DELIBERATED": ("POLICY", "DIRECTIVE"),
    "APPROVED": ("POLICY", "DIRECTIVE"),
    "INSPECTED": ("PLACE", "ORG"),
    "HELD_IN": ("PLACE", "ORG"),
    "ISSUED": ("POLICY", "DIRECTIVE"),
    "APPOINTED": ("PERSON",),
    "REMOVED": ("PERSON",),
    "HOLDS": ("POST",),
    "APPOINTED_AS": ("POST",),
    "REMOVED_AS": ("POST",),
    "SAME": ("MEETING",),
}

TYPES: Final = tuple(HEADS)

OUTER: Final[Mapping[str, tuple[str, ...]]] = {
    "PLACE": ("POST", "ORG", "MEETING", "POLICY", "DIRECTIVE"),
    "ORG": ("ORG", "MEETING", "POLICY", "DIRECTIVE"),
}
"""Inside of a longer name of these labels a name is only a part of it."""

_PAST: Final = re.compile(r"[（(](?:免|辞)[)）]")
_TALK: Final = re.compile("会见|会谈|会晤|会面|通电话|通话|座谈|接见|会商|签约|宣誓就职")
_ASIDE: Final = frozenset({"会议", "会", "大会", "会上"})
"""What refers to a meeting and names none."""


class Span(NamedTuple):
    """A mention: half-open code points of the page's text, a label, and the annotated name it stands for."""

    start: int
    end: int
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Example:
    """A page to learn from.

    `spans` come in text order; spans of one label never overlap. `pairs` are `(type, head, tail)` over their
    indices; `unsure` are pairs that are neither right nor wrong. `reported` are the mentions of meetings
    that the page reports on.
    """

    name: str
    text: str
    spans: tuple[Span, ...]
    pairs: frozenset[tuple[str, int, int]]
    unsure: frozenset[tuple[str, int, int]]
    reported: frozenset[int]


class Finder:
    """Finds names on a page whatever white space and width of characters stand in them."""

    def __init__(self, text: str) -> None:
        """Index the characters that are no white space."""
        flat, self._at = [], []
        for offset, character in enumerate(text):
            for form in unicodedata.normalize("NFKC", character):
                if not form.isspace():
                    flat.append(form)
                    self._at.append(offset)
        self._flat = "".join(flat)

    def all(self, name: str) -> list[tuple[int, int]]:
        """Return the bounds of every occurrence, in text order."""
        wanted = "".join(unicodedata.normalize("NFKC", name).split())
        found, at = [], self._flat.find(wanted) if wanted else -1
        while at >= 0:
            found.append((self._at[at], self._at[at + len(wanted) - 1] + 1))
            at = self._flat.find(wanted, at + 1)
        return found


def read_examples(folders: Iterable[Path], *, without: Iterable[str] = ()) -> Iterator[Example]:
    """Yield the annotated pages of the folders, sorted by file name within each.

    Args:
        folders: Each with `NAME.json` as `annotate.py` writes it, `NAME.txt`, and `clean/NAME.txt` where the page
            is damaged or Traditional.
        without: Names to leave out: pages that are set aside.
    """
    aside = frozenset(without)
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            clean = folder / "clean" / f"{path.stem}.txt"
            page = clean if clean.exists() else path.with_suffix(".txt")
            if path.stem not in aside and page.exists():
                text = unicodedata.normalize("NFC", page.read_text("utf-8"))
                yield make_example(path.stem, text, json.loads(path.read_text("utf-8")))


def in_fold(name: str, fold: tuple[int, int]) -> bool:
    """Say whether a page is held out in fold `K` of `N`: by its name alone, whatever other pages there are."""
    return int.from_bytes(name.encode(), "big") % 1_000_003 % fold[1] == fold[0]


def parse_fold(text: str) -> tuple[int, int]:
    """Read `K/N`."""
    number, _, of = text.partition("/")
    return int(number), int(of)


def make_example(name: str, text: str, gold: Mapping[str, Any]) -> Example:
    """Return one page with its targets.

    >>> gold = {"persons": [{"name": "陆启明", "posts": ["县长"]}], "meetings": [{"name": "推进会", "main": True}],
    ...     "policies": [], "directives": [], "orgs": [], "places": [],
    ...     "relations": [{"type": "PRESIDED", "head": "陆启明", "tail": "推进会", "evidence": "县长陆启明主持推进会"}]}
    >>> example = make_example("a", "县长陆启明主持推进会。", gold)
    >>> [span[:3] for span in example.spans]
    [(0, 2, 'POST'), (2, 5, 'PERSON'), (7, 10, 'MEETING')]
    >>> sorted(example.pairs)
    [('HOLDS', 1, 0), ('PRESIDED', 1, 2)]
    """
    finder = Finder(text)
    spans = tuple(sorted(_outer(_longest(_occurrences(finder, gold)))))
    pairing = _Pairing(finder, spans, gold)
    main = {m["name"] for m in gold["meetings"] if m.get("main", True)}
    reported = frozenset(i for i, span in enumerate(spans) if span.label == "MEETING" and span.name in main)
    return Example(name, text, spans, frozenset(pairing.pairs), frozenset(pairing.unsure - pairing.pairs), reported)


def _occurrences(finder: Finder, gold: Mapping[str, Any]) -> Iterator[Span]:
    def spans(label: str, canonical: str, forms: Iterable[str]) -> Iterator[Span]:
        for form in forms:
            for start, end in finder.all(form):
                yield Span(start, end, label, canonical)

    for person in gold["persons"]:
        yield from spans("PERSON", person["name"], [person["name"]])
        for post in person["posts"]:
            stated = _PAST.sub("", post)
            yield from spans("POST", stated, [stated])
    for meeting in gold["meetings"]:
        forms = [n for n in [meeting["name"], *meeting.get("aliases", [])] if len(n) > 2 and n not in _ASIDE]
        named = list(spans("MEETING", meeting["name"], forms))
        yield from named or _unnamed(finder, meeting["name"], gold)
    for label, key in (("POLICY", "policies"), ("ORG", "orgs"), ("PLACE", "places")):
        for item in gold[key]:
            item_name = item if isinstance(item, str) else item["name"]
            yield from spans(label, item_name, [item_name])
    for directive in gold["directives"]:
        forms = [directive["name"], *(a for a in directive.get("aliases", []) if len(a) > 3)]
        yield from spans("DIRECTIVE", directive["name"], forms)


def _unnamed(finder: Finder, name: str, gold: Mapping[str, Any]) -> Iterator[Span]:
    """Yield what stands for a meeting whose name the text does not hold: the word for the talk, or the name's end."""
    stated = [r.get("evidence", "") for r in gold["relations"] if name in (r["tail"], r["head"])]
    zones = [zone for words in stated for zone in finder.all(words)]
    talk = _TALK.search(name)
    if talk:
        at = [(s, e) for s, e in finder.all(talk[0]) if any(a <= s and e <= b for a, b in zones)]
        yield from (Span(s, e, "MEETING", name) for s, e in at[:1])
        return
    for cut in range(1, len(name) - 3):
        found = finder.all(name[cut:])
        if found:
            yield from (Span(s, e, "MEETING", name) for s, e in found)
            return


def _longest(spans: Iterable[Span]) -> Iterator[Span]:
    """Of overlapping spans of one label keep the longest."""
    taken: set[tuple[str, int]] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        cells = {(span.label, at) for at in range(span.start, span.end)}
        if taken.isdisjoint(cells):
            taken |= cells
            yield span


def _outer(spans: Iterable[Span]) -> Iterator[Span]:
    """Leave out what is only a part of another name: 临汾 of 临汾市委; 市委 of 市委书记 is a mention."""
    kept = list(spans)
    for span in kept:
        around = (o for o in kept if o.label in OUTER.get(span.label, ()) and o.start <= span.start)
        if not any(span.end <= o.end and o.end - o.start > span.end - span.start for o in around):
            yield span


class _Pairing:
    """The pairs of one page."""

    def __init__(self, finder: Finder, spans: tuple[Span, ...], gold: Mapping[str, Any]) -> None:
        self.spans = spans
        self.pairs: set[tuple[str, int, int]] = set()
        self.unsure: set[tuple[str, int, int]] = set()
        self._by_name: dict[str, list[int]] = {}
        for i, span in enumerate(spans):
            self._by_name.setdefault(span.name, []).append(i)
        for relation in gold.get("relations", []):
            self._relation(relation, finder.all(relation.get("evidence", "")), is_certain=True)
        for relation in gold.get("optional_relations", []):
            self._relation(relation, finder.all(relation.get("evidence", "")), is_certain=False)
        for person in gold["persons"]:
            self._holds(person)
        for members in self._by_name.values():
            meetings = [i for i in members if spans[i].label == "MEETING"]
            self.pairs |= {("SAME", i, j) for i in meetings for j in meetings if i < j}

    def _relation(self, relation: Mapping[str, str], zones: list[tuple[int, int]], *, is_certain: bool) -> None:
        type_ = relation["type"]
        if type_ not in HEADS:
            return
        heads = self._of(relation["head"], HEADS[type_])
        if type_ in ("APPOINTED", "REMOVED"):
            person, _, rest = relation["tail"].partition("/")
            people, post = self._of(person, ("PERSON",)), rest.partition("@")[0]
            self._put(type_, heads, people, zones, is_certain)
            self._put(f"{type_}_AS", people, self._posts(post), zones, is_certain)
        else:
            self._put(type_, heads, self._of(relation["tail"], TAILS[type_]), zones, is_certain)

    def _holds(self, person: Mapping[str, Any]) -> None:
        people = self._of(person["name"], ("PERSON",))
        for post in person["posts"]:
            is_past = _PAST.search(post) is not None
            self._put("HOLDS", people, self._of(_PAST.sub("", post), ("POST",)), [], not is_past)

    def _of(self, name: str, labels: tuple[str, ...]) -> list[int]:
        return [i for i in self._by_name.get(name, []) if self.spans[i].label in labels]

    def _posts(self, post: str) -> list[int]:
        posts = [i for i, span in enumerate(self.spans) if span.label == "POST"]
        same = [i for i in posts if self.spans[i].name == post]
        return same or [i for i in posts if self.spans[i].name.endswith(post) or post.endswith(self.spans[i].name)]

    def _put(
        self, type_: str, heads: list[int], tails: list[int], zones: list[tuple[int, int]], is_certain: bool
    ) -> None:
        """Add the nearest pair inside the words that state it; leave the other pairs of the two names open."""
        self.unsure |= {(type_, i, j) for i in heads for j in tails}
        if is_certain and heads and tails:
            best = min(((i, j) for i in heads for j in tails), key=lambda pair: self._cost(*pair, zones))
            self.pairs.add((type_, *best))

    def _cost(self, head: int, tail: int, zones: list[tuple[int, int]]) -> tuple[int, int, int]:
        """Distance in characters; an end outside of the stated words costs 180, a meeting named only later 25."""
        a, b = self.spans[head], self.spans[tail]
        outside = min((sum(not (s <= m.start < e) for m in (a, b)) for s, e in zones), default=0)
        is_later = b.label == "MEETING" and b.start > a.start + 40
        return abs(a.start - b.start) + 180 * outside + 25 * is_later, head, tail
