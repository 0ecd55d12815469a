"""Bytes to text: an order of trials, not a guess.

Detectors fail on the pages that this package is for (a GBK page that lost one byte,
a charset that the server made up), so the encodings that Chinese pages really use are
tried in turn and a detector has the last word only. A few damaged bytes never make a
page unreadable; what the damage did to its neighbours is undone by the text stage.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

from kg.records.errors import SourceError

SAMPLE_BYTES: Final = 64 * 1024
"""How much of a document is looked at where looking at all of it would tell no more."""

MAX_DAMAGE: Final = 0.01
"""Largest share of broken sequences among the non-ASCII characters of a damaged document."""

_SOUND_PER_BREAK: Final = 10
_SOUND_PER_BREAK_UTF8: Final = 5
_FEW_BREAKS: Final = 3
"""In a short text one broken sequence in ten characters is damage too, up to three: a lost byte
of GBK shifts what follows, which breaks one to three sequences before the next ASCII character.
UTF-8 checks itself: five sound sequences for each broken one do not come about by chance."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG\r\n",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"{\\rtf",
    b"SQLite format 3\x00",
)
_INK: Final = re.compile(r"[^\s\x00-\x1f\x7f\ufeff]")
_RUNS: Final = re.compile("\ufffd{1,3}")
_CONTROLS: Final = bytes(sorted((set(range(32)) | {127}) - set(b"\t\n\f\r\x1b")))
_MAX_CONTROLS: Final = 0.05
"""Compressed data has 11 % control bytes; the worst damaged text that we met has under 1 %."""

_SUPERSETS: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_cn": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}
# Servers declare these by default; every byte string is valid in them, so they prove nothing.
_SAYS_NOTHING: Final = re.compile(r"ascii|iso8859|latin|cp125\d|koi8|mac|hex|base64|bz2|zlib|rot|uu|quopri")


_ORDINARY: Final = re.compile(r"[\t\r\n -~\xa0-\u024f\u2010-\u203b\u3000-\u3017\u4e00-\u9fff\uff00-\uffef]+")


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    r"""Return the text of a document and the name of the encoding it was read in.

    Order of trials: byte order mark; UTF-16 without a mark (by its NULs); UTF-8; the declared
    charset; GB18030 or Big5-HKSCS, whichever reads as commoner characters; charset-normalizer. A declared
    charset yields to well-formed UTF-8 of more than a few characters, because pages keep
    the declaration of the template that they were poured into. A sequence cut off at the very
    end, and up to 1 % broken ones, become U+FFFD and the name gets `+damaged`. The mark is
    not part of the text; nothing else is changed.

    Args:
        data: The whole document: a cut one may end inside a character.
        declared: The charset that HTTP or the page itself names; unknown names are ignored.

    Raises:
        SourceError: reason "empty" (nothing but white space), "binary" (a PDF, an image, a
            program …) or "encoding" (text in no encoding known here).

    >>> decode("临汾市政府召开常务会议".encode("gbk"))
    ('临汾市政府召开常务会议', 'gb18030')
    >>> decode("市长主持会议。".encode()[:-1])
    ('市长主持会议�', 'utf-8+damaged')
    """
    if not data.strip(b" \t\r\n\f\v\x00"):
        raise SourceError("the document is empty", reason="empty")
    text, encoding = _decode(data, declared)
    if not _INK.search(text):
        raise SourceError("the document has nothing but white space", reason="empty")
    return text, encoding


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    """Try the encodings in order."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], name, max_damage=1.0) or ("", name)
    wide = _find_wide(data)
    if wide:
        return _tolerant(data, wide, max_damage=1.0) or ("", wide)
    _refuse_binary(data)
    if data.isascii():
        return data.decode("ascii"), "utf-8"
    codec = _find_codec(declared)
    utf8 = _tolerant(data, "utf-8")
    # Shorter stretches of GBK can be well-formed UTF-8 by chance: 联通 is the known case.
    if utf8 and (codec in (None, "utf-8") or sum(map((0x7F).__lt__, data[:SAMPLE_BYTES])) >= 12):
        return utf8
    found = (_tolerant(data, codec) if codec else None) or utf8 or _best(data, ("gb18030", "big5hkscs"))
    return found or _detect(data)


def _find_codec(declared: str | None) -> str | None:
    """Return Python's name for a declared charset, or None where it is unknown or proves nothing."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    if _SAYS_NOTHING.search(name):
        return None
    return "utf-8" if name.startswith(("utf_8", "utf_7")) else _SUPERSETS.get(name, name)


