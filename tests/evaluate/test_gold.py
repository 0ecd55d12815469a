"""The annotated documents themselves: an error here would be taught to every rule."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import load_gold
from kg.evaluate.extracted import is_holding
from kg.evaluate.names import bare, fold, is_past
from kg.evaluate.relations import SCORED
from kg.records import LONGEST_QUOTE

GOLD = Path(__file__).parents[1] / "gold"
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
NAMES = sorted(path.stem for path in GOLD.glob("*.json"))
DAY = r"(\d{4}|XXXX)-\d\d-\d\d"

each_document = pytest.mark.parametrize("name", NAMES)


@cache
def annotated(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    return data


@cache
def clean(name: str) -> str:
    return (GOLD / "clean" / f"{name}.txt").read_text("utf-8")


@cache
def served(name: str) -> str:
    return (GOLD / f"{name}.txt").read_text("utf-8")


def relations(name: str) -> list[dict[str, str]]:
    data = annotated(name)
    return [*data["relations"], *data.get("optional_relations", [])]


def test_there_are_enough_documents_in_every_script() -> None:
    documents = load_gold(GOLD)
    assert len(documents) >= 22
    assert {document.script for document in documents} == {
        "hans",
        "hant",
        "tw",
        "pinyin",
        "mojibake",
        "mojibake+pinyin",
    }


def test_no_text_lacks_its_annotations() -> None:
    assert sorted(path.stem for path in GOLD.glob("*.txt")) == NAMES
    assert sorted(path.stem for path in GOLD.glob("clean/*.txt")) == NAMES


@each_document
def test_the_id_is_the_name_of_the_file(name: str) -> None:
    assert annotated(name)["id"] == name


@each_document
def test_a_page_is_damaged_exactly_when_its_script_says_so(name: str) -> None:
    assert (served(name) != clean(name)) == (annotated(name)["script"] != "hans")


@each_document
def test_evidence_is_a_quote_of_the_clean_text(name: str) -> None:
    quotes = [relation["evidence"] for relation in annotated(name)["relations"]]
    assert [quote for quote in quotes if quote not in clean(name) or not 0 < len(quote) <= LONGEST_QUOTE] == []


@each_document
def test_everybody_named_stands_on_the_page(name: str) -> None:
    data, page = annotated(name), fold(clean(name))
    people = [person["name"] for person in data["persons"]]
    assert [person for person in (*people, *data["not_officials"]) if fold(person) not in page] == []
    assert len(people) == len(set(people))
    assert set(people).isdisjoint(data["not_officials"])


@each_document
def test_surface_forms_stand_in_the_texts_they_are_of(name: str) -> None:
    for person in annotated(name)["persons"]:
        assert person["surface_forms"]
        assert person["surface_forms_raw"]
        assert [form for form in person["surface_forms"] if form not in clean(name)] == []
        assert [form for form in person["surface_forms_raw"] if form not in served(name)] == []


@each_document
@pytest.mark.parametrize("kind", ["orgs", "places", "policies"])
def test_a_name_stands_on_the_page_or_is_listed_as_put_together(name: str, kind: str) -> None:
    data, page = annotated(name), bare(clean(name))
    absent = [thing for thing in data[kind] if bare(thing) not in page]
    assert absent == data["not_literal_in_text"].get(kind, [])


@each_document
def test_relations_join_what_is_annotated(name: str) -> None:
    data = annotated(name)
    people = {person["name"] for person in data["persons"]}
    named = {thing["name"] for thing in chain(data["meetings"], data["directives"])}
    known = people | named | set(data["orgs"]) | set(data["places"]) | set(data["policies"])
    required = {(one["type"], one["head"], one["tail"]) for one in data["relations"]}
    assert len(required) == len(data["relations"]), "a relation is annotated twice"
    for relation in relations(name):
        kind = relation["type"]
        assert kind in SCORED or is_holding(kind)
        assert relation["head"] in known
        if is_holding(kind):
            assert relation["head"] in people
        elif kind in ("APPOINTED", "REMOVED"):
            assert re.fullmatch(r"[^/@]+/[^/@]+@[^/@]+", relation["tail"])
            assert relation["tail"].partition("/")[0] in people
        elif "evidence" in relation:
            assert relation["tail"] in known


@each_document
def test_every_present_post_is_held_and_no_past_one(name: str) -> None:
    data = annotated(name)
    held = [(one["head"], one["tail"]) for one in data["relations"] if is_holding(one["type"])]
    stated = [
        (person["name"], post + (f"@{person['scope']}" if person["scope"] else ""))
        for person in data["persons"]
        if not person["mention_only"]
        for post in person["posts"]
        if not is_past(post)
    ]
    assert sorted(held) == sorted(stated)


@each_document
def test_a_past_post_has_its_removal(name: str) -> None:
    data = annotated(name)
    removed = {one["tail"].partition("/")[0] for one in data["relations"] if one["type"] == "REMOVED"}
    assert removed == {person["name"] for person in data["persons"] if any(map(is_past, person["posts"]))}


@each_document
def test_dates_are_edtf_and_assert_no_year_that_the_page_does_not_give(name: str) -> None:
    for meeting in annotated(name)["meetings"]:
        date = meeting["date"]
        assert not date or re.fullmatch(rf"{DAY}(/{DAY})?", date)
        if date[:4].isdigit():
            assert date[:4] in clean(name)


@each_document
def test_directives_name_known_issuers(name: str) -> None:
    data = annotated(name)
    known = {person["name"] for person in data["persons"]} | set(data["orgs"])
    issuers = {issuer for one in data["directives"] for issuer in one["issuer"].split(";") if issuer}
    assert issuers <= known


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("[0-2]*.txt")), ids=lambda path: str(path.stem))
def test_an_annotated_sample_article_is_the_annotated_text(path: Path) -> None:
    assert path.read_text("utf-8") == served(path.stem[:2])
