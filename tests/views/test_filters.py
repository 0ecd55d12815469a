"""Smaller graphs: what stays, what goes, and that nothing hangs loose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Graph, Properties
from kg.records.errors import ConfigError
from kg.views.filters import around, at_least, between, only
from tests.sinks.graphs import edge, entity, graph

from .strategies import DAYS, LABELS, graphs


def county() -> Graph:
    """Two meetings of different years, a tenure, a namesake, a page that mentions two people."""
    return graph(
        [
            entity("ent-1", name="石远山", aliases=("石县长",), caption="石远山 · 青禾县县长"),
            entity("ent-2", name="顾念秋"),
            entity("ent-3", "Meeting", "春耕会", properties=Properties(date="2018-03-05")),
            entity("ent-4", "Meeting", "防汛会", properties=Properties(date="2019-06")),
            entity("ent-5", "Post", "青禾县县长"),
            entity("ent-6", name="石远山", caption="石远山 · 白塔镇镇长"),
            entity("ent-7", "Document", "消息", properties=Properties(published="2019-06-20")),
        ],
        [
            edge("edge-1", "PRESIDED", "ent-1", "ent-3", weight=3),
            edge("edge-2", "ATTENDED", "ent-2", "ent-3"),
            edge("edge-3", "ATTENDED", "ent-2", "ent-4", weight=2),
            edge(
                "edge-4",
                "HOLDS",
                "ent-1",
                "ent-5",
                properties=Properties(observed_first="2018-03-05", observed_last="2018-12-01"),
            ),
            edge("edge-5", "MENTIONS", "ent-7", "ent-2"),
            edge("edge-6", "MENTIONS", "ent-7", "ent-6"),
        ],
    )


def held(found: Graph) -> tuple[str, str]:
    """The numbers of the nodes and of the edges, in order."""
    return "".join(n.id.removeprefix("ent-") for n in found.nodes), "".join(
        e.id.removeprefix("edge-") for e in found.edges
    )


@pytest.mark.parametrize(
    ("view", "nodes", "edges"),
    [
        pytest.param(lambda g: only(g, ("Person", "Meeting")), "12346", "123", id="people and meetings"),
        pytest.param(lambda g: only(g, ("Post",)), "5", "", id="nodes that join nothing"),
        pytest.param(lambda g: between(g, until="2018"), "1235", "124", id="until the end of a year"),
        pytest.param(lambda g: between(g, since="2019"), "2467", "356", id="a meeting, a page, no tenure"),
        pytest.param(lambda g: between(g, since="2019-06-30", until="2019-07"), "24", "3", id="a month reaches in"),
        pytest.param(
            lambda g: between(g, since="2018-12-01", until="2018-12-01"), "15", "4", id="last day of a tenure"
        ),
        pytest.param(lambda g: between(g), "1234567", "123456", id="no period"),
        pytest.param(lambda g: at_least(g, 2), "1234", "13", id="heavy edges"),
        pytest.param(lambda g: at_least(g, 1), "1234567", "123456", id="all edges"),
        pytest.param(lambda g: around(g, "石县长", 1), "135", "14", id="one hop by an alias"),
        pytest.param(lambda g: around(g, "石远山 · 青禾县县长", 2), "1235", "124", id="two hops by a caption"),
        pytest.param(lambda g: around(g, "石远山", 1), "13567", "146", id="namesakes together"),
        pytest.param(lambda g: around(g, "ent-6", 2), "67", "6", id="no way through a document"),
        pytest.param(lambda g: around(g, "消息", 1), "267", "56", id="around a document"),
        pytest.param(lambda g: around(g, "顾念秋", 0), "2", "", id="no hop"),
    ],
)
def test_what_stays(view: Callable[[Graph], Graph], nodes: str, edges: str) -> None:
    assert held(view(county())) == (nodes, edges)


def test_nodes_that_never_had_an_edge_stay() -> None:
    lonely = graph([entity("ent-1"), entity("ent-2", "Meeting")])
    assert at_least(lonely, 9) == lonely


def test_evidence_goes_with_its_edge() -> None:
    assert {e.edge_id for e in at_least(county(), 2).evidence} == {"edge-1", "edge-3"}


@pytest.mark.parametrize(
    ("view", "message", "hint"),
    [
        pytest.param(
            lambda g: around(g, "石远川"), "no node of the graph is called '石远川'", "石远山", id="a near miss"
        ),
        pytest.param(lambda g: around(g, "Nobody"), "no node", "alias", id="nothing near"),
        pytest.param(lambda g: between(g, since="last year"), "'last year' is not a date", "2018-08", id="no date"),
        pytest.param(lambda g: between(g, until="XXXX-06"), "is not a date", "2018-08", id="no year"),
        pytest.param(lambda g: between(g, "2019", "2018"), "from 2019 to 2018 has no day", "earlier", id="backwards"),
    ],
)
def test_wishes_that_cannot_be_met(view: Callable[[Graph], Graph], message: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        view(county())
    assert hint in caught.value.hint


@given(
    graphs(),
    st.sampled_from(
        [
            lambda g, data: only(g, data.draw(st.sets(st.sampled_from(LABELS)))),
            lambda g, data: between(g, since=data.draw(st.none() | DAYS.filter(_has_year))),
            lambda g, data: between(g, until=data.draw(st.none() | DAYS.filter(_has_year))),
            lambda g, data: at_least(g, data.draw(st.integers(1, 5))),
            lambda g, data: around(g, g.nodes[0].name, data.draw(st.integers(0, 3))),
        ]
    ),
    st.data(),
)
def test_a_filter_never_leaves_an_edge_without_its_ends(
    whole: Graph, view: Callable[[Graph, st.DataObject], Graph], data: st.DataObject
) -> None:
    part = view(whole, data)
    ids = {node.id for node in part.nodes}
    assert all(e.head_id in ids and e.tail_id in ids for e in part.edges)
    assert [n for n in whole.nodes if n in part.nodes] == list(part.nodes)
    assert [e for e in whole.edges if e in part.edges] == list(part.edges)
    assert {e.edge_id for e in part.evidence} <= {e.id for e in part.edges}


def _has_year(day: str | None) -> bool:
    return day is None or not day.startswith("X")
