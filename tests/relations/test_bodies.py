"""Places and organisations as entities: full names, aliases, kinds, lists written out."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("苍溪县委召开会议，县委书记讲话。", ["苍溪县委"], id="full and short"),
        pytest.param("县委召开会议。苍溪县委通知。", ["苍溪县委"], id="short and full"),
        pytest.param("临汾市人民政府发文，市政府召开会议。", ["临汾市人民政府"], id="人民政府 and 政府"),
        pytest.param("临汾市环境保护局、市环保局参加。", ["临汾市环境保护局"], id="a department's two names"),
        pytest.param("市政府召开会议。", ["市政府"], id="a place never named"),
        pytest.param("国务院印发通知。", ["国务院"], id="a national body"),
        pytest.param("苍溪县政府、剑阁县政府参加。", ["苍溪县政府", "剑阁县政府"], id="two counties"),
        pytest.param(
            "苍溪县发改、经信、环保等部门参加。", ["苍溪县发改委", "苍溪县经信局", "苍溪县环保局"], id="a place's list"
        ),
    ],
)
def test_organisations(text: str, want: list[str]) -> None:
    found = read(text).names("ORG")
    assert [name.replace("经信委", "经信局") for name in found] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("县发改、经信、环保等部门参加。", {"县发改委", "县环保局"}, id="等部门"),
        pytest.param("省发改、财政等部门参加。", {"省发改委", "省财政厅"}, id="of a province"),
    ],
)
def test_an_elliptical_list_is_written_out(text: str, want: set[str]) -> None:
    assert set(read(text).names("ORG")) >= want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("发改、环保工作取得进展。", id="no level and no 等部门"),
        pytest.param("市环保、教育、卫生工作取得进展。", id="no 等部门"),
    ],
)
def test_topics_are_no_departments(text: str) -> None:
    assert read(text).names("ORG") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("苍溪县委召开会议。", "苍溪县委", "party", id="a committee"),
        pytest.param("苍溪县政府召开会议。", "苍溪县政府", "government", id="a government"),
        pytest.param("苍溪县人大常委会召开会议。", "苍溪县人大常委会", "congress", id="a congress"),
        pytest.param("苍溪县政协召开会议。", "苍溪县政协", "cppcc", id="a conference"),
        pytest.param("苍溪县水利局召开会议。", "苍溪县水利局", "department", id="a department"),
        pytest.param("苍溪县人民法院召开会议。", "苍溪县人民法院", "court", id="a court"),
        pytest.param("苍溪县发改委召开会议。", "苍溪县发改委", "department", id="a committee that is a department"),
        pytest.param("到华润集团调研。", "华润集团", "company", id="a company"),
        pytest.param("省生态环境保护督察组进驻苍溪县。", "四川省生态环境保护督察组", "group", id="a group"),
    ],
)
def test_kinds(text: str, name: str, kind: str) -> None:
    assert read(text).property(name, "kind", "ORG") == kind


def test_a_place_has_its_code_and_level() -> None:
    page = read("段文澜到苍溪县歧坪镇调研。")
    assert page.entity("苍溪县", "PLACE").properties == {"code": "510824", "level": "county", "parent_code": "510800"}
    assert page.entity("歧坪镇", "PLACE").properties["parent_code"] == "510824"
    assert "code" not in page.entity("歧坪镇", "PLACE").properties


def test_a_short_name_and_the_full_one_are_one_place() -> None:
    page = read("苍溪县召开会议。苍溪新闻网讯，段文澜到苍溪县调研。")
    assert page.names("PLACE") == ["苍溪县"]


def test_an_organisation_keeps_what_it_was_called() -> None:
    page = read("苍溪县召开会议，县委书记讲话。")
    body = page.entity("苍溪县委", "ORG")
    assert (body.aliases, body.properties["place_code"], body.properties["level"]) == (("县委",), "510824", "county")


def test_zones_that_share_their_ending() -> None:
    found = read("临汾、侯马、洪洞经济开发区参加。").names("ORG")
    assert {"临汾经济开发区", "侯马经济开发区"} <= set(found)


def test_a_list_that_begins_with_a_whole_name() -> None:
    assert {"县委办", "县政府办", "县环保局"} <= set(read("县委办、政府办、环保等单位参加。").names("ORG"))


def test_a_standing_committee_of_the_party_is_the_partys() -> None:
    assert read("苍溪县委常委会研究防汛工作。").property("苍溪县委常委会", "kind") == "party"


def test_the_term_of_a_body_is_no_part_of_it() -> None:
    page = read("临汾市人大常委会召开会议。市八届人大常委会任命周放为市水利局局长。")
    assert len([name for name in page.names("ORG") if "人大常委会" in name]) == 1
