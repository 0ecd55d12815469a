"""Tests of kg.resolve.corpus: who is whom, as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Entity, Extraction
from kg.records.errors import ResolveError
from kg.records.report import Drop
from kg.resolve.corpus import Resolution, resolve
from kg.resolve.judgements import Judgement, MentionRef
from kg.tables.schema import load_schema
from tests.factories import document, entity, extraction, relation
from tests.resolve.people import HONGDONG, LINFEN, XIAN, report


def resolved(
    extractions: Iterable[Extraction],
    judgements: Iterable[Judgement] = (),
    drops: list[Drop] | None = None,
    previous: Iterable[Entity] = (),
) -> Resolution:
    kept: list[Drop] = [] if drops is None else drops
    return resolve(extractions, load_schema(), kept.append, judgements=judgements, previous=previous)


def named(resolution: Resolution, name: str) -> list[Entity]:
    return sorted((e for e in resolution.entities if e.name == name), key=lambda e: e.caption)


SAME_PERSON = [
    pytest.param(
        [report("王兵", "副市长", LINFEN), report("王兵", "副市长", LINFEN, published="2019-01-02")], id="same post"
    ),
    pytest.param(
        [report("王兵", "代市长", LINFEN), report("王兵", "市长", LINFEN, published="2018-11-02")],
        id="acting, then full",
    ),
    pytest.param(
        [report("王兵", "市长", LINFEN), report("王兵", "市委书记", LINFEN, published="2020-01-02")],
        id="same city, promoted",
    ),
    pytest.param([report("王兵", "市长", LINFEN), report("王兵", "市领导", LINFEN)], id="by name of a category"),
    pytest.param([report("王 兵", "市长", LINFEN), report("王兵", "市长", LINFEN)], id="a space in the name"),
    pytest.param(
        [
            report("王兵", "外交部部长", level="national"),
            report("王兵", "外交部部长", level="national", published="2019-01-01"),
        ],
        id="a national post",
    ),
    pytest.param([report("安德烈", "总统"), report("安德烈", "总统", published="2019-01-01")], id="a president"),
    pytest.param(
        [report("王兵", "国务委员"), report("王兵", "国务委员", published="2019-01-01")],
        id="a post of the state",
    ),
    pytest.param([report("李强", "总理"), report("李强", published="2019-01-01")], id="a known leader by a bare title"),
    pytest.param([report("习近平"), report("习近平", published="2019-01-01")], id="a known leader without a post"),
    pytest.param(
        [report("王兵", with_=("李丁", "赵甲")), report("王兵", "副市长", LINFEN, with_=("李丁", "赵甲", "孙丙"))],
        id="in the same company",
    ),
    pytest.param(
        [report("王兵", birth_date="1969-03-02"), report("王兵", "副市长", XIAN, birth_date="1969-03-02")],
        id="same birth",
    ),
]


@pytest.mark.parametrize("reports", SAME_PERSON)
def test_one_person(reports: Sequence[Extraction]) -> None:
    people = [e for e in resolved(reports).entities if e.label == "Person" and e.doc_count == 2]
    assert "".join(people[0].name.split()) == "".join(reports[0].entities[0].name.split())


OTHER_PERSON = [
    pytest.param([report("王兵", "副市长", LINFEN), report("王兵", "副市长", XIAN)], id="same post of two cities"),
    pytest.param([report("王兵"), report("王兵", published="2019-01-01")], id="nothing known of either"),
    pytest.param([report("李强", "镇长"), report("李强", "国务院总理", level="national")], id="a namesake of a leader"),
    pytest.param([report("王兵", "副市长", LINFEN), report("王兵", published="2019-01-01")], id="nothing known of one"),
    pytest.param([report("王兵", "县长", HONGDONG), report("王兵", "副市长", LINFEN)], id="a county and its city"),
    pytest.param(
        [report("王兵", "环保局局长", LINFEN), report("王兵", "教育局局长", LINFEN)],
        id="heads of two bureaus of one city",
    ),
    pytest.param(
        [report("王兵", "局长"), report("王兵", "局长", published="2019-01-01")], id="a post of no known place"
    ),
    pytest.param(
        [
            report("王兵", "副市长", LINFEN, gender="男"),
            report("王兵", "副市长", LINFEN, published="2019-01-01", gender="女"),
        ],
        id="a man and a woman",
    ),
    pytest.param(
        [
            report("王兵", "副市长", LINFEN, with_=("李丁", "赵甲")),
            report("王兵", "副市长", XIAN, with_=("李丁", "赵甲")),
        ],
        id="in the same company, in two cities at once",
    ),
    pytest.param(
        [report("王某", "市长", LINFEN), report("王某", "市长", LINFEN, published="2019-01-01")], id="no full name"
    ),
    pytest.param([report("王兵", with_=("李丁",)), report("王兵", with_=("李丁", "赵甲"))], id="one shared companion"),
]


@pytest.mark.parametrize("reports", OTHER_PERSON)
def test_two_people(reports: Sequence[Extraction]) -> None:
    assert len(named(resolved(reports), reports[0].entities[0].name)) == 2


def test_move_between_cities_is_one_person_when_a_page_says_so() -> None:
    move = extraction(
        document("临汾市副市长王兵任西安市副市长。", published="2019-03-01"),
        [
            entity("e1", "PERSON", "王兵"),
            entity("e2", "POST", "临汾市副市长", title="副市长", place="临汾市", place_code=LINFEN),
            entity("e3", "POST", "西安市副市长", title="副市长", place="西安市", place_code=XIAN),
        ],
        [relation("HOLDS", "e1", "e2"), relation("HOLDS", "e1", "e3")],
    )
    before = report("王兵", "副市长", LINFEN, published="2018-01-01")
    after = report("王兵", "副市长", XIAN, published="2020-01-01")
    assert len(named(resolved([before, move, after]), "王兵")) == 1
    assert len(named(resolved([before, after]), "王兵")) == 2


def test_chair_of_a_citys_meeting_is_its_official_of_that_name() -> None:
    chair = extraction(
        "王兵主持市政府常务会议。",
        [entity("e1", "PERSON", "王兵"), entity("e2", "MEETING", "市政府常务会议", place_code=LINFEN)],
        [relation("PRESIDED", "e1", "e2")],
    )
    assert len(named(resolved([chair, report("王兵", "副市长", LINFEN)]), "王兵")) == 1
    assert len(named(resolved([chair, report("王兵", "副市长", XIAN)]), "王兵")) == 2


def test_leader_who_chairs_a_meeting_somewhere_is_no_official_of_that_place() -> None:
    chair = extraction(
        "习近平在临汾主持座谈会。",
        [entity("e1", "PERSON", "习近平"), entity("e2", "MEETING", "座谈会", place_code=LINFEN)],
        [relation("PRESIDED", "e1", "e2")],
    )
    (person,) = named(resolved([chair, report("习近平")]), "习近平")
    assert "place_code" not in person.properties


def test_two_of_one_name_in_one_document_stay_two() -> None:
    both = extraction(
        "市长王兵和另一位市长王兵。",
        [
            entity("e1", "PERSON", "王兵"),
            entity("e2", "PERSON", "王兵"),
            entity("e3", "POST", "临汾市市长", title="市长", place_code=LINFEN),
        ],
        [relation("HOLDS", "e1", "e3"), relation("HOLDS", "e2", "e3")],
    )
    found = named(resolved([both]), "王兵")
    assert len({entity.id for entity in found}) == 2


def test_reprint_shows_the_same_person() -> None:
    body = "王兵在会上指出要守住底线。各部门要压实责任不得松懈。会后大家实地查看了三个点位。"
    reports = [report("王兵", text=body), report("王兵", text="转载如下。\n" + body, published="2018-08-10")]
    resolution = resolved(reports)
    assert len(named(resolution, "王兵")) == 1
    assert len(set(resolution.stories.values())) == 1


def test_captions_tell_namesakes_apart() -> None:
    reports = [
        report("王兵", "副市长", LINFEN),
        report("王兵", "副市长", XIAN),
        report("王兵"),
        report("王兵", text="王兵。"),
    ]
    captions = [e.caption for e in named(resolved(reports), "王兵")]
    assert "王兵 · 临汾市副市长" in captions
    assert "王兵 · 西安市副市长" in captions
    assert len(set(captions)) == 4


def test_caption_shows_the_latest_post() -> None:
    reports = [
        report("王兵", "市长", LINFEN, published="2018-01-01"),
        report("王兵", "市委书记", LINFEN, published="2020-01-01"),
        report("王兵", "市领导", LINFEN, published="2019-01-01"),
    ]
    (person,) = named(resolved(reports), "王兵")
    assert person.caption == "王兵 · 临汾市市委书记"
    assert (person.first_seen, person.last_seen) == ("2018-01-01", "2020-01-01")


def test_caption_shows_what_most_pages_of_the_last_year_say() -> None:
    reports = [report("王兵", "市委书记", LINFEN, published=f"2020-01-0{day}") for day in (1, 2)]
    misread = report("王兵", "市长", LINFEN, published="2020-01-03")
    (person,) = named(resolved([*reports, misread, report("王兵", "市长", LINFEN, published="2018-01-01")]), "王兵")
    assert person.caption == "王兵 · 临汾市市委书记"
    assert person.properties["place_code"] == LINFEN


def test_undecided_pair_is_a_candidate_that_explains_itself() -> None:
    reports = [report("王兵", "县长", HONGDONG), report("王兵", "副市长", LINFEN, published="2019-01-01")]
    (candidate,) = resolved(reports).candidates
    assert "places agree" in candidate.reasons[0]
    assert {candidate.left.surface, candidate.right.surface} == {"王兵"}
    assert candidate.left == person_ref(reports[0])
    assert candidate.as_json()["left"] == candidate.left.as_json()


def test_pair_of_which_nothing_is_known_is_no_candidate() -> None:
    assert resolved([report("王兵"), report("王兵", published="2019-01-01")]).candidates == []


def test_conflicting_pair_is_no_candidate() -> None:
    assert resolved([report("王兵", "副市长", LINFEN), report("王兵", "副市长", XIAN)]).candidates == []


def local(label: str, name: str, **properties: Any) -> list[Extraction]:
    """Return two documents that both name one thing."""
    return [
        extraction(document(f"{name}第{n}次。", published=f"2018-0{n}-01"), [entity("e1", label, name, **properties)])
        for n in (1, 2)
    ]


@pytest.mark.parametrize(
    ("extractions", "nodes"),
    [
        pytest.param(local("ORG", "市政府", place_code=LINFEN), 1, id="organisation of a known place"),
        pytest.param(local("ORG", "国务院", level="national"), 1, id="national organisation"),
        pytest.param(local("ORG", "国务院新闻办公室"), 1, id="organisation whose name names the state"),
        pytest.param(local("ORG", "市政府", level="prefecture"), 2, id="organisation of no known place"),
        pytest.param(local("POST", "市长", title="市长"), 2, id="post of no known place"),
        pytest.param(local("POST", "市长", title="市长", place_code=LINFEN), 1, id="post of a known place"),
        pytest.param(local("PLACE", "临汾市", code=LINFEN), 1, id="place with a code"),
        pytest.param(local("PLACE", "东关村", parent_code=HONGDONG), 1, id="village of a known county"),
        pytest.param(local("PLACE", "东关村"), 2, id="village of no known county"),
        pytest.param(local("MEETING", "市政府常务会议", date="2018-01-03", place_code=LINFEN), 1, id="dated meeting"),
        pytest.param(local("MEETING", "市政府常务会议", place_code=LINFEN), 2, id="undated meeting"),
        pytest.param(local("MEETING", "市政府常务会议", date="2018-01", place_code=LINFEN), 2, id="meeting of a month"),
        pytest.param(
            local("MEETING", "市政府常务会议", date="XXXX-01-03", place_code=LINFEN), 2, id="meeting without year"
        ),
        pytest.param(local("MEETING", "常务会议", date="2018-01-03"), 2, id="meeting of no known place"),
        pytest.param(local("POLICY", "《关于进一步加强安全生产工作的意见》"), 1, id="document by its title"),
        pytest.param(local("POLICY", "《实施方案》"), 2, id="document of a generic title"),
        pytest.param(local("POLICY", "五水共治", kind="slogan"), 1, id="slogan"),
        pytest.param(local("DIRECTIVE", "指示精神"), 2, id="directive of nobody"),
    ],
)
def test_what_is_one_across_documents(extractions: list[Extraction], nodes: int) -> None:
    assert len(resolved(extractions).entities) == nodes


@pytest.mark.parametrize(
    ("name", "alias", "nodes"),
    [
        pytest.param("第47次常务会议", "常务会议", 1, id="known by its number"),
        pytest.param("防汛工作座谈会", "座谈会", 2, id="called a symposium like many"),
    ],
)
def test_meeting_of_a_day_is_one_by_any_telling_name(name: str, alias: str, nodes: int) -> None:
    day: dict[str, Any] = {"date": "2019-03-14", "place_code": LINFEN}
    pages = [
        extraction(
            "全称。", [entity("e1", "MEETING", "临汾市政府第47次常务会议", aliases=("第47次常务会议", "座谈会"), **day)]
        ),
        extraction("简称。", [entity("e1", "MEETING", name, aliases=(alias,), **day)]),
    ]
    assert len(resolved(pages).entities) == nodes


def test_directive_with_its_author_is_one_across_documents() -> None:
    name = "王兵关于防汛工作的重要批示精神"
    pages = [
        extraction(f"第{n}次传达{name}。", [entity("e1", "PERSON", "王兵"), entity("e2", "DIRECTIVE", name)])
        for n in (1, 2)
    ]
    assert len(named(resolved(pages), name)) == 1


def test_offices_of_two_cities_stay_two() -> None:
    pages = [*local("ORG", "市政府", place_code=LINFEN), *local("ORG", "市政府", place_code=XIAN)]
    pages = [
        extraction(document(e.document.text + e.entities[0].properties.text("place_code")), e.entities) for e in pages
    ]
    assert len(resolved(pages).entities) == 2


A = report("王兵", published="2018-01-01")
B = report("王兵", "副市长", LINFEN, published="2018-02-01")
C = report("王兵", "副市长", XIAN, published="2018-02-01")
D = report("王冰", "副市长", LINFEN, published="2018-03-01")


def person_ref(extraction: Extraction) -> MentionRef:
    mention = next(m for m in extraction.mentions if m.label == "PERSON")
    return MentionRef(extraction.document.id, "PERSON", mention.surface, mention.start)


def judged(left: Extraction, right: Extraction, judgement: str) -> Judgement:
    return Judgement(left=person_ref(left), right=person_ref(right), judgement=judgement)


@pytest.mark.parametrize(
    ("other", "judgement", "people"),
    [
        pytest.param(A, "same", 1, id="undecided pair"),
        pytest.param(C, "same", 1, id="against the evidence"),
        pytest.param(D, "same", 1, id="two names of one person"),
        pytest.param(A, "different", 2, id="what was apart anyway"),
    ],
)
def test_judgement_decides(other: Extraction, judgement: str, people: int) -> None:
    resolution = resolved([B, other], [judged(B, other, judgement)])
    assert sum(e.label == "Person" for e in resolution.entities) == people


def test_negative_judgement_separates_what_the_evidence_joins() -> None:
    again = report("王兵", "副市长", LINFEN, published="2018-05-01")
    third = report("王兵", "副市长", LINFEN, published="2018-06-01")
    assert len(named(resolved([B, again, third]), "王兵")) == 1
    resolution = resolved([B, again, third], [judged(B, again, "different")])
    assert len(named(resolution, "王兵")) == 2
    assert resolved([B, again, third]).entities == resolved([B, again, third], []).entities


def test_contradicting_judgements_are_named() -> None:
    judgements = [judged(A, B, "same"), judged(B, C, "same"), judged(A, C, "different")]
    with pytest.raises(ResolveError, match="1 contradictions") as caught:
        resolved([A, B, C], judgements)
    assert str(caught.value).count(" are same") == 2
    assert A.document.id in str(caught.value)


def test_judgement_on_a_document_that_left_is_a_drop() -> None:
    drops: list[Drop] = []
    resolved([B], [judged(A, B, "same")], drops)
    assert [(drop.stage, drop.reason) for drop in drops] == [("resolve", "judgement on nothing")]


def test_id_that_changes_lists_what_it_replaces() -> None:
    before = resolved([B])
    earlier = report("王兵", "副市长", LINFEN, published="2017-01-01")
    after = resolved([B, earlier], previous=before.entities)
    (old,), (new,) = named(before, "王兵"), named(after, "王兵")
    assert new.id != old.id
    assert new.properties["replaces"] == (old.id,)


def test_building_again_passes_on_what_was_replaced() -> None:
    earlier = report("王兵", "副市长", LINFEN, published="2017-01-01")
    earliest = report("王兵", "副市长", LINFEN, published="2016-01-01")
    first = resolved([B])
    second = resolved([B, earlier], previous=first.entities)
    assert resolved([B, earlier], previous=second.entities).entities == second.entities
    third = resolved([B, earlier, earliest], previous=second.entities)
    gone = {named(one, "王兵")[0].id for one in (first, second)}
    assert named(third, "王兵")[0].properties["replaces"] == tuple(sorted(gone))


def test_later_documents_leave_ids_as_they_are() -> None:
    later = report("王兵", "副市长", LINFEN, published="2019-01-01")
    assert named(resolved([B]), "王兵")[0].id == named(resolved([B, later]), "王兵")[0].id


def test_post_gets_its_rank_where_the_rule_is_certain() -> None:
    ranks = {
        e.name: e.properties.get("rank")
        for e in resolved([B, C, report("孙丙", "县长", HONGDONG), report("孙丙", "环保局局长", LINFEN)]).entities
        if e.label == "Post"
    }
    assert ranks == {
        "临汾市副市长": "厅局级副职",
        "西安市副市长": None,
        "洪洞县县长": "县处级正职",
        "临汾市环保局局长": None,
    }


names = st.sampled_from(["王兵", "李丁", "赵甲"])
reports = st.builds(
    report,
    names,
    st.sampled_from(["", "市长", "副市长", "市委书记", "环保局局长"]),
    st.sampled_from([LINFEN, XIAN]),
    published=st.sampled_from([None, "2018-01-01", "2018-06-01", "2019", "XXXX-01-01"]),
    with_=st.lists(st.sampled_from(["孙丙", "周己", "吴庚"]), unique=True, max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(reports, max_size=8, unique_by=lambda r: r.document.id), st.randoms(use_true_random=False), st.data())
def test_order_makes_no_difference_and_negative_judgements_hold(
    found: list[Extraction], shuffler: random.Random, data: st.DataObject
) -> None:
    judgements = []
    if len(found) > 1:
        left, right = data.draw(st.lists(st.sampled_from(found), min_size=2, max_size=2, unique_by=id))
        judgements = [judged(left, right, "different")]
    first = resolved(found, judgements)
    shuffled = list(found)
    shuffler.shuffle(shuffled)
    second = resolved(shuffled, judgements)
    assert first.entities == second.entities
    assert first.candidates == second.candidates
    homes = {member: entity.id for entity in first.entities for member in entity.members}
    assert len(homes) == sum(len(one.entities) for one in found)
    for judgement in judgements:
        ends = [homes[ref.doc_id, "e1"] for ref in (judgement.left, judgement.right)]  # type: ignore[index]
        assert ends[0] != ends[1]
