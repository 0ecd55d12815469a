"""Where meetings are held, and that a hall convenes nothing."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "meeting", "place"),
    [
        pytest.param("段文澜在县会议中心主持召开全县防汛工作会议。", "全县防汛工作会议", "县会议中心", id="a centre"),
        pytest.param("段文澜在县政府三楼会议室主持召开防汛工作会议。", "防汛工作会议", "县政府三楼会议室", id="a room"),
        pytest.param(
            "全国防汛工作会议5月6日在人民大会堂举行。", "全国防汛工作会议", "人民大会堂", id="a hall after it"
        ),
        pytest.param(
            "全县防汛工作会议召开第二天，在文化宫胜利闭幕。", "全县防汛工作会议", "文化宫", id="in the next clause"
        ),
        pytest.param("防汛工作会议5月6日在京召开。", "防汛工作会议", "北京市", id="a city by its short name"),
        pytest.param("防汛工作会议在临汾市洪洞县召开。", "防汛工作会议", "洪洞县", id="a division"),
        pytest.param(
            "校长主持召开防汛工作会议\n时间：5月6日\n地点：行政楼301会议室",
            "防汛工作会议",
            "行政楼301会议室",
            id="a line",
        ),
    ],
)
def test_venues(text: str, meeting: str, place: str) -> None:
    page = read(text)
    assert page.triples("HELD_IN", "CONVENED") == {("HELD_IN", meeting, place)}


def test_who_convenes_and_where() -> None:
    page = read("5月6日，县应急管理局在县会议中心召开防汛工作会议。")
    assert page.triples("HELD_IN", "CONVENED") == {
        ("CONVENED", "县应急管理局", "防汛工作会议"),
        ("HELD_IN", "防汛工作会议", "县会议中心"),
    }
