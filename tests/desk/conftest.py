"""Real servers, one of each line, started once for all tests of that line; the sample; and where pictures go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kg.engine.pipeline import build
from kg.records import Graph
from kg.sinks.jsonl import read_graph
from scripts.desk.neo4j_server import LINES, Neo4jServer
from scripts.desk.programs import MissingProgramError
from tests.sinks.targets import Server

from .gephi import Gephi

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that tests write pictures into: that of the docs when KG_UPDATE_PICTURES=1, else a temporary one."""
    if os.environ.get("KG_UPDATE_PICTURES") != "1":
        return tmp_path_factory.mktemp("pictures")
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the sample articles."""
    out = tmp_path_factory.mktemp("sample")
    build([str(ROOT / "seeds" / "articles")], out)
    return read_graph(out)


@pytest.fixture(scope="session")
def gephi() -> Gephi:
    """Gephi; where a program is missing the test is skipped, which CI takes for a failure."""
    try:
        return Gephi()
    except MissingProgramError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session", params=list(LINES), ids=lambda name: f"neo4j-{name}")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Neo4jServer]:
    """A server; where a program is missing the test is skipped, which CI takes for a failure."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(Neo4jServer(LINES[request.param]))
        except MissingProgramError as error:
            pytest.skip(str(error))
        yield started


@pytest.fixture
def server(neo4j_server: Neo4jServer) -> Iterator[Server]:
    """The server as the tests of sinks see it, empty."""
    found = Server(neo4j_server.uri, "neo4j", neo4j_server.password)
    with found.clean():
        yield found
