"""Who presided, attended, spoke and reported: the verbs of the genre and whose they are."""

from __future__ import annotations

import pytest

from tests.relations.reading import read

NAME = "全县防汛工作推进会"
HELD = f"5月6日，{NAME}召开。"
VERBS = ("PRESIDED", "ATTENDED", "SPOKE_AT", "REPORTED_AT")


def took_part(text: str) -> set[tuple[str, str]]:
    """Return (relation, who) for the one meeting of a text."""
    found = read(text).triples(*VERBS)
    assert {tail for _, _, tail in found} <= {NAME}
    return {(type_, head) for type_, head, _ in found}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(f"县长杜若飞主持召开{NAME}。", {("PRESIDED", "杜若飞")}, id="主持召开"),
        pytest.param(f"{HELD}会议由县长杜若飞主持。", {("PRESIDED", "杜若飞")}, id="会议由…主持"),
        pytest.param(
            f"{HELD}县长杜若飞主持会议并讲话。", {("PRESIDED", "杜若飞"), ("SPOKE_AT", "杜若飞")}, id="主持并讲话"
        ),
        pytest.param(
            f"{HELD}县长杜若飞出席并讲话。", {("ATTENDED", "杜若飞"), ("SPOKE_AT", "杜若飞")}, id="出席并讲话"
        ),
        pytest.param(
            f"受县委书记贺书宁委托，县长杜若飞主持召开{NAME}。", {("PRESIDED", "杜若飞")}, id="under delegation"
        ),
        pytest.param(f"{HELD}县长杜若飞强调，要压实责任。", {("SPOKE_AT", "杜若飞")}, id="强调"),
        pytest.param(
            f"{HELD}县长杜若飞、副县长钟晚棠指出，要压实责任。",
            {("SPOKE_AT", "杜若飞"), ("SPOKE_AT", "钟晚棠")},
            id="joint subjects",
        ),
        pytest.param(
            f"县长杜若飞主持{NAME}。他强调，要压实责任。", {("PRESIDED", "杜若飞"), ("SPOKE_AT", "杜若飞")}, id="他"
        ),
        pytest.param(
            f"县长杜若飞主持{NAME}。杜若飞要求，要压实责任。",
            {("PRESIDED", "杜若飞"), ("SPOKE_AT", "杜若飞")},
            id="a bare name later",
        ),
        pytest.param(f"{HELD}会上，副县长钟晚棠通报了情况。", {("REPORTED_AT", "钟晚棠")}, id="通报"),
        pytest.param(f"{HELD}县水利局局长唐一川作了汇报。", {("REPORTED_AT", "唐一川")}, id="作汇报"),
        pytest.param(f"{HELD}县水利局局长唐一川作表态发言。", {("SPOKE_AT", "唐一川")}, id="表态发言"),
        pytest.param(f"{HELD}县水利局负责人汇报了情况。", {("REPORTED_AT", "县水利局")}, id="an unnamed head"),
        pytest.param(
            f"{HELD}炉霍县、道孚县先后汇报。", {("REPORTED_AT", "炉霍县"), ("REPORTED_AT", "道孚县")}, id="places"
        ),
        pytest.param(
            f"{HELD}会议听取了炉霍县、道孚县工作汇报。",
            {("REPORTED_AT", "炉霍县"), ("REPORTED_AT", "道孚县")},
            id="heard",
        ),
        pytest.param(
            f"{HELD}县发改、经信等部门负责人参加会议。",
            {("ATTENDED", "县发改委"), ("ATTENDED", "县经信委")},
            id="elliptic",
        ),
        pytest.param(
            f"{HELD}参加会议的有县长杜若飞、副县长钟晚棠。",
            {("ATTENDED", "杜若飞"), ("ATTENDED", "钟晚棠")},
            id="the verb first",
        ),
        pytest.param(
            f"{HELD}县领导杜若飞、钟晚棠等参加。", {("ATTENDED", "杜若飞"), ("ATTENDED", "钟晚棠")}, id="and 等"
        ),
        pytest.param(
            f"{HELD}县长杜若飞在主会场出席会议，钟晚棠副县长主持。",
            {("ATTENDED", "杜若飞"), ("PRESIDED", "钟晚棠")},
            id="one clause each",
        ),
    ],
)
def test_participation(text: str, want: set[tuple[str, str]]) -> None:
    assert took_part(text) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HELD}会议指出，要压实责任。", id="the meeting itself says"),
        pytest.param(f"{HELD}会议强调，各单位要主持好、参加好活动。", id="what is ordered"),
        pytest.param(f"{HELD}要认真学习卢元朗省长讲话精神。", id="a speech inside a directive"),
        pytest.param(f"{HELD}会议审议了杜若飞汇报材料的《讲话要求》。", id="verbs inside a title"),
        pytest.param(f"{HELD}记者吕小舟通报了情况。", id="a reporter"),
        pytest.param("县长杜若飞到苍溪县调研，强调，要压实责任。", id="a visit"),
        pytest.param("县长杜若飞主持会议。", id="no meeting to be found"),
        pytest.param(f"{HELD}\n相关新闻\n县长杜若飞主持会议", id="a related link"),
    ],
)
def test_no_participation(text: str) -> None:
    assert took_part(text) == set()


