"""Neo4j: whose data is whose, what runs twice, and what errors say. Most of it needs a server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.commands.graph import load
from kg.records.errors import SinkError
from kg.sinks.cypher import merge_edges
from kg.sinks.neo4j import DEFAULT_CONNECTIONS, Neo4jSink, _write, build_digest

from .graphs import city, edge, entity, graph
from .targets import Server


def sink(server: Server, **options: Any) -> Neo4jSink:
    return Neo4jSink(server.uri, server.user, server.password, **options)


def test_a_server_that_is_down_is_named() -> None:
    with pytest.raises(SinkError, match=r"Neo4j at bolt://127.0.0.1:1 does not answer: .*refused") as caught:
        Neo4jSink("bolt://127.0.0.1:1", password="hunter22").write(city())
    assert caught.value.is_retryable
    assert "NEO4J_URI" in caught.value.hint
    assert "hunter22" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("uri", ["localhost:7687", "http://localhost:7474", "bolt://", "bolt://localhost:port", ""])
def test_an_address_that_is_no_bolt_address(uri: str) -> None:
    with pytest.raises(SinkError, match="not a Bolt address") as caught:
        Neo4jSink(uri).write(city())
    assert "bolt://localhost:7687" in caught.value.hint


def test_a_password_in_the_address_is_refused_and_not_shown() -> None:
    with pytest.raises(SinkError, match=r"'bolt://127.0.0.1:1': the address contains a user") as caught:
        Neo4jSink("bolt://me:hunter22@127.0.0.1:1").write(city())
    assert "NEO4J_PASSWORD" in caught.value.hint
    assert caught.value.__cause__ is None


def test_a_batch_has_at_least_one_row() -> None:
    with pytest.raises(ValueError, match="batch_size is 1 or more"):
        Neo4jSink("bolt://localhost", batch_size=0)


def test_there_is_at_least_one_connection() -> None:
    with pytest.raises(ValueError, match="connections is 1 or more"):
        Neo4jSink("bolt://localhost", connections=0)


def test_the_command_has_the_default_of_the_sink() -> None:
    assert {option.name: option.default for option in load.params}["connections"] == DEFAULT_CONNECTIONS


@pytest.mark.parametrize(("losses", "runs"), [(0, 1), (3, 4), (9, 4)])
def test_a_commit_of_unknown_end_is_repeated_a_few_times(losses: int, runs: int) -> None:
    from neo4j.exceptions import IncompleteCommit

    class Line:
        """A session whose line breaks at the first commits."""

        asked = 0

        def execute_write(self, *_: object, **__: object) -> int:
            self.asked += 1
            if self.asked <= losses:
                raise IncompleteCommit
            return 7

    line: Any = Line()
    if runs > losses:
        assert _write(line, "MERGE") == 7
    else:
        with pytest.raises(IncompleteCommit):
            _write(line, "MERGE")
    assert line.asked == runs


def test_the_digest_tells_graphs_apart() -> None:
    whole = city()
    assert build_digest(whole) == build_digest(city())
    assert build_digest(replace(whole, edges=whole.edges[1:])) != build_digest(whole)
    moved = replace(whole, edges=(replace(whole.edges[0], tail_id=whole.nodes[0].id), *whole.edges[1:]))
    assert build_digest(moved) != build_digest(whole)


@pytest.mark.neo4j
class TestOnAServer:
    """Behaviour of a real server."""

    def test_properties_are_typed(self, server: Server) -> None:
        sink(server).write(city())
        ((start, tenure, quotes),) = server.run(
            "MATCH (:Person {id: 'ent-1'})-[r:HOLDS {tenure: 1}]->(:Post) RETURN r.start_first, r.tenure, r.quotes"
        )
        assert (start.to_native(), tenure, quotes) == (date(2017, 5, 1), 1, ["王兵主持会议"])

    def test_removals_are_counted(self, server: Server) -> None:
        sink(server).write(city())
        report = sink(server, batch_size=1).write(graph([entity("ent-1")]))
        assert (report.removed_nodes, report.removed_edges) == (5, 6)

    def test_keep_leaves_earlier_graphs(self, server: Server) -> None:
        sink(server).write(graph([entity("ent-1")]))
        report = sink(server, keep=True).write(graph([entity("ent-2")]))
        assert report.removed_nodes == 0
        assert server.run("MATCH (n:KgNode) RETURN count(*)") == [[2]]
        assert sink(server).write(graph([entity("ent-2")])).removed_nodes == 1

    def test_what_others_put_there_is_not_touched(self, server: Server) -> None:
        sink(server).write(city())
        server.run(
            "MATCH (p:Person {id: 'ent-1'}), (m:Meeting {id: 'ent-2'}), (o:Post {id: 'ent-4'}) "
            "CREATE (n:Foreign:Person {id: 'theirs', name: 'x'})-[:KNOWS {since: 1}]->(p) "
            "CREATE (p)-[:PRESIDED {id: 'edge-1', by: 'them'}]->(o) "
            "CREATE (p)-[:PRESIDED {by: 'them'}]->(m) SET m:Marked"
        )
        sink(server).write(city())
        report = sink(server).write(graph([entity("ent-1"), entity("ent-2", "Meeting")], [edge()]))
        assert report.notes == ("1 nodes of an earlier graph stay: relationships that are not kg's hang on them",)
        theirs = "MATCH (n:Foreign:Person {id: 'theirs', name: 'x'})-[r:KNOWS {since: 1}]->(:Person {id: 'ent-1'})"
        assert server.run(f"{theirs} RETURN count(*), size(keys(n)), keys(r)") == [[1, 2, ["since"]]]
        assert server.run("MATCH ()-[r:PRESIDED {by: 'them'}]->() RETURN count(*), max(size(keys(r)))") == [[2, 2]]
        assert server.run("MATCH (m:Marked:Meeting {id: 'ent-2'}) RETURN count(*)") == [[1]]

    @pytest.mark.parametrize("connections", [1, 2, 3])
    def test_connections_change_nothing(self, server: Server, connections: int) -> None:
        people = [entity(f"p{n}") for n in range(60)]
        bodies = [entity(f"o{n}", "Organization", f"局{n}") for n in range(60)]
        edges = [edge(f"in{n}", "PART_OF", f"o{n}", f"o{n * 7 % 60}") for n in range(60)]
        edges += [edge(f"by{n}", "APPOINTED", f"o{n % 3}", f"p{n}") for n in range(60)]
        report = sink(server, batch_size=7, connections=connections).write(graph(people + bodies, edges))
        assert (sum(report.nodes.values()), sum(report.edges.values())) == (120, 120)
        found = server.run("MATCH (a)-[r]->(b) WHERE r.kg_build IS NOT NULL RETURN r.id, a.id, b.id")
        assert sorted(found) == sorted([e.id, e.head_id, e.tail_id] for e in edges)

    def test_a_foreign_node_with_the_same_id_is_refused(self, server: Server) -> None:
        sink(server).write(graph())
        server.run("CREATE (:Foreign:Person {id: 'ent-1', name: 'theirs'})")
        with pytest.raises(SinkError, match="not kg's collide") as caught:
            sink(server).write(graph([entity("ent-1")]))
        assert "database of its own" in caught.value.hint
        assert not caught.value.is_retryable
        found = server.run("MATCH (n {id: 'ent-1'}) RETURN size(labels(n)), n:Foreign, n:Person, n.name")
        assert found == [[2, True, True, "theirs"]]

    def test_an_interrupted_load_is_put_right_by_the_next(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sink(server).write(graph([entity("ent-9")]))
        with monkeypatch.context() as patch:
            patch.setattr("kg.sinks.cypher.merge_edges", lambda *_: "RETURN 1 / 0")
            with pytest.raises(SinkError, match=r"Neo4j at .*zero"):
                sink(server).write(city())
        sink(server).write(city())
        assert server.run("MATCH (n:KgNode) RETURN count(*)") == [[6]]
        assert server.run("MATCH ()-[r]->() WHERE r.kg_build IS NOT NULL RETURN count(*)") == [[6]]

    def test_wrong_password(self, server: Server) -> None:
        with pytest.raises(SinkError, match="refuses user 'neo4j'") as caught:
            Neo4jSink(server.uri, "neo4j", "not the password").write(city())
        assert "NEO4J_PASSWORD" in caught.value.hint
        assert "not the password" not in str(caught.value)

    def test_missing_database(self, server: Server) -> None:
        with pytest.raises(SinkError, match="has no database 'nowhere'") as caught:
            sink(server, database="nowhere").write(city())
        assert "NEO4J_DATABASE" in caught.value.hint

    def test_constraints_and_indexes_are_online(self, server: Server) -> None:
        sink(server).write(city())
        found = server.run("SHOW CONSTRAINTS YIELD name, type WHERE name STARTS WITH 'kg_' RETURN name, type")
        assert ["kg_KgNode_id", "UNIQUENESS"] in found or ["kg_KgNode_id", "NODE_PROPERTY_UNIQUENESS"] in found
        states = server.run("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'kg_' RETURN DISTINCT state")
        assert states == [["ONLINE"]]
        assert server.run("SHOW INDEXES YIELD name WHERE name = 'kg_Person_name' RETURN count(*)") == [[1]]

    def test_ends_are_found_by_seek_whatever_the_statistics_say(self, server: Server) -> None:
        sink(server).write(graph())
        server.run("CALL db.clearQueryCaches()")
        sink(server).write(graph(entity(f"ent-{n}") for n in range(2000)))
        steps = server.plan(merge_edges("PRESIDED"), rows=[])
        assert sum("ByElementIdSeek" in step for step in steps) == 2
        assert not [step for step in steps if "Scan" in step]
