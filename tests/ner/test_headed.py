"""Bodies that only their head's title shows, and words before a title that are none."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("教务处处长敖建武汇报。", ["教务处"], id="a title repeats the ending"),
        pytest.param("县农委主任许昌明到会。", ["县农委"], id="a committee at a level"),
        pytest.param("歌尔股份董事长姜滨发言。", ["歌尔股份"], id="a firm by its short name"),
        pytest.param(
            "全国人大外事委员会主任委员娄成武汇报。", ["全国人大外事委员会"], id="a committee of a known body"
        ),
        pytest.param("市委全面深化改革委员会副主任陆卫东到会。", ["市委全面深化改革委员会"], id="全面 inside a name"),
        pytest.param("龙泉镇卫生院院长谢俊雄到会。", ["龙泉镇卫生院"], id="a town's hospital"),
        pytest.param("团市委书记向梅到会。", ["团市委"], id="the Youth League's committee"),
        pytest.param("市国资委党委书记陆卫东到会。", ["市国资委"], id="a department that the State Council has too"),
        pytest.param("任命陆卫东同志人事处处长。", ["人事处"], id="after a comrade"),
    ],
)
def test_headed_bodies(text: str, want: list[str]) -> None:
    assert found(text, "ORG") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各处处长、该院院长参加。", id="bodies in general"),
        pytest.param("公司董事长、支部书记发言。", id="bodies without a name"),
        pytest.param("2个科科长参加。", id="a number of them"),
    ],
)
def test_no_bodies(text: str) -> None:
    assert found(text, "ORG") == []
