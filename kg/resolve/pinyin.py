"""Pinyin of names, for search and sorting."""

from __future__ import annotations

import re

from kg.tables.seeds import Seeds

_HAN = re.compile("[\u4e00-\u9fff]{2,4}")


class Romanizer:
    """Pinyin of Chinese names.

    A name has no dictionary: surnames come from the table, given names take each character's
    usual reading. That is right for most, so it is an aid for searching and never evidence.

    Args:
        seeds: Table `surname_readings`.
    """

    def __init__(self, seeds: Seeds) -> None:
        """Read the table."""
        self._surnames = {row["surname"]: row["reading"] for row in seeds.table("surname_readings")}

    def find(self, name: str) -> str | None:
        """Return `Shan Xiaoming` for 单晓明, or `None` for what is no Chinese name in its form."""
        from pypinyin import lazy_pinyin

        if not _HAN.fullmatch(name):
            return None
        length = 2 if name[:2] in self._surnames and len(name) > 2 else 1
        if len(name) - length > len("小明"):
            return None
        surname = self._surnames.get(name[:length]) or lazy_pinyin(name[:length])[0]
        return f"{surname.capitalize()} {''.join(lazy_pinyin(name[length:])).capitalize()}"
