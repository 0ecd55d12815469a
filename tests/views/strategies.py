"""Graphs at random, small enough to shrink: people and organisations at meetings, in posts and on pages."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.records import Edge, Entity, Graph, Properties
from tests.sinks.graphs import edge, entity, graph

LABELS = ("Person", "Organization", "Meeting", "Document", "Post")
TYPES = ("PRESIDED", "ATTENDED", "CONVEYED", "MENTIONS", "HOLDS", "POST_IN", "PART_OF")
DAYS = st.none() | st.dates().map(str) | st.sampled_from(("2018", "2018-02", "XXXX-06-02"))


@st.composite
def nodes(draw: st.DrawFn, number: int) -> Entity:
    label = draw(st.sampled_from(LABELS))
    name = {"Meeting": "date", "Document": "published"}.get(label)
    dated = Properties({name: draw(DAYS)}) if name else Properties()
    return entity(f"ent-{number}", label, f"名{number}", properties=dated)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    found = [draw(nodes(number)) for number in range(draw(st.integers(2, 8)))]
    ends = st.sampled_from([node.id for node in found])
    edges: list[Edge] = []
    for number in range(draw(st.integers(0, 16))):
        kind = draw(st.sampled_from(TYPES))
        observed = {
            "observed_first": "2018-01-01",
            "observed_last": draw(st.sampled_from(("2018-03-01", "2019-01-01"))),
        }
        properties = Properties(observed if kind == "HOLDS" and draw(st.booleans()) else {})
        weight = draw(st.integers(1, 4))
        edges.append(edge(f"edge-{number}", kind, draw(ends), draw(ends), properties=properties, weight=weight))
    return graph(found, edges)
