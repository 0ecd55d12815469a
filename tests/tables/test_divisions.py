"""Divisions: what the table holds, and how a name is resolved in a context and at a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.errors import SeedError
from kg.tables.divisions import LEVELS, Division, Divisions, default_divisions
from kg.tables.seeds import Seeds

DIVISIONS = default_divisions()
ALL = tuple(DIVISIONS)


def resolve(name: str, within: str = "", on: date | None = None) -> str:
    context = DIVISIONS.resolve(within) if within else None
    found = DIVISIONS.resolve(name, within=context, on=on)
    return f"{found.code} {found.name}".strip() if found else ""


def test_table_covers_the_country() -> None:
    current = [d for d in ALL if d.is_current]
    assert sum(d.level == "province" for d in current) == 34
    assert sum(d.level == "prefecture" for d in current) == 333 + 20, "333 on the mainland, 20 of Taiwan"
    assert sum(d.level == "county" for d in current) > 2840
    assert sum(not d.is_current for d in ALL) > 1500


def test_codes_of_current_divisions_are_unique() -> None:
    codes = [d.code for d in ALL if d.is_current and d.code]
    assert len(codes) == len(set(codes))


@given(st.sampled_from(ALL))
def test_every_division_stands_under_a_province(division: Division) -> None:
    top = (division, *DIVISIONS.ancestors(division))[-1]
    assert top.level == "province"
    assert division.level in LEVELS


@given(st.sampled_from(ALL))
def test_every_division_is_found_by_each_of_its_names(division: Division) -> None:
    for name in (division.name, *division.aliases, *division.weak_aliases):
        assert division in DIVISIONS.by_name(name)
    assert all(len(alias) > 1 for alias in division.aliases + division.weak_aliases)


@given(st.sampled_from(ALL), st.dates(date(1980, 12, 31), date(2026, 11, 1)))
def test_a_resolved_name_is_one_of_the_candidates(division: Division, on: date) -> None:
    found = DIVISIONS.resolve(division.name, within=division, on=on)
    assert found is None or found in DIVISIONS.by_name(division.name)


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        pytest.param("临汾市", "", "141000 临汾市", id="full name"),
        pytest.param("临汾", "", "141000 临汾市", id="short name of a prefecture"),
        pytest.param("门源县", "", "632221 门源回族自治县", id="autonomous county without its people"),
        pytest.param("门源", "", "632221 门源回族自治县", id="bare name of an autonomous county"),
        pytest.param("双江县", "", "530925 双江拉祜族佤族布朗族傣族自治县", id="four peoples in a name"),
        pytest.param("新疆", "", "650000 新疆维吾尔自治区", id="autonomous region"),
        pytest.param("莫旗", "", "150722 莫力达瓦达斡尔族自治旗", id="colloquial form"),
        pytest.param("吉林", "", "220000 吉林省", id="a province before its city of the same name"),
        pytest.param("通县", "", "110223 通县", id="no one-character bare names"),
        pytest.param("通", "", "", id="one character resolves to nothing"),
        pytest.param("朝阳", "", "", id="bare name of many places"),
        pytest.param("朝阳", "北京市", "110105 朝阳区", id="bare name inside its city"),
        pytest.param("鼓楼区", "", "", id="district of several cities"),
        pytest.param("鼓楼区", "徐州市", "320302 鼓楼区", id="district inside its city"),
        pytest.param("朝阳区", "海淀区", "110105 朝阳区", id="the context widens to the city"),
        pytest.param("临汾市", "襄汾县", "141000 临汾市", id="the context's own city"),
        pytest.param("海淀区", "襄汾县", "110108 海淀区", id="a name of its own, far from the context"),
        pytest.param("桥东区", "邢台市", "130502 桥东区", id="past district of the context, namesake elsewhere"),
        pytest.param("临汾县", "临汾市", "142624 临汾县", id="past county of the prefecture that the city replaced"),
        pytest.param("两江新区", "", "两江新区", id="founded after the last list with codes"),
        pytest.param("郑州经济技术开发区", "", "410171 郑州经济技术开发区", id="functional zone"),
        pytest.param("不存在县", "", "", id="unknown name"),
    ],
)
def test_resolve(name: str, within: str, expected: str) -> None:
    assert resolve(name, within) == expected


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        pytest.param("海安", date(2017, 5, 1), "320621 海安县", id="county until 2018"),
        pytest.param("海安", date(2019, 5, 1), "320685 海安市", id="city since 2018"),
        pytest.param("海安县", date(2021, 5, 1), "320621 海安县", id="an old name still used"),
        pytest.param("襄樊市", date(2022, 1, 1), "420600 襄樊市", id="renamed city"),
        pytest.param("桥东区", date(2018, 5, 1), "", id="two at that time"),
        pytest.param("桥东区", date(2023, 12, 1), "130702 桥东区", id="one left"),
        pytest.param("重庆市", date(1990, 1, 1), "510200 重庆市", id="a city of Sichuan then"),
        pytest.param("重庆市", date(2020, 1, 1), "500000 重庆市", id="a province-level city since 1997"),
    ],
)
def test_resolve_at_a_date(name: str, on: date, expected: str) -> None:
    assert resolve(name, on=on) == expected


@pytest.mark.parametrize(
    ("name", "today"),
    [
        pytest.param("海安县", "海安市", id="county made a city"),
        pytest.param("襄樊市", "襄阳市", id="renamed"),
        pytest.param("邢台县", "信都区", id="merged, from the reviewed table"),
        pytest.param("通县", "通州区", id="one-character name"),
        pytest.param("川沙县", "浦东新区", id="merged long ago"),
        pytest.param("临汾地区", "临汾市", id="prefecture made a city"),
        pytest.param("海淀区", "海淀区", id="unchanged"),
    ],
)
def test_successor(name: str, today: str) -> None:
    assert DIVISIONS.successor(DIVISIONS.by_name(name)[0]).name == today


def test_a_former_code_leads_to_the_division() -> None:
    found = DIVISIONS.by_code("142625")
    assert found is not None
    assert found.name == "洪洞县"
    assert DIVISIONS.by_code("000000") is None


def test_names_without_weak_ones() -> None:
    strong = set(DIVISIONS.names(weak=False))
    assert {"临汾", "门源县", "海淀区"} <= strong
    assert not {"朝阳", "友好", "海淀"} & strong
    assert set(DIVISIONS.names()) > strong


def test_townships_inside_a_county() -> None:
    xiangfen = DIVISIONS.resolve("襄汾县")
    assert [d.parent for d in DIVISIONS.townships("新城镇", within=xiangfen)] == ["141023"]
    assert len(DIVISIONS.townships("新城镇")) > 5
    assert DIVISIONS.townships("没有镇") == ()


HEADER = "code\tname\tlevel\tparent\taliases\tformer_codes"


def overlay(folder: Path, *rows: str) -> Divisions:
    head = "# source: a test\n# date: 2026-11-22\n# licence: Apache-2.0\n"
    (folder / "divisions.tsv").write_text(head + "\n".join([HEADER, *rows]) + "\n", "utf-8")
    return Divisions(Seeds([folder]))


def test_a_user_adds_a_division(tmp_path: Path) -> None:
    divisions = overlay(tmp_path, "\t虚山新区\tzone\t141000\t虚山\t")
    found = divisions.resolve("虚山")
    assert found is not None
    assert [d.name for d in divisions.ancestors(found)] == ["临汾市", "山西省"]


def test_faulty_rows_are_listed_together(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"unknown level 'town'.*虚水县: unknown parent '999900'"):
        overlay(tmp_path, "\t虚山镇\ttown\t141000\t\t", "\t虚水县\tcounty\t999900\t\t")
