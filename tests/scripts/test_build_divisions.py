"""Short forms, levels and parents, as the build of the divisions derives them."""

from __future__ import annotations

import pytest

from scripts.build_divisions import Place, add_aliases, add_successors, collect, level_of, parent_of, stem_of


@pytest.mark.parametrize(
    ("name", "bare", "between"),
    [
        pytest.param("临汾市", "临汾", [], id="city"),
        pytest.param("通县", "", [], id="one character is no name"),
        pytest.param("新疆维吾尔自治区", "新疆", [], id="region, people without 族"),
        pytest.param("积石山保安族东乡族撒拉族自治县", "积石山", ["积石山县"], id="three peoples"),
        pytest.param("龙胜各族自治县", "龙胜", ["龙胜县"], id="all peoples"),
        pytest.param("鄂温克族自治旗", "鄂温克", ["鄂温克旗"], id="named by its people alone"),
        pytest.param("东乡族自治县", "东乡", ["东乡县"], id="people alone, two characters"),
        pytest.param("海西蒙古族藏族自治州", "海西", ["海西州"], id="prefecture"),
        pytest.param("井陉矿区", "", [], id="mining district"),
        pytest.param("香港特别行政区", "香港", [], id="special region"),
        pytest.param("大兴安岭地区", "大兴安岭", [], id="prefecture of the old kind"),
    ],
)
def test_stem(name: str, bare: str, between: list[str]) -> None:
    assert stem_of(name) == (bare, between)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        pytest.param("140000", "province", "", id="province"),
        pytest.param("141000", "prefecture", "140000", id="prefecture"),
        pytest.param("141023", "county", "141000", id="county"),
        pytest.param("110108", "county", "110000", id="district of a municipality"),
        pytest.param("429004", "county", "420000", id="city right under the province"),
        pytest.param("410171", "zone", "410000", id="functional zone, prefecture not in the list"),
    ],
)
def test_level_and_parent(code: str, level: str, parent: str) -> None:
    assert level_of(code) == level
    assert parent_of(code, {"140000", "141000", "110000", "420000"}) == parent


LISTS = {
    "2000-12": {"990000": "虚省", "990100": "虚山市", "990121": "虚水县", "990200": "虚河地区", "990221": "虚木县"},
    "2001-12": {"990000": "虚省", "990100": "虚山市", "990122": "虚水县", "990300": "虚河市", "990181": "虚木市"},
    "2002-12": {"990000": "虚省", "990100": "虚山市", "990122": "虚水县", "990300": "虚河市", "990181": "虚木市"},
}


def places() -> dict[str, Place]:
    found = collect(LISTS)
    for place in found:
        place.last = "" if place.last == "2002-12" else place.last
    add_aliases(found, {"虚哥": "虚山市"}, {"虚木"})
    add_successors(found, {**LISTS, "2026": {}}, {})
    return {place.name: place for place in found}


def test_a_new_code_is_the_same_place() -> None:
    county = places()["虚水县"]
    assert (county.code, county.former, county.last) == ("990122", {"990121"}, "")


def test_a_new_name_is_a_successor() -> None:
    assert places()["虚木县"].successor == "990181"
    assert places()["虚河地区"].successor == "990300"


def test_words_and_colloquial_forms() -> None:
    assert places()["虚山市"].aliases == ["虚哥", "虚山"]
    assert places()["虚木市"].weak == ["虚木"]