def _find_wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: it has control bytes (NUL of ASCII, 02 of 。), and one byte order reads well."""
    sample = data[:SAMPLE_BYTES]
    if not _count_controls(sample):
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(name, "replace")
        if sum(map(len, _ORDINARY.findall(text))) >= 0.9 * len(text) > 0:
            return name
    return None


def _count_controls(sample: bytes) -> int:
    """Count the bytes that no text of a one-byte or multi-byte encoding has."""
    return len(sample) - len(sample.translate(None, _CONTROLS))


def _refuse_binary(data: bytes) -> None:
    """Refuse what is no text at all."""
    sample = data[:SAMPLE_BYTES]
    controls = _count_controls(sample)
    if sample.startswith(_SIGNATURES):
        raise SourceError("the file is an archive, image, program or office document, not text", reason="binary")
    if controls > max(1, _MAX_CONTROLS * len(sample)):
        raise SourceError(f"{controls} control bytes in the first {len(sample)}: not text", reason="binary")


def _tolerant(data: bytes, name: str, *, max_damage: float = MAX_DAMAGE) -> tuple[str, str] | None:
    """Decode in one encoding, with little damage or none; None where the damage says it is another one."""
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        cut = error.reason in ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
    text = data.decode(name, "replace")
    sound = sum(c > "\x7f" and c != "\ufffd" for c in text)
    # A wrong byte in the middle of a character gives up to three U+FFFD in a row. U+FFFD that the
    # source has itself is no damage done here.
    broken = len(_RUNS.findall(text)) - (data.count("\ufffd".encode()) if name == "utf-8" else 0) - cut
    per_break = _SOUND_PER_BREAK_UTF8 if name == "utf-8" else _SOUND_PER_BREAK
    allowed = max(max_damage * sound, min(sound // per_break, _FEW_BREAKS))
    return (text, f"{name}+damaged") if broken <= allowed and sound else None


def _best(data: bytes, names: Iterable[str]) -> tuple[str, str] | None:
    """Return the reading with the commoner characters; a tie goes to the first name."""
    readings = [reading for name in names if (reading := _tolerant(data, name))]
    return max(readings, key=lambda reading: _commonness(data, reading[1].partition("+")[0]), default=None)


def _commonness(data: bytes, name: str) -> float:
    """Return the share of double bytes that stand for punctuation or a common character.

    Both national tables put the common characters first: level 1 of GB 2312 is rows B0-D7
    (3,755 characters), of Big5 rows A4-C6 (5,401). Nearly every Big5 text is well-formed
    GB18030, but reads as rare characters. Five points of handicap keep a byte-shifted GBK
    page, half of whose characters are rare, from passing for Big5.
    """
    sample = data[:SAMPLE_BYTES]
    common, total, at = 0, 0, 0
    while at < len(sample) - 1:
        lead, trail = sample[at], sample[at + 1]
        if lead < 0x81:
            at += 1
            continue
        total += 1
        at += 2
        if name == "gb18030":
            common += trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)
        else:
            common += 0xA1 <= lead <= 0xC6
    return common / total + (0.05 if name == "gb18030" else 0.0) if total else 0.0


def _detect(data: bytes) -> tuple[str, str]:
    """Ask the detector; take a multi-byte encoding, or a single-byte one for mostly ASCII text."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: SAMPLE_BYTES // 2]).best()
    # Its UTF-16 is read into any even number of bytes; ours has been tried.
    if best is not None and not best.encoding.startswith("utf"):
        high = sum(map((0x7F).__lt__, data[:SAMPLE_BYTES])) / len(data[:SAMPLE_BYTES])
        reading = _tolerant(data, best.encoding)
        if reading and (best.multi_byte_usage > 0.3 or high < 0.3):
            return reading
    raise SourceError(
        "the text is in no encoding known here (tried UTF-8, GB18030, Big5, UTF-16 and a detector)",
        reason="encoding",
        hint="save it as UTF-8",
    )
