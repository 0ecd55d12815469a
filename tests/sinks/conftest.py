"""Targets for the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from .targets import NO_SERVER, Gexf, Graphml, Jsonl, Ladybug, Neo4j, Networkx, Server, Target


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    if not found.uri:
        pytest.skip(NO_SERVER)
    with found.clean():
        yield found


def _params(*kinds: type[Target]) -> list[ParameterSet]:
    return [pytest.param(kind, id=kind.name, marks=[pytest.mark.neo4j] * (kind is Neo4j)) for kind in kinds]


def _target(request: pytest.FixtureRequest, folder: Path) -> Target:
    kind: type[Target] = request.param
    if kind is Neo4j:
        request.getfixturevalue("server")
    return kind(folder)


@pytest.fixture(params=_params(Jsonl, Gexf, Graphml, Ladybug, Networkx, Neo4j))
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    return _target(request, tmp_path)


@pytest.fixture(params=_params(Jsonl, Gexf, Graphml, Ladybug, Neo4j))
def outside_target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A target outside this process: whatever may be unwritable."""
    return _target(request, tmp_path)


@pytest.fixture(params=_params(Gexf, Graphml, Ladybug))
def typed_file(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A file that is written by the schema."""
    return _target(request, tmp_path)
