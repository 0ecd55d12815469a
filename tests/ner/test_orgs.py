"""Organisations: by level, department and ending, and words that only end like one."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市委、县政府、省人大常委会参加。", ["市委", "县政府", "省人大常委会"], id="by level alone"),
        pytest.param("临汾市政府召开会议。", ["临汾市政府"], id="with its place"),
        pytest.param("中共洪洞县委印发通知。", ["中共洪洞县委"], id="中共 before it"),
        pytest.param("苍溪13届县委召开会议。", ["苍溪13届县委"], id="with its term"),
        pytest.param("县水利局负责人汇报。", ["县水利局"], id="without an unnamed head"),
        pytest.param("太原市生态环境局通报情况。", ["太原市生态环境局"], id="a department of a city"),
        pytest.param("国务院任命刘畅。", ["国务院"], id="a national body"),
        pytest.param("省生态环境保护督察组进驻。", ["省生态环境保护督察组"], id="a group"),
        pytest.param("省委第三巡视组反馈情况。", ["省委第三巡视组"], id="a numbered group"),
        pytest.param("县委书记到华润集团、某某有限公司调研。", ["县委", "华润集团", "某某有限公司"], id="companies"),
        pytest.param("区党委印发通知。", ["区党委"], id="区党委"),
        pytest.param("市自然资源和规划局汇报。", ["市自然资源和规划局"], id="和 inside an official name"),
        pytest.param("市委书记讲话。", ["市委"], id="inside a post"),
    ],
)
def test_organisations(text: str, want: list[str]) -> None:
    assert found(text, "ORG") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各级各部门参加。", id="departments in general"),
        pytest.param("有关企业、成员单位参加。", id="companies in general"),
        pytest.param("要打开新局面，防止内部干部举办活动。", id="words that end like a bureau"),
        pytest.param("办公室工作人员参加。", id="an office without an owner"),
        pytest.param("编辑：县水利局", id="an editor's line"),
        pytest.param("会议要求全部整改到位。", id="全部"),
    ],
)
def test_no_organisations(text: str) -> None:
    assert found(text, "ORG") == []


def test_an_ending_does_not_swallow_its_clause() -> None:
    assert not [name for name in found("市长段文澜宣布市中心血站揭牌。", "ORG") if "段文澜" in name]
