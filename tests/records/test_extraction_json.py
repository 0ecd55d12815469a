"""Tests of kg.records.extraction_json."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import LABELS, Extraction, Properties, Span, Zone
from kg.records.errors import InputFileError
from kg.records.extraction_json import from_json, to_json
from kg.tables.resources import data_dir
from kg.tables.schema import load_schema
from tests.factories import document, entity, extraction, relation

TEXT = "临江市召开常务会议\n8月8日,代市长王兵主持召开市政府常务会议。会议审议《防汛方案》。"


def sample() -> Extraction:
    return extraction(
        document(
            TEXT,
            sources=("b.txt", "a.txt"),
            title="临江市召开常务会议",
            zones=(Zone(kind="title", start=0, end=9),),
            authors=("赵记",),
            repairs=Properties(byte_shift=3),
        ),
        [entity("e1", "PERSON", "王兵"), entity("e2", "POST", "代市长", title="市长", acting=True)],
        [relation("HOLDS", "e1", "e2", quote="8月8日,代市长王兵主持召开市政府常务会议。", acting=True)],
    )


@cache
def contract() -> Any:
    return json.loads((data_dir("schema") / "extraction.schema.json").read_text("utf-8"))


def test_output_follows_the_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(contract())
    jsonschema.Draft202012Validator(contract()).validate(json.loads(json.dumps(to_json(sample()))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(("format",), 2, id="another format"),
        pytest.param(("document", "kind"), "novel", id="an unknown kind"),
        pytest.param(("document", "published"), "9 August", id="a date that is no EDTF"),
        pytest.param(("relations", 0, "evidence", "quote"), "字" * 241, id="a quote too long"),
        pytest.param(("entities", 1, "properties", "title"), None, id="a property that is null"),
    ],
)
def test_published_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    data: Any = to_json(sample())
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(contract()).validate(data)


def test_published_schema_knows_the_labels_and_types_of_the_graph() -> None:
    assert contract()["$defs"]["label"]["enum"] == list(LABELS)
    types = contract()["$defs"]["relation"]["properties"]["type"]["enum"]
    assert types == [kind for kind in load_schema().edges if kind != "MENTIONS"]


def test_keys_come_in_the_agreed_order() -> None:
    data = to_json(sample())
    assert list(data) == ["format", "extractor", "document", "mentions", "entities", "relations"]
    assert list(data["mentions"][0]) == [
        "id", "label", "start", "end", "surface", "raw_start", "raw_end", "method", "score",
    ]  # fmt: skip
    assert list(data["relations"][0]) == ["type", "head_id", "tail_id", "evidence", "properties"]
    assert data["document"]["source"] == "b.txt"


def test_scores_have_two_decimals() -> None:
    one = extraction(TEXT, [entity("e1", "PERSON", "王兵"), entity("e2", "POST", "代市长")])
    rough = replace(one, mentions=tuple(replace(m, score=0.123456) for m in one.mentions))
    assert {m["score"] for m in to_json(rough)["mentions"]} == {0.12}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"format": 7}, "format 7, expected 1", id="another format"),
        pytest.param({"mentions": [{"id": "m1"}]}, "not an extraction", id="a mention without offsets"),
        pytest.param({"document": {}}, "KeyError", id="an empty document"),
        pytest.param({"entities": 3}, "not an extraction", id="no list"),
    ],
)
def test_malformed_data_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputFileError, match=message):
        from_json({**to_json(sample()), **change})


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
values = st.one_of(words, st.integers(-9, 9), st.booleans(), st.lists(words, min_size=1, max_size=3).map(tuple))
maps = st.dictionaries(words, values, max_size=3).map(Properties)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(words)
    names = draw(st.lists(st.sampled_from(sorted(set(text))), max_size=4, unique=True))
    entities = [
        replace(entity(f"e{n}", draw(st.sampled_from(LABELS)), name), properties=draw(maps))
        for n, name in enumerate(names, 1)
    ]
    relations = [
        replace(relation("HOLDS", a.id, b.id, quote=text, score=draw(st.integers(0, 100)) / 100), properties=draw(maps))
        for a, b in pairwise(entities)
    ]
    doc = replace(
        document(text, published=draw(st.none() | words), url=draw(st.none() | words), repairs=draw(maps)),
        sources=tuple(draw(st.lists(words, max_size=3))),
        sentences=(Span(start=0, end=len(text)),),
    )
    return extraction(doc, entities, relations)


@given(extractions())
def test_round_trip_through_json_text(one: Extraction) -> None:
    assert from_json(json.loads(json.dumps(to_json(one)))) == one
