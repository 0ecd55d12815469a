"""Posts: with what stands before the title, and words that only begin or end like one."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("县长杜若飞主持会议。", ["县长"], id="one post"),
        pytest.param("市委副书记、市长段文澜讲话。", ["市委副书记", "市长"], id="a chain"),
        pytest.param(
            "市委常委、常务副市长、市安委会第一副主任段文澜讲话。",
            ["市委常委", "常务副市长", "市安委会第一副主任"],
            id="a chain of three",
        ),
        pytest.param("党组书记、局长、二级巡视员唐一川讲话。", ["党组书记", "局长", "二级巡视员"], id="a rank"),
        pytest.param("市委常委统战部长苏蔓讲话。", ["市委常委", "统战部长"], id="a chain without its separator"),
        pytest.param("临汾市生态环境局局长唐一川讲话。", ["临汾市生态环境局局长"], id="with place and organisation"),
        pytest.param("代市长陈一鸣、代理县长杜若飞讲话。", ["代市长", "代理县长"], id="acting"),
        pytest.param("杜若飞县长讲话。", ["县长"], id="after the name"),
        pytest.param("省委第三督察组组长孟广林讲话。", ["省委第三督察组组长"], id="of a group"),
        pytest.param("副市长兼市公安局局长韩骁讲话。", ["副市长", "市公安局局长"], id="two joined by 兼"),
        pytest.param("副主任曹栋、马欣然讲话。", ["副主任"], id="one over two names"),
        pytest.param("市委委员、市委常委出席会议。", ["市委委员", "市委常委"], id="without names"),
        pytest.param("市领导曹栋出席会议。", ["市领导"], id="a weak post"),
        pytest.param("原副市长韩骁出席会议。", ["原副市长"], id="a past one"),
        pytest.param("组　长：杜衡", ["组 长"], id="a space inside the title"),
        pytest.param("区党委书记段文澜讲话。", ["区党委书记"], id="区党委 of an autonomous region"),
    ],
)
def test_posts(text: str, want: list[str]) -> None:
    assert found(text, "POST") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("召开委员会会议。", id="委员 inside 委员会"),
        pytest.param("全县经济增长较快。", id="县 and 长 apart"),
        pytest.param("编辑：记者部主任吕小舟", id="an editor's line"),
        pytest.param("会议要求加强社区建设。", id="no title at all"),
        pytest.param("成员单位参加会议。", id="成员 inside 成员单位"),
    ],
)
def test_no_posts(text: str) -> None:
    assert found(text, "POST") == []


def test_the_river_chief_system_is_no_post() -> None:
    assert found("全县河长制工作推进会召开。", "POST") == []


def test_a_standing_committee_is_no_member() -> None:
    assert found("自治区党委常委会会议召开。", "POST") == []


def test_a_body_whose_name_holds_a_level_word_stays_whole() -> None:
    text = "市委常委、常务副市长、东湖片区指挥部第一副指挥长韩骁讲话。"
    assert found(text, "POST") == ["市委常委", "常务副市长", "东湖片区指挥部第一副指挥长"]


def test_a_title_across_two_words_is_none() -> None:
    assert found("城市长期发展。", "POST") == []
