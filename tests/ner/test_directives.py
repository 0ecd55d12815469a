"""Directives: from their author to their last word, one by one."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("传达省委书记卢元朗批示精神。", ["省委书记卢元朗批示精神"], id="an instruction's spirit"),
        pytest.param("会议传达了卢元朗省长调研苍溪时的讲话精神。", ["卢元朗省长调研苍溪时的讲话精神"], id="on a visit"),
        pytest.param("学习贯彻全省防汛工作会议精神。", ["全省防汛工作会议精神"], id="a meeting's spirit"),
        pytest.param(
            "传达学习习近平总书记关于防汛救灾工作的重要指示精神、李克强总理讲话精神、全省防汛工作会议精神。",
            ["习近平总书记关于防汛救灾工作的重要指示精神", "李克强总理讲话精神", "全省防汛工作会议精神"],
            id="three in a row",
        ),
        pytest.param("传达省委主要领导批示。", ["省委主要领导批示"], id="without 精神, conveyed"),
        pytest.param("落实省委、省政府决策部署。", ["省委、省政府决策部署"], id="a deployment"),
    ],
)
def test_directives(text: str, want: list[str]) -> None:
    assert found(text, "DIRECTIVE") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("市长作重要讲话。", id="a speech that is being made"),
        pytest.param("认真贯彻落实会议精神。", id="nobody's spirit"),
        pytest.param("振奋精神，鼓足干劲。", id="spirit as a mood"),
        pytest.param("按照有关要求抓好落实。", id="demands in general"),
        pytest.param("弘扬伟大建党精神。", id="a spirit that nobody ordered"),
    ],
)
def test_no_directives(text: str) -> None:
    assert found(text, "DIRECTIVE") == []


def test_a_directive_does_not_begin_with_a_space() -> None:
    assert found("  省委书记卢元朗批示精神", "DIRECTIVE") == ["省委书记卢元朗批示精神"]
