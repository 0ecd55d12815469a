"""Annotated pages as examples: mentions where the names stand, pairs where the words say so."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest

import training.pages
from training.pages import HEADS, LABELS, TAILS, Example, Finder, in_fold, make_example, read_examples

PAGES = Path(training.pages.__file__).parent / "pages"


def annotation(**parts: Any) -> dict[str, Any]:
    """Return an annotation with nothing in it but `parts`."""
    empty: dict[str, Any] = {k: [] for k in ("persons", "meetings", "policies", "directives", "orgs", "places")}
    return empty | {"relations": [], "optional_relations": []} | parts


def person(name: str, *posts: str) -> dict[str, Any]:
    return {"name": name, "posts": list(posts)}


def named(example: Example) -> set[tuple[str, str, str]]:
    """Return the pairs of an example by the text of their ends."""
    texts = [example.text[s.start : s.end] for s in example.spans]
    return {(type_, texts[i], texts[j]) for type_, i, j in example.pairs}


def test_the_examples_of_the_module_run() -> None:
    assert doctest.testmod(training.pages).failed == 0


@pytest.mark.parametrize(
    ("text", "name", "bounds"),
    [
        pytest.param("任付　磊为局长", "付磊", [(1, 4)], id="a blank inside a name"),
        pytest.param("甲，甲", "甲", [(0, 1), (2, 3)], id="every occurrence"),
        pytest.param("关于\n任免的通知", "关于任免的通知", [(0, 8)], id="a name over two lines"),
        pytest.param("（Ａ）", "A", [(1, 2)], id="another width"),
        pytest.param("甲", "乙", [], id="none"),
    ],
)
def test_names_are_found(text: str, name: str, bounds: list[tuple[int, int]]) -> None:
    assert Finder(text).all(name) == bounds


@pytest.mark.parametrize(
    ("text", "gold", "spans"),
    [
        pytest.param(
            "临汾市委召开会议",
            annotation(orgs=["临汾市委"], places=["临汾"]),
            {("临汾市委", "ORG")},
            id="a place inside a body is a part of its name",
        ),
        pytest.param(
            "市委书记陆启明",
            annotation(orgs=["市委"], persons=[person("陆启明", "市委书记")]),
            {("市委", "ORG"), ("市委书记", "POST"), ("陆启明", "PERSON")},
            id="the body of a post is a mention",
        ),
        pytest.param(
            "原局长陆启明",
            annotation(persons=[person("陆启明", "局长(免)")]),
            {("局长", "POST"), ("陆启明", "PERSON")},
            id="a past post is a mention",
        ),
        pytest.param(
            "陆启明会见方若谷",
            annotation(
                persons=[person("陆启明"), person("方若谷")],
                meetings=[{"name": "陆启明会见方若谷等", "main": True}],
                relations=[
                    {"type": "ATTENDED", "head": "陆启明", "tail": "陆启明会见方若谷等", "evidence": "陆启明会见方若谷"}
                ],
            ),
            {("陆启明", "PERSON"), ("方若谷", "PERSON"), ("会见", "MEETING")},
            id="a talk without a name stands where its verb stands",
        ),
    ],
)
def test_mentions(text: str, gold: dict[str, Any], spans: set[tuple[str, str]]) -> None:
    example = make_example("a", text, gold)
    assert {(text[s.start : s.end], s.label) for s in example.spans} == spans


def test_a_relation_is_the_nearest_pair_inside_its_words_and_the_others_are_left_open() -> None:
    text = "陆启明主持推进会。推进会上，陆启明讲话。"
    gold = annotation(
        persons=[person("陆启明")],
        meetings=[{"name": "推进会", "main": True}],
        relations=[{"type": "PRESIDED", "head": "陆启明", "tail": "推进会", "evidence": "陆启明主持推进会"}],
    )
    example = make_example("a", text, gold)
    presided = [(example.spans[i].start, example.spans[j].start) for t, i, j in example.pairs if t == "PRESIDED"]
    assert presided == [(0, 5)]
    assert {(t, example.spans[i].start, example.spans[j].start) for t, i, j in example.unsure} == {
        ("PRESIDED", 0, 9),
        ("PRESIDED", 14, 5),
        ("PRESIDED", 14, 9),
    }
    assert {example.spans[i].start for i in example.reported} == {5, 9}


def test_an_appointment_is_who_decides_and_to_what() -> None:
    text = "市人大常委会任命陆启明为市民政局局长，免去其副局长职务。"
    gold = annotation(
        persons=[person("陆启明", "市民政局局长", "副局长(免)")],
        orgs=["市人大常委会"],
        relations=[
            {"type": kind, "head": "市人大常委会", "tail": f"陆启明/{post}@市民政局", "evidence": words}
            for kind, post, words in (
                ("APPOINTED", "局长", "任命陆启明为市民政局局长"),
                ("REMOVED", "副局长", "免去其副局长职务"),
            )
        ],
    )
    assert named(make_example("a", text, gold)) == {
        ("HOLDS", "陆启明", "市民政局局长"),
        ("APPOINTED", "市人大常委会", "陆启明"),
        ("APPOINTED_AS", "陆启明", "市民政局局长"),
        ("REMOVED", "市人大常委会", "陆启明"),
        ("REMOVED_AS", "陆启明", "副局长"),
    }


def test_what_may_be_read_either_way_is_neither() -> None:
    gold = annotation(
        persons=[person("陆启明")],
        places=["青石村"],
        optional_relations=[{"type": "INSPECTED", "head": "陆启明", "tail": "青石村", "evidence": "陆启明在青石村"}],
    )
    example = make_example("a", "陆启明在青石村。", gold)
    assert not example.pairs
    assert {t for t, _, _ in example.unsure} == {"INSPECTED"}


def test_folds_part_the_pages_once() -> None:
    names = [f"n{i}" for i in range(200)]
    assert all(sum(in_fold(name, (k, 4)) for k in range(4)) == 1 for name in names)
    assert all(20 < sum(in_fold(name, (k, 4)) for name in names) < 80 for k in range(4))


def test_our_own_pages_are_sound() -> None:
    examples = list(read_examples([PAGES]))
    assert len(examples) >= 130
    for example in examples:
        assert example.pairs.isdisjoint(example.unsure), example.name
        for span in example.spans:
            assert span.label in LABELS
            assert 0 <= span.start < span.end <= len(example.text), example.name
        for type_, i, j in example.pairs:
            assert example.spans[i].label in HEADS[type_], example.name
            assert example.spans[j].label in TAILS[type_], example.name


def test_every_relation_of_our_own_pages_quotes_its_page() -> None:
    for path in sorted(PAGES.glob("*.json")):
        clean = PAGES / "clean" / f"{path.stem}.txt"
        finder = Finder((clean if clean.exists() else path.with_suffix(".txt")).read_text("utf-8"))
        for relation in json.loads(path.read_text("utf-8"))["relations"]:
            assert finder.all(relation["evidence"]), f"{path.stem}: {relation['evidence']}"


def test_pages_set_aside_are_left_out() -> None:
    aside = (PAGES.parent / "set_aside.txt").read_text("utf-8").split()
    ours = {path.stem for path in PAGES.glob("*.json")} & set(aside)
    assert len(aside) == 40
    assert len(ours) == 20
    assert ours.isdisjoint(example.name for example in read_examples([PAGES], without=aside))
