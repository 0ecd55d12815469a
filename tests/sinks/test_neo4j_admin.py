"""CSV for neo4j-admin: quotes, lists, what is left over; tests/desk imports it into a real server."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from kg.records.errors import SinkError
from kg.sinks.neo4j_admin import Neo4jAdminSink

from .graphs import NASTY, city, edge, entity, graph


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}-header.csv").open(encoding="utf-8", newline="") as file:
        (header,) = csv.reader(file)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [dict(zip(header, row, strict=True)) for row in csv.reader(file)]


def test_headers_are_typed_and_rows_carry_the_marks(tmp_path: Path) -> None:
    report = Neo4jAdminSink(tmp_path).write(city())
    (place,) = table(tmp_path, "nodes-Place")
    assert (place["id:ID"], place["lat:double"], place["lon:double"]) == ("ent-5", "36.09", "111.0")
    first, second = table(tmp_path, "relationships-HOLDS")
    assert (first[":START_ID"], first[":END_ID"], first["start_first:date"]) == ("ent-1", "ent-4", "2017-05-01")
    assert (second["acting:boolean"], second["tenure:long"]) == ("true", "2")
    assert first["kg_build:string"] == place["kg_build:string"] != ""
    assert (sum(report.nodes.values()), sum(report.edges.values())) == (6, 6)
    assert "neo4j-admin database import full" in report.notes[0]


def test_any_text_reads_back(tmp_path: Path) -> None:
    Neo4jAdminSink(tmp_path).write(graph([entity(name=NASTY)]))
    assert table(tmp_path, "nodes-Person")[0]["name:string"] == NASTY


def test_the_items_of_a_list_stand_apart_whatever_is_in_them(tmp_path: Path) -> None:
    Neo4jAdminSink(tmp_path).write(graph([entity(aliases=("甲;乙", "丙\x1f", "\x1e丁"))]))
    assert table(tmp_path, "nodes-Person")[0]["aliases:string[]"].split("\x1d") == ["甲;乙", "丙\x1f", "\x1e丁"]
    assert "--array-delimiter=U+001D" in (tmp_path / "import.sh").read_text("utf-8")


def test_lists_that_leave_no_character_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sinks.neo4j_admin._BETWEEN", "\x1f")
    with pytest.raises(SinkError, match="every character"):
        Neo4jAdminSink(tmp_path / "csv").write(graph([entity(aliases=("丙\x1f",))]))
    assert not list(tmp_path.iterdir())


def test_the_script_runs_in_its_own_folder_and_passes_options_on(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    Neo4jAdminSink(folder).write(city())
    program = tmp_path / "neo4j-admin"
    program.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n', "utf-8")
    program.chmod(0o755)
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin", "NEO4J_DATABASE": "news"}
    script = ["sh", str(folder / "import.sh"), "--overwrite-destination"]
    told = subprocess.run(script, env=path, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[:5] == [str(folder), "database", "import", "full", "news"]
    assert told[-1] == "--overwrite-destination"
    named = [part for line in told if line.startswith(("--nodes", "--rel")) for part in line.split("=")[2].split(",")]
    assert {str(Path(name)) for name in named} == {path.name for path in folder.glob("*.csv")}


def test_files_of_an_earlier_graph_go_and_others_stay(tmp_path: Path) -> None:
    Neo4jAdminSink(tmp_path).write(city())
    (tmp_path / "mine.csv").write_text("x", "utf-8")
    Neo4jAdminSink(tmp_path).write(graph([entity(), entity("ent-2", "Meeting")], [edge()]))
    left = {path.name.removesuffix(".csv").removesuffix("-header") for path in tmp_path.glob("*.csv")}
    assert left == {"nodes-Person", "nodes-Meeting", "relationships-PRESIDED", "mine"}


def test_a_fault_leaves_the_earlier_files(tmp_path: Path) -> None:
    Neo4jAdminSink(tmp_path).write(city())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    backwards = graph([entity("ent-1", "Meeting"), entity("ent-2")], [edge()])
    with pytest.raises(SinkError, match="the schema has no PRESIDED from Meeting to Person"):
        Neo4jAdminSink(tmp_path).write(backwards)
    with pytest.raises(SinkError, match="unknown label 'Persn'"):
        Neo4jAdminSink(tmp_path).write(graph([entity(label="Persn")]))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
