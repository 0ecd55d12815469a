"""Bytes to text: every encoding that pages come in, damage, and what is no text."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records.errors import SourceError
from kg.sources.decode import decode

HANS = (
    "昨日下午，市委副书记、市长李明主持召开市政府常务会议，研究审议《关于加强河道管理的意见》，传达学习有关讲话精神。"
    * 3
)
HANT = (
    "昨日下午，市長李明主持召開會議，研究審議《關於加強河道管理的意見》，聽取環境保護工作彙報，並就下一階段任務作出部署。"
    * 3
)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(HANS, "utf-8", "utf-8", id="UTF-8"),
        pytest.param(HANS, "utf-8-sig", "utf-8", id="UTF-8 with a mark"),
        pytest.param(HANS, "gbk", "gb18030", id="GBK"),
        pytest.param(HANT, "gbk", "gb18030", id="Traditional in GBK"),
        pytest.param(HANT, "big5", "big5hkscs", id="Big5"),
        pytest.param("𠮷野镇" + HANS, "gb18030", "gb18030", id="four-byte GB18030"),
        pytest.param("2018-08-09\n" + HANS, "utf-16", "utf-16-le", id="UTF-16 with a mark"),
        pytest.param("2018-08-09\n" + HANS, "utf-16-le", "utf-16-le", id="UTF-16 little-endian without a mark"),
        pytest.param("2018-08-09\n" + HANS, "utf-16-be", "utf-16-be", id="UTF-16 big-endian without a mark"),
        pytest.param(HANS, "utf-32", "utf-32-le", id="UTF-32 with a mark"),
        pytest.param("Notice of 2018", "ascii", "utf-8", id="ASCII"),
        pytest.param("会议", "utf-8", "utf-8", id="two characters of UTF-8"),
        pytest.param("常务会议", "gbk", "gb18030", id="four characters of GBK"),
    ],
)
def test_encodings(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec)) == (text, encoding)


def test_a_mark_is_no_part_of_the_text_but_a_line_end_is() -> None:
    assert decode(codecs.BOM_UTF8 + "市长\r\n李明\r\n".encode())[0] == "市长\r\n李明\r\n"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        pytest.param("联通".encode("gbk"), "gb2312", ("联通", "gb18030"), id="short GBK that is well-formed UTF-8"),
        pytest.param(HANS.encode(), "gb2312", (HANS, "utf-8"), id="UTF-8 in a template that declares GB 2312"),
        pytest.param(HANS.encode("gbk"), "iso-8859-1", (HANS, "gb18030"), id="a server's default proves nothing"),
        pytest.param(HANS.encode("gbk"), "utf-8", (HANS, "gb18030"), id="GBK declared as UTF-8"),
        pytest.param(HANS.encode("gbk"), "x-no-such", (HANS, "gb18030"), id="unknown name"),
        pytest.param(HANT.encode("big5"), "BIG5", (HANT, "big5hkscs"), id="Big5 declared"),
        pytest.param(
            "東京の会議に出席した".encode("shift_jis"),
            "shift_jis",
            ("東京の会議に出席した", "shift_jis"),
            id="Japanese",
        ),
    ],
)
def test_declared_charset(data: bytes, declared: str, expected: tuple[str, str]) -> None:
    assert decode(data, declared=declared) == expected


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_sequence_cut_off_at_the_end_costs_one_character(codec: str) -> None:
    text, encoding = decode(HANS.encode(codec)[:-1])
    assert text.rstrip("\ufffd") == HANS[:-1]
    assert encoding == f"{codec}+damaged"


def test_single_wrong_bytes_do_not_make_a_page_unreadable() -> None:
    page = bytearray(("2018年8月9日 " + HANS).encode() * 5)
    for at in random.Random(7).sample(range(0, len(page), 3), 4):
        page[at] = 0xFF
    text, encoding = decode(bytes(page))
    assert encoding == "utf-8+damaged"
    assert text.count("李明") >= 11


@given(
    st.text(alphabet="市长委书记主持召开会议研究部署工作传达精神，。、《》", min_size=20),
    st.randoms(use_true_random=False),
)
def test_one_wrong_byte_never_changes_the_encoding_of_utf8(text: str, chance: random.Random) -> None:
    data = bytearray(text.encode())
    data[chance.randrange(len(data))] = 0xFF
    assert decode(bytes(data))[1] == "utf-8+damaged"


def test_utf16_without_any_ascii() -> None:
    assert decode(HANS.encode("utf-16-le")) == (HANS, "utf-16-le")


def test_a_lost_byte_of_gbk_still_reads_as_gbk() -> None:
    data = (HANS + "\n").encode("gbk") * 3
    text, encoding = decode(data[:101] + data[102:])
    assert encoding == "gb18030+damaged"
    assert HANS + "\n" in text, "the damage ends at the next ASCII character"


def test_stray_control_characters_are_kept_for_the_text_stage() -> None:
    assert decode(("市长\x00李明\x0b" + HANS).encode())[0].startswith("市长\x00李明\x0b")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="no byte"),
        pytest.param(" \r\n\u3000\n".encode(), "empty", id="white space"),
        pytest.param(codecs.BOM_UTF8, "empty", id="a mark alone"),
        pytest.param(bytes(500), "empty", id="NULs alone"),
        pytest.param(b"%PDF-1.5\n%\xe2\xe3", "binary", id="PDF"),
        pytest.param(b"PK\x03\x04" + bytes(40), "binary", id="zip, docx"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), "binary", id="PNG"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(40), "binary", id="old Word"),
        pytest.param(random.Random(1).randbytes(4000), "binary", id="noise"),
        pytest.param(b"\xfd\xff" * 300, "encoding", id="bytes of no encoding"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.reason == reason


@given(st.text(alphabet="市长委书记主持召开会议研究部署工作传达精神，。、《》2018年8月", min_size=12))
def test_utf8_is_never_misread(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except SourceError as error:
        if error.reason not in {"empty", "binary", "encoding"}:
            raise
        return
    assert text.strip()
    assert encoding
    text.encode("utf-8")  # no lone surrogates
