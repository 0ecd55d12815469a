"""What 我市, 市委 and 县长 refer to on a page, and that nothing is guessed."""

from __future__ import annotations

import pytest

from kg.ner.pipeline import find_mentions
from kg.relations.reading import Reading
from kg.relations.territory import Territory, read_territory
from kg.tables.divisions import Divisions
from kg.tables.seeds import default_seeds
from tests.ner.finding import document, pipeline
from tests.relations.reading import read

DIVISIONS = Divisions(default_seeds())


def territory(text: str, publisher: str | None = None) -> Territory:
    """Return the territory of a page."""
    page = document(text, publisher=publisher)
    return read_territory(Reading.of(page, find_mentions(pipeline(), page)[0]), DIVISIONS)


@pytest.mark.parametrize(
    ("text", "word", "want"),
    [
        pytest.param("苍溪县召开会议，县委书记讲话。", "县", "苍溪县", id="named in the body"),
        pytest.param("苍溪县召开会议，市委书记讲话。", "市", "广元市", id="the city above the county"),
        pytest.param("苍溪县召开会议，省委书记讲话。", "省", "四川省", id="the province above"),
        pytest.param("翼城县、洪洞县召开会议。", "市", "临汾市", id="the city that two counties share"),
        pytest.param("临汾市政府召开会议。", "市", "临汾市", id="in an organisation"),
        pytest.param("翼城县、剑阁县参加会议。", "市", None, id="two counties of two cities"),
        pytest.param("翼城县、剑阁县参加会议。", "县", None, id="two counties"),
        pytest.param("我市召开会议，市长讲话。", "市", None, id="never named"),
        pytest.param("临汾市召开会议。", "县", None, id="a county of a city"),
        pytest.param("内蒙古自治区召开会议。", "自治区", "内蒙古自治区", id="an autonomous region"),
    ],
)
def test_what_a_level_word_stands_for(text: str, word: str, want: str | None) -> None:
    found = territory(text).of_level(word)
    assert (found.name if found else None) == want


def test_the_publisher_counts() -> None:
    found = territory("我县召开会议，县长讲话。", publisher="苍溪县人民政府网").of_level("县")
    assert found is not None
    assert found.name == "苍溪县"


def test_two_levels_of_one_page_have_two_meanings() -> None:
    page = read("苍溪县召开防汛工作会议，市委书记沈砚秋、县委书记贺书宁出席会议。")
    assert {("沈砚秋", "广元市委书记"), ("贺书宁", "苍溪县委书记")} <= {t[1:] for t in page.triples("HOLDS")}


@pytest.mark.parametrize(
    ("name", "division", "rest"),
    [
        pytest.param("临汾市政府", "临汾市", "政府", id="a full name"),
        pytest.param("山西省临汾市政府", "临汾市", "政府", id="the innermost of two"),
        pytest.param("市政府", "临汾市", "政府", id="a level word"),
        pytest.param("中共临汾市委", "临汾市", "委", id="中共 before it"),
        pytest.param("某某公司", None, "某某公司", id="none"),
        pytest.param("县政府", None, "政府", id="a level that is not on the page"),
    ],
)
def test_splitting_off_the_division(name: str, division: str | None, rest: str) -> None:
    found, tail = territory("临汾市召开会议。").prefix(name)
    assert (found.name if found else None, tail) == (division, rest)


def test_home_is_what_most_of_the_page_is_about() -> None:
    home = territory("苍溪县召开会议。苍溪县委书记讲话，剑阁县应邀参加。").home
    assert home is not None
    assert home.name == "苍溪县"
    assert territory("会议召开。").home is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("市长段文澜在北京出席全国防汛工作会议。", id="at a meeting elsewhere"),
        pytest.param("市长段文澜赴杭州市考察。", id="on a journey"),
        pytest.param("市长段文澜率队赴浙江杭州招商。", id="on a journey, by short names"),
    ],
)
def test_where_an_official_travels_is_not_where_he_governs(text: str) -> None:
    assert {tail for _, _, tail in read(text).triples("HOLDS")} == {"市长"}


@pytest.mark.parametrize(
    ("text", "holder", "post"),
    [
        pytest.param("青石县委书记陆卫东主持会议。", "陆卫东", "青石县委书记", id="in the post"),
        pytest.param("青石县召开会议，县委书记陆卫东讲话。", "陆卫东", "青石县委书记", id="by the level word"),
        pytest.param("青石县召开会议。县长陆卫东讲话。", "陆卫东", "青石县县长", id="its head"),
        pytest.param("临汾市青石县召开会议，市长陆卫东讲话。", "陆卫东", "临汾市市长", id="the city above it"),
        pytest.param("松辽省召开会议，省委书记陆卫东讲话。", "陆卫东", "松辽省委书记", id="a province"),
        pytest.param("籍河镇党委书记陆卫东讲话。", "陆卫东", "籍河镇党委书记", id="a town"),
    ],
)
def test_a_division_that_no_gazetteer_has(text: str, holder: str, post: str) -> None:
    assert ("HOLDS", holder, post) in read(text).triples("HOLDS")


def test_an_unlisted_county_is_governed_and_lies_in_its_city() -> None:
    page = read("临汾市青石县召开会议，县委研究防汛工作。青石县政府汇报。")
    assert page.triples("GOVERNS") == {("GOVERNS", "青石县委", "青石县"), ("GOVERNS", "青石县政府", "青石县")}
    assert ("PART_OF", "青石县", "临汾市") in page.triples("PART_OF")
    assert page.property("青石县", "level", "PLACE") == "county"
    assert "code" not in page.entity("青石县", "PLACE").properties


def test_a_foreign_city_is_no_division_of_ours() -> None:
    assert territory("韩国安山市政府代表到访，市长段文澜会见。").of_level("市") is None
