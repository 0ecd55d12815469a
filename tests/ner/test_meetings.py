"""Meetings: named by title, number or session, and references to one, which are none."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市长主持召开全市防汛工作推进会。", ["全市防汛工作推进会"], id="by its title"),
        pytest.param("县政府召开第31次常务会议。", ["第31次常务会议"], id="by its number"),
        pytest.param("八届市政府第四十七次常务会议召开。", ["八届市政府第四十七次常务会议"], id="number and term"),
        pytest.param("苍溪县委常委会第57次会议召开。", ["苍溪县委常委会第57次会议"], id="a number inside"),
        pytest.param("县委常委（扩大）会议召开。", ["县委常委（扩大）会议"], id="an enlarged one"),
        pytest.param("省委、省政府召开约谈会。", ["约谈会"], id="without a subject of its own"),
        pytest.param(
            "召开文明城市创建动员部署会暨市容整治推进会。",
            ["文明城市创建动员部署会暨市容整治推进会"],
            id="joined by 暨",
        ),
        pytest.param("召开“回头看”整改调度会。", ["“回头看”整改调度会"], id="a quote in its name"),
        pytest.param("组织收听收看全省防汛视频会议。", ["全省防汛视频会议"], id="one that was watched"),
        pytest.param("出席招商引资项目签约仪式。", ["招商引资项目签约仪式"], id="a ceremony"),
        pytest.param("5月6日下午召开全县禁毒工作联席会议。", ["全县禁毒工作联席会议"], id="after a date"),
        pytest.param("中共临汾市委五届三次全会召开。", ["中共临汾市委五届三次全会"], id="a plenary session"),
    ],
)
def test_meetings(text: str, want: list[str]) -> None:
    assert found(text, "MEETING") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("会议指出，要压实责任。", id="会议 says"),
        pytest.param("会上，有关单位汇报。会后，与会人员参观。", id="at and after it"),
        pytest.param("此次会议十分重要。", id="this one"),
        pytest.param("到市会议中心会议室检查。", id="rooms for meetings"),
        pytest.param("县委常委会高度重视。", id="a standing committee as a body"),
        pytest.param("加强社会治理，抓住机会。", id="words that end like one"),
        pytest.param("相关新闻\n全市防汛工作推进会召开", id="a related link"),
    ],
)
def test_no_meetings(text: str) -> None:
    assert found(text, "MEETING") == []


def test_a_name_does_not_end_at_the_river_chiefs() -> None:
    assert found("县长杜若飞主持召开全县河长制工作推进会。", "MEETING") == ["全县河长制工作推进会"]
