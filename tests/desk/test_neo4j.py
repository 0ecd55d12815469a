"""The Neo4j sink on real servers of both lines."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.records import Graph, Properties
from kg.sinks.base import SinkReport
from kg.sinks.neo4j import Neo4jSink
from scripts.desk.neo4j_server import Neo4jServer
from tests.sinks.graphs import city, edge, entity, graph
from tests.sinks.targets import Server

from .contents import contents
from .proxy import proxy

pytestmark = pytest.mark.desk
ROOT = Path(__file__).parents[2]


def test_all_tests_that_ask_a_server_pass(neo4j_server: Neo4jServer) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "neo4j", "-p", "no:cacheprovider", "tests"],
        cwd=ROOT,
        env=neo4j_server.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    log = (neo4j_server.home / "logs" / "debug.log").read_text("utf-8", errors="replace")
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nthe server's log ends so:\n{log[-6000:]}"
    assert "skipped" not in done.stdout


def test_browser_is_served(neo4j_server: Neo4jServer) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{neo4j_server.http_port}/browser/") as page:
        assert b"<title>Neo4j Browser</title>" in page.read()


def test_a_part_of_a_name_or_an_alias_finds_the_node(server: Server) -> None:
    load(server, city())
    search = "CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN node.id ORDER BY node.id"
    assert server.run(search, index="kg_names", words="王副市长")[0] == ["ent-1"]
    assert ["ent-6"] in server.run(search, index="kg_names", words='"人民政府"')
    assert server.run(search, index="kg_names", words='"常务会议"') == [["ent-2"]]
    assert server.run(search, index="kg_titles", words="临汾") == []


def test_the_queries_of_the_page_run(server: Server) -> None:
    load(server, city())
    page = (ROOT / "docs" / "neo4j.md").read_text("utf-8")
    found = [server.run(query) for query in re.findall(r"```cypher\n(.*?)```", page, re.DOTALL)]
    assert len(found) == 3
    assert all(found), "a query of the page answers nothing"


def test_look_ups_use_the_indexes(server: Server) -> None:
    load(server, city())
    by_id = server.plan("MATCH (p:Person {id: $id}) RETURN p", id="ent-1")
    by_name = server.plan("MATCH (p:Person) WHERE p.name = $name RETURN p", name="王兵")
    assert [step for step in by_id if "UniqueIndexSeek" in step]
    assert [step for step in by_name if "IndexSeek" in step]


def test_a_second_load_changes_nothing(server: Server) -> None:
    load(server, large())
    first, builds = contents(server), server.run("MATCH (n) RETURN DISTINCT n.kg_build")
    report = load(server, large(), batch_size=97)
    assert contents(server) == first
    assert server.run("MATCH (n) RETURN DISTINCT n.kg_build") == builds
    assert len(builds) == 1
    assert (len(first.nodes), len(first.edges)) == (len(large().nodes), len(large().edges))
    assert (report.removed_nodes, report.removed_edges) == (0, 0)


def test_an_update_changes_what_changed_and_nothing_else(server: Server) -> None:
    load(server, city())
    before = contents(server)
    promoted = entity("ent-1", caption="王兵 · 临汾市市长", aliases=("王市长", "王副市长"), doc_count=6)
    changed = replace(city(), nodes=(promoted, *city().nodes[1:]))
    load(server, changed)
    after = contents(server)
    assert after.edges == before.edges
    assert {key for key in before.nodes if before.nodes[key] != after.nodes[key]} == {"ent-1"}
    assert after.nodes["ent-1"].element == before.nodes["ent-1"].element
    assert after.nodes["ent-1"].properties["aliases"] == ["王市长", "王副市长"]


@pytest.mark.parametrize("keep", [False, True])
def test_what_is_gone_is_removed_unless_kept(server: Server, keep: bool) -> None:
    load(server, city())
    before = contents(server)
    rest = graph(city().nodes[:2], city().edges[:2])
    load(server, rest, keep=keep)
    after = contents(server)
    assert set(after.nodes) == (set(before.nodes) if keep else {"ent-1", "ent-2"})
    assert set(after.edges) == (set(before.edges) if keep else {"edge-1", "edge-2"})
    assert after.elements().issubset(before.elements())


def test_a_load_killed_in_the_middle_and_repeated_equals_an_undisturbed_one(server: Server) -> None:
    whole = large()
    code = (
        "from tests.desk.test_neo4j import large, load; from tests.sinks.targets import Server; "
        "load(Server(), large(), batch_size=20)"
    )
    environment = {
        **os.environ,
        "KG_TEST_NEO4J_URI": server.uri,
        "KG_TEST_NEO4J_USER": server.user,
        "KG_TEST_NEO4J_PASSWORD": server.password,
    }
    load(server, graph([entity("ent-gone")]))
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment) as loading:
        while loading.poll() is None and server.run("MATCH (:KgNode)-[r]->() RETURN count(r) > 100") != [[True]]:
            pass
        loading.send_signal(signal.SIGKILL)
    assert loading.returncode == -signal.SIGKILL, "it was through before it could be killed"
    half = contents(server)
    assert 0 < len(half.edges) < len(whole.edges)
    load(server, whole)
    repeated = contents(server)
    assert half.elements() - repeated.elements() == {half.nodes["ent-gone"].element}
    with server.clean():
        load(server, whole)
        assert contents(server).plain() == repeated.plain()


def test_a_connection_lost_in_the_middle_resumes(server: Server, neo4j_server: Neo4jServer) -> None:
    with proxy(neo4j_server.bolt_port, [60_000, 150_000, 150_000]) as line:
        report = load(replace(server, uri=f"bolt://127.0.0.1:{line.port}"), large(), batch_size=100)
        assert line.cuts == 3
    through = contents(server)
    assert report.nodes["Person"] == len(large().nodes) // 2
    with server.clean():
        load(server, large())
        assert contents(server).plain() == through.plain()


def large() -> Graph:
    """A graph of many batches."""
    count = 1000
    people = [entity(f"p{n}", name=f"陆启{n}", aliases=(f"陆{n}",)) for n in range(count)]
    meetings = [
        entity(f"m{n}", "Meeting", f"第{n}次常务会议", properties=Properties(date="2019-06")) for n in range(count)
    ]
    edges = [
        edge(f"{kind}{n}", kind, f"p{n}", f"m{n * 7 % count}", quotes=(f"陆启{n}在会上",))
        for n in range(count)
        for kind in ("PRESIDED", "SPOKE_AT", "ATTENDED")
    ]
    return graph(people + meetings, edges)


def load(server: Server, whole: Graph, **options: Any) -> SinkReport:
    """Load a graph as `kg load` does."""
    return Neo4jSink(server.uri, server.user, server.password, **options).write(whole)
