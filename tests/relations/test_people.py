"""People as entities: one a name, with what brackets and the source's script say of them."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("县长杜若飞讲话。杜若飞强调，要落实。", ["杜若飞"], id="full, then bare"),
        pytest.param("杜若飞县长讲话。县长杜若飞强调，要落实。", ["杜若飞"], id="title behind, then before"),
        pytest.param("参加会议的有县长王 兵。王兵强调，要落实。", ["王兵"], id="with and without a space"),
        pytest.param("县长杜若飞、副县长钟晚棠讲话。", ["杜若飞", "钟晚棠"], id="two"),
        pytest.param("县委书记贺书宁讲话。贺书记强调，要落实。", ["贺书宁"], id="surname and title"),
        pytest.param("陈县长强调，要落实。", [], id="surname and title of nobody"),
    ],
)
def test_one_entity_a_name(text: str, want: list[str]) -> None:
    assert read(text).names("PERSON") == want


@pytest.mark.parametrize(
    ("note", "want"),
    [
        pytest.param(
            "女，回族，1969年3月生",
            {"gender": "female", "ethnicity": "回族", "birth_date": "1969-03"},
            id="all",
        ),
        pytest.param("男", {"gender": "male"}, id="gender"),
        pytest.param("藏族", {"ethnicity": "藏族"}, id="ethnicity"),
        pytest.param("1970年11月5日出生", {"birth_date": "1970-11-05"}, id="a day of birth"),
        pytest.param("主持工作", {}, id="something else"),
    ],
)
def test_notes_in_brackets(note: str, want: dict[str, str]) -> None:
    assert read(f"市委书记沈砚秋（{note}）讲话。").entity("沈砚秋").properties == want


def test_a_note_belongs_to_its_name_only() -> None:
    page = read("市委书记沈砚秋（女），市长段文澜讲话。")
    assert page.property("段文澜", "gender") is None


def test_a_traditional_source_keeps_its_own_form() -> None:
    page = read("5月6日，縣委書記賀書寧主持會議，縣長杜若飛出席，審議規劃。")
    assert page.property("贺书宁", "name_hant") == "賀書寧"
    assert read("县委书记贺书宁主持会议。").property("贺书宁", "name_hant") is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("县委书记杨玉清主持会议。杨书记强调，要抓好落实。", "杨玉清", id="the only one"),
        pytest.param("县委书记杨玉清主持会议。副县长杨明远汇报。杨书记强调，要抓落实。", "杨玉清", id="by the title"),
        pytest.param("副书记杨明远汇报。县委书记杨玉清主持会议。杨书记强调，要抓落实。", "杨玉清", id="not the deputy"),
        pytest.param("县委书记欧阳玉清主持会议。欧阳书记强调，要抓落实。", "欧阳玉清", id="a surname of two"),
    ],
)
def test_surname_and_title(text: str, speaker: str) -> None:
    page = read("5月6日，全县防汛工作会议召开。" + text)
    assert ("SPOKE_AT", speaker, "全县防汛工作会议") in page.triples("SPOKE_AT")
    assert not {"杨", "欧阳"} & set(page.names("PERSON"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("縣長徐乾學主持會議，強調乾部要負責。", "徐乾学", id="乾"),
        pytest.param("縣長王汎森主持會議，廣汎聽取意見。", "王汎森", id="汎"),
        pytest.param("縣長薛應旂主持會議，總結環保經驗。", "薛应旂", id="旂"),
        pytest.param("縣長劉予強主持會議，總結環保經驗。", "刘予强", id="any other"),
    ],
)
def test_names_keep_characters_that_words_lose(text: str, name: str) -> None:
    page = read(text)
    assert page.names("PERSON") == [name]
    assert page.property(name, "name_hant") == text[2:5]
    assert not {"乾", "汎"} & set(page.document.text)
