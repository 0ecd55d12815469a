"""Policies and directives: conveyed, deliberated, approved, issued, and their names."""

from __future__ import annotations

import pytest

from tests.relations.reading import Triple, read

MEETING = "苍溪县政府常务会议"
HELD = "5月6日，苍溪县政府召开常务会议，"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(f"{HELD}审议《河道管理办法》。", {("DELIBERATED", MEETING, "《河道管理办法》")}, id="审议"),
        pytest.param(
            f"{HELD}审议通过《河道管理办法》。",
            {("DELIBERATED", MEETING, "《河道管理办法》"), ("APPROVED", MEETING, "《河道管理办法》")},
            id="审议通过",
        ),
        pytest.param(f"{HELD}原则通过《河道管理办法》。", {("APPROVED", MEETING, "《河道管理办法》")}, id="原则通过"),
        pytest.param(
            f"{HELD}研究了《河道管理办法》《禁渔工作方案》。",
            {("DELIBERATED", MEETING, "《河道管理办法》"), ("DELIBERATED", MEETING, "《禁渔工作方案》")},
            id="two in a row",
        ),
        pytest.param(
            f"{HELD}传达学习省委书记卢元朗批示精神、全省防汛工作会议精神。",
            {("CONVEYED", MEETING, "卢元朗批示精神"), ("CONVEYED", MEETING, "全省防汛工作会议精神")},
            id="two directives",
        ),
        pytest.param(f"{HELD}传达《防汛工作通知》。", {("CONVEYED", MEETING, "《防汛工作通知》")}, id="a document"),
        pytest.param(
            f"{HELD}会上，县长杜若飞传达了全省防汛工作会议精神。",
            {("CONVEYED", "杜若飞", "全省防汛工作会议精神")},
            id="by a person",
        ),
    ],
)
def test_agenda(text: str, want: set[Triple]) -> None:
    assert read(text).triples("DELIBERATED", "APPROVED", "CONVEYED") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HELD}会议强调，要认真学习《河道管理办法》。", id="an order to study"),
        pytest.param(f"{HELD}会议指出，要传达学习全省防汛工作会议精神。", id="an order to convey"),
        pytest.param(f"{HELD}通报了《河道管理办法》实施情况。", id="another verb"),
        pytest.param("县政府审议《河道管理办法》。", id="no meeting"),
        pytest.param(f"{HELD}研究防汛工作。", id="no document"),
    ],
)
def test_no_agenda(text: str) -> None:
    assert read(text).triples("DELIBERATED", "APPROVED", "CONVEYED") == set()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("临汾市政府印发《防汛应急预案》。", {("ISSUED", "临汾市政府", "《防汛应急预案》")}, id="印发"),
        pytest.param(
            "会议学习《临汾市政府关于加强防汛的意见》。",
            {("ISSUED", "临汾市政府", "《临汾市政府关于加强防汛的意见》")},
            id="in the title",
        ),
        pytest.param("县长杜若飞签署《防汛责任书》。", {("ISSUED", "杜若飞", "《防汛责任书》")}, id="签署"),
        pytest.param("传达省委书记卢元朗批示精神。", {("ISSUED", "卢元朗", "卢元朗批示精神")}, id="a directive"),
        pytest.param("会议学习《防汛应急预案》。", set(), id="nobody"),
    ],
)
def test_who_issued_it(text: str, want: set[Triple]) -> None:
    assert read(text).triples("ISSUED") == want


def test_drafts_and_the_text_itself_are_one() -> None:
    page = read(f"{HELD}审议《河道管理办法》（草案）。会后印发《河道管理办法》。")
    assert len(page.names("POLICY")) == 1


def test_a_directive_is_named_after_its_author_without_posts() -> None:
    page = read("传达省委副书记、省长卢元朗调研苍溪时的讲话精神。")
    assert page.names("DIRECTIVE") == ["卢元朗调研苍溪时的讲话精神"]
    directive = page.entity("卢元朗调研苍溪时的讲话精神")
    assert directive.aliases == ("省委副书记、省长卢元朗调研苍溪时的讲话精神",)
    assert (directive.properties["issuer"], directive.properties["kind"]) == ("卢元朗", "speech")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("审议《河道管理条例》。", "《河道管理条例》", "law", id="a law"),
        pytest.param("审议《防汛工作方案》。", "《防汛工作方案》", "plan", id="a plan"),
        pytest.param("学习《加强防汛的意见》。", "《加强防汛的意见》", "opinion", id="an opinion"),
        pytest.param("推进“五水共治”。", "“五水共治”", "slogan", id="a slogan"),
        pytest.param("打好大气污染防治攻坚战。", "大气污染防治攻坚战", "plan", id="a campaign"),
    ],
)
def test_kinds_of_policy(text: str, name: str, kind: str) -> None:
    assert read(text).property(name, "kind", "POLICY") == kind


def test_a_document_number_that_is_long() -> None:
    page = read("学习《加强防汛的意见》（某政办发电函〔2021〕1024号）。")
    assert page.property("《加强防汛的意见》", "doc_number") == "某政办发电函〔2021〕1024号"


def test_a_document_number_that_is_short() -> None:
    page = read("学习《加强防汛的意见》（中发〔2021〕1号）。")
    assert page.property("《加强防汛的意见》", "doc_number") == "中发〔2021〕1号"


def test_a_draft_marked_inside_and_the_text_itself_are_one() -> None:
    page = read(f"{HELD}审议《河道管理办法（草案）》。会后印发《河道管理办法》。")
    assert len(page.names("POLICY")) == 1


def test_a_national_body_in_the_title() -> None:
    page = read("会议学习《国务院关于加强防汛的意见》。")
    assert page.triples("ISSUED") == {("ISSUED", "国务院", "《国务院关于加强防汛的意见》")}