def test_attendance_keeps_the_order_of_the_list() -> None:
    page = read(f"{HELD}县领导杜若飞、钟晚棠、罗北川参加会议。")
    ranks = {head: page.relation("ATTENDED", head, NAME).properties["rank"] for head in ("杜若飞", "钟晚棠", "罗北川")}
    assert ranks == {"杜若飞": 1, "钟晚棠": 2, "罗北川": 3}


@pytest.mark.parametrize(
    ("clause", "mode"),
    [
        pytest.param("副县长钟晚棠列席会议。", "列席", id="without a vote"),
        pytest.param("副县长钟晚棠在分会场参加会议。", "视频", id="at a sub-venue"),
        pytest.param("副县长钟晚棠参加会议。", None, id="in person"),
    ],
)
def test_how_one_attended(clause: str, mode: str | None) -> None:
    assert read(HELD + clause).relation("ATTENDED", "钟晚棠", NAME).properties.get("mode") == mode


def test_a_delegate_is_quoted_and_the_other_does_not_attend() -> None:
    page = read(f"受县委书记贺书宁委托，县长杜若飞主持召开{NAME}。")
    assert not [r for r in page.relations if page.name_of(r.head_id) == "贺书宁" and r.type in VERBS]


def test_the_quote_goes_from_the_post_to_the_verb() -> None:
    page = read(f"{HELD}县委副书记、县长杜若飞主持会议。")
    assert page.relation("PRESIDED", "杜若飞", NAME).evidence.quote == "县委副书记、县长杜若飞主持会议"


def test_reported_speech_holds_no_events() -> None:
    page = read(f"{HELD}县长杜若飞强调，各单位要主动汇报，各级书记要亲自主持。")
    assert page.triples(*VERBS) == {("SPOKE_AT", "杜若飞", NAME)}


def test_who_acts_after_reported_speech() -> None:
    page = read(f"{HELD}县长杜若飞强调，要压实责任，副县长钟晚棠主持会议。")
    assert page.triples(*VERBS) == {("SPOKE_AT", "杜若飞", NAME), ("PRESIDED", "钟晚棠", NAME)}


def test_surname_and_title_alone_makes_nobody() -> None:
    page = read(f"县委书记贺书宁主持召开{NAME}。陈县长要求，要抓好落实。")
    assert page.names("PERSON") == ["贺书宁"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(f"{HELD}县长杜若飞讲话，有关部门负责人汇报了情况。", {("SPOKE_AT", "杜若飞")}, id="departments"),
        pytest.param(f"{HELD}副县长钟晚棠宣读决定，各乡镇长参加。", {("REPORTED_AT", "钟晚棠")}, id="a group of posts"),
    ],
)
def test_an_unnamed_subject_is_nobody_else(text: str, want: set[tuple[str, str]]) -> None:
    assert took_part(text) == want


def test_who_heard_a_report_did_not_give_it() -> None:
    assert took_part(f"{HELD}县长杜若飞听取了汇报。") == set()


def test_who_hears_a_report_does_not_give_it() -> None:
    assert took_part(f"{HELD}县长杜若飞听取汇报。") == set()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("县长沈砚秋主持全县防汛工作会议，韩骁出席会议，副县长苏蔓因公请假。", id="in a clause"),
        pytest.param("县长沈砚秋主持全县防汛工作会议，韩骁出席会议。\n请假：副县长苏蔓、李明远。", id="in a line"),
        pytest.param("县长沈砚秋主持全县防汛工作会议，韩骁出席会议。苏蔓因事未能出席会议。", id="could not come"),
    ],
)
def test_who_sent_excuses_did_not_attend(text: str) -> None:
    assert {head for _, head, _ in read(text).triples("ATTENDED", "PRESIDED", "SPOKE_AT")} == {"沈砚秋", "韩骁"}
