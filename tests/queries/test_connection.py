"""`kg.connect`: one form of answer from both engines, and errors that say what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.queries.connection import Connection
from kg.records.errors import ConfigError, SinkError
from kg.sinks.base import sink_for
from tests.sinks.graphs import city, edge, entity
from tests.sinks.graphs import graph as graph_of
from tests.sinks.targets import NO_SERVER, Server

PEOPLE = "MATCH (p:Person) RETURN p.id AS id, p.name AS name ORDER BY id"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a build leaves it, as far as queries go."""
    sink_for("ladybug", tmp_path / "graph.lbug").write(city())
    return tmp_path


@pytest.fixture(params=[pytest.param("embedded"), pytest.param("neo4j", marks=pytest.mark.neo4j)])
def connection(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    if request.param == "embedded":
        with kg.connect(request.getfixturevalue("folder")) as opened:
            yield opened
        return
    server = Server()
    if not server.uri:
        pytest.skip(NO_SERVER)
    monkeypatch.setenv("NEO4J_USERNAME", server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    with server.clean(), kg.connect(server.uri) as opened:
        sink_for("neo4j", server.uri, user=server.user, password=server.password).write(city())
        yield opened


class TestOnBothEngines:
    """What an answer looks like, wherever it comes from."""

    def test_rows_and_columns(self, connection: Connection) -> None:
        frame = connection.query(PEOPLE)
        assert list(frame.columns) == ["id", "name"]
        assert list(frame["id"]) == sorted(node.id for node in city().nodes if node.label == "Person")

    def test_no_row_still_has_columns(self, connection: Connection) -> None:
        frame = connection.query("MATCH (p:Person {name: $name}) RETURN p.id AS id, p.name AS name", name="无此人")
        assert (len(frame), list(frame.columns)) == (0, ["id", "name"])

    def test_parameters_are_values_and_never_cypher(self, connection: Connection) -> None:
        frame = connection.query("UNWIND $names AS name RETURN name, $n AS n", names=["'", "`x` //"], n=7)
        assert frame.to_numpy().tolist() == [["'", 7], ["`x` //", 7]]

    def test_values_are_plain_python(self, connection: Connection) -> None:
        frame = connection.query(
            "MATCH (:Person {id: 'ent-1'})-[r:HOLDS]->(:Post) WHERE r.tenure = 1 "
            "RETURN r.start_first AS day, r.quotes AS quotes"
        )
        assert frame.iloc[0].tolist() == [date(2017, 5, 1), ["王兵主持会议"]]

    def test_whole_numbers_stay_whole_where_some_are_missing(self, connection: Connection) -> None:
        frame = connection.query("UNWIND [1, null] AS number RETURN number ORDER BY number")
        assert str(frame["number"].dtype) == "Int64"

    def test_nodes_and_relationships_are_dicts_with_their_type(self, connection: Connection) -> None:
        frame = connection.query("MATCH (p:Person {id: 'ent-1'})-[r:HOLDS]->(:Post) WHERE r.tenure = 1 RETURN p, r")
        person, held = frame.iloc[0]
        assert (person["type"], person["id"], held["type"], held["tenure"]) == ("Person", "ent-1", "HOLDS", 1)
        assert held["start_first"] == date(2017, 5, 1)
        for thing in (person, held):
            assert None not in thing.values()
            assert not [name for name in thing if name.startswith("_") or name == "kg_build"]

    def test_paths_are_their_nodes_and_edges(self, connection: Connection) -> None:
        (path,) = connection.query(
            "MATCH path = (:Person {id: 'ent-1'})-[r:HOLDS]->(:Post) WHERE r.tenure = 1 RETURN path"
        )["path"]
        assert [node["type"] for node in path["nodes"]] == ["Person", "Post"]
        assert [edge["type"] for edge in path["edges"]] == ["HOLDS"]

    @pytest.mark.parametrize("statement", ["CREATE (:Person {id: 'x'})", "MATCH (p:Person) SET p.name = 'x'"])
    def test_writing_is_refused(self, connection: Connection, statement: str) -> None:
        with pytest.raises(SinkError):
            connection.query(statement)
        assert len(connection.query("MATCH (p:Person) WHERE p.name = 'x' RETURN p.id")) == 0

    def test_a_wrong_statement_is_an_error_of_ours(self, connection: Connection) -> None:
        with pytest.raises(SinkError, match=r"(?i)invalid input"):
            connection.query("MATCH (p:Person RETURN p")

    def test_a_missing_parameter_is_named(self, connection: Connection) -> None:
        with pytest.raises(SinkError, match=r"a value for \$a, \$b") as caught:
            connection.query("// $c\nMATCH (p:Person) WHERE p.name IN [$b, '$d', $a] RETURN p.id")
        assert "a=…, b=…" in caught.value.hint


def test_a_file_is_as_good_as_its_folder(folder: Path) -> None:
    assert kg.connect(folder / "graph.lbug").query(PEOPLE).equals(kg.connect(str(folder)).query(PEOPLE))


def test_a_new_build_is_seen_by_an_open_connection(folder: Path) -> None:
    with kg.connect(folder) as opened:
        assert len(opened.query(PEOPLE)) > 1
        sink_for("ladybug", folder / "graph.lbug").write(graph_of([entity("ent-9")]))
        assert list(opened.query(PEOPLE)["id"]) == ["ent-9"]


def test_a_saved_query_runs_with_its_defaults_and_with_others(tmp_path: Path) -> None:
    nodes = [entity("p-1", name="沈砚秋"), entity("p-2"), entity("o-1", "Post", "县长")]
    edges = [edge(f"h-{n}", "HOLDS", f"p-{n}", "o-1") for n in (1, 2)]
    sink_for("ladybug", tmp_path / "graph.lbug").write(graph_of(nodes, edges))
    opened = kg.connect(tmp_path)
    assert list(opened.saved("career")["person"]) == ["沈砚秋"]
    assert list(opened.saved("career", name="王兵")["person"]) == ["王兵"]
    with pytest.raises(ConfigError, match=r"'career' has no parameter who \(known: name\)"):
        opened.saved("career", who="王兵")
    with pytest.raises(ConfigError, match=r"no saved query 'biography' \(known: career, "):
        opened.saved("biography")


@pytest.mark.parametrize("name", ["", "nothing", "nothing.lbug"])
def test_where_there_is_no_database(tmp_path: Path, name: str) -> None:
    with pytest.raises(SinkError, match="no such database") as caught:
        kg.connect(tmp_path / name)
    assert "kg build" in caught.value.hint


@pytest.mark.parametrize("uri", ["http://localhost:7474", "bolt://"])
def test_an_address_that_is_no_bolt_address(uri: str) -> None:
    with pytest.raises(SinkError, match="not a Bolt address"):
        kg.connect(uri)


def test_a_server_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with pytest.raises(ConfigError, match=r"no password for Neo4j at bolt://127\.0\.0\.1:1") as caught:
        kg.connect("bolt://127.0.0.1:1")
    assert "NEO4J_PASSWORD" in caught.value.hint


def test_a_server_that_is_down_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter22")
    with pytest.raises(SinkError, match=r"bolt://127\.0\.0\.1:1 does not answer") as caught:
        kg.connect("bolt://127.0.0.1:1")
    assert "hunter22" not in f"{caught.value} {caught.value.__cause__}"


def test_without_pandas_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ConfigError, match="needs pandas") as caught:
        kg.connect(folder)
    assert "kg[notebooks]" in caught.value.hint
