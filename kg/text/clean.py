"""Characters that carry no meaning, and characters with two codes for one meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.records import Alignment
from kg.text.edits import Edit, rewrite

_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WIDE = "０-９Ａ-Ｚａ-ｚ"
_IDEOGRAPHS = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_SURROGATES = "\ud800-\udfff"
# What is replaced by exactly one character; str.translate does it without touching the alignment.
_ONE_TO_ONE = re.compile(f"[\r\x0b\x0c\x85\u2028\u2029{_SPACES}{_WIDE}{_IDEOGRAPHS}{_SURROGATES}]")
_GONE = re.compile(
    "\r(?=\n)|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)


@cache
def _folds() -> dict[int, str]:
    table = {ord(c): "\n" for c in "\r\x0b\x0c\x85\u2028\u2029"}
    for first, last in ((0x2000, 0x200A), (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)}
    table |= {ord(c): " " for c in "\t\xa0\u1680\u202f\u205f\u3000"}
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    return table | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def clean_text(text: str) -> tuple[str, Alignment]:
    r"""Remove control and zero-width characters and fold second codes of one character.

    What is folded, and nothing else:

    - line ends (CRLF, CR, VT, FF, NEL, U+2028, U+2029) to `\n`;
    - spaces (tab, no-break, ideographic and the typographic widths) to one ASCII space each:
      runs of spaces keep their length, for a gap inside a name is a clue;
    - full-width letters and digits to ASCII, compatibility ideographs and radicals to the
      unified ideograph, lone surrogates to U+FFFD.

    Punctuation keeps the width that the page gave it, and private-use characters stay.

    >>> clean_text("８月８日\r\n\ufeff会议\u3000召开(快讯)")[0]
    '8月8日\n会议 召开(快讯)'
    """
    if _ONE_TO_ONE.search(text):
        gone = [Edit(m.start(), m.end(), "") for m in _GONE.finditer(text)]
        cleaned, alignment = rewrite(text, gone)
        return cleaned.translate(_folds()), alignment
    if _GONE.search(text):
        return rewrite(text, [Edit(m.start(), m.end(), "") for m in _GONE.finditer(text)])
    return text, Alignment()
