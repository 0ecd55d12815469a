"""Candidate mentions of a page, from the grammar and from the model, and what speaks for each.

Both propose; neither has the last word. What a proposal is worth was measured on annotated pages
(`training/combine.py`) and stands in the combiner's weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ner.learned import Encoded, Tagged
from kg.ner.lexicon import Lexicon
from kg.ner.page import Hit, Page
from kg.tables.weights import Combiner, logit

MODEL: Final = "model:tag"
AGAIN: Final = "model:again"
"""A name that the page showed elsewhere."""
_OUTER: Final[Mapping[str, frozenset[str]]] = {
    "PLACE": frozenset({"POST", "ORG", "MEETING", "POLICY", "DIRECTIVE"}),
    "ORG": frozenset({"MEETING", "POLICY", "DIRECTIVE"}),
}
_REPEATED: Final = frozenset({"PERSON", "POLICY"})
_SHORTEST: Final = 2
_MARKS: Final = " \n\u3000，。、；："
_BEFORE: Final = 12
"""Characters before a name in which a role may stand: 村民, 志愿者."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate: its span and label, who proposes it, and its features for the combiner.

    `is_nested` says that it stands inside a longer candidate of another label: the place in an
    organisation, the organisation in a meeting's name. Such parts are what names are resolved by; they are
    not annotated, so the grammar alone answers for them.
    """

    hit: Hit
    features: Mapping[str, float]
    is_nested: bool


def propose(page: Page, hits: Sequence[Hit], encoded: Encoded, lexicon: Lexicon) -> list[Proposal]:
    """Return every candidate once, in text order, longer before shorter."""
    grammar = {(hit.start, hit.end, hit.label): hit for hit in hits}
    tagged = {
        (span.start, span.end, span.label): span.score
        for span in (_trimmed(page, seen) for seen in encoded.spans())
        if _is_readable(page, span)
    }
    again = set(_again(page, [*grammar, *tagged])) - grammar.keys() - tagged.keys()
    keys = sorted(grammar.keys() | tagged.keys() | again, key=lambda k: (k[0], -k[1], k[2]))
    cells: defaultdict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for key in keys:
        for at in range(key[0], key[1]):
            cells[key[2], at].append(key)
    best: dict[tuple[str, str], float] = {}
    scores = {key: encoded.score(*key) for key in keys}
    ends = {(end, label) for _, end, label in keys}
    for key in keys:
        name = page.text[key[0] : key[1]], key[2]
        best[name] = max(best.get(name, 0.0), scores[key])
    out = []
    for key in keys:
        start, end, label = key
        hit = grammar.get(key) or Hit(start, end, label, MODEL if key in tagged else AGAIN, scores[key])
        rivals = {k for at in (start, end - 1) for k in cells[label, at]} - {key}
        around = {
            outer
            for outer in _OUTER.get(label, ())
            for k in cells[outer, start]
            if k[0] <= start and end <= k[1] and k[1] - k[0] > end - start
        }
        features = {
            "model": logit(scores[key]),
            "tagged": float(key in tagged),
            "grammar": float(key in grammar),
            "both": float(key in grammar and key in tagged),
            "model if grammar": logit(scores[key]) * (key in grammar),
            "best elsewhere": logit(best[page.text[start:end], label]),
            "rival tagged": float(any(k in tagged for k in rivals)),
            "rival grammar": float(any(k in grammar for k in rivals)),
            "best rival": max((logit(scores[k]) for k in rivals), default=-6.0),
            f"length {min(end - start, 9)}": 1.0,
        }
        if key in grammar:
            features[hit.method] = 1.0
            features["grammar's score"] = hit.score
        for outer in around:
            features[f"in {outer}"] = 1.0
        if label == "PERSON":
            before = page.view[max(0, start - _BEFORE) : start]
            features["after a post"] = float((start, "POST") in ends)
            features["after a civilian's role"] = float(lexicon.civilian.search(before) is not None)
        out.append(Proposal(hit, features, bool(around)))
    return out


def decide(proposals: Iterable[Proposal], combiner: Combiner) -> list[Hit]:
    """Return what the combiner takes for mentions, the likelier of those that overlap; scores are probabilities."""
    kept = []
    for proposal in proposals:
        hit = proposal.hit
        if proposal.is_nested:
            if not hit.method.startswith("model:"):
                kept.append(hit)
            continue
        share = combiner.mention(hit.label, proposal.features)
        if share >= combiner.least_mention(hit.label):
            kept.append(hit._replace(score=share))
    taken: defaultdict[str, set[int]] = defaultdict(set)
    chosen = []
    for hit in sorted(kept, key=lambda h: (-round(h.score, 2), h.start - h.end, h.start)):
        if taken[hit.label].isdisjoint(range(hit.start, hit.end)):
            taken[hit.label].update(range(hit.start, hit.end))
            chosen.append(hit)
    return sorted(chosen, key=lambda h: (h.start, -h.end, h.label))


def _trimmed(page: Page, span: Tagged) -> Tagged:
    """Return a span without the marks and blanks at its ends."""
    surface = page.text[span.start : span.end]
    start = span.start + len(surface) - len(surface.lstrip(_MARKS))
    return span._replace(start=start, end=start + len(surface.strip(_MARKS)))


def _is_readable(page: Page, span: Tagged) -> bool:
    start, end, label, _ = span
    surface = page.text[start:end]
    if end - start < _SHORTEST or "\n" in surface or page.is_silent(start) or page.is_silent(end - 1):
        return False
    return label != "PERSON" or "".join(surface.split()) not in page.press


def _again(page: Page, keys: Iterable[tuple[int, int, str]]) -> Iterable[tuple[int, int, str]]:
    """Yield the other places where a name stands that was proposed once."""
    names = {(page.text[s:e], label) for s, e, label in keys if label in _REPEATED and e - s >= _SHORTEST}
    for name, label in sorted(names):
        at = page.text.find(name)
        while at >= 0:
            if not page.is_silent(at):
                yield at, at + len(name), label
            at = page.text.find(name, at + 1)
