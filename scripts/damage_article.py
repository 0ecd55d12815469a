#!/usr/bin/env python3
"""Damage clean Simplified text the way mirrored pages are damaged, to make test and sample pages.

    damage_article.py (hant | tw | pinyin | shift) < clean.txt > damaged.txt

hant: Traditional, with the characters that converters of such sites leave alone (于 并 后 里).
tw: Traditional with Taiwan wording. pinyin: hant with `(huì)` after certain characters.
shift: the same insertions made byte by byte in GBK, also where a character's two bytes
straddle two neighbours, and full-width punctuation replaced by ASCII the same way; from
there to the next insertion everything is read one byte off.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

ANNOTATED = (
    "環責態會實發強進質產業務設續關區調問監領護網導點開習書對堅項經統測戰見學優個風長轉結現權國嚴負認聯級樹時來險達運穩"
    "礎濟準數據報執勢動過識臺標應門誰衛術細節機構擔專協內養類預農貿訓規績絡當獨營災"
)
"""Characters that the annotated pages of the design's seeds carry pinyin on: the heavy variant."""
LEFT_ALONE = str.maketrans("於並併後裡裏", "于并并后里里")
OVERDONE = {"爲": "為", "峯": "峰", "祕": "秘", "覈": "核", "人蔘加": "人參加", "彙報": "匯報"}
"""What OpenCC makes of common words, and what such sites write."""
PUNCTUATION = {chr(code + 0xFEE0): chr(code) for code in map(ord, "!,:;?")}
TAIWAN_WORDING = {"反饋": "回饋", "質量": "品質", "信息": "資訊", "視頻": "視訊", "網絡": "網路"}
LONE_LEAD = "?"


def traditional(text: str, config: str = "s2t") -> str:
    """Return `text` in Traditional script, by the OpenCC configuration named."""
    converted = str(converter(config).convert(text))
    for unusual, usual in OVERDONE.items():
        converted = converted.replace(unusual, usual)
    return converted


@cache
def converter(config: str) -> OpenCC:
    """Return an OpenCC converter; loading one takes a second."""
    from opencc import OpenCC

    return OpenCC(config)


def pinyin(character: str) -> str:
    """Return the tone-marked reading of one character."""
    from pypinyin import pinyin as readings

    return str(readings(character)[0][0])


def annotate(text: str) -> str:
    """Insert `(pinyin)` after every annotated character.

    >>> annotate("開會")
    '開(kāi)會(huì)'
    """
    return "".join(f"{c}({pinyin(c)})" if c in ANNOTATED else c for c in text)


def shift(text: str) -> str:
    r"""Insert pinyin and ASCII punctuation by bytes instead of characters, then read the bytes again.

    >>> shift("約談整改安排部署會議")
    '約談?wù)\ue365陌才挪渴饡?huì)議'
    """
    edits = {c.encode("gbk"): c.encode("gbk") + f"({pinyin(c)})".encode("gbk") for c in ANNOTATED}
    edits |= {wide.encode("gbk"): narrow.encode("ascii") for wide, narrow in PUNCTUATION.items()}
    source = text.encode("gbk")
    damaged = bytearray()
    at = 0
    while at < len(source):
        pair = source[at : at + 2]
        if source[at] < 0x80:
            damaged.append(source[at])
            at += 1
        elif pair in edits:
            damaged += edits[pair]
            at += 2
        elif source[at + 1 : at + 3] in edits and source[at + 1] >= 0x80:
            damaged.append(source[at])
            at += 1
        else:
            damaged += pair
            at += 2
    return reread(bytes(damaged))


def reread(data: bytes) -> str:
    """Decode GBK leniently: a lead byte without a trail byte becomes `?` and takes a `(` with it."""
    characters: list[str] = []
    at = 0
    while at < len(data):
        trail = data[at + 1] if at + 1 < len(data) else 0
        if data[at] < 0x80:
            characters.append(chr(data[at]))
            at += 1
        elif trail >= 0x40 and trail != 0x7F:
            characters.append(data[at : at + 2].decode("gb18030", "replace"))
            at += 2
        else:
            characters.append(LONE_LEAD)
            at += 2 if trail == ord("(") else 1
    return "".join(characters)


def damage(text: str, how: str) -> str:
    """Return `text` (clean, Simplified) damaged as `how` says: hant, tw, pinyin or shift."""
    if how == "tw":
        taiwanese = traditional(text, "s2tw")
        for mainland, taiwan in TAIWAN_WORDING.items():
            taiwanese = taiwanese.replace(mainland, taiwan)
        return taiwanese
    plain = traditional(text).translate(LEFT_ALONE)
    if how == "hant":
        return plain
    return annotate(plain) if how == "pinyin" else shift(plain)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("hant", "tw", "pinyin", "shift"):
        raise SystemExit(__doc__)
    sys.stdout.write(damage(sys.stdin.read(), sys.argv[1]))
