"""The name model: which characters a name is made of, and where it ends."""

from __future__ import annotations

import pytest

from kg.ner.lexicon import Lexicon, build_lexicon
from kg.ner.names import MIN_SCORE, NameModel, best_name, build_name_model, evidence_score, follow_score
from kg.ner.page import Page
from kg.tables.seeds import default_seeds


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(default_seeds())


@pytest.fixture(scope="module")
def model() -> NameModel:
    return build_name_model(default_seeds())


def page(text: str) -> Page:
    """Return a page every character of which is a token."""
    return Page.of(text, range(len(text)))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("段文澜", id="surname and two"),
        pytest.param("苏蔓", id="surname and one"),
        pytest.param("欧阳清", id="compound surname and one"),
        pytest.param("司马晴川", id="compound surname and two"),
        pytest.param("储小雨", id="rare surname"),
    ],
)
def test_built_like_a_name(model: NameModel, name: str) -> None:
    assert model.is_han_name(name)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("王", id="a surname alone"),
        pytest.param("们文澜", id="no surname"),
        pytest.param("王的", id="a particle"),
        pytest.param("段文澜等人", id="too long"),
        pytest.param("和县长", id="a connective"),
        pytest.param("王a", id="latin"),
        pytest.param("张县长", id="a title"),
    ],
)
def test_not_built_like_a_name(model: NameModel, text: str) -> None:
    assert not model.is_han_name(text)


def test_a_frequent_surname_is_believed_more_than_a_rare_one(model: NameModel) -> None:
    assert model.surnames["王"] > model.surnames["储"] > 0
    assert all(0 <= weight <= 1 for weight in model.surnames.values())
    assert model.character_score("王建军") > model.character_score("王口吗")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("周立传传达了精神", "周立传", id="a name that ends like its verb"),
        pytest.param("马兵常务列席", "马兵", id="常务 after it"),
        pytest.param("苏蔓出席会议", "苏蔓", id="two characters"),
        pytest.param("段文澜，市长", "段文澜", id="before a mark"),
        pytest.param("欧阳清强调", "欧阳清", id="a compound surname"),
        pytest.param("王　兵、涂丹", "王　兵", id="a space inside"),
        pytest.param("雪·才仁多杰出席", "雪·才仁多杰", id="dotted"),
        pytest.param("扎西平措到会", "扎西平措", id="without a surname"),
        pytest.param("吴代明主持", "吴代明", id="代 in the middle"),
    ],
)
def test_where_a_name_ends(lexicon: Lexicon, model: NameModel, text: str, name: str) -> None:
    found = best_name(page(text), 0, lexicon, model, bonus=1.0)
    assert found is not None
    assert (text[: found[0]], found[1] >= MIN_SCORE) == (name, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("高度重视防汛工作", id="an adverb"),
        pytest.param("全市上下", id="a level word"),
        pytest.param("", id="nothing"),
        pytest.param("，段文澜", id="a mark first"),
        pytest.param("·才仁", id="a dot first"),
        pytest.param("of the", id="latin"),
    ],
)
def test_no_name_starts_there(lexicon: Lexicon, model: NameModel, text: str) -> None:
    assert best_name(page(text), 0, lexicon, model) is None


@pytest.mark.parametrize(
    ("text", "least"),
    [
        pytest.param("段文澜", 3.0, id="the end of the page"),
        pytest.param("段文澜、", 3.0, id="a mark"),
        pytest.param("段文澜 ", 3.0, id="a space"),
        pytest.param("段文澜主持会议", 2.0, id="a verb of the genre"),
    ],
)
def test_what_follows_a_name(lexicon: Lexicon, text: str, least: float) -> None:
    assert follow_score(page(text), 3, lexicon) >= least


def test_what_does_not_follow_a_name(lexicon: Lexicon) -> None:
    assert follow_score(Page.of("段文澜卐卐", [0]), 3, lexicon) == 0


def test_a_name_that_comes_again_is_believed_more(lexicon: Lexicon) -> None:
    once, twice, often = "段文澜说", "段文澜说。段文澜强调", "段文澜说。" + "段文澜强调。" * 9
    scores = [evidence_score(page(text), "段文澜", 0, lexicon) for text in (once, twice, often)]
    assert scores[0] == 0 < scores[1] < scores[2] <= 1.6
