"""The pipeline as spaCy sees it: spans by label, entities that do not overlap, tokens that end where they end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.ner.page import Hit, Page, prune
from kg.ner.pipeline import find_mentions, load
from kg.records import LABELS
from tests.ner.finding import document, pipeline, whole_pipeline
from tests.ner.pages import pages

REPORT = (
    "5月6日，苍溪县委书记贺书宁主持召开县委常委会会议，传达省委书记卢元朗批示精神，审议《苍溪县河道管理办法（草案）》。"
)


def test_the_components_stand_in_order() -> None:
    assert pipeline().pipe_names == ["kg_page", "kg_grammar", "kg_spans"]
    assert pipeline().lang == "zh"


def test_every_label_has_a_group() -> None:
    doc = pipeline()(REPORT)
    assert set(LABELS) <= set(doc.spans)
    found = {label: [span.text for span in doc.spans[label]] for label in LABELS}
    assert found["PERSON"] == ["贺书宁", "卢元朗"]
    assert found["POLICY"] == ["《苍溪县河道管理办法（草案）》"]
    assert found["DIRECTIVE"] == ["省委书记卢元朗批示精神"]
    assert all(span.label_ == label for label in LABELS for span in doc.spans[label])


def test_entities_are_the_longest_that_do_not_overlap() -> None:
    doc = pipeline()(REPORT)
    assert "省委书记卢元朗批示精神" in [ent.text for ent in doc.ents]
    assert "卢元朗" not in [ent.text for ent in doc.ents]
    assert all(left.end <= right.start for left, right in pairwise(doc.ents))


def test_tokens_are_split_at_the_bounds_of_spans() -> None:
    doc = pipeline()(REPORT)
    starts, ends = {token.idx for token in doc}, {token.idx + len(token) for token in doc}
    for hit in doc._.kg_hits:
        assert hit.start in starts
        assert hit.end in ends
    assert doc.text == REPORT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n\u3000", id="white space"),
        pytest.param("The quick brown fox.", id="another language"),
        pytest.param("春眠不觉晓，处处闻啼鸟。", id="a poem"),
        pytest.param("（（（", id="marks"),
    ],
)
def test_other_text_has_empty_groups(text: str) -> None:
    doc = pipeline()(text)
    assert {label: list(doc.spans[label]) for label in LABELS} == {label: [] for label in LABELS}
    assert not doc.ents


def test_a_pipe_gives_what_single_calls_give() -> None:
    texts = [REPORT, "", "县长杜若飞讲话。", REPORT]
    piped = [[(e.text, e.label_) for e in doc.ents] for doc in pipeline().pipe(texts, batch_size=3)]
    assert piped == [[(e.text, e.label_) for e in pipeline()(text).ents] for text in texts]


@Language.component("test_adds_a_hit")
def add_a_hit(doc: Doc) -> Doc:
    """Do what a statistical model would: add a hit before the spans are made."""
    doc._.kg_hits = [*doc._.kg_hits, Hit(0, 2, "PLACE", "mine", 1.0)]
    return doc


def test_a_component_of_ones_own_adds_hits() -> None:
    nlp = load()
    nlp.add_pipe("test_adds_a_hit", before="kg_spans")
    doc = nlp("卐卐县长杜若飞讲话。")
    assert [span.text for span in doc.spans["PLACE"]] == ["卐卐"]
    assert [span.text for span in doc.spans["PERSON"]] == ["杜若飞"]


def test_zones_and_press_are_known_where_there_is_a_document() -> None:
    text = f"{REPORT}\n责任编辑：吕小舟"
    page = document(text)
    assert page.authors == ("吕小舟",)
    assert "吕小舟" not in [m.surface for m in find_mentions(pipeline(), page)[0]]


def test_mentions_are_numbered_in_text_order() -> None:
    found, _ = find_mentions(pipeline(), document(REPORT))
    assert [m.id for m in found] == [f"m{n}" for n in range(1, len(found) + 1)]
    assert [(m.start, -m.end) for m in found] == sorted((m.start, -m.end) for m in found)
    assert all(0 < m.score <= 1 and m.score == round(m.score, 2) for m in found)


def test_mentions_of_a_traditional_page_point_into_its_source() -> None:
    text = "5月6日，縣委書記賀書寧主持召開縣委常委會會議，審議《河道管理辦法》。"
    page = document(text)
    surfaces = {m.surface: text[m.raw_start : m.raw_end] for m in find_mentions(pipeline(), page)[0]}
    assert surfaces["贺书宁"] == "賀書寧"
    assert surfaces["《河道管理办法》"] == "《河道管理辦法》"


hits = st.builds(
    lambda start, length, label, score: Hit(start, start + length, label, "r", score),
    st.integers(0, 20),
    st.integers(1, 8),
    st.sampled_from(LABELS[:3]),
    st.sampled_from([0.5, 0.9]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(hits, max_size=12))
def test_pruning_keeps_the_longest_and_leaves_no_overlap(found: list[Hit]) -> None:
    kept = prune(found)
    for label in LABELS:
        own = [hit for hit in kept if hit.label == label]
        assert all(left.end <= right.start for left, right in pairwise(own))
    assert set(kept) <= set(found)
    assert prune(kept) == kept
    assert prune(reversed(found)) == kept
    for hit in found:
        rivals = [k for k in kept if k.label == hit.label and k.start < hit.end and hit.start < k.end]
        assert any(k.end - k.start >= hit.end - hit.start for k in rivals)


def test_a_page_knows_what_is_silent_and_where_a_name_must_stop() -> None:
    text = "相关新闻\n市水利局"
    page = Page.of(text, range(len(text)), [(0, 5, "related")])
    assert page.is_silent(0)
    assert not page.is_silent(5)
    assert page.left_edge(9, 0, frozenset(), 20, frozenset()) == 5
    assert page.left_edge(9, 0, frozenset("水"), 20, frozenset()) == 7
    assert page.left_edge(9, 0, frozenset("水"), 20, frozenset({6})) == 5


@pytest.mark.parametrize("nlp", [pipeline, whole_pipeline], ids=["the grammar", "with the learned reader"])
@settings(max_examples=60, deadline=None)
@given(text=pages)
def test_any_page_gives_sound_mentions(nlp: Callable[[], Language], text: str) -> None:
    page = document(text)
    found, links = find_mentions(nlp(), page)
    assert all({link.head_id, link.tail_id} <= {m.id for m in found} and 0 <= link.score <= 1 for link in links)
    assert [m.id for m in found] == [f"m{n}" for n in range(1, len(found) + 1)]
    for mention in found:
        assert mention.surface == page.text[mention.start : mention.end] != ""
        assert mention.label in LABELS
        assert 0 <= mention.raw_start <= mention.raw_end <= len(text)
    for label in LABELS:
        own = sorted((m.start, m.end) for m in found if m.label == label)
        assert all(left[1] <= right[0] for left, right in pairwise(own))


@pytest.mark.parametrize("nlp", [pipeline, whole_pipeline], ids=["the grammar", "with the learned reader"])
@settings(max_examples=25, deadline=None)
@given(text=pages, other=pages)
def test_what_was_read_before_changes_nothing(nlp: Callable[[], Language], text: str, other: str) -> None:
    page = document(text)
    first = find_mentions(nlp(), page)
    find_mentions(nlp(), document(other))
    assert find_mentions(nlp(), page) == first
    assert find_mentions(nlp(), document(text)) == first
