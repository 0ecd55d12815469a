"""The page's own divisions, which no gazetteer has, as divisions that a territory is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.records import Mention
from kg.relations.reading import Reading
from kg.tables.divisions import Division, Divisions

_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
}
"""The level that the last character of a name says."""
_TOWN = re.compile("[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|苏木)")
_TOWN_SPEAKS = re.compile("(?<![一-龥])(?P<level>镇|乡)(?:党委|政府|人大|纪委|长)|[，、。：]副?(?P<head>镇|乡)长")
_ORGANS = "(?:第?[0-9一二三四五六七八九十]+届)?(?:委(?!员)|人民政府|政府|人大|政协|纪委|党委|[省市县区州旗盟镇乡]长)"
_METHOD = "rule:unlisted_division"


def unlisted_divisions(reading: Reading, divisions: Divisions, context: Division | None) -> dict[str, Division]:
    """Return them by name: without a code, at the level of their last character, inside the division named before.

    A foreign city or state (韩国|安山市, 佛罗里达州 on a page about 美国) is none.
    """
    is_foreign = any(mention.method == "gazetteer:country" for mention in reading.labelled("PLACE"))
    found: dict[str, Division] = {}
    before: Mention | None = None
    for mention in reading.labelled("PLACE"):
        name = _bare(mention)
        outer = before if before is not None and before.end == mention.start else None
        before = mention
        is_town = _TOWN.fullmatch(name) is not None
        if name in found or divisions.by_name(name) or (mention.method != _METHOD and not is_town):
            continue
        if outer is not None and outer.method == "gazetteer:country":
            continue
        if is_foreign and not re.search(re.escape(name) + _ORGANS, reading.view):
            continue
        above = divisions.resolve(_bare(outer), within=context) if outer else None
        level = "township" if is_town else _LEVELS[name[-1]]
        found[name] = Division("", name, level, above.code if above else "")
    return found


def town_of_page(
    reading: Reading, mentions: Sequence[Mention], divisions: Divisions, home: Division | None
) -> Division | None:
    """Return the township that a page speaks from (镇党委书记), when its title or one name alone says which."""
    speaks = _TOWN_SPEAKS.search(reading.view)
    if speaks is None:
        return None
    level = speaks["level"] or speaks["head"]
    ours = [m for m in mentions if m.surface.endswith(level) and len(m.surface) > len(level) + 1]
    times = Counter(map(_bare, ours))
    named = [m for m in ours if m.method == _METHOD or times[_bare(m)] > 1 or divisions.townships(_bare(m))]
    titled = {_bare(m) for m in named if reading.document.zone_at(m.start) in ("title", "dateline")}
    names = titled or {_bare(m) for m in named}
    if len(names) != 1:
        return None
    name = names.pop()
    found = divisions.townships(name, within=home) or divisions.townships(name)
    return found[0] if len(found) == 1 else Division("", name, "township")


def _bare(mention: Mention) -> str:
    return re.sub(r"\s", "", mention.surface)
