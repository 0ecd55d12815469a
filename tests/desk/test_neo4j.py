"""The Neo4j sink on real servers of both lines."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from scripts.desk.neo4j_server import Neo4jServer

pytestmark = pytest.mark.desk
ROOT = Path(__file__).parents[2]


def test_the_tests_of_sinks_pass(neo4j_server: Neo4jServer) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "neo4j", "-p", "no:cacheprovider", "tests/sinks"],
        cwd=ROOT,
        env=neo4j_server.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


def test_browser_is_served(neo4j_server: Neo4jServer) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{neo4j_server.http_port}/browser/") as page:
        assert b"<title>Neo4j Browser</title>" in page.read()
