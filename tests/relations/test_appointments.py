"""Appointments and removals: by whom, to what, and when; what is only proposed is neither."""

from __future__ import annotations

import pytest

from tests.relations.reading import Page, Triple, read

ORGAN = "临汾市人大常委会"
DECIDED = "5月6日，临汾市八届人大常委会第十三次会议召开。临汾市人大常委会决定，"


def decisions(page: Page) -> set[tuple[str, str, str]]:
    """Return (relation, person, post) of every decision."""
    return {
        (r.type, page.name_of(r.tail_id), page.name_of(str(r.properties["post_id"])))
        for r in page.relations
        if r.type in ("APPOINTED", "REMOVED")
    }


@pytest.mark.parametrize(
    ("clause", "want"),
    [
        pytest.param("任命周放为市水利局局长。", {("APPOINTED", "周放", "临汾市水利局局长")}, id="任命…为"),
        pytest.param("免去郑海的市教育局局长职务。", {("REMOVED", "郑海", "临汾市教育局局长")}, id="免去…职务"),
        pytest.param("接受王岭辞去市长职务的请求。", {("REMOVED", "王岭", "临汾市市长")}, id="接受…辞去"),
        pytest.param(
            "任命周放、郑海为市水利局副局长。",
            {("APPOINTED", "周放", "临汾市水利局副局长"), ("APPOINTED", "郑海", "临汾市水利局副局长")},
            id="two to one post",
        ),
        pytest.param(
            "任命周放为市水利局局长，免去其市教育局局长职务。",
            {("APPOINTED", "周放", "临汾市水利局局长"), ("REMOVED", "周放", "临汾市教育局局长")},
            id="the same",
        ),
        pytest.param("拟任命周放同志有关事项另行研究。", set(), id="nothing decided"),
    ],
)
def test_decisions(clause: str, want: set[Triple]) -> None:
    page = read(DECIDED + clause)
    assert decisions(page) == want
    assert {head for _, head, _ in page.triples("APPOINTED", "REMOVED")} <= {ORGAN}


def test_a_list_of_decisions_is_one_organs() -> None:
    page = read("国务院任命国家工作人员：\n任命刘畅为生态环境部副部长。\n免去孙伟的水利部副部长职务。")
    assert page.triples("APPOINTED", "REMOVED") == {("APPOINTED", "国务院", "刘畅"), ("REMOVED", "国务院", "孙伟")}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("周放同志拟任市水利局局长。", id="proposed"),
        pytest.param("市长段文澜讲话。", id="no decision"),
        pytest.param("会议决定，为段文澜颁奖。", id="another decision"),
        pytest.param("周放，男，汉族，1969年3月生，现任市水利局局长，拟任市政府副秘书长。", id="a public notice"),
    ],
)
def test_no_decisions(text: str) -> None:
    assert read(text).triples("APPOINTED", "REMOVED") == set()


def test_a_notice_says_what_one_is_and_not_what_one_may_become() -> None:
    page = read("周放，男，汉族，1969年3月生，现任市水利局局长，拟任市政府副秘书长。")
    assert page.triples("HOLDS") == {("HOLDS", "周放", "市水利局局长")}


def test_an_appointment_begins_a_tenure_and_a_removal_ends_one() -> None:
    page = read(f"{DECIDED}任命周放为市水利局局长，免去郑海的市教育局局长职务。")
    began = page.relation("HOLDS", "周放", "临汾市水利局局长").properties
    ended = page.relation("HOLDS", "郑海", "临汾市教育局局长").properties
    assert (began.get("start"), began.get("end")) == ("XXXX-05-06", None)
    assert (ended.get("start"), ended.get("end")) == (None, "XXXX-05-06")


def test_two_posts_in_one_appointment_are_two_claims() -> None:
    page = read(f"{DECIDED}任命周放为市水利局局长、市教育局局长。")
    assert decisions(page) == {("APPOINTED", "周放", "临汾市水利局局长"), ("APPOINTED", "周放", "临汾市教育局局长")}


def test_an_acting_mayor_is_appointed() -> None:
    page = read(f"{DECIDED}由陈一鸣代理市长。")
    assert decisions(page) == {("APPOINTED", "陈一鸣", "临汾市代理市长")}


@pytest.mark.parametrize(
    ("clause", "word"),
    [
        pytest.param("任命周放为市水利局局长。", "任命", id="appointed"),
        pytest.param("免去郑海的市教育局局长职务。", "免去", id="removed"),
    ],
)
def test_the_quote_says_what_was_decided(clause: str, word: str) -> None:
    found = [r for r in read(DECIDED + clause).relations if r.type in ("APPOINTED", "REMOVED")]
    assert [word in r.evidence.quote for r in found] == [True]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        pytest.param(
            "临汾市第五届人大常委会第三次会议任命韩骁为临汾市副市长。", "临汾市人大常委会", id="任命 after it"
        ),
        pytest.param("经苍溪县十届人大常委会第二次会议决定，任命韩骁为副县长。", "苍溪县人大常委会", id="经…决定"),
        pytest.param("国务院第十次常务会议决定任命韩骁为水利部副部长。", "国务院", id="the State Council"),
    ],
)
def test_the_decision_of_a_body_at_its_meeting_is_the_body_s(text: str, organ: str) -> None:
    heads = {head for _, head, _ in read(text).triples("APPOINTED")}
    assert heads == {organ}
