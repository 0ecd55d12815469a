"""Candidate mentions of the grammar and the reader, and what the combiner keeps of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ner.learned import Encoded
from kg.ner.lexicon import build_lexicon
from kg.ner.page import Hit, Page
from kg.ner.propose import AGAIN, MODEL, Proposal, decide, propose
from kg.records import LABELS
from kg.tables.seeds import default_seeds
from kg.tables.weights import Combiner, Logistic

TRUSTING = Combiner({label: Logistic(0.0, {"model": 1.0}) for label in LABELS}, {})


def page_of(text: str, **more: object) -> Page:
    return Page.of(text, range(len(text)), **more)  # type: ignore[arg-type]


def encoded(text: str, *spans: tuple[str, str]) -> Encoded:
    """Return a page on which the reader sees the first occurrence of some names."""
    shares = np.full((len(text), len(LABELS), 3), 0.005, dtype=np.float32)
    shares[..., 0] = 0.99
    for name, label in spans:
        start, column = text.index(name), LABELS.index(label)
        shares[start : start + len(name), column] = (0.01, 0.01, 0.98)
        shares[start, column] = (0.01, 0.98, 0.01)
    return Encoded(np.zeros((len(text), 4), dtype=np.float32), shares, (0,) * len(text))


def proposals(text: str, hits: list[Hit], *spans: tuple[str, str], page: Page | None = None) -> list[Proposal]:
    return propose(page or page_of(text), hits, encoded(text, *spans), build_lexicon(default_seeds()))


def test_both_propose_and_each_candidate_comes_once() -> None:
    text = "县长陆启明讲话"
    hits = [Hit(0, 2, "POST", "rule:post", 0.9), Hit(2, 5, "PERSON", "rule:after_post", 0.9)]
    found = proposals(text, hits, ("陆启明", "PERSON"))
    assert [(p.hit.start, p.hit.end, p.hit.label, p.hit.method) for p in found] == [
        (0, 2, "POST", "rule:post"),
        (2, 5, "PERSON", "rule:after_post"),
    ]
    assert found[1].features["both"] == found[1].features["after a post"] == 1.0
    assert found[0].features["tagged"] == 0.0


def test_a_name_found_once_is_a_candidate_wherever_it_stands() -> None:
    text = "陆启明讲话。陆启明强调"
    found = proposals(text, [], ("陆启明", "PERSON"))
    assert [(p.hit.start, p.hit.method) for p in found] == [(0, MODEL), (6, AGAIN)]


@pytest.mark.parametrize(
    ("text", "name", "more"),
    [
        pytest.param("陆启明讲话", "陆启明", {"press": ["陆启明"]}, id="a reporter of the byline"),
        pytest.param("陆启明讲话", "陆启明", {"zones": [(0, 5, "related")]}, id="boilerplate"),
        pytest.param("陆启\n明讲话", "陆启\n明", {}, id="over the end of a line"),
    ],
)
def test_what_the_reader_may_not_propose(text: str, name: str, more: dict[str, object]) -> None:
    assert proposals(text, [], (name, "PERSON"), page=page_of(text, **more)) == []


def test_a_civilian_is_told() -> None:
    found = proposals("村民陆启明说", [], ("陆启明", "PERSON"))
    assert found[0].features["after a civilian's role"] == 1.0


def test_parts_of_names_are_the_grammars() -> None:
    text = "临汾市委"
    hits = [Hit(0, 4, "ORG", "rule:level_org", 0.9), Hit(0, 2, "PLACE", "gazetteer:division", 0.9)]
    found = proposals(text, hits, ("临汾市委", "ORG"))
    assert [(p.hit.label, p.is_nested) for p in found] == [("ORG", False), ("PLACE", True)]
    assert {hit.label for hit in decide(found, TRUSTING)} == {"ORG", "PLACE"}


def test_the_likelier_of_two_that_overlap_is_kept() -> None:
    text = "陆启明明讲话"
    found = proposals(text, [Hit(0, 4, "PERSON", "rule:after_post", 0.9)], ("陆启明", "PERSON"))
    (kept,) = decide(found, TRUSTING)
    assert (kept.start, kept.end) == (0, 3)
    assert 0.5 <= kept.score <= 1


spans = st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(LABELS), st.floats(0, 1))


@given(st.lists(spans, max_size=20))
def test_kept_mentions_of_a_label_never_overlap(drawn: list[tuple[int, int, str, float]]) -> None:
    candidates = [
        Proposal(Hit(start, start + size, label, "rule:x", share), {"model": share * 12 - 6}, False)
        for start, size, label, share in drawn
    ]
    kept = decide(candidates, TRUSTING)
    assert kept == sorted(kept, key=lambda h: (h.start, -h.end, h.label))
    for label in LABELS:
        own = [hit for hit in kept if hit.label == label]
        assert all(left.end <= right.start for left, right in pairwise(own))
    assert decide(reversed(candidates), TRUSTING) == kept or len({c.hit[:3] for c in candidates}) < len(candidates)
