"""Tests of kg.resolve.stories."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import DocId, Document, Zone
from kg.resolve.stories import fingerprints, group_stories
from tests.factories import document

SENTENCES = [f"第{n}项工作要求各地各部门抓紧落实到位。" for n in "一二三四五六七八九十"]


def of(*numbers: int, id: str, head: str = "", zones: tuple[Zone, ...] = ()) -> Document:
    return document(head + "".join(SENTENCES[n] for n in numbers), id=id, zones=zones)


def stories(*documents: Document) -> dict[DocId, str]:
    return group_stories({one.id: fingerprints(one) for one in documents})


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        pytest.param(of(0, 1, 2, 3, 4, id="doc-b"), True, id="word for word"),
        pytest.param(of(0, 1, 2, 3, id="doc-b"), True, id="cut at the end"),
        pytest.param(of(0, 1, 2, 3, 9, id="doc-b"), True, id="one sentence in five of its own"),
        pytest.param(of(0, 1, 2, 8, 9, id="doc-b"), False, id="two sentences in five of its own"),
        pytest.param(of(5, 6, 7, 8, 9, id="doc-b"), False, id="another text"),
        pytest.param(of(0, 1, id="doc-b"), False, id="two sentences of it are a quotation"),
    ],
)
def test_reprint(other: Document, is_one: bool) -> None:
    found = stories(of(0, 1, 2, 3, 4, id="doc-a"), other)
    assert (len(set(found.values())) == 1) == is_one


def test_punctuation_and_spaces_make_no_other_text() -> None:
    one = document("".join(SENTENCES[:4]), id="doc-a")
    other = document(one.text.replace("要求", "要求, ").replace("第", " 第"), id="doc-b")
    assert stories(one, other) == {"doc-a": "doc-a", "doc-b": "doc-a"}


def test_empty_documents_are_no_story() -> None:
    assert len(set(stories(document("略。", id="doc-a"), document("略。", id="doc-b")).values())) == 2


def test_headline_and_boilerplate_do_not_count() -> None:
    head = "这是一条与正文毫无关系的标题文字\n"
    zone = (Zone(kind="title", start=0, end=len(head)),)
    assert fingerprints(of(0, 1, id="doc-a", head=head, zones=zone)) == fingerprints(of(0, 1, id="doc-b"))


def test_story_is_named_after_its_longest_document() -> None:
    assert set(stories(of(0, 1, 2, id="doc-a"), of(0, 1, 2, 3, id="doc-z")).values()) == {"doc-z"}


texts = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=8).map(tuple), max_size=12)


@given(texts, st.randoms(use_true_random=False))
def test_order_makes_no_difference(numbers: list[tuple[int, ...]], shuffler: random.Random) -> None:
    documents = [of(*one, id=f"doc-{n}") for n, one in enumerate(numbers)]
    found = stories(*documents)
    shuffler.shuffle(documents)
    assert stories(*documents) == found
    assert all(found[DocId(story)] == story for story in found.values())
