"""The command line as other programs see it: streams, statuses, bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

PAGES = {
    "a.txt": "　　安宁新闻网讯 2019年6月3日，"
    "县委副书记、县长陆启明主持召开龙江县黑臭水体整治推进会，副县长方若谷出席会议。",
    "b.txt": "本报讯 2020年3月5日下午，龍江縣縣長陸啟明到魯河鄉調研春耕備耕工作。",
    "c.txt": "领导名单\n",
    "d.txt": "2019年7月1日，龙江县委书记古月明主持召开县委常委会会议，传达学习全省防汛工作会议精神。",
}


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def out(pages: Path) -> Path:
    folder = pages.parent / "out"
    result = run("build", pages, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


def lines(result: Result) -> dict[str, str]:
    """Return each line of stdout under the name of its document's file."""
    return {Path(json.loads(line)["document"]["source"]).name: line for line in result.stdout.splitlines()}


def test_extract_prints_json_lines_in_input_order_and_nothing_else(pages: Path) -> None:
    result = run("extract", pages)
    assert result.exit_code == 0
    assert list(lines(result)) == list(PAGES)
    assert result.stderr == ""
    first = json.loads(result.stdout.splitlines()[0])
    assert list(first) == ["format", "extractor", "document", "mentions", "entities", "relations"]
    text = first["document"]["text"]
    assert "PRESIDED" in {relation["type"] for relation in first["relations"]}
    for span in (*first["mentions"], *(relation["evidence"] for relation in first["relations"])):
        assert text[span["start"] : span["end"]] == span.get("surface", span.get("quote"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["a.txt"], id="alone"),
        pytest.param(["d.txt", "b.txt", "a.txt", "c.txt"], id="in another order"),
        pytest.param(["a.txt", "b.txt", "c.txt", "d.txt", "--workers", "2"], id="with two workers"),
    ],
)
def test_a_document_gives_the_same_bytes_whatever_its_company(
    pages: Path, arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.parallel.BATCH_ITEMS", 1)  # so that both workers get some of so few
    expected = lines(run("extract", pages))
    named = [str(pages / word) if word.endswith(".txt") else word for word in arguments]
    found = lines(run("extract", *named))
    assert list(found) == [word for word in arguments if word.endswith(".txt")]
    assert all(found[name] == expected[name] for name in found)


def test_drops_are_json_lines_on_stderr_and_fail_only_strict_runs(pages: Path) -> None:
    for strict, status in (((), 0), (("--strict",), 1)):
        result = run("extract", pages / "a.txt", pages / "nowhere.txt", *strict)
        assert result.exit_code == status
        (drop,) = map(json.loads, result.stderr.splitlines())
        assert list(drop) == ["source", "stage", "reason", "detail"]
        assert (drop["stage"], drop["reason"]) == ("sources", "not found")
        assert len(result.stdout.splitlines()) == 1


def test_nothing_readable_is_status_3(tmp_path: Path) -> None:
    for command in (["extract", tmp_path], ["build", tmp_path, "-o", tmp_path / "out"]):
        result = run(*command)
        assert result.exit_code == 3
        assert result.stdout == ""
        assert "no document could be read" in result.stderr


def test_standard_input_is_read(pages: Path) -> None:
    result = run("extract", "-", stdin=PAGES["a.txt"])
    assert json.loads(result.stdout)["document"]["source"] == "-"


def test_columns_and_metadata_reach_the_sources(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"甲,乙\n{PAGES['d.txt']},标题一\n", "utf-8")
    (tmp_path / "a.txt").write_text(PAGES["a.txt"], "utf-8")
    (tmp_path / "about.csv").write_text("path,publisher,url\na.txt,安宁日报,https://a.example/1\n", "utf-8")
    result = run(
        "extract",
        tmp_path / "rows.csv",
        tmp_path / "a.txt",
        "--columns",
        "text=甲,title=乙",
        "--metadata",
        tmp_path / "about.csv",
    )
    row, page = (json.loads(line)["document"] for line in result.stdout.splitlines())
    assert (row["title"], page["publisher"], page["url"]) == ("标题一", "安宁日报", "https://a.example/1")


def test_the_summary_of_a_build_says_what_a_person_wants_to_know(pages: Path, out: Path) -> None:
    result = run("build", pages, pages / "nowhere.txt", "-o", out)
    assert result.exit_code == 0
    for part in (
        "4 documents",
        "Person",
        "PRESIDED",
        "not found, such as",
        "nodes.jsonl",
        "kg explain",
        "4 of them known",
    ):
        assert part in result.stdout
    assert run("build", pages, "-o", out, "--quiet").output == ""


def test_query_prints_a_table_json_or_csv(out: Path) -> None:
    statement = "MATCH (p:Person)-[:PRESIDED]->(m:Meeting) RETURN p.name AS who, m.date AS day ORDER BY who"
    rows = [{"who": "古月明", "day": "2019-07-01"}, {"who": "陆启明", "day": "2019-06-03"}]
    assert [json.loads(line) for line in run("query", out, statement, "--json").stdout.splitlines()] == rows
    assert list(csv.DictReader(io.StringIO(run("query", out, statement, "--csv").stdout))) == rows
    table = run("query", out, statement)
    assert "陆启明  2019-06-03" in table.stdout
    assert "2 rows" in table.stderr


def test_query_refuses_to_write(out: Path) -> None:
    result = run("query", out, "MATCH (n) DELETE n")
    assert result.exit_code == 5
    assert result.stderr.startswith("kg: ")


def test_explain_shows_every_passage_with_its_place(out: Path) -> None:
    result = run("explain", out, "陆启明")
    assert result.exit_code == 0
    assert "─PRESIDED→" in result.stdout
    assert "a.txt" in result.stdout
    edge_id = result.stdout.split("─PRESIDED→")[1].split("[")[1].split("]")[0]
    passage = run("explain", out, edge_id)
    assert "主持召开龙江县黑臭水体整治推进会" in passage.stdout
    assert "2019-06-03" in passage.stdout
    assert run("explain", out, "陸啟明").stdout == result.stdout


def test_explain_names_what_is_close_to_an_unknown_name(out: Path) -> None:
    result = run("explain", out, "陆启鸣")
    assert result.exit_code == 3
    assert "no node or edge is called '陆启鸣'" in result.stderr
    assert "陆启明" in result.stderr


def test_export_writes_what_build_wrote(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "--to", "graphml", "-o", tmp_path / "g.graphml").exit_code == 0
    assert (tmp_path / "g.graphml").read_bytes() == (out / "graph.graphml").read_bytes()


@pytest.mark.parametrize("form", ["gexf", "graphml", "jsonl", "ladybug"])
def test_export_of_a_projection_has_people_only(out: Path, tmp_path: Path, form: str) -> None:
    options = ("--project", "person-person", "--by", "document", "--since", "2000")
    assert run("export", out, "--to", form, "-o", tmp_path / "part", *options).exit_code == 0
    assert run("export", out, "--to", "jsonl", "-o", tmp_path / "lines", *options).exit_code == 0
    lines = (tmp_path / "lines" / "nodes.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    assert {json.loads(line)["label"] for line in lines} == {"Person"}


def test_export_of_a_part_has_the_labels_asked_for(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "--to", "jsonl", "-o", tmp_path, "--only", "Person, Meeting").exit_code == 0
    lines = (tmp_path / "nodes.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["label"] for line in lines} == {"Person", "Meeting"}


def test_export_with_places_is_for_what_is_drawn(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "--to", "gexf", "-o", tmp_path / "g.gexf", "--layout").exit_code == 0
    assert (tmp_path / "g.gexf").read_text(encoding="utf-8").count("<viz:position ") > 10
    result = run("export", out, "--to", "ladybug", "-o", tmp_path / "g.lbug", "--layout")
    assert result.exit_code == 3
    assert "--layout is for gexf and graphml" in result.stderr


def test_export_around_an_unknown_name_has_a_hint(out: Path, tmp_path: Path) -> None:
    result = run("export", out, "--to", "gexf", "-o", tmp_path / "g.gexf", "--around", "陆启鸣")
    assert result.exit_code == 3
    assert "陆启明" in result.stderr
    assert not (tmp_path / "g.gexf").exists()


def test_load_asks_for_a_password_only_where_somebody_can_answer(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    result = run("load", out, "--to", "neo4j", "--uri", "bolt://localhost:1")
    assert result.exit_code == 3
    assert "NEO4J_PASSWORD" in result.stderr


def test_load_tells_that_no_server_answers_and_keeps_the_password_to_itself(out: Path) -> None:
    result = run("load", out, "--to", "neo4j", "--uri", "bolt://localhost:1", "--password", "geheimnis")
    assert result.exit_code == 5
    assert "geheimnis" not in result.output


def test_check_passes_and_names_the_row_at_fault(tmp_path: Path) -> None:
    assert "tables" in run("check").stdout
    (tmp_path / "surnames.tsv").write_text(
        "# source: invented\n# date: 2026-11-22\n# licence: Apache-2.0\nno such column\n禺\n", "utf-8"
    )
    result = run("check", "--seeds", tmp_path)
    assert result.exit_code == 3
    assert "surnames.tsv" in result.stderr


def test_settings_that_are_wrong_are_told_with_what_is_right(pages: Path) -> None:
    for arguments in (["--workers", "0"], ["--columns", "正文"], ["--seeds", "nowhere"]):
        result = run("extract", pages, *arguments)
        assert result.exit_code == 3
        assert result.stderr.startswith("kg: ")


def test_eval_scores_the_gold_set_given(tmp_path: Path) -> None:
    result = run("eval", tmp_path / "nowhere")
    assert result.exit_code == 3
    assert "no such folder" in result.stderr
