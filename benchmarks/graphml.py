"""Compare kg's GraphML writer with networkx's on one graph, random or built: time of writing and peak memory.

    python benchmarks/graphml.py [--nodes 60000 --edges 150000 | --build FOLDER] [--repeat 3]

Each writer runs in a process of its own, on the same graph with the same attributes; the graph
is made before the clock starts. Writers take turns and the best time of each counts. Peak memory is
that of the whole process, graph included, and the growth while writing. In the end kg writes a random graph
of twice the size, to show that its growth is not that of the file.
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
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.records import CorpusEvidence, DocId, Edge, EdgeId, Entity, EntityId, Graph, Properties
from kg.sinks.jsonl import read_graph

WHO = ("市委副书记、市长", "市委书记", "副市长", "市政府党组成员、秘书长", "市人大常委会主任", "区委副书记、区长")
WHAT = ("主持会议并讲话", "出席会议", "就做好“三农”工作提出要求", "听取了有关情况汇报，研究部署下一步工作", "作了说明")
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
        quotes = [random_quote(chance) for _ in range(1 + (number % 10 == 0))]
        yield Edge(
            id=edge_id,
            type="ATTENDED",
            head_id=EntityId(f"ent-{chance.randrange(nodes // 3) * 3 + 1:016x}"),
            tail_id=EntityId(f"ent-{chance.randrange(nodes // 3) * 3:016x}"),
            weight=1,
            doc_count=1,
            confidence=round(chance.uniform(0.5, 1), 2),
            method="rule:attend",
            evidence=tuple(proof(edge_id, f"doc-{chance.randrange(5000):016x}", quote) for quote in quotes),
            properties=Properties(rank=number % 20 + 1),
        )


def random_quote(chance: random.Random) -> str:
    """Return a sentence as pages have them, 26 characters on average; one in fifty needs escaping."""
    day = f"{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日，" if chance.random() < 0.5 else ""
    told = f"{chance.choice(WHO)}{chr(chance.randrange(0x4E00, 0x9000))}某{chance.choice(WHAT)}"
    return f"{day}{told}（A&B）" if chance.random() < 0.02 else f"{day}{told}。"


def proof(edge_id: EdgeId, document: str, quote: str) -> CorpusEvidence:
    """Return evidence with this quote."""
    return CorpusEvidence(
        edge_id=edge_id,
        doc_id=DocId(document),
        start=0,
        end=len(quote),
        raw_start=0,
        raw_end=len(quote),
        quote=quote,
        method="rule:attend",
        score=0.9,
    )


def random_graph(nodes: int, edges: int) -> Graph:
    """Return people, meetings, and who attended which."""
    return Graph(nodes=tuple(random_nodes(nodes)), edges=tuple(random_edges(edges, nodes)), evidence=())


def prepare_kg(graph: Graph, path: Path) -> Callable[[], None]:
    """Return a function that writes the graph with kg."""
    from kg.sinks.graphml import GraphmlSink

    sink = GraphmlSink(path)
    return lambda: void(sink.write(graph))


def prepare_networkx(graph: Graph, path: Path, writer: str) -> Callable[[], None]:
    """Make the same graph for networkx, flattened as its writer demands; the function returned writes it."""
    import networkx

    from kg.sinks.rows import Row, edge_row, node_row
    from kg.tables.schema import load_schema

    def flat(row: Row) -> dict[str, Any]:
        lists = {name: " | ".join(cell) for name, cell in row.items() if isinstance(cell, list)}
        days = {name: str(cell) for name, cell in row.items() if isinstance(cell, date)}
        return {name: cell for name, cell in (row | lists | days).items() if name != "id"}

    schema = load_schema()
    copy: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes:
        drawing = {"type": node.label, "size": 10.0, "r": 0, "g": 114, "b": 178}
        copy.add_node(node.id, **flat(node_row(node, schema)), **drawing)
    for edge in graph.edges:
        copy.add_edge(edge.head_id, edge.tail_id, edge.id, **flat(edge_row(edge, schema)))
    write = networkx.write_graphml_lxml if writer == "networkx-lxml" else networkx.write_graphml_xml
    return lambda: void(write(copy, path))


def void(_: object) -> None:
    """Take a result and forget it."""


def measure(writer: str, graph: Graph) -> dict[str, float]:
    """Write once in this process and return seconds, megabytes, and how many nodes and edges there were."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        write = prepare_kg(graph, path) if writer == "kg" else prepare_networkx(graph, path, writer)
        before, start = peak_mb(), time.perf_counter()
        write()
        seconds, after = time.perf_counter() - start, peak_mb()
    elements = len(graph.nodes) + len(graph.edges)
    return {"seconds": seconds, "peak_mb": after, "growth_mb": after - before, "elements": elements}


def peak_mb() -> float:
    """Return the peak resident memory of this process (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(writer: str, *source: object) -> dict[str, float]:
    """Measure in a process of its own, so that no writer profits or suffers from what ran before."""
    command = [sys.executable, __file__, "--writer", writer, *map(str, source)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def line(writer: str, found: dict[str, float]) -> str:
    """Return what was measured, to be printed."""
    return (
        f"{writer:14} {found['elements']:9,.0f} elements {found['seconds']:6.2f} s "
        f"{found['elements'] / found['seconds']:9,.0f} elements/s"
        f"  peak {found['peak_mb']:6.0f} MB, grew {found['growth_mb']:6.1f} MB"
    )


def main() -> None:
    """Run every writer in its own process, one after the other, and print the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nodes", type=int, default=60_000)
    parser.add_argument("--edges", type=int, default=150_000)
    parser.add_argument("--build", type=Path, help="folder that 'kg build' wrote: its graph instead of a random one")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the best time of each writer counts")
    parser.add_argument("--writer", choices=WRITERS, help="measure one, print JSON")
    options = parser.parse_args()
    nodes, edges = options.nodes, options.edges
    if options.writer:
        graph = read_graph(options.build) if options.build else random_graph(nodes, edges)
        print(json.dumps(measure(options.writer, graph)))
        return
    source = ("--build", options.build) if options.build else ("--nodes", nodes, "--edges", edges)
    rounds = [{writer: measured(writer, *source) for writer in WRITERS} for _ in range(options.repeat)]
    best = {writer: min((found[writer] for found in rounds), key=itemgetter("seconds")) for writer in WRITERS}
    for writer, found in best.items():
        print(line(writer, found))
    if not options.build:
        print(line("kg, twice all", measured("kg", "--nodes", 2 * nodes, "--edges", 2 * edges)))
    for writer in WRITERS[1:]:
        time_ratio = best[writer]["seconds"] / best["kg"]["seconds"]
        peak_ratio = best[writer]["peak_mb"] / best["kg"]["peak_mb"]
        print(f"kg against {writer}: {time_ratio:.1f} times as fast, {peak_ratio:.1f} times less memory")


if __name__ == "__main__":
    main()
