"""Builders of graphs for the tests of sinks: every part has a default, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import (
    EMPTY,
    CorpusEvidence,
    DocId,
    Edge,
    EdgeId,
    Entity,
    EntityId,
    Graph,
    LocalId,
    Properties,
)

NASTY = "王\"兵'`\n第二行\r\n制表\t反斜杠\\n | ,;[1]{x} $n 😀 𠮷"
"""Everything that XML can hold and that quoting gets wrong."""

CONTROL = "垂直\x0b响铃\x07零\x00"
"""Characters that XML cannot hold; the databases keep them."""


def entity(
    id: str = "ent-1",
    label: str = "Person",
    name: str = "王兵",
    *,
    caption: str = "",
    aliases: tuple[str, ...] = (),
    properties: Properties = EMPTY,
    seen: tuple[str | None, str | None] = ("2018-01-03", "2018-02"),
    doc_count: int = 1,
) -> Entity:
    return Entity(
        id=EntityId(id),
        label=label,
        name=name,
        caption=caption or name,
        aliases=aliases,
        members=((DocId("doc-1"), LocalId("e1")),),
        properties=properties,
        first_seen=seen[0],
        last_seen=seen[1],
        doc_count=doc_count,
    )


def evidence(edge_id: str = "edge-1", quote: str = "王兵主持会议", doc_id: str = "doc-1") -> CorpusEvidence:
    return CorpusEvidence(
        edge_id=EdgeId(edge_id),
        doc_id=DocId(doc_id),
        start=3,
        end=3 + len(quote),
        raw_start=5,
        raw_end=5 + len(quote),
        quote=quote,
        method="rule:preside",
        score=0.97,
    )


def edge(
    id: str = "edge-1",
    type: str = "PRESIDED",
    head: str = "ent-1",
    tail: str = "ent-2",
    *,
    quotes: Iterable[str] = ("王兵主持会议",),
    properties: Properties = EMPTY,
    weight: int = 1,
) -> Edge:
    return Edge(
        id=EdgeId(id),
        type=type,
        head_id=EntityId(head),
        tail_id=EntityId(tail),
        weight=weight,
        doc_count=weight,
        confidence=0.97,
        method="rule:preside",
        evidence=tuple(evidence(id, quote, f"doc-{number}") for number, quote in enumerate(quotes, 1)),
        properties=properties,
    )


def graph(nodes: Iterable[Entity] = (), edges: Iterable[Edge] = ()) -> Graph:
    ordered = tuple(sorted(edges, key=lambda edge: edge.id))
    return Graph(
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        edges=ordered,
        evidence=tuple(item for edge in ordered for item in edge.evidence),
    )


def city() -> Graph:
    """A small graph with every type of property, parallel edges and two namesakes."""
    return graph(
        [
            entity("ent-1", caption="王兵 · 临汾市副市长", aliases=("王副市长",), doc_count=5),
            entity("ent-2", "Meeting", "临汾市政府常务会议", properties=Properties(date="2018-01-03", kind="常务会议")),
            entity("ent-3", caption="王兵 · 吕梁市局长", properties=Properties(birth_date_first="1960-02-29")),
            entity("ent-4", "Post", "临汾市副市长", properties=Properties(title="副市长", weak=False)),
            entity(
                "ent-5", "Place", "临汾市", properties=Properties(code="141000", lat=36.09, lon=111), seen=(None, None)
            ),
            entity("ent-6", "Organization", "临汾市人民政府", properties=Properties(replaces=("ent-0", "ent-00"))),
        ],
        [
            edge("edge-1", quotes=("王兵主持会议", "副市长王兵主持了会议")),
            edge("edge-2", "SPOKE_AT"),
            edge("edge-3", "HOLDS", "ent-1", "ent-4", properties=Properties(tenure=1, start_first="2017-05-01")),
            edge("edge-4", "HOLDS", "ent-1", "ent-4", properties=Properties(tenure=2, acting=True), weight=3),
            edge("edge-5", "GOVERNS", "ent-6", "ent-5", quotes=()),
            edge("edge-6", "ATTENDED", "ent-6", "ent-2", properties=Properties(rank=2)),
        ],
    )
