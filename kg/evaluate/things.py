"""Meetings, dates, documents, directives, places and organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.evaluate.extracted import Extracted, Found
from kg.evaluate.gold import GoldDocument, GoldMeeting
from kg.evaluate.names import bare, dice, same_place
from kg.evaluate.tally import HIT, MISSED, WRONG, Tally, total

MEETING_LIKENESS: Final = 0.6
POLICY_LIKENESS: Final = 0.7
DIRECTIVE_LIKENESS: Final = 0.5
_LONG_NAME: Final = 4
"""Of two meeting names longer than this, one may be a part of the other."""
_REFERENCES: Final = ("会议", "会")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SCORED_DATE: Final = re.compile(r"[\dX?]{4}-[\d?]{2}-[\d?]{2}(/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingScores:
    """What one document gives on everything that is neither person nor relation."""

    meetings: Tally
    dates: Tally
    policies: Tally
    directives: Tally
    places: Tally
    orgs: Tally
    notes: tuple[str, ...]


def same_meeting(gold: GoldMeeting, found: Found) -> bool:
    """Say whether an entity is the meeting: the same name or alias, a part of it, or a like name and no other day."""
    for wanted in _meeting_names((gold.name, *gold.aliases)):
        for name in _meeting_names(found.names):
            if wanted == name:
                return True
            if min(len(wanted), len(name)) > _LONG_NAME and (wanted in name or name in wanted):
                return True
            if _may_be_same_day(gold.date, found.date) and dice(wanted, name) >= MEETING_LIKENESS:
                return True
    return False


def same_thing(wanted: str, found: Found, meetings: tuple[GoldMeeting, ...] = ()) -> bool:
    """Say whether an entity is what an annotation names; `meetings` are those the name may stand for."""
    target = bare(wanted)
    for meeting in meetings:
        if bare(meeting.name) == target:
            return found.label == "MEETING" and same_meeting(meeting, found)
    return any(_same_name(target, bare(name), found.label) for name in found.names)


def score_things(gold: GoldDocument, found: Extracted) -> ThingScores:
    """Score meetings with their dates, then the four kinds of things that are only looked for."""
    meetings, dates, notes = _meetings(gold, found)
    policies, missed_policies = _things("POLICY", gold.policies, found)
    directives, missed_directives = _things("DIRECTIVE", gold.directives, found)
    return ThingScores(
        meetings=meetings,
        dates=dates,
        policies=policies,
        directives=directives,
        places=_things("PLACE", gold.places, found)[0],
        orgs=_things("ORG", gold.orgs, found)[0],
        notes=(
            *notes,
            *(f"missed policy {name}" for name in missed_policies),
            *(f"missed directive {name}" for name in missed_directives),
        ),
    )


def _meeting_names(names: tuple[str, ...]) -> list[str]:
    return [name for name in map(bare, names) if name not in _REFERENCES]


def _may_be_same_day(wanted: str, found: str) -> bool:
    if not found or not _DAY.fullmatch(wanted):
        return True
    return found[:10] == wanted or found[-5:] == wanted[-5:]


def _same_name(wanted: str, name: str, label: str) -> bool:
    if name == wanted:
        return True
    if label in ("ORG", "PLACE"):
        return same_place(name, wanted)
    if label == "POLICY":
        return dice(name, wanted) >= POLICY_LIKENESS
    return label == "DIRECTIVE" and dice(name, wanted) >= DIRECTIVE_LIKENESS


def _meetings(gold: GoldDocument, found: Extracted) -> tuple[Tally, Tally, list[str]]:
    left = list(found.labelled("MEETING"))
    meetings, dates, notes = Tally(), Tally(), []
    for wanted in gold.meetings:
        if not wanted.main:
            continue
        match = next((meeting for meeting in left if same_meeting(wanted, meeting)), None)
        if match is None:
            meetings += MISSED
            notes.append(f"missed meeting {wanted.name}")
            continue
        left.remove(match)
        meetings += HIT
        dates += (tally := _date(wanted.date, match.date))
        if tally.missed:
            notes.append(f"meeting date {match.date or 'none'} instead of {wanted.date}")
    for meeting in left:
        if not any(same_meeting(known, meeting) for known in gold.meetings):
            meetings += WRONG
            notes.append(f"wrong meeting {meeting.name}")
    return meetings, dates, notes


def _date(wanted: str, found: str) -> Tally:
    """Score the first day of a meeting; a page without a year wants none, and one made up is wrong."""
    if not _SCORED_DATE.fullmatch(wanted) or "?" in wanted:
        return Tally()
    if wanted.startswith("X"):
        right = found[-5:] == wanted[5:10] and not found[:4].isdigit()
    else:
        right = found[:10] == wanted[:10]
    return HIT if right else Tally(wrong=int(bool(found)), missed=1)


def _things(label: str, wanted: tuple[str, ...], found: Extracted) -> tuple[Tally, list[str]]:
    """Look for things of one label; a directive may also have been found as a policy."""
    own = found.labelled(label)
    pool = own + (found.labelled("POLICY") if label == "DIRECTIVE" else ())
    missed = [name for name in wanted if not any(same_thing(name, entity) for entity in pool)]
    wrong = total(WRONG for entity in own if not any(same_thing(name, entity) for name in wanted))
    return Tally(len(wanted) - len(missed), wrong.wrong, len(missed)), missed


_TERM: Final = re.compile(
    "第?[\\d一二三四五六七八九十]+届|(?:召开|举行)?第[\\d一二三四五六七八九十]+次.*$|全国人民代表大会常务委员会|会议$"
)


def is_organ_of(gold: str, found: Found) -> bool:
    """Say whether an entity is the body whose meeting, or the meeting whose body, is annotated as deciding."""
    organ = _organ(gold)
    names = [_organ(name) for name in found.names]
    return len(organ) > 2 and any(len(n) > 2 and (organ.endswith(n) or n.endswith(organ)) for n in names)


def _organ(name: str) -> str:
    short = _TERM.sub(lambda m: "全国人大常委会" if m[0].startswith("全国") else "", name)
    return bare(short.replace("人民代表大会", "人大").replace("常务委员会", "常委会"))
