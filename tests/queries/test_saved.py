"""The files for Neo4j Browser: every saved query answers something on the sample, alike on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.queries.connection import Connection
from kg.queries.saved import SavedQuery, parse_query
from kg.records.errors import SchemaError
from kg.sinks.base import sink_for
from kg.sinks.cypher import NODE_MARK
from kg.tables.resources import data_dir
from kg.tables.schema import load_schema
from tests.sinks.targets import NO_SERVER, Server

ROOT = Path(__file__).parents[2]
QUERIES = [pytest.param(query, id=query.name) for query in kg.saved_queries()]
OKABE_ITO = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442", "#808080"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    kg.build([ROOT / "seeds" / "articles"], out, kg.Config())
    return out


@pytest.fixture(scope="module")
def sample(folder: Path) -> Connection:
    return kg.connect(folder)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Connection]:
    server = Server()
    if not server.uri:
        pytest.skip(NO_SERVER)
    with server.clean(), pytest.MonkeyPatch.context() as patch:
        sink_for("neo4j", server.uri, user=server.user, password=server.password).write(kg.read_graph(folder))
        patch.setenv("NEO4J_USERNAME", server.user)
        patch.setenv("NEO4J_PASSWORD", server.password)
        with kg.connect(server.uri) as opened:
            yield opened


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers_something_on_the_sample(query: SavedQuery, sample: Connection) -> None:
    frame = sample.saved(query.name)
    assert len(frame) > 0
    for parameter in set(query.parameters) - {"least"}:
        if query.parameters[parameter]:
            assert len(sample.saved(query.name, **{parameter: "无此名称"})) == 0, f"{parameter} changes nothing"


@pytest.mark.parametrize("query", QUERIES)
def test_tables_hold_values_and_pictures_nodes_and_relationships(query: SavedQuery, sample: Connection) -> None:
    schema = load_schema()
    cells = [cell for row in sample.saved(query.name).itertuples(index=False) for cell in row]
    kinds = {cell["type"] for cell in cells if isinstance(cell, dict)}
    if query.name.endswith("_graph"):
        assert kinds & set(schema.nodes)
        assert kinds & set(schema.edges)
    else:
        assert not kinds


@pytest.mark.neo4j
@pytest.mark.parametrize("query", QUERIES)
def test_both_engines_answer_alike(query: SavedQuery, sample: Connection, served: Connection) -> None:
    one, other = (_rows(opened.saved(query.name)) for opened in (sample, served))
    if query.name.endswith("_graph"):
        one, other = sorted(one), sorted(other)
    assert one == other


def _rows(frame: Any) -> list[str]:
    # What collect() puts into a list has no order.
    cells = frame.map(lambda cell: sorted(cell) if isinstance(cell, list) else cell)
    return [str(row) for row in cells.to_dict("records")]


@pytest.mark.parametrize("query", QUERIES)
def test_headings_are_in_both_languages_and_parameters_are_declared(query: SavedQuery) -> None:
    assert re.search(r"[\u4e00-\u9fff]", query.heading_zh)
    assert query.heading.isascii()
    assert set(re.findall(r"\$(\w+)", query.cypher)) == set(query.parameters)


def test_every_theme_has_a_table_and_a_picture() -> None:
    names = {query.name for query in kg.saved_queries()}
    themes = {"career", "table", "directive", "succession", "evidence", "coattendance", "conveyed"}
    assert names == themes | {f"{theme}_graph" for theme in themes}


def test_two_who_share_a_name_are_told_apart_by_the_caption(sample: Connection) -> None:
    both = sample.saved("career", name="王立新")
    assert both["person"].nunique() == 2
    assert sample.saved("career", name=both["person"][0])["person"].nunique() == 1


def test_a_file_without_headings_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bare.cypher"
    path.write_text("// 只有一行\nMATCH (n) RETURN n\n", "utf-8")
    with pytest.raises(SchemaError, match=r"bare\.cypher: expected '// Chinese heading'"):
        parse_query(path)


def test_the_style_draws_every_label_in_a_colour_of_its_own() -> None:
    style = (data_dir("schema") / "neo4j" / "style.grass").read_text("utf-8")
    rules = dict(re.findall(r"^node\.(\w+) \{\n(.*?)^\}", style, re.MULTILINE | re.DOTALL))
    assert list(rules) == [NODE_MARK, *load_schema().nodes]
    del rules[NODE_MARK]
    colours = {label: re.findall(r"^  color: (#\w{6});$", rule, re.MULTILINE) for label, rule in rules.items()}
    assert sorted(colour for (colour,) in colours.values()) == sorted(OKABE_ITO)
    for rule in rules.values():
        assert "caption: '{name}';" in rule
        assert re.search(r"^  diameter: [3-7]\dpx;$", rule, re.MULTILINE)
