"""Local entities for people, and what the page says of them in brackets."""

from __future__ import annotations

import re

from kg.records import Mention
from kg.relations.ledger import Ledger, Ref
from kg.relations.reading import Reading

_NOTE = re.compile(r"（(?P<note>[^（）]{1,40})）")
_ETHNICITY = re.compile("(?P<e>[\u4e00-\u9fff]{1,5}族)")
_BORN = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:出?生)")
_KEPT = frozenset("乾汎旂")
"""Characters that given names keep in Simplified script, though as words they are 干, 泛 and 旗 (OpenCC 602, 1154)."""


def collect_people(reading: Reading, ledger: Ledger) -> dict[str, Ref]:
    """Add one entity a name and return the entity of each person mention.

    A full name means one person on one page: two namesakes on a page are told apart by
    nothing that a page gives, and hardly ever occur.
    """
    people: dict[str, Ref] = {}
    full_names = {_name(reading, m) for m in reading.labelled("PERSON") if len(m.surface) > 1}
    for mention in reading.labelled("PERSON"):
        name = _name(reading, mention)
        if len(name) == 1 or mention.method == "rule:surname_post":
            name = _full_name(reading, mention, name, full_names - {name})
        ref = Ref("PERSON", name)
        ledger.entity(
            ref,
            name,
            at=mention.start,
            mention=mention,
            alias=mention.surface,
            name_hant=_source_form(reading, mention),
            **_note(reading, mention),
        )
        people[mention.id] = ref
    return people


def _full_name(reading: Reading, mention: Mention, surname: str, full_names: set[str]) -> str:
    """Return whom 杨书记 means: the one person of the surname, or the one whom the page calls 书记 before the name."""
    fits = sorted(full for full in full_names if full.startswith(surname))
    title = next((re.sub(r"\s", "", p.surface) for p in reading.labelled("POST") if p.start == mention.end), "")
    called = sorted(
        {
            name
            for m in reading.labelled("PERSON")
            if (name := _name(reading, m)) in fits
            and reading.view.endswith(title, 0, m.start)
            and not reading.view.endswith("副" + title, 0, m.start)
        }
    )
    return next(iter((called if len(fits) > 1 and title else fits) or fits), surname)


def _name(reading: Reading, mention: Mention) -> str:
    """Return the name in Simplified script, with the characters that only words lose: 徐乾學 is 徐乾学, not 徐干学."""
    surface = re.sub(r"\s", "", mention.surface)
    if reading.document.script == "hans":
        return surface
    form = _written(reading, mention)
    if len(form) != len(surface) or not _KEPT.intersection(form[1:]):
        return surface
    return surface[:1] + "".join(old if old in _KEPT else new for old, new in zip(form[1:], surface[1:], strict=True))


def _written(reading: Reading, mention: Mention) -> str:
    raw = reading.document.raw_text[mention.raw_start : mention.raw_end]
    return re.sub(r"[（(][^（）()]*[)）]|\s", "", raw)


def _source_form(reading: Reading, mention: Mention) -> str | None:
    """Return the name as the source writes it, where that is another script than ours."""
    if reading.document.script == "hans":
        return None
    form, surface = _written(reading, mention), re.sub(r"\s", "", mention.surface)
    return form if form != surface and len(form) == len(surface) else None


def _note(reading: Reading, mention: Mention) -> dict[str, str]:
    """Read （女，回族，1969年3月生） after a name."""
    note = _NOTE.match(reading.view, mention.end)
    if note is None:
        return {}
    found: dict[str, str] = {}
    gender = re.search("(?:^|，)([男女])(?:，|$)", note["note"])
    if gender:
        found["gender"] = {"男": "male", "女": "female"}[gender[1]]
    ethnicity = _ETHNICITY.search(note["note"])
    if ethnicity:
        found["ethnicity"] = ethnicity["e"]
    born = _BORN.search(note["note"])
    if born:
        found["birth_date"] = "-".join([born[1], *(f"{int(p):02d}" for p in born.groups()[1:] if p)])
    return found
