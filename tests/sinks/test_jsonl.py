"""JSON Lines: an equal round trip for any text, and faults by line."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import DocId, EdgeId, Graph, Properties
from kg.records.errors import SinkError
from kg.sinks.jsonl import JsonlSink, read_graph

from .graphs import city, edge, entity, evidence, graph


def test_round_trip_is_equal(tmp_path: Path) -> None:
    JsonlSink(tmp_path).write(city())
    assert read_graph(tmp_path) == city()


@given(
    name=st.text(st.characters(codec=None)),
    values=st.dictionaries(
        st.text(min_size=1),
        st.one_of(
            st.text(st.characters(codec=None)),
            st.integers(),
            st.floats(allow_nan=False),
            st.booleans(),
            st.lists(st.text()).map(tuple),
        ),
    ),
)
def test_round_trip_of_any_text_and_property(name: str, values: dict[str, str | int | float | bool]) -> None:
    whole = graph([entity(name=name, properties=Properties(values))])
    with tempfile.TemporaryDirectory() as folder:
        JsonlSink(folder).write(whole)
        assert read_graph(folder) == whole


def test_lines_start_with_the_id_and_keep_chinese_readable(tmp_path: Path) -> None:
    JsonlSink(tmp_path).write(city())
    node = (tmp_path / "nodes.jsonl").read_text("utf-8").splitlines()[0]
    assert node.startswith('{"id":"ent-1","label":"Person","name":"王兵","caption":"王兵 · 临汾市副市长"')
    line = (tmp_path / "edges.jsonl").read_text("utf-8").splitlines()[0]
    assert line.startswith('{"id":"edge-1","type":"PRESIDED","head":"ent-1","tail":"ent-2","weight":1')
    proof = json.loads((tmp_path / "evidence.jsonl").read_text("utf-8").splitlines()[0])
    assert list(proof) == ["edge_id", "doc_id", "start", "end", "raw_start", "raw_end", "quote", "method", "score"]


def test_same_graph_same_bytes(tmp_path: Path) -> None:
    JsonlSink(tmp_path / "a").write(city())
    JsonlSink(tmp_path / "b").write(city())
    for name in ("nodes.jsonl", "edges.jsonl", "evidence.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_evidence_of_no_edge_is_refused(tmp_path: Path) -> None:
    loose = Graph(nodes=(), edges=(), evidence=(replace(evidence(), edge_id=EdgeId("edge-9"), doc_id=DocId("doc-7")),))
    with pytest.raises(SinkError, match="evidence of doc-7 names edge edge-9"):
        JsonlSink(tmp_path).write(loose)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        pytest.param("nodes.jsonl", b'{"id": "ent-2"', r"nodes.jsonl:2: not a line that kg writes", id="cut off"),
        pytest.param("nodes.jsonl", b"\xff\xfe", r"nodes.jsonl:2: not a line that kg writes", id="not UTF-8"),
        pytest.param("edges.jsonl", b'{"id": "e"}', r"edges.jsonl:3: .*no field 'type'", id="field missing"),
        pytest.param("edges.jsonl", b"[]", r"edges.jsonl:3: not a line that kg writes", id="not an object"),
        pytest.param("evidence.jsonl", b'{"no": 1}', r"evidence.jsonl:3: not a line that kg writes", id="other fields"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, name: str, line: bytes, message: str) -> None:
    one = graph([entity()], [edge("edge-1", tail="ent-1"), edge("edge-2", tail="ent-1")])
    JsonlSink(tmp_path).write(one)
    with (tmp_path / name).open("ab") as file:
        file.write(line)
    with pytest.raises(SinkError, match=message):
        read_graph(tmp_path)


def test_a_missing_file_says_what_writes_it(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match=r"nodes.jsonl: cannot read") as caught:
        read_graph(tmp_path / "nowhere")
    assert "kg build" in caught.value.hint
