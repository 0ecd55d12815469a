"""When a node or an edge of the corpus graph held: the days that timelines and date filters go by.

Meetings and documents have a day, tenures a stretch. Everything that happened at a meeting happened when the
meeting did. People, posts, organisations and places are not dated: news shows when they were seen, not since when
they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.records.corpus_graph import Edge, Entity, Graph
from kg.records.edtf import find_days

Spell = tuple[str, str]
"""First and last day, `YYYY-MM-DD`, both included."""

SPELLS: Final = "spells"
"""Property of a projected edge: its spells as EDTF intervals."""

_TENURE: Final = ("start_first", "observed_first", "observed_last", "end_last")
_DATE_OF: Final = {"Meeting": "date", "Document": "published"}


def node_spells(node: Entity) -> tuple[Spell, ...]:
    """Return the days of a meeting, or of the publication of a document; nothing for what is not dated.

    A date without a year has no days.
    """
    name = _DATE_OF.get(node.label)
    return _of_dates([node.properties.text(name)]) if name else ()


def edge_spells(edge: Edge, at: Mapping[str, tuple[Spell, ...]]) -> tuple[Spell, ...]:
    """Return when an edge held: its own dates, else those of the meeting or document it hangs on.

    A tenure goes from the first to the last day known: stated beginning and end where there are such, else the
    days on which documents show it. It has no open end, because silence of the news is no stay in office. What a
    person conveyed was not conveyed on the day of the conveyed meeting, so CONVEYED takes the date of its head only.

    Args:
        edge: The edge.
        at: Spells of nodes by id; nodes may be missing.
    """
    own = _own_spells(edge)
    if own:
        return own
    return at.get(edge.head_id, ()) or (() if edge.type == "CONVEYED" else at.get(edge.tail_id, ()))


def spells_by_node(graph: Graph) -> dict[str, tuple[Spell, ...]]:
    """Return the spells of all dated nodes by id."""
    return {node.id: spells for node in graph.nodes if (spells := node_spells(node))}


def joined(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return spells in order, those that overlap made one.

    >>> joined([("2018-03-01", "2018-04-01"), ("2017-01-01", "2018-03-02"), ("2019-01-01", "2019-01-01")])
    (('2017-01-01', '2018-04-01'), ('2019-01-01', '2019-01-01'))
    """
    found: list[Spell] = []
    for start, end in sorted(set(spells)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def common(one: Iterable[Spell], other: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the stretches that lie in both.

    >>> common([("2016-01-01", "2018-06-30")], [("2018-01-01", "2019-01-01")])
    (('2018-01-01', '2018-06-30'),)
    """
    others = list(other)
    return joined((max(a, c), min(b, d)) for a, b in one for c, d in others if max(a, c) <= min(b, d))


def _own_spells(edge: Edge) -> tuple[Spell, ...]:
    properties = edge.properties
    dates = properties.get(SPELLS) or properties.get("dates")
    if isinstance(dates, tuple):
        return _of_dates(dates)
    if edge.type == "HOLDS":
        days = [day for name in _TENURE if (day := properties.text(name))]
        return ((min(days), max(days)),) if days else ()
    return _of_dates([properties.text("date")])


def _of_dates(dates: Iterable[str]) -> tuple[Spell, ...]:
    return joined(days for date in dates if (days := find_days(date)))
