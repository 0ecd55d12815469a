"""One corpus through all sinks: every program counts the same nodes and edges.

KG_DESK_CORPUS names inputs of `kg build` (several separated as in PATH); without it the sample articles are the corpus.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import networkx
import pytest

import kg
from kg.records import Graph
from kg.sinks.base import sink_for
from tests.sinks.targets import Server

from .contents import contents
from .gephi import Gephi

pytestmark = pytest.mark.desk
ROOT = Path(__file__).parents[2]
KG = [sys.executable, "-m", "kg"]
CORPUS = os.environ.get("KG_DESK_CORPUS") or str(ROOT / "seeds" / "articles")

Counts = tuple[Counter[str], Counter[str]]
"""Nodes by label, edges by type."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `kg build` makes of the corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    # The sinks are tested here, not the reading: the grammar alone gives a graph of that size in a tenth of the time.
    options = ["-o", str(folder), "--quiet", "--workers", "2", "--fast"]
    subprocess.run([*KG, "build", *CORPUS.split(os.pathsep), *options], check=True)
    return folder


@pytest.fixture(scope="module")
def whole(out: Path) -> Graph:
    return kg.read_graph(out)


def counts(whole: Graph) -> Counts:
    return Counter(node.label for node in whole.nodes), Counter(edge.type for edge in whole.edges)


def test_the_corpus_makes_a_graph(whole: Graph) -> None:
    nodes, edges = counts(whole)
    assert {"Person", "Post", "Organization", "Meeting", "Document"} <= set(nodes)
    assert {"HOLDS", "PRESIDED", "ATTENDED", "MENTIONS"} <= set(edges)


def test_ladybug_counts_the_same(out: Path, whole: Graph) -> None:
    with kg.connect(str(out)) as graph:
        nodes = graph.query("MATCH (n) RETURN label(n) AS what, count(*) AS number")
        edges = graph.query("MATCH ()-[r]->() RETURN r.label AS what, count(*) AS number")
    assert (_counter(nodes), _counter(edges)) == counts(whole)


def test_networkx_counts_the_same_in_memory_and_from_graphml(out: Path, whole: Graph) -> None:
    assert _of_networkx(kg.to_networkx(whole), "type") == counts(whole)
    assert _of_networkx(networkx.read_graphml(out / "graph.graphml", force_multigraph=True), "label") == counts(whole)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_gephi_counts_the_same(gephi: Gephi, whole: Graph, tmp_path: Path, form: str) -> None:
    sink_for(form, tmp_path / f"graph.{form}").write(whole)
    found = gephi.open(tmp_path / f"graph.{form}")
    assert found.issues == ""
    labels = {str(node.id): node.label for node in whole.nodes}
    assert Counter(labels[key] for key in found.nodes) == counts(whole)[0]
    assert {k: (e.kind, e.head, e.tail) for k, e in found.edges.items()} == {
        e.id: (e.type, e.head_id, e.tail_id) for e in whole.edges
    }


def test_neo4j_counts_the_same_and_a_second_load_changes_nothing(server: Server, out: Path, whole: Graph) -> None:
    load(server, out)
    nodes = server.run("MATCH (n) RETURN [label IN labels(n) WHERE label <> 'KgNode'][0], count(*)")
    edges = server.run("MATCH ()-[r]->() RETURN type(r), count(*)")
    assert (Counter(dict(nodes)), Counter(dict(edges))) == counts(whole)
    first = contents(server)
    assert "removed" not in load(server, out)
    assert contents(server) == first


def test_a_load_killed_in_the_middle_and_repeated_equals_an_undisturbed_one(
    server: Server, out: Path, whole: Graph
) -> None:
    load(server, out)
    undisturbed = contents(server).plain()
    with server.clean():
        with subprocess.Popen([*KG, "load", str(out), "--to", "neo4j"], env=environment(server)) as loading:
            while loading.poll() is None and not _relationships(server):
                time.sleep(0.01)
            loading.send_signal(signal.SIGKILL)
        if loading.returncode == -signal.SIGKILL:  # else the corpus is so small that it was through before
            assert _relationships(server) < len(whole.edges)
        load(server, out)
        assert contents(server).plain() == undisturbed


def _relationships(server: Server) -> int:
    return int(server.run("MATCH ()-[r]->() RETURN count(r)")[0][0])


def load(server: Server, out: Path) -> str:
    """Load as people do; return what they are told."""
    command = [*KG, "load", str(out), "--to", "neo4j"]
    return subprocess.run(command, env=environment(server), check=True, capture_output=True, text=True).stdout


def environment(server: Server) -> dict[str, str]:
    return {
        **os.environ,
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.user,
        "NEO4J_PASSWORD": server.password,
    }


def _counter(frame: Any) -> Counter[str]:
    return Counter(dict(zip(frame["what"], frame["number"], strict=True)))


def _of_networkx(graph: Any, kind: str) -> Counts:
    nodes = Counter(data["type"] for _, data in graph.nodes(data=True))
    return nodes, Counter(data[kind] for *_, data in graph.edges(data=True))
