"""What `neo4j-admin database import` makes of the files, beside what a load over Bolt makes of the graph."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kg.records import Graph, Properties
from kg.sinks.neo4j_admin import Neo4jAdminSink
from scripts.desk.neo4j_server import Neo4jServer
from tests.sinks.graphs import CONTROL, NASTY, city, edge, entity, graph
from tests.sinks.targets import Server

from .contents import contents
from .test_neo4j import large, load

pytestmark = pytest.mark.desk


def test_an_import_equals_a_load_node_for_node(server: Server, neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    whole = everything()
    load(server, whole)
    loaded = contents(server)
    Neo4jAdminSink(tmp_path / "csv").write(whole)
    neo4j_server.stop()
    done = subprocess.run(
        ["sh", str(tmp_path / "csv" / "import.sh"), "--overwrite-destination"],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{neo4j_server.home / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    neo4j_server.start()
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    imported = contents(server)
    assert imported.plain() == loaded.plain()
    for statement in (tmp_path / "csv" / "schema.cypher").read_text("utf-8").split(";\n"):
        if statement:
            server.run(statement)
    report = load(server, whole)
    assert contents(server) == imported
    assert (report.removed_nodes, report.removed_edges) == (0, 0)


def everything() -> Graph:
    """Small and large, ugly and well-formed."""
    ugly = [
        entity("ugly-1", name=NASTY, aliases=(NASTY, "'", " 空格 ", "甲;乙"), properties=Properties(occupation="")),
        entity("ugly-2", "Meeting", "\\", caption='"'),
        entity("ugly-3", name=CONTROL, aliases=(f"\x1f{CONTROL}", "\x1e")),
    ]
    quoted = [edge("edge-ugly", head="ugly-1", tail="ugly-2", quotes=(NASTY, "“引号”与'单引号'", CONTROL))]
    return graph((*city().nodes, *large().nodes, *ugly), (*city().edges, *large().edges, *quoted))
