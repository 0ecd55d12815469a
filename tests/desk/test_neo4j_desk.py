"""`make neo4j` as a person has it: what it prints leads to the graph, and ending it leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.sinks.base import sink_for
from scripts.desk.neo4j_server import Neo4jServer
from tests.sinks.graphs import city
from tests.sinks.targets import Server

pytestmark = pytest.mark.desk
ROOT = Path(__file__).parents[2]


def test_a_person_finds_the_graph_and_ends_the_server(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    sink_for("jsonl", out).write(city())
    scratch.mkdir()
    # Beside the server of the other tests: several may run at once.
    command = [sys.executable, "-m", "scripts.desk.neo4j_desk", str(out), "--line", neo4j_server.line.name]
    environment = {**os.environ, "TMPDIR": str(scratch), "NEO4J_PASSWORD": "mine-alone"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout is not None
            told = ""
            while "RETURN" not in told and (line := desk.stdout.readline()):
                told += line
            uri = re.search(r"Bolt +(\S+)", told)
            assert uri, told
            found = Server(uri[1], "neo4j", "mine-alone").run("MATCH (n:KgNode) RETURN count(n)")
        finally:
            desk.send_signal(signal.SIGTERM)  # Ctrl-C's SIGINT has the same handler
    assert found == [[len(city().nodes)]]
    assert "user      neo4j\n  password  mine-alone\n" in told
    assert desk.returncode == 0
    assert list(scratch.iterdir()) == []
