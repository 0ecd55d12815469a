"""Stories: documents that reprint one text, which count once.

Two documents are one story when four fifths of the shorter one's body sentences stand
word for word in the longer one. Documents of fewer than three sentences must be
identical. Compared with the story's longest document only, so a text that grows
over many reprints does not chain strangers together.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from kg.records import DocId, Document

CONTAINMENT: Final = 0.8
SHORTEST_SENTENCE: Final = 8
"""Characters; shorter ones (会议指出:) recur in everything."""

FEWEST_SENTENCES: Final = 3
COMMONPLACE: Final = 200
"""A sentence of more stories than this leads to none of them; it still counts as shared with one found otherwise."""

CANDIDATES: Final = 5
"""How many stories, of those that share most sentences, are compared."""

_FILLER: Final = re.compile(r"[\W_]+")


def fingerprints(document: Document) -> tuple[int, ...]:
    """Return the hashes of the body sentences, punctuation aside, each once, sorted."""
    hashes = set()
    for sentence in document.sentences:
        if document.zone_at(sentence.start) not in ("body", "dateline"):
            continue
        words = _FILLER.sub("", document.text[sentence.start : sentence.end])
        if len(words) >= SHORTEST_SENTENCE:
            digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            hashes.add(int.from_bytes(digest))
    return tuple(sorted(hashes))


def group_stories(prints: Mapping[DocId, tuple[int, ...]]) -> dict[DocId, str]:
    """Return the story of each document: the id of its longest document (of equals the smallest id)."""
    stories: dict[DocId, str] = {}
    exact: dict[tuple[int, ...], DocId] = {}
    longest_of: defaultdict[int, list[DocId]] = defaultdict(list)
    for doc_id in sorted(prints, key=lambda d: (-len(prints[d]), d)):
        own = prints[doc_id]
        story = exact.get(own) if own else doc_id
        if story is None:
            story = _find_story(own, longest_of, prints) or doc_id
            exact[own] = story
        stories[doc_id] = story
        if story == doc_id:
            for sentence in own:
                longest_of[sentence].append(doc_id)
    return stories


def _find_story(
    own: tuple[int, ...], longest_of: Mapping[int, list[DocId]], prints: Mapping[DocId, tuple[int, ...]]
) -> DocId | None:
    if len(own) < FEWEST_SENTENCES:
        return None
    shared: Counter[DocId] = Counter()
    for sentence in own:
        found = longest_of.get(sentence, [])
        if len(found) <= COMMONPLACE:
            shared.update(found)
    for doc_id, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
        if len(set(own).intersection(prints[doc_id])) >= CONTAINMENT * len(own):
            return doc_id
    return None
