"""People and organisations joined by what they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import comb
from pathlib import Path

import networkx
import pytest
from hypothesis import given

from kg.records import Edge, Graph, Properties
from kg.records.errors import ConfigError
from kg.sinks.gexf import GexfSink
from kg.sinks.graphml import GraphmlSink
from kg.tables.schema import load_schema
from kg.views.projections import project, projection_schema
from kg.views.select import Selection, select
from tests.sinks.graphs import edge, entity, graph

from .strategies import graphs

AT_MEETING = ("PRESIDED", "ATTENDED")


def office() -> Graph:
    """Three people, two meetings, one office in which two of them overlap for a month."""

    def held(number: int, person: int, post: int, first: str, last: str) -> Edge:
        days = Properties(observed_first=first, observed_last=last)
        return edge(f"edge-1{number}", "HOLDS", f"ent-{person}", f"ent-{post}", properties=days)

    meetings = [
        entity("ent-4", "Meeting", "春耕会", properties=Properties(date="2018-03-05")),
        entity("ent-5", "Meeting", "防汛会", properties=Properties(date="2019-06-01/2019-06-02")),
    ]
    posts = [entity("ent-6", "Post", "局长"), entity("ent-7", "Post", "副局长")]
    bodies = [entity("ent-8", "Organization", "青禾县水利局"), entity("ent-9", "Organization", "青禾县农业局")]
    people = [entity(f"ent-{number}", name=name) for number, name in enumerate(("石远山", "顾念秋", "乔木生"), 1)]
    return graph(
        [*people, *meetings, *posts, *bodies],
        [
            edge("edge-1", "PRESIDED", "ent-1", "ent-4"),
            edge("edge-2", "SPOKE_AT", "ent-1", "ent-4"),
            edge("edge-3", "ATTENDED", "ent-2", "ent-4", weight=5),
            edge("edge-4", "ATTENDED", "ent-1", "ent-5"),
            edge("edge-5", "ATTENDED", "ent-2", "ent-5"),
            edge("edge-6", "ATTENDED", "ent-3", "ent-5"),
            edge("edge-7", "CONVENED", "ent-8", "ent-5"),
            edge("edge-8", "ATTENDED", "ent-9", "ent-5"),
            held(0, 1, 6, "2016-01-01", "2018-04-30"),
            held(1, 2, 7, "2018-04-01", "2019-12-31"),
            held(2, 3, 6, "2020-01-01", "2020-12-31"),
            edge("edge-20", "POST_IN", "ent-6", "ent-8"),
            edge("edge-21", "POST_IN", "ent-7", "ent-8"),
        ],
    )


def ties(found: Graph) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {
        f"{e.head_id[-1]}-{e.tail_id[-1]}": (e.weight, e.properties.get("spells", ()))  # type: ignore[misc]
        for e in found.edges
    }


@pytest.mark.parametrize(
    ("ends", "by", "wanted"),
    [
        pytest.param(
            "person-person",
            "meeting",
            {
                "1-2": (2, ("2018-03-05/2018-03-05", "2019-06-01/2019-06-02")),
                "1-3": (1, ("2019-06-01/2019-06-02",)),
                "2-3": (1, ("2019-06-01/2019-06-02",)),
            },
            id="a speaker who also presides was there once",
        ),
        pytest.param("org-org", "meeting", {"8-9": (1, ("2019-06-01/2019-06-02",))}, id="host and guest"),
        pytest.param("person-person", "tenure", {"1-2": (1, ("2018-04-01/2018-04-30",))}, id="a month together"),
        pytest.param("org-org", "tenure", {}, id="nobody in two offices"),
        pytest.param("person-person", "document", {}, id="no pages"),
    ],
)
def test_who_shares_what(ends: str, by: str, wanted: dict[str, tuple[int, tuple[str, ...]]]) -> None:
    assert ties(project(office(), ends, by)) == wanted


def test_an_edge_names_what_is_shared_and_nodes_without_an_edge_go() -> None:
    found = project(office(), "person-person", "tenure")
    assert [node.id for node in found.nodes] == ["ent-1", "ent-2"]
    assert [e.properties["shared"] for e in found.edges] == [("青禾县水利局",)]


def test_organisations_share_a_person_in_two_offices() -> None:
    days = Properties(observed_first="2018-01-01", observed_last="2018-12-31")
    both = graph(
        [
            entity("ent-1"),
            *(entity(f"ent-{n}", "Post", "职务") for n in (2, 3)),
            *(entity(f"ent-{n}", "Organization", "机构") for n in (4, 5)),
        ],
        [
            edge("edge-1", "HOLDS", "ent-1", "ent-2", properties=days),
            edge("edge-2", "HOLDS", "ent-1", "ent-3", properties=days),
            edge("edge-3", "POST_IN", "ent-2", "ent-4"),
            edge("edge-4", "POST_IN", "ent-3", "ent-5"),
        ],
    )
    assert ties(project(both, "org-org", "tenure")) == {"4-5": (1, ("2018-01-01/2018-12-31",))}


def test_an_unknown_projection_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="known: person-person, org-org; by meeting, tenure, document"):
        project(office(), "post-post", "meeting")


@given(graphs())
def test_weights_add_up_to_the_pairs_at_all_meetings(whole: Graph) -> None:
    labels = {node.id: node.label for node in whole.nodes}
    present: defaultdict[str, set[str]] = defaultdict(set)
    for e in whole.edges:
        if e.type in AT_MEETING and labels[e.head_id] == "Person":
            present[e.tail_id].add(e.head_id)
    found = project(whole, "person-person", "meeting")
    assert sum(e.weight for e in found.edges) == sum(comb(len(people), 2) for people in present.values())
    assert all(labels[end] == "Person" for e in found.edges for end in (e.head_id, e.tail_id))
    assert max(Counter((e.head_id, e.tail_id) for e in found.edges).values(), default=1) == 1


@pytest.mark.parametrize("by", ["meeting", "tenure"])
def test_a_projection_fits_its_schema_in_every_drawing(tmp_path: Path, by: str) -> None:
    schema = projection_schema(load_schema(), "person-person", by)
    found = project(office(), "person-person", by)
    GexfSink(tmp_path / "g.gexf", schema=schema).write(found)
    GraphmlSink(tmp_path / "g.graphml", schema=schema).write(found)
    drawn = networkx.read_gexf(tmp_path / "g.gexf", version="1.3")
    assert {tuple(sorted(ends)): data["weight"] for *ends, data in drawn.edges(data=True)} == {
        (e.head_id, e.tail_id): e.weight for e in found.edges
    }
    assert all(data["spells"] for *_, data in drawn.edges(data=True))
    assert networkx.read_graphml(tmp_path / "g.graphml").number_of_edges() == len(found.edges)


@pytest.mark.parametrize(
    ("selection", "edges"),
    [
        pytest.param(Selection(), 13, id="everything"),
        pytest.param(Selection(project="person-person"), 3, id="a projection"),
        pytest.param(Selection(project="person-person", until="2018"), 1, id="the period counts before"),
        pytest.param(Selection(project="person-person", min_weight=2), 1, id="the weight after"),
        pytest.param(Selection(project="person-person", around="乔木生"), 3, id="and so do neighbours"),
        pytest.param(Selection(only=("Person", "Meeting")), 6, id="two labels"),
    ],
)
def test_selections_in_the_order_that_makes_sense(selection: Selection, edges: int) -> None:
    assert len(select(office(), selection, load_schema())[0].edges) == edges


def test_an_unknown_label_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"unknown label Peron \(known: Person, Post"):
        select(office(), Selection(only=("Peron",)), load_schema())
