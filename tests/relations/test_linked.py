"""Pairs of the learned reader as claims: added where no rule speaks, weighed where one does."""

from __future__ import annotations

import pytest

from kg.ner.pipeline import find_mentions
from kg.records import LABELS, Link, Mention
from kg.relations.extract import read_candidates, read_relations
from kg.relations.settle import DECIDED, claim_features
from kg.tables.seeds import default_seeds
from kg.tables.weights import Combiner, Logistic
from tests.ner.finding import document, pipeline
from tests.relations.reading import Page


def find(mentions: tuple[Mention, ...], surface: str, label: str) -> Mention:
    return next(m for m in mentions if (m.surface, m.label) == (surface, label))


def read(text: str, *pairs: tuple[str, str, str, str, str, float], combiner: Combiner | None = None) -> Page:
    """Read a page with pairs of a reader that says just this: type, head and its label, tail and its label, share."""
    page = document(text)
    mentions, _ = find_mentions(pipeline(), page)
    links = [
        Link(type=t, head_id=find(mentions, h, hl).id, tail_id=find(mentions, k, kl).id, score=score)
        for t, h, hl, k, kl, score in pairs
    ]
    entities, relations = read_relations(page, mentions, links, default_seeds(), combiner)
    return Page(page, mentions, entities, relations)


TEXT = "6月3日，龙江县水利工作推进会召开。县长陆启明也在场。"


@pytest.mark.parametrize(
    ("score", "triples"),
    [
        pytest.param(0.9, {("ATTENDED", "陆启明", "龙江县水利工作推进会")}, id="a likely pair"),
        pytest.param(0.05, set(), id="an unlikely one"),
    ],
)
def test_a_pair_that_no_rule_saw_is_a_claim(score: float, triples: set[tuple[str, str, str]]) -> None:
    page = read(TEXT, ("ATTENDED", "陆启明", "PERSON", "龙江县水利工作推进会", "MEETING", score))
    assert page.triples("ATTENDED") == triples
    for relation in page.relations:
        if relation.type == "ATTENDED":
            assert relation.evidence.method == "model:pair"
            assert relation.evidence.quote == page.document.text[relation.evidence.start : relation.evidence.end]


def test_what_a_rule_said_keeps_its_method() -> None:
    text = "县长陆启明主持召开龙江县水利工作推进会。"
    page = read(text, ("PRESIDED", "陆启明", "PERSON", "龙江县水利工作推进会", "MEETING", 0.9))
    assert page.relation("PRESIDED", "陆启明", "龙江县水利工作推进会").evidence.method.startswith("rule:")


def test_a_body_as_a_venue_is_a_place() -> None:
    text = "龙江县水利工作推进会召开，地点是县财政局。"
    page = read(text, ("HELD_IN", "龙江县水利工作推进会", "MEETING", "县财政局", "ORG", 0.9))
    assert ("HELD_IN", "龙江县水利工作推进会", "县财政局") in page.triples("HELD_IN")
    assert page.entity("县财政局", "PLACE").label == "PLACE"


WEIGHED = Combiner(
    {label: Logistic(0.0, {}) for label in LABELS},
    {type_: Logistic(-2.0, {"model": 1.0, "rule": 1.0}) for type_ in DECIDED},
)


@pytest.mark.parametrize(
    ("score", "is_kept"),
    [
        pytest.param(0.97, True, id="the reader agrees"),
        pytest.param(0.02, False, id="the reader does not"),
    ],
)
def test_the_combiner_decides_what_a_rule_said(score: float, is_kept: bool) -> None:
    text = "县长陆启明主持召开龙江县水利工作推进会。"
    pair = ("PRESIDED", "陆启明", "PERSON", "龙江县水利工作推进会", "MEETING", score)
    page = read(text, pair, combiner=WEIGHED)
    assert (("PRESIDED", "陆启明", "龙江县水利工作推进会") in page.triples("PRESIDED")) == is_kept
    assert all(0.5 <= r.evidence.score <= 1 for r in page.relations if r.type in DECIDED)


def test_types_that_nobody_annotates_are_left_to_their_rules() -> None:
    page = read("县委书记贺书宁讲话。", combiner=Combiner(WEIGHED.mentions, {}))
    assert {r.type for r in page.relations} >= {"HOLDS", "POST_IN"}


def test_features_are_finite_and_named() -> None:
    page = document("县长陆启明主持召开龙江县水利工作推进会，副县长方若谷参加。")
    mentions, _ = find_mentions(pipeline(), page)
    found = read_candidates(page, mentions, (), default_seeds())
    for at in found.ledger.claimed():
        features = claim_features(at, found.ledger, found.reading, found.links)
        assert features["rule"] == features["unseen"] == 1.0
        assert all(isinstance(value, float) and abs(value) <= 6 for value in features.values())


def test_a_meeting_that_the_page_does_not_report_is_none() -> None:
    text = "龙江县水利工作推进会召开。"
    page = document(text)
    mentions, _ = find_mentions(pipeline(), page)
    meeting = find(mentions, "龙江县水利工作推进会", "MEETING")

    def names(share: float) -> list[str]:
        link = Link(type="REPORTED", head_id=meeting.id, tail_id=meeting.id, score=share)
        entities, _ = read_relations(page, mentions, [link], default_seeds())
        return [e.name for e in entities if e.label == "MEETING"]

    assert names(0.9) == ["龙江县水利工作推进会"]
    assert names(0.01) == []
