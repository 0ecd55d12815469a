"""What every sink must do, whatever it writes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kg.records import Graph, Properties
from kg.records.errors import SinkError

from .graphs import CONTROL, NASTY, city, edge, entity, graph
from .targets import Target, expected


def test_holds_exactly_the_graph(target: Target) -> None:
    target.write(city())
    assert target.read() == expected(city())


def test_reports_nodes_by_label_and_edges_by_type(target: Target) -> None:
    report = target.write(city())
    held = target.read()
    assert report.nodes == Counter(label for label, _ in held.nodes.values())
    assert report.edges == Counter(kind for kind, *_ in held.edges.values())
    assert (report.removed_nodes, report.removed_edges, report.notes) == (0, 0, ())


def test_writing_twice_equals_writing_once(target: Target) -> None:
    target.write(city())
    report = target.write(city())
    assert target.read() == expected(city())
    assert report.removed_nodes == report.removed_edges == 0


def test_an_updated_graph_removes_what_is_gone(target: Target) -> None:
    target.write(city())
    renamed = entity("ent-1", name="王斌", doc_count=2)
    smaller = graph([renamed, entity("ent-2", "Meeting", "座谈会"), entity("ent-7")], [edge("edge-2", "SPOKE_AT")])
    target.write(smaller)
    assert target.read() == expected(smaller)


def test_a_node_may_change_its_label(target: Target) -> None:
    target.write(graph([entity("ent-1", "Organization", "临汾")]))
    target.write(graph([entity("ent-1", "Place", "临汾")]))
    assert target.read().nodes["ent-1"][0] == "Place"


def test_an_empty_graph_is_a_graph(target: Target) -> None:
    target.write(graph())
    assert target.read() == expected(graph())


def test_any_text_survives(target: Target) -> None:
    nasty = graph(
        [
            entity("ent-1", name=NASTY, aliases=(NASTY, "'"), properties=Properties(occupation=NASTY)),
            entity("ent-2", "Meeting", "\\", caption='"'),
        ],
        [edge(quotes=(NASTY, "“引号”与'单引号'"))],
    )
    target.write(nasty)
    assert target.read() == expected(nasty)


def test_control_characters_survive_or_are_left_out_and_counted(target: Target) -> None:
    damaged = graph([entity("ent-1", name=CONTROL), entity("ent-2", "Meeting")], [edge(quotes=(CONTROL,))])
    report = target.write(damaged)
    assert target.read() == expected(damaged, controls=target.controls)
    assert target.controls or report.notes == ("9 control characters left out, which XML cannot hold",)


def test_a_lone_surrogate_becomes_a_replacement_character(target: Target) -> None:
    target.write(graph([entity("ent-1", name="王\ud840兵")]))
    assert target.read().nodes["ent-1"][1]["name"] == "王\ufffd兵"


def test_parallel_edges_survive(target: Target) -> None:
    parallel = graph(
        [entity("ent-1"), entity("ent-2", "Meeting", "会议")],
        [edge("edge-1"), edge("edge-2", "SPOKE_AT"), edge("edge-3", "SPOKE_AT")],
    )
    target.write(parallel)
    assert set(target.read().edges) == {"edge-1", "edge-2", "edge-3"}


def test_evidence_survives(target: Target) -> None:
    target.write(city())
    *_, properties = target.read().edges["edge-1"]
    assert properties["quotes"] == "王兵主持会议 | 副市长王兵主持了会议"
    assert properties["quote_documents"] == "doc-1 | doc-2"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param(
            graph([entity("ent-1")], [edge()]), r"edge-1 \(PRESIDED\): its tail ent-2 is no node", id="no tail"
        ),
        pytest.param(graph([entity("ent-2", "Meeting")], [edge()]), "its head ent-1 is no node", id="no head"),
        pytest.param(graph([entity(), entity()]), "two nodes have the id ent-1", id="a node twice"),
        pytest.param(
            graph([entity(), entity("ent-2", "Meeting")], [edge(), edge()]),
            "two edges have the id edge-1",
            id="edge twice",
        ),
    ],
)
def test_a_broken_graph_is_refused_and_nothing_changes(target: Target, broken: Graph, message: str) -> None:
    target.write(city())
    before = sorted(target.folder.rglob("*"))
    with pytest.raises(SinkError, match=message) as caught:
        target.write(broken)
    assert not caught.value.is_retryable
    assert target.read() == expected(city())
    assert sorted(target.folder.rglob("*")) == before


def test_an_unwritable_target_is_an_error_and_leaves_nothing(outside_target: Target) -> None:
    before = set(outside_target.folder.rglob("*"))
    with pytest.raises(SinkError, match=r"cannot write|does not answer") as caught:
        outside_target.write_to_nowhere(city())
    assert caught.value.hint
    assert set(outside_target.folder.rglob("*")) - before <= {outside_target.folder / "occupied"}


def test_a_failure_half_way_leaves_the_old_file(typed_file: Target) -> None:
    typed_file.write(city())
    nodes = [*city().nodes, replace(entity("ent-9"), properties=Properties(shoe_size=43))]
    with pytest.raises(SinkError, match="Person ent-9: the schema has no property 'shoe_size'"):
        typed_file.write(graph(nodes))
    assert typed_file.read() == expected(city())
    assert [path.name for path in typed_file.folder.iterdir()] == [typed_file.path.name]
