"""The graph as JSON Lines: `nodes.jsonl`, `edges.jsonl`, `evidence.jsonl`. The one form that loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.records import CorpusEvidence, DocId, Edge, EdgeId, Entity, EntityId, Graph, LocalId, Properties, Value
from kg.records.errors import SinkError
from kg.sinks.base import SinkReport
from kg.sinks.files import replacing
from kg.sinks.rows import labels_by_id

Record = TypeVar("Record")
Line = dict[str, Any]

NODES: Final = "nodes.jsonl"
EDGES: Final = "edges.jsonl"
EVIDENCE: Final = "evidence.jsonl"


class JsonlSink:
    """Writes a folder of three files; `read_graph` gives the equal graph back."""

    def __init__(self, folder: str | Path) -> None:
        """Take the folder; it is made when a graph is written."""
        self.folder = Path(folder)

    def write(self, graph: Graph) -> SinkReport:
        """Write the three files; none is put in place before all are complete.

        Raises:
            SinkError: the folder cannot be written, or an edge or piece of evidence hangs loose.
        """
        labels_by_id(graph)
        edges = {edge.id for edge in graph.edges}
        for evidence in graph.evidence:
            if evidence.edge_id not in edges:
                raise SinkError(f"evidence of {evidence.doc_id} names edge {evidence.edge_id}, which the graph lacks")
        with ExitStack() as stack:
            _write_lines(stack.enter_context(replacing(self.folder / NODES)), map(node_line, graph.nodes))
            _write_lines(stack.enter_context(replacing(self.folder / EDGES)), map(edge_line, graph.edges))
            _write_lines(stack.enter_context(replacing(self.folder / EVIDENCE)), map(evidence_line, graph.evidence))
        return SinkReport.of(graph)


def node_line(node: Entity) -> Line:
    """Return a node as plain data; `label` is the graph's label, `caption` tells namesakes apart."""
    return {
        "id": node.id,
        "label": node.label,
        "name": node.name,
        "caption": node.caption,
        "aliases": node.aliases,
        "properties": dict(node.properties),
        "members": node.members,
        "first_seen": node.first_seen,
        "last_seen": node.last_seen,
        "doc_count": node.doc_count,
    }


def edge_line(edge: Edge) -> Line:
    """Return an edge as plain data, its best evidence with it."""
    return {
        "id": edge.id,
        "type": edge.type,
        "head": edge.head_id,
        "tail": edge.tail_id,
        "weight": edge.weight,
        "doc_count": edge.doc_count,
        "confidence": edge.confidence,
        "method": edge.method,
        "properties": dict(edge.properties),
        "evidence": [evidence_line(evidence) for evidence in edge.evidence],
    }


def evidence_line(evidence: CorpusEvidence) -> Line:
    """Return a piece of evidence as plain data."""
    return {
        "edge_id": evidence.edge_id,
        "doc_id": evidence.doc_id,
        "start": evidence.start,
        "end": evidence.end,
        "raw_start": evidence.raw_start,
        "raw_end": evidence.raw_end,
        "quote": evidence.quote,
        "method": evidence.method,
        "score": evidence.score,
    }


def read_graph(folder: str | Path) -> Graph:
    """Read a graph that `JsonlSink` wrote; it is equal to the one written.

    Raises:
        SinkError: a file is missing, or a line is not what the sink writes; the message says `file:line`.
    """
    folder = Path(folder)
    return Graph(
        nodes=tuple(iter_nodes(folder)), edges=tuple(iter_edges(folder)), evidence=tuple(iter_evidence(folder))
    )


def iter_nodes(folder: Path) -> Iterator[Entity]:
    """Yield the nodes of a folder one by one, in file order."""
    return _read_lines(folder / NODES, _node)


def iter_edges(folder: Path) -> Iterator[Edge]:
    """Yield the edges of a folder one by one, in file order."""
    return _read_lines(folder / EDGES, _edge)


def iter_evidence(folder: Path) -> Iterator[CorpusEvidence]:
    """Yield all evidence of a folder, piece by piece, in file order."""
    return _read_lines(folder / EVIDENCE, _evidence)


def _node(line: Line) -> Entity:
    return Entity(
        id=EntityId(line["id"]),
        label=line["label"],
        name=line["name"],
        caption=line["caption"],
        aliases=tuple(line["aliases"]),
        members=tuple((DocId(doc_id), LocalId(local_id)) for doc_id, local_id in line["members"]),
        properties=_properties(line["properties"]),
        first_seen=line["first_seen"],
        last_seen=line["last_seen"],
        doc_count=line["doc_count"],
    )


def _edge(line: Line) -> Edge:
    return Edge(
        id=EdgeId(line["id"]),
        type=line["type"],
        head_id=EntityId(line["head"]),
        tail_id=EntityId(line["tail"]),
        weight=line["weight"],
        doc_count=line["doc_count"],
        confidence=line["confidence"],
        method=line["method"],
        evidence=tuple(map(_evidence, line["evidence"])),
        properties=_properties(line["properties"]),
    )


def _evidence(line: Line) -> CorpusEvidence:
    return CorpusEvidence(**line)


def _properties(values: Mapping[str, Value | list[str]]) -> Properties:
    return Properties({name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _write_lines(path: Path, lines: Iterable[Line]) -> None:
    with path.open("wb") as file:
        for line in lines:
            try:
                encoded = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
            except UnicodeEncodeError:
                # A lone surrogate of damaged input stands as an escape, which JSON allows and UTF-8 does not need.
                encoded = json.dumps(line, separators=(",", ":")).encode()
            file.write(encoded + b"\n")


def _read_lines(path: Path, record: Callable[[Line], Record]) -> Iterator[Record]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise SinkError(
            f"{path}: cannot read: {error.strerror or error}", hint="'kg build INPUT -o OUT' writes this file"
        ) from error
    with file:
        for number, line in enumerate(file, 1):
            try:
                item = record(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                problem = f"no field {error}" if isinstance(error, KeyError) else str(error)
                raise SinkError(
                    f"{path}:{number}: not a line that kg writes: {problem}", hint="build the graph again"
                ) from error
            yield item
