"""Visits: who went where, who came along, and what is no visit."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


def seen(text: str) -> set[tuple[str, str]]:
    """Return (who, where) of every INSPECTED."""
    return {(head, tail) for _, head, tail in read(text).triples("INSPECTED")}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市长段文澜到苍溪县调研。", {("段文澜", "苍溪县")}, id="到…调研"),
        pytest.param("市长段文澜深入歧坪镇检查防汛工作。", {("段文澜", "歧坪镇")}, id="深入"),
        pytest.param("市长段文澜调研苍溪县。", {("段文澜", "苍溪县")}, id="without a verb of motion"),
        pytest.param(
            "市长段文澜先后来到歧坪镇、红旗水库、翔山林场，察看防汛情况。",
            {("段文澜", "歧坪镇"), ("段文澜", "红旗水库"), ("段文澜", "翔山林场")},
            id="three stops",
        ),
        pytest.param("市长段文澜到苍溪县歧坪镇调研。", {("段文澜", "歧坪镇")}, id="a town in its county is one stop"),
        pytest.param(
            "市长段文澜到苍溪县调研。他来到红旗水库，察看防汛情况。",
            {("段文澜", "苍溪县"), ("段文澜", "红旗水库")},
            id="he goes on",
        ),
        pytest.param("市长段文澜一行到县水利局督导。", {("段文澜", "县水利局")}, id="an organisation"),
        pytest.param(
            "市长段文澜、副市长罗北川到苍溪县调研。", {("段文澜", "苍溪县"), ("罗北川", "苍溪县")}, id="two visitors"
        ),
        pytest.param("省环保督察组督察东营市。", {("山东省环保督察组", "东营市")}, id="a group"),
        pytest.param("市长段文澜对翼城县水利局主要负责人进行约谈。", {("段文澜", "翼城县水利局")}, id="a summons"),
        pytest.param("传达卢元朗省长调研广元时的讲话精神。", {("卢元朗", "广元市")}, id="inside a directive"),
    ],
)
def test_visits(text: str, want: set[tuple[str, str]]) -> None:
    assert seen(text) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("市长段文澜出席会议，苍溪县作了汇报。", id="a meeting"),
        pytest.param("市长段文澜强调，要到苍溪县调研。", id="what is ordered"),
        pytest.param("市长段文澜在会上指出，苍溪县要加强检查。", id="what is said of a place"),
        pytest.param("省委要求到苍溪县调研。", id="nobody"),
        pytest.param("市长段文澜会见来访的华润集团董事长马跃。", id="a caller received"),
        pytest.param("市长段文澜收到苍溪县来信。", id="到 inside another word"),
    ],
)
def test_no_visits(text: str) -> None:
    assert seen(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("市长段文澜到苍溪县调研，副市长罗北川陪同。", id="in the clause"),
        pytest.param("市长段文澜到苍溪县调研。副市长罗北川陪同调研。", id="in a sentence of its own"),
        pytest.param("市长段文澜到苍溪县调研，副市长罗北川随同。", id="随同"),
    ],
)
def test_company(text: str) -> None:
    page = read(text)
    assert page.relation("INSPECTED", "罗北川", "苍溪县").properties["role"] == "陪同"
    assert "role" not in page.relation("INSPECTED", "段文澜", "苍溪县").properties


@pytest.mark.parametrize(
    ("verb", "kind"),
    [pytest.param(kind, kind, id=kind) for kind in ("调研", "督导", "检查", "考察", "慰问", "督察")],
)
def test_kinds(verb: str, kind: str) -> None:
    page = read(f"5月6日，市长段文澜到苍溪县{verb}。")
    assert page.relation("INSPECTED", "段文澜", "苍溪县").properties == {"kind": kind, "date": "XXXX-05-06"}


def test_a_visit_that_ends_in_a_meeting_is_two_things() -> None:
    page = read("5月6日，市长段文澜到苍溪县调研，随后主持召开防汛工作座谈会。段文澜强调，要压实责任。")
    assert ("PRESIDED", "段文澜", "防汛工作座谈会") in page.triples()
    assert ("INSPECTED", "段文澜", "苍溪县") in page.triples()


def test_what_is_said_on_a_visit_is_not_said_at_a_meeting() -> None:
    page = read("5月6日，全市防汛工作会议召开。5月7日，市长段文澜到苍溪县调研。他强调，要压实责任。")
    assert page.triples("SPOKE_AT") == set()


def test_the_visitor_stays_when_the_company_is_listed() -> None:
    page = read("县委书记贺书宁到歧坪镇调研，副县长杜若飞，县政府办主任钟晚棠参加调研。")
    assert "role" not in page.relation("INSPECTED", "贺书宁", "歧坪镇").properties
    assert page.relation("INSPECTED", "杜若飞", "歧坪镇").properties["role"] == "陪同"


def test_a_body_that_summons() -> None:
    assert seen("省生态环境厅对临汾市政府进行集体约谈。") == {("山西省生态环境厅", "临汾市政府")}
