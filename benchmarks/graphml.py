"""Compare kg's GraphML writer with networkx's on one random graph: time of writing and peak memory.

    python benchmarks/graphml.py [--nodes 60000] [--edges 150000]

Each writer runs in a process of its own, on the same graph with the same attributes; the graph
is made before the clock starts. Peak memory is that of the whole process, graph included, and
the growth while writing.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.types import CorpusEvidence, DocId, Edge, EdgeId, Entity, EntityId, Graph, Properties

QUOTE = "市委副书记、市长主持会议并讲话"
WRITERS = ("kg", "networkx-lxml", "networkx-xml")


def random_nodes(count: int) -> Iterator[Entity]:
    """Yield people and, every third, a meeting, with the properties that builds give them."""
    for number in range(count):
        is_meeting = number % 3 == 0
        day = f"2018-{number % 12 + 1:02}-{number % 28 + 1:02}"
        name = f"第{number}次会议" if is_meeting else f"人物{number}"
        yield Entity(
            id=EntityId(f"ent-{number:016x}"),
            label="Meeting" if is_meeting else "Person",
            name=name,
            caption=f"{name} · 某市",
            aliases=() if number % 2 else (f"又名{number}", "市长"),
            members=(),
            properties=Properties(date=day, date_first=day, kind="常务会议")
            if is_meeting
            else Properties(pinyin="ren"),
            first_seen=day,
            last_seen=day,
            doc_count=number % 9 + 1,
        )


def random_edges(count: int, nodes: int) -> Iterator[Edge]:
    """Yield attendances of random people at random meetings, parallel ones among them."""
    chance = random.Random(20180808)
    for number in range(count):
        edge_id = EdgeId(f"edge-{number:016x}")
        proof = CorpusEvidence(
            edge_id=edge_id,
            doc_id=DocId(f"doc-{number % 5000:016x}"),
            start=0,
            end=len(QUOTE),
            raw_start=0,
            raw_end=len(QUOTE),
            quote=QUOTE,
            method="rule:attend",
            score=0.9,
        )
        yield Edge(
            id=edge_id,
            type="ATTENDED",
            head_id=EntityId(f"ent-{chance.randrange(nodes // 3) * 3 + 1:016x}"),
            tail_id=EntityId(f"ent-{chance.randrange(nodes // 3) * 3:016x}"),
            weight=1,
            doc_count=1,
            confidence=0.9,
            method="rule:attend",
            evidence=(proof,),
            properties=Properties(rank=number % 20 + 1),
        )


def prepare_kg(nodes: int, edges: int, path: Path) -> Callable[[], None]:
    """Make the graph; the function returned writes it with kg."""
    from kg.sinks.graphml import GraphmlSink

    graph = Graph(nodes=tuple(random_nodes(nodes)), edges=tuple(random_edges(edges, nodes)), evidence=())
    sink = GraphmlSink(path)
    return lambda: void(sink.write(graph))


def prepare_networkx(nodes: int, edges: int, path: Path, writer: str) -> Callable[[], None]:
    """Make the same graph for networkx, flattened as its writer demands; the function returned writes it."""
    import networkx

    from kg.schema import load_schema
    from kg.sinks.rows import Row, edge_row, node_row

    def flat(row: Row) -> dict[str, Any]:
        lists = {name: " | ".join(cell) for name, cell in row.items() if isinstance(cell, list)}
        days = {name: str(cell) for name, cell in row.items() if name.endswith("_first")}
        return {name: cell for name, cell in (row | lists | days).items() if name != "id"}

    schema = load_schema()
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in random_nodes(nodes):
        drawing = {"type": node.label, "size": 10.0, "r": 0, "g": 114, "b": 178}
        graph.add_node(node.id, **flat(node_row(node, schema)), **drawing)
    for edge in random_edges(edges, nodes):
        graph.add_edge(edge.head_id, edge.tail_id, edge.id, **flat(edge_row(edge, schema)))
    write = networkx.write_graphml_lxml if writer == "networkx-lxml" else networkx.write_graphml_xml
    return lambda: void(write(graph, path))


def void(_: object) -> None:
    """Take a result and forget it."""


def measure(writer: str, nodes: int, edges: int) -> dict[str, float]:
    """Write once in this process and return seconds, megabytes and the size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        is_kg = writer == "kg"
        write = prepare_kg(nodes, edges, path) if is_kg else prepare_networkx(nodes, edges, path, writer)
        before, start = peak_mb(), time.perf_counter()
        write()
        seconds, after = time.perf_counter() - start, peak_mb()
        return {"seconds": seconds, "peak_mb": after, "growth_mb": after - before, "file_mb": path.stat().st_size / 1e6}


def peak_mb() -> float:
    """Return the peak resident memory of this process (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run every writer in its own process, one after the other, and print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nodes", type=int, default=60_000)
    parser.add_argument("--edges", type=int, default=150_000)
    parser.add_argument("--writer", choices=WRITERS, help="measure one, print JSON")
    options = parser.parse_args()
    if options.writer:
        print(json.dumps(measure(options.writer, options.nodes, options.edges)))
        return
    total, results = options.nodes + options.edges, {}
    print(f"{options.nodes:,} nodes, {options.edges:,} edges")
    for writer in WRITERS:
        command = [sys.executable, __file__, "--writer", writer]
        sizes = ["--nodes", str(options.nodes), "--edges", str(options.edges)]
        results[writer] = found = json.loads(subprocess.run([*command, *sizes], check=True, stdout=-1).stdout)
        print(
            f"{writer:14} {found['seconds']:6.2f} s {total / found['seconds']:10,.0f} elements/s"
            f"  peak {found['peak_mb']:6.0f} MB, grew {found['growth_mb']:6.0f} MB  file {found['file_mb']:.0f} MB"
        )
    for writer in WRITERS[1:]:
        time_ratio = results[writer]["seconds"] / results["kg"]["seconds"]
        peak_ratio = results[writer]["peak_mb"] / results["kg"]["peak_mb"]
        print(f"kg against {writer}: {time_ratio:.1f} times as fast, {peak_ratio:.1f} times less memory")


if __name__ == "__main__":
    main()
