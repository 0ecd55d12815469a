"""Tenures: which claims of one person in one post speak of which term of office.

News shows a person in a post on the day it appears, no more. A tenure ends where a page
says so (免去), and another begins where a page says so after that (任命); without both,
all claims are one tenure, however far apart: a gap in the news is no gap in office.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.graph.claims import Claim
from kg.records import Properties, Value
from kg.records.edtf import find_days, span_of

FAR_FUTURE = "9999-12-31"


@dataclass(slots=True)
class Tenure:
    """One term of office; `start` and `end` are EDTF dates as pages state them."""

    number: int
    start: str | None = None
    end: str | None = None


def tenures_of(starts: Iterable[str], ends: Iterable[str]) -> list[Tenure]:
    """Return the tenures that stated beginnings and ends make, in order; at least one.

    Several beginnings without an end between them are one tenure from the first on, several
    ends without a beginning between them one tenure up to the first. Dates without a
    year cannot be put in order: one is kept as it stands where the only tenure has no other.

    >>> [(t.start, t.end) for t in tenures_of(["2016-03-01", "2020-05"], ["2018-01-31"])]
    [('2016-03-01', '2018-01-31'), ('2020-05', None)]
    """
    stated = [("start", date) for date in set(starts)] + [("end", date) for date in set(ends)]
    dated = sorted((days, kind, date) for kind, date in stated if (days := find_days(date)))
    tenures = [Tenure(1)]
    for _, kind, date in dated:
        last = tenures[-1]
        if kind == "end":
            last.end = last.end or date
        elif last.end:
            tenures.append(Tenure(last.number + 1, start=date))
        else:
            last.start = last.start or date
    if len(tenures) == 1:
        for kind, date in sorted(stated):
            if kind == "start":
                tenures[0].start = tenures[0].start or date
            else:
                tenures[0].end = tenures[0].end or date
    return tenures


def tenure_at(tenures: Sequence[Tenure], claim: Claim) -> Tenure:
    """Return the tenure that a claim speaks of.

    That is the one whose stated end or start it gives, else the last one that has begun by the day
    of its publication; a claim without a date goes to the first.
    """
    for tenure in tenures:
        if claim.properties.get("end", "") == tenure.end or claim.properties.get("start", "") == tenure.start:
            return tenure
    days = find_days(claim.properties.text("start") or claim.properties.text("end") or claim.published)
    if days is None:
        return tenures[0]
    begun = [tenure for tenure in tenures[1:] if (find_days(tenure.start) or (FAR_FUTURE,))[0] <= days[1]]
    return begun[-1] if begun else tenures[0]


def tenure_properties(tenure: Tenure, claims: Sequence[Claim]) -> Properties:
    """Return the properties of a HOLDS edge; a page that reports the end is no observation in office."""
    values: dict[str, Value | None] = {"tenure": tenure.number, "start": tenure.start, "end": tenure.end}
    if any(claim.properties.get("acting") for claim in claims):
        values["acting"] = True
    seen = [claim.published for claim in claims if "end" not in claim.properties]
    values["observed_from"], values["observed_to"] = span_of(seen)
    values |= first_and_last("start", tenure.start) | first_and_last("end", tenure.end)
    values["observed_first"] = (find_days(str(values["observed_from"])) or (None,))[0]
    values["observed_last"] = (find_days(str(values["observed_to"])) or (None, None))[1]
    return Properties(values)


def first_and_last(name: str, edtf: str | None) -> dict[str, Value | None]:
    """Return the typed days beside an EDTF property: `NAME_first` and `NAME_last`."""
    first, last = find_days(edtf) or (None, None)
    return {f"{name}_first": first, f"{name}_last": last}
