"""A page with its mentions indexed: clauses, sentences that report, and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import LONGEST_QUOTE, Span
from kg.relations.reading import Reading
from tests.factories import document, mention
from tests.ner.pages import pages


def clauses(text: str) -> list[str]:
    """Return the clauses of a text that is one sentence."""
    reading = Reading.of(document(text), ())
    return [text[c.start : c.end] for c in reading.clauses(Span(start=0, end=len(text)))]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("甲讲话，乙主持。", ["甲讲话", "乙主持"], id="a comma"),
        pytest.param("甲讲话,乙主持.", ["甲讲话", "乙主持."], id="an ASCII comma"),
        pytest.param("审议《甲，乙》，通过", ["审议《甲，乙》", "通过"], id="a comma inside a title"),
        pytest.param("甲（女，回族）讲话", ["甲（女，回族）讲话"], id="commas inside brackets"),
        pytest.param("甲说“一，二”，乙说", ["甲说“一，二”", "乙说"], id="a comma inside a quotation"),
        pytest.param("甲）讲话，乙", ["甲）讲话", "乙"], id="a bracket that was never opened"),
        pytest.param("，，甲，", ["甲"], id="empty ones"),
    ],
)
def test_clauses(text: str, want: list[str]) -> None:
    assert clauses(text) == want


def test_mentions_by_label_and_span() -> None:
    text = "县长杜若飞到苍溪县。钟晚棠讲话。"
    found = [
        mention(text, "杜若飞", id="m1"),
        mention(text, "苍溪县", "PLACE", id="m2"),
        mention(text, "钟晚棠", id="m3"),
    ]
    reading = Reading.of(document(text), found)
    first, second = reading.sentences()
    assert [m.surface for m in reading.labelled("PERSON")] == ["杜若飞", "钟晚棠"]
    assert [m.surface for m in reading.labelled("PERSON", second)] == ["钟晚棠"]
    assert reading.labelled("ORG", first) == ()
    assert reading.between(found[0], found[1]) == "到"
    assert reading.between(found[1], found[0]) == ""


def test_a_quote_is_trimmed_of_marks() -> None:
    text = "会上， 县长杜若飞讲话， 完。"
    found = Reading.of(document(text), ()).evidence(2, 13, "rule:test", 0.987)
    assert (found.quote, found.score) == ("县长杜若飞讲话", 0.99)
    assert text[found.start : found.end] == found.quote


def test_a_long_quote_keeps_its_end() -> None:
    text = "前" * 400 + "县长杜若飞讲话"
    found = Reading.of(document(text), ()).evidence(0, len(text), "rule:test", 1.0)
    assert len(found.quote) == LONGEST_QUOTE
    assert found.quote.endswith("县长杜若飞讲话")


@settings(max_examples=60, deadline=None)
@given(pages.filter(bool), st.data())
def test_any_stretch_can_be_quoted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Reading.of(document(text), ()).evidence(start, end, "rule:test", 0.5)
    assert found.quote == text[found.start : found.end]
    assert start <= found.start < found.end <= end
    assert (found.raw_start, found.raw_end) == (found.start, found.end)
