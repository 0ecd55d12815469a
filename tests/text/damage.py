"""Damage as mirrors do it: bytes of GBK replaced without regard to where a character begins."""

from __future__ import annotations

from collections.abc import Mapping

# Characters that mirrors were seen to annotate (light pages have about half of them), with the readings they gave.
_ANNOTATED = (
    "來lái 個gè 優yōu 內nèi 動dòng 務wù 勢shì 區qū 協xié 問wèn 嚴yán 國guó "
    "執zhí 堅jiān 報bào 學xué 實shí 專zhuān 對duì 導dǎo 強qiáng 復fù 態tài 應yīng "
    "戰zhàn 擔dān 據jù 數shù 時shí 書shū 會huì 業yè 構gòu 標biāo 樹shù 機jī "
    "權quán 測cè 準zhǔn 濟jì 災zāi 營yíng 獨dú 現xiàn 環huán 產chǎn 當dāng 發fā "
    "監jiān 礎chǔ 穩wěn 節jié 級jí 細xì 結jié 絡luò 統tǒng 經jīng 網wǎng 績jī "
    "續xù 習xí 聯lián 臺tái 術shù 衛wèi 見jiàn 規guī 訓xùn 設shè 認rèn 誰shuí "
    "調diào 識shí 護hù 負fù 責zé 貿mào 質zhì 轉zhuǎn 農nóng 進jìn 運yùn 過guò "
    "達dá 長zhǎng 門mén 開kāi 關guān 險xiǎn 項xiàng 預yù 領lǐng 類lèi 風fēng 養yǎng "
    "點diǎn "
)
ANNOTATED: Mapping[str, str] = {entry[0]: entry[1:] for entry in _ANNOTATED.split()}


def shift(text: str, *, swallow: bool = True) -> str:
    """Annotate and replace in the bytes of `text`, then decode as a lenient reader does.

    Args:
        text: Text in Traditional script; all of its characters are in GBK.
        swallow: Whether the reader drops the bracket after a lead byte that lost its trail byte.
    """
    source = text.encode("gb18030")
    pairs = {c.encode("gb18030"): f"({pinyin})".encode("gb18030") for c, pinyin in ANNOTATED.items()}
    out = bytearray()
    inserted: set[int] = set()
    at = 0
    while at < len(source):
        pair = source[at : at + 2]
        if pair in pairs:
            out += pair
            inserted.add(len(out))
            out += pairs[pair]
            at += 2
        elif len(pair) == 2 and pair[0] == 0xA3 and 0xA1 <= pair[1] <= 0xFE:
            out.append(pair[1] - 0x80)
            at += 2
        else:
            out.append(source[at])
            at += 1
    return _decode(bytes(out), inserted if swallow else set())


def _decode(data: bytes, swallowed: set[int]) -> str:
    text, at = [], 0
    while at < len(data):
        lead = data[at]
        if lead < 0x80:
            text.append(chr(lead))
            at += 1
            continue
        try:
            text.append(data[at : at + 2].decode("gb18030"))
            at += 2
        except UnicodeDecodeError:
            text.append("?")
            at += 2 if at + 1 in swallowed else 1
    return "".join(text)


def narrow(text: str) -> str:
    """Return the text with full-width ASCII narrowed, as the replacement leaves it."""
    return text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
