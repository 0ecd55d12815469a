"""Real servers, one of each line, started once for all tests of that line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from scripts.desk.neo4j_server import LINES, Neo4jServer
from scripts.desk.programs import MissingProgramError
from tests.sinks.targets import Server


@pytest.fixture(scope="session", params=list(LINES), ids=lambda name: f"neo4j-{name}")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Neo4jServer]:
    """A server; where Java or Maven are missing the test is skipped, which CI takes for a failure."""
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
