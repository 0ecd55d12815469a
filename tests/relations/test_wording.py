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
        pytest.param(
            "副县长杜若飞带队，对歧坪镇、元坝镇供水保障进行了实地督查。",
            "INSPECTED",
            {("INSPECTED", "杜若飞", town) for town in ("歧坪镇", "元坝镇")},
            id="what was inspected stands before the verb",
        ),
        pytest.param(
            "副县长杜若飞来到歧坪镇检查防汛。随后，督查组先后来到元坝镇、五龙镇，查看堤防。",
            "INSPECTED",
            {("INSPECTED", "杜若飞", town) for town in ("歧坪镇", "元坝镇", "五龙镇")},
            id="the group goes on where its head led it",
        ),
        pytest.param(
            "县政府召开防汛工作会议。参会领导有：副县长杜若飞，县水利局局长钟晚棠。",
            "ATTENDED",
            {("ATTENDED", "杜若飞", "防汛工作会议"), ("ATTENDED", "钟晚棠", "防汛工作会议")},
            id="a list of those present",
        ),
        pytest.param(
            "县长杜若飞主持召开县政府常务会议。会议审议了《苍溪县河道管理办法》，决定提交县委常委会会议研究。",
            "DELIBERATED",
            {("DELIBERATED", "苍溪县政府常务会议", "《苍溪县河道管理办法》")},
            id="a meeting that is still to come deliberates nothing",
        ),
        pytest.param(
            "会议要求县水利局将《苍溪县河道管理办法》修改完善后按程序印发《实施细则》。",
            "ISSUED",
            set(),
            id="not issued yet",
        ),
        pytest.param(
            "苍溪县人大常委会任免名单\n\n一、任命：\n杜若飞为苍溪县人民政府副县长。\n\n二、免去：\n钟晚棠的苍溪县水利局局长职务。",
            "APPOINTED",
            {("APPOINTED", "苍溪县人大常委会", "杜若飞")},
            id="lines under a heading",
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


@pytest.mark.parametrize(
    ("text", "person", "post"),
    [
        pytest.param(
            "歧坪镇召开会议\n\n镇党委书记杜若飞主持会议。", "杜若飞", "歧坪镇党委书记", id="a town's own post"
        ),
        pytest.param(
            "省水利厅召开动员大会\n\n3月12日，厅党委书记、厅长杜若飞讲话。",
            "杜若飞",
            "省水利厅厅长",
            id="a department's own post",
        ),
        pytest.param(
            "阿克苏地委召开会议\n\n行署副专员买买提江·阿布拉列席会议。",
            "买买提江·阿布拉",
            "阿克苏地区行署副专员",
            id="an office of a 地区, a dotted name before its verb",
        ),
        pytest.param("县委常委、政府副县长杜若飞出席会议。", "杜若飞", "县委常委", id="政府 inside a chain of posts"),
        pytest.param("县委副书记、县长漆建业，副县长牛彩霞陪同。", "漆建业", "县委副书记", id="a rare surname"),
    ],
)
def test_a_post_and_who_holds_it(text: str, person: str, post: str) -> None:
    assert ("HOLDS", person, post) in read(text).triples("HOLDS")


def test_the_head_of_a_firm_is_no_official() -> None:
    page = read("副县长杜若飞会见了广东恒泰铝业有限公司董事长黄家豪一行。")
    assert page.names("PERSON") == ["杜若飞"]
