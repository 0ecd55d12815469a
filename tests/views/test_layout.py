"""Places computed ahead: the same every time, neighbours near, all on the canvas."""

from __future__ import annotations

import sys
from itertools import combinations
from math import dist, sqrt

import pytest

from kg.records import Graph
from kg.records.errors import ConfigError
from kg.sinks.rows import checked_degrees
from kg.sinks.style import size
from kg.views.layout import positions
from tests.sinks.graphs import edge, entity, graph


def two_crowds(size: int = 12) -> Graph:
    """Two groups in which everybody meets everybody, joined by one edge."""
    groups = [[f"ent-{group}{number:02}" for number in range(size)] for group in (1, 2)]
    pairs = [pair for group in groups for pair in combinations(group, 2)] + [(groups[0][0], groups[1][0])]
    edges = [edge(f"edge-{number:04}", head=head, tail=tail) for number, (head, tail) in enumerate(pairs)]
    return graph([entity(node_id) for group in groups for node_id in group], edges)


def test_the_same_graph_has_the_same_places() -> None:
    assert positions(two_crowds()) == positions(two_crowds())


def test_those_who_meet_are_near_each_other() -> None:
    places = positions(two_crowds())
    pairs = [(one[:5] == other[:5], dist(places[one], places[other])) for one, other in combinations(places, 2)]
    inside = [distance for together, distance in pairs if together]
    across = [distance for together, distance in pairs if not together]
    assert sum(inside) / len(inside) < sum(across) / len(across) / 2


def test_places_fill_the_canvas_and_differ() -> None:
    places = list(positions(two_crowds()).values())
    side = 100 * sqrt(24)
    assert len(set(places)) == 24
    assert max(max(map(abs, place)) for place in places) == pytest.approx(side / 2, abs=0.1)


def test_circles_lie_apart_also_where_nothing_joins_the_parts() -> None:
    """Forty meetings of six people each: hardly a circle covers another."""
    people = [f"ent-{meeting:02}{person}" for meeting in range(40) for person in range(6)]
    edges = [edge(f"edge-{name}", head=name, tail=f"met-{name[4:6]}") for name in people]
    whole = graph([*map(entity, people), *(entity(f"met-{n:02}", "Meeting") for n in range(40))], edges)
    places, degree = positions(whole), checked_degrees(whole)
    radius = {node_id: size(degree[node_id]) for node_id in places}
    covered = [
        pair for pair in combinations(places, 2) if dist(*(places[end] for end in pair)) < sum(radius[e] for e in pair)
    ]
    assert len(covered) < len(places) / 4


@pytest.mark.parametrize(
    ("small", "count"),
    [
        pytest.param(graph(), 0, id="no node"),
        pytest.param(graph([entity()]), 1, id="one node"),
        pytest.param(graph([entity(), entity("ent-2")]), 2, id="no edge"),
        pytest.param(
            graph([entity(), entity("ent-2")], [edge(), edge("edge-2"), edge("edge-3", tail="ent-1")]),
            2,
            id="parallel edges and one to itself",
        ),
    ],
)
def test_small_graphs(small: Graph, count: int) -> None:
    assert len(positions(small)) == count


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graph_layout", None)
    with pytest.raises(ConfigError, match="graph-layout") as caught:
        positions(two_crowds())
    assert "kg[layout]" in caught.value.hint
