"""Wordings of real pages that once were read wrongly, each with what it says."""

from __future__ import annotations

import pytest

from tests.relations.reading import Triple, read


@pytest.mark.parametrize(
    ("text", "type_", "want"),
    [
        pytest.param(
            "在县长杜若飞，副县长钟晚棠的陪同下，省水利厅副厅长韩骁先后深入歧坪镇、元坝镇，查看灾情。",
            "INSPECTED",
            {("INSPECTED", name, town) for name in ("韩骁", "杜若飞", "钟晚棠") for town in ("歧坪镇", "元坝镇")},
            id="companions before the visitor",
        ),
        pytest.param(
            "苍溪县召开领导干部会议，宣布市委关于苍溪县主要领导调整的决定：免去罗北川同志的苍溪县委书记职务。",
            "REMOVED",
            {("REMOVED", "广元市委", "罗北川")},
            id="a decision that is announced",
        ),
        pytest.param(
            "县长杜若飞主持召开县政府常务会议，传达学习全省防汛工作会议精神。",
            "CONVEYED",
            {("CONVEYED", "县政府常务会议", "全省防汛工作会议精神")},
            id="what a chaired meeting conveys",
        ),
        pytest.param(
            "全国防汛视频会议召开。县领导杜若飞、钟晚棠在县分会场收听收看。",
            "ATTENDED",
            {("ATTENDED", "杜若飞", "全国防汛视频会议"), ("ATTENDED", "钟晚棠", "全国防汛视频会议")},
            id="a higher meeting watched",
        ),
    ],
)
def test_wording(text: str, type_: str, want: set[Triple]) -> None:
    assert read(text).triples(type_) == want


def test_a_deadline_dates_no_meeting() -> None:
    page = read("2021年5月6日，县长杜若飞主持召开防汛调度会，要求5月20日前完成整改。")
    assert page.property("防汛调度会", "date") == "2021-05-06"


@pytest.mark.parametrize("surname", ["宋", "杜"])
def test_a_surname_and_a_title_mean_the_one_who_has_it(surname: str) -> None:
    page = read(f"副县长{surname}若飞出席防汛工作会议。会上，{surname}县长强调，要压实责任。")
    assert page.names("PERSON") == [f"{surname}若飞"]
    assert page.triples("SPOKE_AT") == {("SPOKE_AT", f"{surname}若飞", "防汛工作会议")}
    assert {tail for _, _, tail in page.triples("HOLDS")} == {"副县长"}
