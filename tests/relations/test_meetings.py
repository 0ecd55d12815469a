"""Meetings as entities: which mentions are one, what they are called, when and where they were held."""

from __future__ import annotations

import pytest

from kg.relations.meetings import dice
from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市长段文澜主持召开全市防汛工作推进会。", ["全市防汛工作推进会"], id="by its title"),
        pytest.param(
            "5月6日，全市防汛工作推进会召开。推进会上，段文澜强调，要压实责任。",
            ["全市防汛工作推进会"],
            id="short later",
        ),
        pytest.param(
            "全市防汛工作推进会召开\n5月6日，全市防汛工作推进会召开。", ["全市防汛工作推进会"], id="headline and body"
        ),
        pytest.param(
            "5月6日，全市防汛工作推进会召开。5月8日，全市禁毒工作座谈会召开。",
            ["全市防汛工作推进会", "全市禁毒工作座谈会"],
            id="two of two subjects",
        ),
        pytest.param(
            "市政府召开第31次常务会议。市政府召开第32次常务会议。",
            ["市政府第31次常务会议", "市政府第32次常务会议"],
            id="two of two numbers",
        ),
        pytest.param("市政府召开常务会议，审议《河道管理办法》。", ["市政府常务会议"], id="the body that holds it"),
        pytest.param("段文澜主持召开座谈会，就防汛工作进行安排部署。", ["防汛座谈会"], id="its topic"),
        pytest.param(
            "召开文明城市创建动员部署会暨市容整治推进会。",
            ["文明城市创建动员部署会暨市容整治推进会"],
            id="two titles of one",
        ),
        pytest.param("5月6日，苍溪县召开全县防汛工作会议。", ["全县防汛工作会议"], id="a place that convenes"),
        pytest.param(
            "会议由市长段文澜主持。5月6日，全市防汛工作会议召开。", ["全市防汛工作会议"], id="referred to first"
        ),
    ],
)
def test_names(text: str, want: list[str]) -> None:
    assert read(text).names("MEETING") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("会议指出，要压实责任。会上，有关单位汇报。", id="references alone"),
        pytest.param("传达学习全省防汛工作会议精神。", id="one whose spirit is conveyed"),
        pytest.param("段文澜到苍溪县调研。", id="a visit"),
        pytest.param("全市防汛工作会议将于5月9日召开。", id="one to come"),
    ],
)
def test_none(text: str) -> None:
    assert read(text).names("MEETING") == []


def test_short_forms_are_aliases() -> None:
    page = read("5月6日，苍溪县委召开县委常委会会议。县委常委会会议由县委书记贺书宁主持。")
    assert page.names("MEETING") == ["苍溪县委常委会会议"]
    assert page.entity("苍溪县委常委会会议", "MEETING").aliases == ("县委常委会会议",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("市政府召开常务会议。", "executive", id="executive"),
        pytest.param("召开防汛工作座谈会。", "symposium", id="symposium"),
        pytest.param("召开全市防汛视频会议。", "video", id="video"),
        pytest.param("市委五届三次全会召开。", "plenary", id="plenary"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    found = [e for e in read(text).entities if e.label == "MEETING"]
    assert [e.properties["kind"] for e in found] == [kind]


def test_a_video_meeting_says_so() -> None:
    assert read("全市防汛视频会议召开。").property("全市防汛视频会议", "mode") == "video"
    assert read("全市防汛工作会议召开。").property("全市防汛工作会议", "mode") is None


def test_where_it_was_held() -> None:
    page = read("5月6日，全省防汛工作现场会在苍溪县举行。")
    assert page.triples("HELD_IN") == {("HELD_IN", "全省防汛工作现场会", "苍溪县")}
    assert page.relation("HELD_IN", "全省防汛工作现场会", "苍溪县").evidence.quote.endswith("在苍溪县举行")


def test_a_place_that_is_only_spoken_of_is_no_venue() -> None:
    assert read("全市防汛工作会议召开，会议通报了苍溪县的情况。").triples("HELD_IN") == set()


def test_who_convened_it() -> None:
    page = read("5月6日，苍溪县政府召开防汛工作座谈会。")
    assert page.triples("CONVENED") == {("CONVENED", "苍溪县政府", "防汛工作座谈会")}
    assert read("县政府领导参加防汛工作座谈会。").triples("CONVENED") == set()


def test_each_meeting_has_its_own_participants() -> None:
    page = read("5月6日，市长段文澜主持全市防汛工作推进会。5月8日，副市长罗北川主持全市禁毒工作座谈会。")
    assert page.triples("PRESIDED") == {
        ("PRESIDED", "段文澜", "全市防汛工作推进会"),
        ("PRESIDED", "罗北川", "全市禁毒工作座谈会"),
    }


@pytest.mark.parametrize(
    ("left", "right", "want"),
    [
        pytest.param("防汛会议", "防汛会议", 1.0, id="equal"),
        pytest.param("防汛", "禁毒", 0.0, id="nothing shared"),
        pytest.param("防汛会议", "防汛例会", 1 / 3, id="one of three"),
        pytest.param("", "", 1.0, id="two empty ones"),
    ],
)
def test_bigram_overlap(left: str, right: str, want: float) -> None:
    assert dice(left, right) == pytest.approx(want)


def test_the_meeting_watched_and_the_one_after_it_are_two() -> None:
    page = read("我市组织收听收看全省防汛工作视频会议。随后，我市召开全市防汛工作视频会议，市长段文澜讲话。")
    assert page.names("MEETING") == ["全省防汛工作视频会议", "全市防汛工作视频会议"]
    assert page.triples("SPOKE_AT") == {("SPOKE_AT", "段文澜", "全市防汛工作视频会议")}


def test_a_numbered_meeting_is_named_after_its_body() -> None:
    assert read("临汾市政府召开第31次常务会议。").names("MEETING") == ["临汾市政府第31次常务会议"]


def test_a_meeting_without_a_subject_is_not_named_after_nothing() -> None:
    assert "有关通报会议" not in read("贺书宁书记主持会议，杜若飞县长通报有关情况。").names("MEETING")


def test_a_body_that_meets_is_a_meeting() -> None:
    assert len(read("苍溪县委常委会召开会议，审议《河道管理办法》。").names("MEETING")) == 1


def test_a_national_meeting_is_not_the_countys() -> None:
    assert read("全国防汛工作现场会在苍溪县举行。").property("全国防汛工作现场会", "level") != "county"


def test_a_meeting_held_by_video() -> None:
    assert read("全市防汛工作会议以视频形式召开。").property("全市防汛工作会议", "mode") == "video"


def test_an_enlarged_meeting_of_a_committee() -> None:
    page = read("5月6日，市委召开常委（扩大）会议。")
    assert page.names("MEETING") == ["市委常委（扩大）会议"]
    assert page.property("市委常委（扩大）会议", "kind") == "standing"
