"""The embedded database: typed values, readable with Cypher, never written by a query."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.records import Properties
from kg.records.errors import SinkError
from kg.sinks.base import SinkReport
from kg.sinks.ladybug import LadybugSink, _assert_counts, _connect, query, table_statements
from kg.tables.schema import load_schema

from .graphs import city, edge, entity, graph


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ladybug") / "it's graph.lbug"
    LadybugSink(path).write(city())
    return path


def test_evidence_is_reachable(database: Path) -> None:
    found = query(
        database,
        "MATCH (p:Person)-[r:PRESIDED]->(m:Meeting {name: $name}) RETURN p.label AS who, r.quotes, r.quote_documents",
        name="临汾市政府常务会议",
    )
    assert found.columns == ("who", "r.quotes", "r.quote_documents")
    assert found.rows == (("王兵 · 临汾市副市长", ["王兵主持会议", "副市长王兵主持了会议"], ["doc-1", "doc-2"]),)


def test_values_have_the_types_of_the_schema(database: Path) -> None:
    held = query(database, "MATCH (:Person)-[r:HOLDS {tenure: 1}]->(o) RETURN r.start_first, r.`end`, r.acting, o.weak")
    assert held.rows == ((date(2017, 5, 1), None, None, False),)
    near = query(database, "MATCH (p:Place) WHERE p.lat > 36.0 RETURN p.lon")
    assert near.rows == ((111.0,),)


def test_every_label_and_type_can_be_asked_for(database: Path) -> None:
    for label in load_schema().nodes:
        assert query(database, f"MATCH (n:{label}) RETURN count(*)").rows[0][0] >= 0
    for kind in load_schema().edges:
        assert query(database, f"MATCH ()-[r:{kind}]->() RETURN count(*)").rows[0][0] >= 0


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("CREATE (:Person {id: 'x'})", id="create"),
        pytest.param("MATCH (n:Person) SET n.name = 'x'", id="set"),
        pytest.param("MATCH (n:Person) DETACH DELETE n", id="delete"),
        pytest.param("MERGE (:Person {id: 'x'})", id="merge"),
        pytest.param("COPY (MATCH (n) RETURN n.id) TO 'x.csv'", id="copy to a file"),
        pytest.param("/* MATCH */ EXPORT DATABASE 'x'", id="export behind a comment"),
        pytest.param("CHECKPOINT", id="checkpoint, which breaks a read-only database"),
        pytest.param("RETURN 1; CHECKPOINT", id="second statement"),
        pytest.param("WITH 1 AS x LOAD FROM 'x.csv' RETURN *", id="load a file"),
        pytest.param("CALL threads=1", id="setting"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_query_only_reads(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SinkError, match=r"not one reading statement|read-only database") as caught:
        query(database, statement)
    assert "kg build" in caught.value.hint
    assert not list(tmp_path.iterdir())
    assert query(database, "MATCH (n) RETURN count(*)").rows == ((6,),)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("match (n:Person) return count(*);", id="small letters, semicolon"),
        pytest.param("// who\nMATCH(n:Person) RETURN count(*) /* ; */", id="comments"),
        pytest.param("MATCH (n:Person) WHERE n.name <> 'a;\\'; CHECKPOINT' RETURN count(*)", id="quoted semicolon"),
        pytest.param("OPTIONAL MATCH (n:Person) RETURN count(n)", id="optional match"),
        pytest.param("CALL show_tables() WHERE name STARTS WITH 'POS' RETURN count(*) + 1", id="function"),
        pytest.param("UNWIND [1, 2] AS x RETURN sum(x)", id="unwind"),
    ],
)
def test_reading_statements_run(database: Path, statement: str) -> None:
    assert query(database, statement).rows in [((2,),), ((3,),)]


@pytest.mark.parametrize(
    ("statement", "message", "hint"),
    [
        pytest.param("MATCH (n:Persn) RETURN n", "Persn does not exist", "schema/nodes.yaml", id="unknown label"),
        pytest.param("MATCH (n:Person) RETURN n.nme", "Cannot find property nme", "schema/nodes.yaml", id="property"),
        pytest.param("MATCH ()-[r:HOLDS]->() RETURN r.end", "Parser exception", "r.`end`", id="a word of Cypher"),
    ],
)
def test_a_wrong_query_says_what_is_wrong(database: Path, statement: str, message: str, hint: str) -> None:
    with pytest.raises(SinkError, match=message) as caught:
        query(database, statement)
    assert hint in caught.value.hint


def test_no_database_and_no_database_file(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match="no such database") as caught:
        query(tmp_path / "graph.lbug", "MATCH (n) RETURN n")
    assert "kg build" in caught.value.hint
    (tmp_path / "graph.lbug").write_bytes(b"not a database" * 1000)
    with pytest.raises(SinkError, match="cannot open the database"):
        query(tmp_path / "graph.lbug", "MATCH (n) RETURN n")


def test_leftovers_of_a_crash_do_not_poison_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.lbug"
    for ending in (".wal", ".shadow"):
        path.with_name(path.name + ending).write_bytes(b"left by a crash")
    LadybugSink(path).write(city())
    assert [p.name for p in tmp_path.iterdir()] == ["graph.lbug"]
    assert query(path, "MATCH (n) RETURN count(*)").rows == ((6,),)


def test_edges_that_the_schema_does_not_allow_are_refused(tmp_path: Path) -> None:
    backwards = graph([entity("ent-1", "Meeting"), entity("ent-2")], [edge()])
    with pytest.raises(SinkError, match="edge edge-1: the schema has no PRESIDED from Meeting to Person"):
        LadybugSink(tmp_path / "graph.lbug").write(backwards)
    assert not list(tmp_path.iterdir())


def test_a_lost_row_is_noticed(database: Path) -> None:
    with (
        pytest.raises(SinkError, match="holds 2 Person, the graph 3"),
        _connect(database, read_only=True) as connection,
    ):
        _assert_counts(connection, SinkReport(nodes={"Person": 3}, edges={}))


def test_more_rows_than_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sinks.ladybug.ROWS_A_CHUNK", 2)
    path = tmp_path / "graph.lbug"
    LadybugSink(path).write(graph(entity(f"ent-{n}", properties=Properties(pinyin=str(n))) for n in range(5)))
    assert sorted(query(path, "MATCH (n:Person) RETURN n.pinyin").rows) == [(str(n),) for n in range(5)]


def test_tables_come_from_the_schema() -> None:
    statements = list(table_statements(load_schema()))
    assert statements[0].startswith("CREATE NODE TABLE `Person`(`id` STRING, `name` STRING")
    assert any(
        "`start_first` DATE" in s and "`acting` BOOL" in s and "FROM `Person` TO `Post`" in s for s in statements
    )
