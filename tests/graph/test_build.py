"""Tests of kg.graph: from local relations to edges."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.build import build_graph
from kg.graph.check import checked_node
from kg.records import DocId, Edge, Entity, EntityId, Extraction, Graph, LocalId, Properties, Relation
from kg.records.report import Drop
from kg.tables.schema import load_schema
from tests.factories import document, entity, extraction, relation


def node(name: str, label: str, *members: tuple[Extraction, str], **properties: Any) -> Entity:
    """Return the corpus entity of local entities."""
    return Entity(
        id=EntityId(f"{label.lower()}-{name}"),
        label=label,
        name=name,
        caption=name,
        aliases=(),
        members=tuple(sorted((one.document.id, LocalId(local)) for one, local in members)),
        properties=Properties(properties),
        first_seen=None,
        last_seen=None,
        doc_count=len(members),
    )


def built(
    extractions: Sequence[Extraction],
    entities: Sequence[Entity],
    drops: list[Drop] | None = None,
    stories: Mapping[DocId, str] | None = None,
) -> Graph:
    kept: list[Drop] = [] if drops is None else drops
    return build_graph(extractions, entities, stories or {}, load_schema(), kept.append)


PERSON = entity("e1", "PERSON", "王兵")
POST = entity("e2", "POST", "副市长")
ORG = entity("e3", "ORG", "市人大常委会")
MEETING = entity("e4", "MEETING", "常务会议")
TEXT = "第{n}条:市人大常委会消息,副市长王兵出席常务会议。王兵讲话。"


def page(n: int, *relations: Relation, published: str | None = "2018-08-09", text: str = TEXT) -> Extraction:
    return extraction(document(text.format(n=n), published=published), [PERSON, POST, ORG, MEETING], relations)


def nodes_of(pages: Sequence[Extraction]) -> list[Entity]:
    return [
        node("王兵", "Person", *[(p, "e1") for p in pages]),
        node("副市长", "Post", *[(p, "e2") for p in pages]),
        node("市人大常委会", "Organization", *[(p, "e3") for p in pages]),
        node("常务会议", "Meeting", *[(p, "e4") for p in pages]),
    ]


def edges_of(*pages: Extraction, type: str, stories: Mapping[DocId, str] | None = None) -> list[Edge]:
    return [edge for edge in built(pages, nodes_of(pages), stories=stories).edges if edge.type == type]


def test_claims_of_several_documents_are_one_edge_with_all_evidence() -> None:
    pages = [
        page(n, relation("ATTENDED", "e1", "e4", rank=n, score=0.8), published=f"2018-08-0{n}") for n in range(1, 8)
    ]
    graph = built(pages, nodes_of(pages))
    (edge,) = [edge for edge in graph.edges if edge.type == "ATTENDED"]
    assert (edge.weight, edge.doc_count, len(edge.evidence)) == (7, 7, 5)
    assert edge.confidence == 0.99
    assert edge.properties == {"rank": 1}
    passages = [one for one in graph.evidence if one.edge_id == edge.id]
    assert len(passages) == 7
    assert tuple(passages[:5]) == edge.evidence


def test_confidence_grows_with_stories_not_with_reprints() -> None:
    pages = [page(n, relation("ATTENDED", "e1", "e4", score=0.5)) for n in (1, 2)]
    (edge,) = edges_of(*pages, type="ATTENDED")
    assert (edge.weight, edge.doc_count, edge.confidence) == (2, 2, 0.75)
    (edge,) = edges_of(*pages, type="ATTENDED", stories={p.document.id: "one" for p in pages})
    assert (edge.weight, edge.doc_count, edge.confidence) == (1, 2, 0.5)


def test_best_quotes_come_from_different_stories_first() -> None:
    quote = "副市长王兵出席常务会议。"
    pages = [page(n, relation("ATTENDED", "e1", "e4", quote=quote, score=n / 10)) for n in range(1, 9)]
    stories = {p.document.id: "reprinted" for p in pages[1:]}
    (edge,) = edges_of(*pages, type="ATTENDED", stories=stories)
    assert [one.score for one in edge.evidence] == [0.8, 0.1, 0.7, 0.6, 0.5]


def test_one_passage_is_quoted_once_with_every_method_named() -> None:
    twice = page(
        1, relation("ATTENDED", "e1", "e4", method="rule:b"), relation("ATTENDED", "e1", "e4", method="rule:a")
    )
    (edge,) = edges_of(twice, type="ATTENDED")
    assert len(edge.evidence) == 1
    assert edge.method == "rule:a; rule:b"


def test_tenure_splits_where_pages_state_an_end_and_a_new_start() -> None:
    pages = [
        page(1, relation("HOLDS", "e1", "e2", start="2016-03-01"), published="2016-03-02"),
        page(2, relation("HOLDS", "e1", "e2"), published="2017-01-01"),
        page(3, relation("HOLDS", "e1", "e2", end="2018-01-31"), published="2018-02-01"),
        page(4, relation("HOLDS", "e1", "e2", start="2020-05", acting=True), published="2020-06-01"),
        page(5, relation("HOLDS", "e1", "e2"), published="2021-01-01"),
    ]
    first, second = sorted(edges_of(*pages, type="HOLDS"), key=lambda e: str(e.properties["tenure"]))
    assert first.properties == {
        "tenure": 1,
        "start": "2016-03-01",
        "start_first": "2016-03-01",
        "start_last": "2016-03-01",
        "end": "2018-01-31",
        "end_first": "2018-01-31",
        "end_last": "2018-01-31",
        "observed_from": "2016-03-02",
        "observed_to": "2017-01-01",
        "observed_first": "2016-03-02",
        "observed_last": "2017-01-01",
    }
    assert second.properties["start_last"] == "2020-05-31"
    assert second.properties["acting"] is True
    assert "acting" not in first.properties
    assert (second.doc_count, second.properties["observed_to"]) == (2, "2021-01-01")


def test_gap_in_the_news_is_no_gap_in_office() -> None:
    pages = [page(n, relation("HOLDS", "e1", "e2"), published=f"20{n}-01-01") for n in (10, 20)]
    (edge,) = edges_of(*pages, type="HOLDS")
    assert edge.properties == {
        "tenure": 1,
        "observed_from": "2010-01-01",
        "observed_to": "2020-01-01",
        "observed_first": "2010-01-01",
        "observed_last": "2020-01-01",
    }


def test_removal_and_appointment_by_others_split_the_tenure_too() -> None:
    pages = [
        page(1, relation("HOLDS", "e1", "e2"), published="2017-01-01"),
        page(2, relation("REMOVED", "e3", "e1", post_id="e2", date="2018-01-31"), published="2018-02-01"),
        page(3, relation("APPOINTED", "e3", "e1", post_id="e2", date="2020-05-06"), published="2020-05-07"),
        page(4, relation("HOLDS", "e1", "e2"), published="2020-06-01"),
    ]
    tenures = [e.properties for e in edges_of(*pages, type="HOLDS")]
    assert {(t["tenure"], t.get("start"), t.get("end")) for t in tenures} == {
        (1, None, "2018-01-31"),
        (2, "2020-05-06", None),
    }


def test_appointments_are_kept_apart_by_post_and_date() -> None:
    pages = [
        page(1, relation("APPOINTED", "e3", "e1", post_id="e2", date="2018-01-31")),
        page(2, relation("APPOINTED", "e3", "e1", post_id="e2", date="2018-01-31")),
        page(3, relation("APPOINTED", "e3", "e1", post_id="e2", date="2020-01-31")),
    ]
    edges = edges_of(*pages, type="APPOINTED")
    assert sorted((e.properties.text("date"), e.doc_count) for e in edges) == [("2018-01-31", 2), ("2020-01-31", 1)]
    assert {e.properties["post_id"] for e in edges} == {"post-副市长"}
    assert edges[0].properties["date_first"] == edges[0].properties["date"]


def test_several_inspections_keep_all_their_dates() -> None:
    pages = [page(n, relation("INSPECTED", "e1", "e3", kind="调研", date=f"2018-0{n}-01")) for n in (3, 2)]
    (edge,) = edges_of(*pages, type="INSPECTED")
    assert edge.properties["dates"] == ("2018-02-01", "2018-03-01")
    assert edge.properties["date"] == edge.properties["date_last"] == "2018-02-01"


FAULTS = [
    pytest.param(relation("MARRIED", "e1", "e2"), "unknown relation type", id="a type that the schema lacks"),
    pytest.param(relation("HOLDS", "e1", "e4"), "ends outside the schema", id="a meeting held as a post"),
    pytest.param(relation("HOLDS", "e1", "e99"), "relation to nothing", id="an end that is no entity"),
    pytest.param(relation("HOLDS", "e1", "e2", mood="good"), "unknown property", id="a property that the schema lacks"),
    pytest.param(relation("HOLDS", "e1", "e2", acting="yes"), "ill-typed property", id="a property of another type"),
    pytest.param(relation("APPOINTED", "e3", "e1", post_id="e99"), "reference to nothing", id="a lost reference"),
]


@pytest.mark.parametrize(("claim", "reason"), FAULTS)
def test_what_is_outside_the_schema_is_a_drop(claim: Relation, reason: str) -> None:
    drops: list[Drop] = []
    one = page(1, claim)
    built([one], nodes_of([one]), drops)
    assert [(drop.source, drop.stage, drop.reason) for drop in drops] == [("a.txt", "graph", reason)]


def test_relation_between_two_mentions_of_one_thing_is_a_drop() -> None:
    drops: list[Drop] = []
    one = extraction(
        "市政府与市政府。",
        [entity("e1", "ORG", "市政府"), entity("e2", "ORG", "市政府办")],
        [relation("PART_OF", "e1", "e2")],
    )
    graph = built([one], [node("市政府", "Organization", (one, "e1"), (one, "e2"))], drops)
    assert [drop.reason for drop in drops] == ["relation to itself"]
    assert {edge.type for edge in graph.edges} == {"MENTIONS"}


def test_faulty_node_property_is_a_drop_and_the_node_stays() -> None:
    drops: list[Drop] = []
    wanted = node("王兵", "Person", gender="男", height=3, ethnicity=7)
    kept = checked_node(wanted, load_schema(), {wanted.id}, drops.append)
    assert kept.properties == {"gender": "男"}
    assert [drop.reason for drop in drops] == ["ill-typed property", "unknown property"]


def test_unknown_node_label_is_a_mistake_of_the_program() -> None:
    drops: list[Drop] = []
    with pytest.raises(ValueError, match="unknown node label 'Robot'"):
        checked_node(node("王兵", "Robot"), load_schema(), set(), drops.append)


def test_document_is_a_node_that_mentions_what_it_names() -> None:
    one = page(1)
    graph = built([one], nodes_of([one]))
    (paper,) = [n for n in graph.nodes if n.label == "Document"]
    assert paper.properties["published_first"] == "2018-08-09"
    mentions = {edge.tail_id: edge for edge in graph.edges if edge.type == "MENTIONS"}
    assert set(mentions) == {n.id for n in graph.nodes if n.label != "Document"}
    person = mentions[EntityId("person-王兵")]
    at = one.document.text.index("王兵")
    assert person.properties["offsets"] == (f"{at}-{at + 2}", f"{at + 9}-{at + 11}")
    assert person.evidence[0].quote == "第1条:市人大常委会消息,副市长王兵出席常务会议。"


@pytest.mark.parametrize("before", [0, 100, 400, 800])
def test_quote_of_a_long_sentence_is_cut_around_the_mention(before: int) -> None:
    text = "字" * before + "王兵" + "字" * 400
    one = extraction(text, [entity("e1", "PERSON", "王兵")])
    (edge,) = built([one], [node("王兵", "Person", (one, "e1"))]).edges
    (quote,) = edge.evidence
    assert len(quote.quote) == 240
    assert "王兵" in quote.quote
    assert text[quote.start : quote.end] == quote.quote


def test_every_quote_stands_in_its_document() -> None:
    pages = [page(n, relation("ATTENDED", "e1", "e4")) for n in (1, 2)]
    texts = {p.document.id: p.document.text for p in pages}
    evidence = built(pages, nodes_of(pages)).evidence
    assert len(evidence) == 2 * 5
    assert all(texts[one.doc_id][one.start : one.end] == one.quote for one in evidence)


def test_node_reference_to_a_node_that_is_gone_is_a_drop() -> None:
    drops: list[Drop] = []
    kept = checked_node(
        node("副市长", "Post", org_id="organization-1"), load_schema(), {"organization-2"}, drops.append
    )
    assert kept.properties == {}
    assert [drop.reason for drop in drops] == ["reference to nothing"]


def some_relations() -> st.SearchStrategy[list[Relation]]:
    kinds = [("HOLDS", "e1", "e2"), ("ATTENDED", "e1", "e4"), ("CONVENED", "e3", "e4"), ("HOLDS", "e4", "e1")]
    dates = st.sampled_from(["2017-01-01", "2018", "XXXX-03-04"])
    plain = st.builds(lambda kind, score: relation(*kind, score=score / 10), st.sampled_from(kinds), st.integers(0, 10))
    dated = st.builds(
        lambda key, date: relation("HOLDS", "e1", "e2", **{key: date}), st.sampled_from(["start", "end"]), dates
    )
    return st.lists(plain | dated, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(some_relations(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_of_documents_makes_no_difference(found: list[list[Relation]], shuffler: random.Random) -> None:
    dates = [None, "2018-01-01", "2019", "XXXX-05-06"]
    pages = [page(n, *relations, published=dates[n % 4]) for n, relations in enumerate(found)]
    entities = nodes_of(pages)
    first = built(pages, entities)
    shuffler.shuffle(pages)
    shuffler.shuffle(entities)
    assert built(pages, entities) == first
    assert len({edge.id for edge in first.edges}) == len(first.edges)
    assert all(0 <= edge.confidence <= 0.99 for edge in first.edges)
