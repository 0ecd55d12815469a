"""Tests of kg.resolve.names."""

from __future__ import annotations

import pytest

from kg.records import Properties
from kg.resolve.names import NATIONAL, OfficeNames
from kg.tables.divisions import default_divisions
from kg.tables.seeds import default_seeds


@pytest.fixture(scope="module")
def offices() -> OfficeNames:
    return OfficeNames(default_divisions(), default_seeds())


@pytest.mark.parametrize(
    ("names", "code"),
    [
        pytest.param(
            ("临汾市人民政府", "临汾市政府", "市政府", "山西省临汾市政府"), "141000", id="a city's government"
        ),
        pytest.param(
            ("中共临汾市委", "临汾市委", "市委", "中国共产党临汾市委员会"), "141000", id="its party committee"
        ),
        pytest.param(("凉山彝族自治州人民政府", "凉山州政府", "州政府"), "513400", id="an autonomous prefecture"),
        pytest.param(("广西壮族自治区党委", "自治区党委"), "450000", id="an autonomous region"),
        pytest.param(("临汾市八届人大常委会", "市人大常委会"), "141000", id="a numbered term"),
        pytest.param(("洪洞县人民代表大会常务委员会", "县人大常委会"), "141024", id="a county's congress"),
    ],
)
def test_names_of_one_office_have_one_core(names: tuple[str, ...], code: str, offices: OfficeNames) -> None:
    assert len({offices.core(name, code) for name in names}) == 1


def test_different_offices_of_one_place_have_different_cores(offices: OfficeNames) -> None:
    names = ("临汾市政府", "临汾市委", "临汾市环保局", "临汾市委宣传部", "临汾市人大常委会", "临汾市政协")
    assert len({offices.core(name, "141000") for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "title", "org", "expected"),
    [
        pytest.param("临汾市代市长", "市长", "", "长", id="acting is the same post"),
        pytest.param("临汾市人民政府副市长", "副市长", "", "副市长", id="with its government"),
        pytest.param("市委书记", "书记", "委", "委书记", id="a secretary with his committee"),
        pytest.param("书记", "书记", "委", "委书记", id="a secretary by organisation only"),
        pytest.param("市委书记", "市委书记", "", "委书记", id="a title that names its body"),
        pytest.param("局长", "局长", "环保局", "环保局长", id="a director of a bureau"),
        pytest.param("临汾市委宣传部长", "部长", "", "委宣传部长", id="one 部 for two"),
        pytest.param("局长", "局长", "", "", id="a director of nobody knows what"),
    ],
)
def test_form_of_a_post(name: str, title: str, org: str, expected: str, offices: OfficeNames) -> None:
    assert offices.post(name, title, org, "141000") == expected


@pytest.mark.parametrize(
    ("name", "kind", "is_one"),
    [
        pytest.param("《临江市防汛应急预案（讨论稿）》", "plan", True, id="names its subject"),
        pytest.param("《关于进一步加强安全生产工作的意见》", "", True, id="says what it is about"),
        pytest.param("《国务院关于推进工作的若干意见》", "", True, id="names the state"),
        pytest.param("《实施方案》", "plan", False, id="too short"),
        pytest.param("《2019年政府工作报告》", "", False, id="every place has one"),
        pytest.param("《2018年度重点工作任务分工方案》", "plan", False, id="generic words only"),
        pytest.param("“五水共治”", "slogan", True, id="slogan"),
        pytest.param("蓝天保卫战", "campaign", True, id="campaign by its name"),
        pytest.param("专项行动计划", "plan", False, id="any plan"),
    ],
)
def test_name_of_one_policy(name: str, kind: str, is_one: bool, offices: OfficeNames) -> None:
    assert bool(offices.policy(name, kind)) == is_one


def test_draft_and_final_text_are_one_document(offices: OfficeNames) -> None:
    assert offices.policy("《临江市防汛应急预案（草案）》", "plan") == offices.policy("临江市防汛应急预案", "plan")


@pytest.mark.parametrize(
    ("name", "properties", "scope"),
    [
        pytest.param("市政府", {"place_code": "141000", "level": "prefecture"}, "141000", id="a code"),
        pytest.param("外交部", {"level": "national"}, NATIONAL, id="the whole state"),
        pytest.param("中共中央政治局委员", {}, NATIONAL, id="a name that names the state"),
        pytest.param("中央", {}, NATIONAL, id="the party's centre"),
        pytest.param("中央大街街道办", {}, "", id="a street"),
        pytest.param("财政部门", {}, "", id="a department of anybody"),
        pytest.param("县政府", {"level": "county"}, "", id="some county"),
        pytest.param("县政府", {"place_code": "000000"}, "", id="no code at all"),
    ],
)
def test_scope(name: str, properties: dict[str, str], scope: str, offices: OfficeNames) -> None:
    assert offices.scope(name, Properties(properties)) == scope
