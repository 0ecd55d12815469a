"""The text stage as a whole: what later stages and other tools rely on."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Document, Properties, RawDocument
from kg.text.build import build_document

PAGE = (
    "縣政府召開(kāi)約談?wù)\ue365陌才挪渴饡?huì)議\r\n2018-08-09 來(lái)源:東山新聞網(wǎng)\r\n"
    "東山新聞網(wǎng)訊(記者 王 兵)8月8日，市長(zhǎng)李大河主持會(huì)議,，強(qiáng)調(diào)落實(shí)責(zé)任。"
)


def _build(text: str, **more: str) -> Document:
    return build_document(RawDocument(source="a.txt", text=text, **more))


def test_a_damaged_page_becomes_a_document() -> None:
    document = _build(PAGE)
    assert document.text == (
        "县政府召开约谈整改安排部署会议\n2018-08-09 来源:东山新闻网\n"
        "东山新闻网讯(记者 王 兵)8月8日，市长李大河主持会议，强调落实责任。"
    )
    assert (document.title, document.publisher) == ("县政府召开约谈整改安排部署会议", "东山新闻网")
    assert (document.published, document.published_from) == ("2018-08-09", "publish_line")
    assert (document.kind, document.script, document.authors) == ("report", "hant", ("王兵",))
    assert document.repairs == Properties(byte_shift=1, pinyin=12, punctuation=1)
    assert document.raw_text == PAGE
    assert document.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_name_leads_back_to_its_characters_in_the_source() -> None:
    document = _build(PAGE)
    start = document.text.index("李大河")
    assert PAGE[slice(*document.alignment.raw(start, start + 3))] == "李大河"
    start = document.text.index("整改")
    assert PAGE[slice(*document.alignment.raw(start, start + 2))] == "?wù)\ue365陌"


def test_a_title_stands_before_the_body_and_maps_to_nothing() -> None:
    document = _build("会议指出，要落实。", title="某市召开会议")
    assert document.text == "某市召开会议\n会议指出，要落实。"
    assert document.title == "某市召开会议"
    assert [document.alignment.raw(0, 6), document.alignment.raw(7, 9)] == [(0, 0), (0, 2)]
    assert document.zones[0].kind == "title"


def test_a_title_that_opens_the_body_is_not_repeated() -> None:
    assert _build("某市召开会议\n会议指出，要落实。", title="某市召开会议").text.count("某市召开会议") == 1


def test_the_id_depends_on_the_page_and_not_on_its_path() -> None:
    one, two = RawDocument(source="a.txt", text="甲"), RawDocument(source="b.txt", text="甲")
    assert build_document(one).id == build_document(two).id
    assert build_document(one).id != _build("甲", url="http://a.cn").id


@settings(deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="會議会议(huì)?\ue365,，。\n\r 记者：0189年月日\ud800", max_size=120))
def test_any_text_becomes_a_document_whose_offsets_hold(text: str) -> None:
    document = _build(text)
    assert document == _build(text)
    places = [document.alignment.raw(i, i + 1) for i in range(len(document.text))]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert places == sorted(places)
    for zone in document.zones:
        assert document.text[zone.start : zone.end].strip() == document.text[zone.start : zone.end]
    assert all(span.end <= len(document.text) for span in document.sentences)


@settings(deadline=None)
@given(st.text(alphabet="市委书记主持会议，。“”；整改A1 \n", max_size=120))
def test_a_clean_simplified_page_is_its_own_source(text: str) -> None:
    document = _build(text)
    assert (document.text, document.repairs, document.script) == (text, Properties(), "hans")
    assert document.alignment.starts is None
