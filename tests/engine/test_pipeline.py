"""The joined line, with a fake reader: order, limits, what is read again, what is left out."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from pathlib import Path

import pytest

import kg
from kg.engine.config import Config
from kg.engine.extractor import Read, extractor_name
from kg.engine.output import CANDIDATES, DATABASE, REPORT, STORE
from kg.engine.pipeline import build, extract
from kg.records.errors import ConfigError, KgError, ModelError, SinkError, SourceError
from kg.records.report import Drop
from tests.fakes import load_broken, load_fake, read_fake

FILES = ("nodes.jsonl", "edges.jsonl", "evidence.jsonl", "graph.graphml", DATABASE, CANDIDATES, REPORT)
TEXT = "2018年8月9日，市长王兵主持会议。"


def pages(folder: Path, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


def read(folder: Path, **settings: object) -> tuple[list[str], list[Drop]]:
    """Return the names of the files that were read, and the drops."""
    drops: list[Drop] = []
    config = Config(**settings)  # type: ignore[arg-type]
    found = extract([folder], config, on_drop=drops.append, load=load_fake)
    return [Path(one.document.sources[0]).name for one in found], drops


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_input_order(tmp_path: Path, workers: int) -> None:
    folder = pages(tmp_path / "in", *(f"{TEXT}{n}" for n in range(40)))
    assert read(folder, workers=workers) == ([f"{n:03}.txt" for n in range(40)], [])


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        pytest.param("坏页", "internal error", r"ValueError: a bug of this document", id="raises"),
        pytest.param("空页", "no text", "nothing but marks", id="is refused"),
        pytest.param("慢页", "timeout", "no result after 0.3 s", id="is slow"),
        pytest.param("长" * 501, "too long", "501 characters, the limit is 500", id="is long"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_fails_is_one_drop(tmp_path: Path, workers: int, text: str, reason: str, detail: str) -> None:
    folder = pages(tmp_path / "in", f"{TEXT}一", text, f"{TEXT}二")
    names, drops = read(folder, workers=workers, timeout_s=0.3, longest_document=500)
    assert names == ["000.txt", "002.txt"]
    assert [(Path(drop.source).name, drop.reason) for drop in drops] == [("001.txt", reason)]
    assert detail in drops[0].detail


def test_a_document_that_kills_or_hangs_its_worker_is_one_drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.engine.reader.GRACE_S", 0.3)
    folder = pages(tmp_path / "in", f"{TEXT}一", "死页", "聋页", f"{TEXT}二")
    names, drops = read(folder, workers=2, timeout_s=0.3)
    assert names == ["000.txt", "003.txt"]
    assert [(drop.reason, drop.detail) for drop in drops] == [
        ("internal error", "the worker process died"),
        ("timeout", "the worker did not answer"),
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_no_document_can_help_stops_the_run(tmp_path: Path, workers: int) -> None:
    folder = pages(tmp_path / "in", TEXT)
    with pytest.raises(ModelError, match="no model 'segmenter'"):
        list(extract([folder], Config(workers=workers), load=load_broken))


def test_an_unknown_field_of_the_column_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"columns: .*'body'.* \(known fields: text, title"):
        list(extract([tmp_path], Config(columns=(("body", "正文"),)), load=load_fake))


def made(folder: Path, out: Path, **settings: object) -> kg.BuildResult:
    return build([folder], out, Config(**settings), load=load_fake)  # type: ignore[arg-type]


def test_a_build_writes_every_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = made(pages(tmp_path / "in", TEXT), out)
    assert {path.name for path in out.iterdir()} == {*FILES, STORE}
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["documents_read"] == 1
    assert report["nodes"] == {"Document": 1, "Meeting": 1, "Person": 1}
    assert report["edges"] == {"MENTIONS": 2, "PRESIDED": 1}
    assert report["undecided"] == {"pairs": 0}
    assert result.best_known == "王兵"
    assert kg.query(out, "MATCH (p:Person)-[:PRESIDED]->(m) RETURN p.name, m.name").rows == (("王兵", "会议"),)


def test_a_second_build_reads_only_what_is_new(tmp_path: Path) -> None:
    folder = pages(tmp_path / "in", f"{TEXT}一", f"{TEXT}二")
    first = made(folder, tmp_path / "out")
    pages(folder, f"{TEXT}一", f"{TEXT}二", f"{TEXT}三")
    second = made(folder, tmp_path / "out")
    assert [(one.read, one.kept) for one in (first, second)] == [(2, 0), (1, 2)]


def test_a_build_is_that_of_the_inputs_whatever_was_built_before(tmp_path: Path) -> None:
    some, more = pages(tmp_path / "a", f"{TEXT}一"), pages(tmp_path / "b", f"{TEXT}一", f"{TEXT}二")
    made(more, tmp_path / "out")
    made(some, tmp_path / "out")
    made(some, tmp_path / "fresh")
    for name in FILES:
        if name != DATABASE:
            assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes(), name


def test_other_seeds_are_another_extractor(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    head = "# source: invented\n# date: 2026-11-22\n# licence: Apache-2.0\n"
    (mine / "surnames.tsv").write_text(f"{head}surname\n禺\n", "utf-8")
    assert extractor_name(Config(seeds=(mine,))) != extractor_name(Config())
    assert extractor_name(Config(workers=2)) == extractor_name(Config())
    assert extractor_name(Config(fast=True)) != extractor_name(Config())


def test_one_document_under_two_paths_is_one_node_with_two_sources(tmp_path: Path) -> None:
    folder = pages(tmp_path / "in", TEXT, TEXT)
    result = made(folder, tmp_path / "out")
    assert result.read == 1
    (node,) = [node for node in kg.read_graph(tmp_path / "out").nodes if node.label == "Document"]
    assert node.properties["sources"] == (str(folder / "000.txt"), str(folder / "001.txt"))


def test_fiction_stays_out_unless_asked_for_and_is_counted(tmp_path: Path) -> None:
    folder = pages(tmp_path / "in", TEXT, f"第一章 {TEXT}")
    result = made(folder, tmp_path / "out")
    assert result.report.drops == {("kind", "fiction"): 1}
    assert result.report.counts["nodes"]["Document"] == 1
    result = made(folder, tmp_path / "out", include=("fiction",))
    assert not result.report.drops
    assert result.report.counts["nodes"]["Document"] == 2


def test_nothing_readable_leaves_the_earlier_graph(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(pages(tmp_path / "in", TEXT), out)
    before = (out / "nodes.jsonl").read_bytes()
    with pytest.raises(SourceError, match=r"no document could be read .internal error 1."):
        made(pages(tmp_path / "bad", "坏页"), out)
    assert (out / "nodes.jsonl").read_bytes() == before


def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SinkError, match="cannot write"):
        made(tmp_path / "nothing is looked for here", tmp_path / "file" / "out")


def test_a_crash_keeps_what_was_read(tmp_path: Path) -> None:
    folder = pages(tmp_path / "in", *(f"{TEXT}{n}" for n in range(40)))
    seen = []

    def crash(what: str, characters: int) -> None:
        seen.append(what)
        if len(seen) == 36:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([folder], tmp_path / "out", Config(), on_progress=crash, load=load_fake)
    with sqlite3.connect(tmp_path / "out" / STORE) as db:
        assert db.execute("SELECT count(*) FROM extractions").fetchone() == (32,)
    db.close()
    assert made(folder, tmp_path / "out").read == 8


def test_the_library_offers_what_it_names() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
        assert name in dir(kg)
    with pytest.raises(AttributeError, match=r"no attribute 'bild' .public: .*build"):
        _ = kg.bild


def test_all_errors_have_an_exit_status() -> None:
    assert {KgError.exit_code, ModelError.exit_code, SinkError.exit_code} == {3, 4, 5}


def test_judgements_are_read_before_the_documents(tmp_path: Path) -> None:
    (tmp_path / "decided.jsonl").write_text("{}\n", "utf-8")
    seen: list[str] = []
    with pytest.raises(KgError, match=r"decided.jsonl:1"):
        build(
            [pages(tmp_path / "in", TEXT)],
            tmp_path / "out",
            Config(judgements=tmp_path / "decided.jsonl"),
            on_progress=lambda what, characters: seen.append(what),
            load=load_fake,
        )
    assert not seen


def test_tables_that_change_during_a_build_are_an_error_not_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("市长主持会议。", "utf-8")

    def load(config: Config) -> Read:
        return partial(read_fake, "kg with other tables")

    with pytest.raises(KgError, match="changed while documents were being read"):
        build([tmp_path / "a.txt"], tmp_path / "out", Config(), load=load)
