"""Places: divisions of the gazetteer, local places by their endings, and words that are also divisions."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("段文澜到苍溪县调研。", ["苍溪县"], id="a county"),
        pytest.param("四川省广元市苍溪县召开会议。", ["四川省", "广元市", "苍溪县"], id="three levels in a row"),
        pytest.param("临汾、侯马、洪洞、翼城参加。", ["临汾", "侯马", "洪洞"], id="short names in a list"),
        pytest.param("苍溪县歧坪镇召开会议。", ["苍溪县", "歧坪镇"], id="a town after its county"),
        pytest.param("先后来到红星社区、翔山林场、红旗水库。", ["红星社区", "翔山林场", "红旗水库"], id="local places"),
        pytest.param("苍溪县县长杜若飞讲话。", ["苍溪县"], id="inside a post"),
        pytest.param("某某（京山）事业部参加。", ["京山"], id="in brackets"),
        pytest.param("门源县、共和县召开会议。", ["门源县", "共和县"], id="共和县 whole"),
    ],
)
def test_places(text: str, want: list[str]) -> None:
    assert found(text, "PLACE") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("我市、我县、全区参加。", id="level words"),
        pytest.param("各乡镇、各社区参加。", id="places in general"),
        pytest.param("会议强调和平发展、东风压倒西风、团结奋进。", id="words that are also divisions"),
        pytest.param("“科技兴安”行动启动。", id="inside a slogan"),
        pytest.param("村民、乡亲们参加。", id="people of villages"),
        pytest.param("相关新闻\n苍溪县召开会议", id="a related link"),
    ],
)
def test_no_places(text: str) -> None:
    assert found(text, "PLACE") == []


def test_short_names_before_and_so_on() -> None:
    assert found("临汾、侯马、洪洞等地参加。", "PLACE") == ["临汾", "侯马", "洪洞"]


def test_an_idiom_is_no_city() -> None:
    assert found("会议强调长治久安、安居乐业。", "PLACE") == []
