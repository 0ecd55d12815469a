"""Container files, row by row: JSON Lines, JSON, CSV, Parquet; good rows survive bad neighbours."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.sources import ColumnMapping
from kg.sources import files as bounds

if TYPE_CHECKING:
    from tests.sources.conftest import Read

RECORD = {
    "id": 7,
    "标题": "我市召开会议",
    "正文": "市长李明主持会议。",
    "来源": "某市日报",
    "日期": "2018-08-09",
    "url": "u",
}


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.json", "a.csv", "a.tsv", "a.csv.gz", "a.parquet"]
)
def test_one_record_from_every_container(name: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / name
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist([RECORD]), path)
    elif ".csv" in name or ".tsv" in name:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter="\t" if name == "a.tsv" else ",")
            writer.writerows([RECORD.keys(), RECORD.values()])
    else:
        path.write_bytes(json.dumps([RECORD]).encode() if name == "a.json" else lines(RECORD))
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    (document,), drops = read(path)
    assert not drops
    assert document.source == f"{path}#1"
    assert document.text == RECORD["正文"]
    assert (document.title, document.publisher) == (RECORD["标题"], RECORD["来源"])
    assert (document.url, document.published) == ("u", "2018-08-09")
    assert document.sha256 == hashlib.sha256(str(RECORD["正文"]).encode()).hexdigest()


def test_a_bad_line_is_a_drop_and_the_run_goes_on(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl"
    good = lines({"text": "市长李明主持会议。"})
    deep = b"[" * 100_000 + b"\n"
    path.write_bytes(good + b'{"text": "cut\n' + b"\n" + b"[1]\n" + deep + b'{"title": "x"}\n{"text": " "}\n' + good)
    documents, drops = read(path)
    assert [d.source for d in documents] == [f"{path}#1", f"{path}#8"]
    assert drops == [
        (f"{path}#2", "bad json"),
        (f"{path}#4", "bad json"),
        (f"{path}#5", "bad json"),
        (f"{path}#6", "no text"),
        (f"{path}#7", "no text"),
    ]


def test_lines_of_other_encodings(tmp_path: Path, read: Read) -> None:
    record = {"text": "昨日下午，市长李明主持召开市政府常务会议，研究河道管理工作。"}
    text = json.dumps(record, ensure_ascii=False) + "\n"
    (tmp_path / "gbk.jsonl").write_bytes(text.encode("gbk") * 2)
    (tmp_path / "mark.jsonl").write_bytes(text.encode("utf-8-sig"))
    (tmp_path / "wide.jsonl").write_bytes((text * 2).encode("utf-16"))
    documents, drops = read(tmp_path)
    assert [d.text for d in documents] == [record["text"]] * 5
    assert not drops
    assert documents[0].encoding == "gb18030"


def test_a_line_too_long_is_a_drop_and_the_next_is_read(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds.iter_lines, "__kwdefaults__", {"limit": 1000})
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "会" * 2000}, {"text": "市长李明主持会议。"}))
    documents, drops = read(path)
    assert [d.source for d in documents] == [f"{path}#2"]
    assert drops == [(f"{path}#1", "too large")]


def test_a_compressed_line_without_end_is_given_up(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(12):
            stream.write(bytes(bounds.MAX_BYTES))
    documents, drops = read(path)
    assert (documents, drops) == ([], [(str(path), "too large")])


def test_a_truncated_gzip_gives_what_it_has(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b"".join(lines({"text": f"第{n}次会议召开。"}) for n in range(5000)))
    path.write_bytes(whole[: len(whole) // 2])
    documents, drops = read(path)
    assert len(documents) > 1000
    assert drops == [(str(path), "truncated")]


def test_what_is_no_gzip(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(lines({"text": "会议"}))
    assert read(path) == ([], [(str(path), "damaged")])


def test_json_lines_under_the_name_of_json(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(lines({"text": "会议一"}, {"text": "会议二"}))
    documents, drops = read(path)
    assert [d.text for d in documents] == ["会议一", "会议二"]
    assert not drops


@pytest.mark.parametrize(
    ("data", "drop"),
    [
        pytest.param(b"[{]", ("", "bad json"), id="no JSON"),
        pytest.param(b"[" * 100_000, ("", "bad json"), id="nested without end"),
        pytest.param(b'["x"]', ("#1", "bad json"), id="an array of text"),
        pytest.param(b'{"n": ' + b"1" * 5000 + b"}", ("#1", "bad json"), id="a number of 5,000 digits"),
        pytest.param(b"", ("", "empty"), id="empty"),
    ],
)
def test_bad_json(data: bytes, drop: tuple[str, str], tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    assert read(path) == ([], [(f"{path}{drop[0]}", drop[1])])


def test_csv_with_quotes_line_ends_and_wrong_rows(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        '\ufeff标题,正文\r\n会议,"他说:""好"",\n散会。"\r\n\r\n少\r\n多,一,个\r\n又,一次会议召开\r\n未,"没有结束的引号\r\n后,面'.encode()
    )
    documents, drops = read(path)
    assert [(d.source, d.title, d.text) for d in documents] == [
        (f"{path}#1", "会议", '他说:"好",\n散会。'),
        (f"{path}#4", "又", "一次会议召开"),
        (f"{path}#5", "未", "没有结束的引号\r\n后,面"),
    ]
    assert drops == [(f"{path}#2", "bad row"), (f"{path}#3", "bad row")]


@pytest.mark.parametrize("codec", ["gbk", "utf-16", "utf-16-le", "big5"])
def test_csv_of_other_encodings(codec: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("title;text;date\r\n會議;昨日下午,市長李明主持召開會議,聽取彙報;2018-08-09\r\n".encode(codec))
    (document,), drops = read(path)
    assert not drops
    assert (document.title, document.published) == ("會議", "2018-08-09")


def test_a_csv_line_beyond_the_bound_is_a_drop(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.json_csv.MAX_BYTES", 1000)
    path = tmp_path / "a.csv"
    path.write_text("title,text\n长," + "会" * 1500 + "\n短,市长主持会议\n", "utf-8")
    documents, drops = read(path)
    assert [d.source for d in documents] == [f"{path}#2"]
    assert drops == [(f"{path}#1", "too large")]


def test_no_column_of_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"名称": ["会议"]}), path)
    assert read(path) == ([], [(str(path), "no text")])


def test_parquet_rows_in_order_over_row_groups_and_a_null(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.parquet"
    texts = [f"第{n}次会议召开。" if n != 300 else None for n in range(700)]
    pq.write_table(pa.table({"content": texts, "n": range(700)}), path, row_group_size=100)
    documents, drops = read(path)
    assert [d.text for d in documents] == [text for text in texts if text]
    assert drops == [(f"{path}#301", "no text")]


def test_a_damaged_parquet_file(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["会议"]}), path)
    path.write_bytes(path.read_bytes()[:-9])
    assert read(path) == ([], [(str(path), "damaged")])


def test_named_columns(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "别读这个", "稿件": ["第一段。", "第二段。"], "题": "题目"}))
    (document,), _ = read(path, columns=ColumnMapping(text="稿件", title="题"))
    assert (document.text, document.title) == ("第一段。\n第二段。", "题目")
    assert read(path, columns=ColumnMapping(text="没有")) == ([], [(f"{path}#1", "no text")])


def test_a_title_that_begins_the_text_is_not_given_twice(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"title": "我市召开会议", "text": "　　我市召开会议\n市长主持。"}))
    assert read(path)[0][0].title is None


def test_lone_surrogates_become_visible_damage(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "\\ud83d会议", "title": "\\udc00题"}\n', "utf-8")
    (document,), _ = read(path)
    assert (document.text, document.title, document.encoding) == ("\ufffd会议", "\ufffd题", "utf-8+damaged")
