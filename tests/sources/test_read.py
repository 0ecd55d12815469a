"""What the user names, to documents in a fixed order; hostile files are drops with a reason."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.records.errors import InputFileError
from kg.sources import SourceMetadata, estimate_total, read_metadata
from kg.sources.files import MAX_BYTES, open_input

if TYPE_CHECKING:
    from tests.sources.conftest import Read

NEWS = "昨日下午，市长李明主持召开市政府常务会议。"


def test_a_plain_file(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "新闻 1.txt"
    path.write_bytes(NEWS.encode("gbk"))
    (document,), drops = read(path)
    assert not drops
    assert (document.source, document.text, document.encoding) == (str(path), NEWS, "gb18030")
    assert (document.title, document.url, document.publisher, document.published) == (None, None, None, None)
    assert document.sha256 == hashlib.sha256(NEWS.encode("gbk")).hexdigest()


def test_folders_are_sorted_by_path_and_inputs_keep_their_order(tmp_path: Path, read: Read) -> None:
    for name in ("b/2.txt", "b/10.txt", "b.txt", "a/z.TXT", ".git/x.txt", "a/.x.txt", "a/notes.docx", "b/c/1.txt.gz"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(NEWS.encode()) if name.endswith(".gz") else NEWS.encode())
    documents, drops = read(tmp_path / "b.txt", tmp_path)
    names = [str(Path(d.source).relative_to(tmp_path)) for d in documents]
    assert names == ["b.txt", "a/z.TXT", "b/10.txt", "b/2.txt", "b/c/1.txt.gz"]
    assert not drops, "an unknown extension in a folder is no fault"


def test_a_source_is_named_as_given(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text(NEWS, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert [d.source for d in read("./news/a.txt")[0]] == ["./news/a.txt"]
    assert [d.source for d in read("news")[0]] == ["news/a.txt"]
    assert [d.source for d in read("news/*.txt")[0]] == ["news/a.txt"]


def test_a_file_name_in_gbk_is_printable(tmp_path: Path, read: Read) -> None:
    (tmp_path / os.fsdecode("会议.txt".encode("gbk"))).write_text(NEWS, "utf-8")
    assert [Path(d.source).name for d in read(tmp_path)[0]] == ["会议.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS, "utf-8")
    assert len(read(path, str(path), tmp_path, f"{tmp_path}/*.txt", f"{tmp_path}/../{tmp_path.name}/a.txt")[0]) == 1


def test_globs_that_the_shell_left_alone(tmp_path: Path, read: Read) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NEWS, "utf-8")
    assert [Path(d.source).name for d in read(f"{tmp_path}/*.txt")[0]] == ["a.txt", "b.txt"]
    assert [Path(d.source).name for d in read(f"{tmp_path}/**")[0]] == ["a.txt", "b.txt", "c.txt"]
    assert read(f"{tmp_path}/*.warc") == ([], [(f"{tmp_path}/*.warc", "no documents")])


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "[视频]会议.txt"
    path.write_text(NEWS, "utf-8")
    assert len(read(path)[0]) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary", id="an image"),
        pytest.param("会".encode() * (50_000_000 // 3), "too large", id="one line of 50 MB"),
        pytest.param(b"\xfd\xff" * 300, "encoding", id="no encoding"),
    ],
)
def test_unreadable_plain_files(data: bytes, reason: str, tmp_path: Path, read: Read) -> None:
    bad, good = tmp_path / "1.txt", tmp_path / "2.txt"
    bad.write_bytes(data)
    good.write_text(NEWS, "utf-8")
    documents, drops = read(tmp_path)
    assert [d.source for d in documents] == [str(good)]
    assert drops == [(str(bad), reason)]


def test_what_names_nothing(tmp_path: Path, read: Read) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "a.xlsx").touch()
    names = ["nowhere.txt", "empty", "folder.txt", "a.xlsx"]
    documents, drops = read(*(tmp_path / name for name in names))
    assert not documents
    assert [reason for _, reason in drops] == ["not found", "no documents", "no documents", "unknown type"]


def test_a_folder_in_place_of_a_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="directory") as caught:
        open_input(tmp_path)
    assert getattr(caught.value, "reason", None) == "unreadable"


def test_a_file_without_permission(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who may read everything; so the system's answer is given by hand.
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = tmp_path / "a.txt"
    path.write_text(NEWS, "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    assert read(path) == ([], [(str(path), "permission")])


def test_a_truncated_gzip_text_gives_what_it_has(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt.gz"
    text = "".join(f"第{n}次会议召开。\n" for n in range(20_000))
    path.write_bytes(gzip.compress(text.encode())[:-5000])
    (document,), drops = read(path)
    assert len(document.text) > 10_000
    assert text.startswith(document.text.rstrip("\ufffd"))
    assert drops == [(str(path), "truncated")]


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(bytes(MAX_BYTES + 1), 1))
    assert read(path) == ([], [(str(path), "too large")])


@pytest.mark.parametrize(
    ("data", "sources"),
    [
        pytest.param(NEWS.encode("gbk"), ["-"], id="plain text"),
        pytest.param(b'\n {"text": "a"}\n{"text": "b"}', ["-#2", "-#3"], id="JSON Lines"),
        pytest.param(b'\xef\xbb\xbf{"text": "a"}', ["-#1"], id="JSON Lines with a mark"),
        pytest.param("{会议}".encode(), [], id="text that looks like JSON"),
    ],
)
def test_standard_input(data: bytes, sources: list[str], read: Read) -> None:
    stdin = io.BytesIO(data)
    documents, drops = read("-", "-", stdin=stdin)
    assert [d.source for d in documents] == sources
    assert bool(drops) == (not sources)
    assert not stdin.closed


def test_metadata_by_path_and_by_name_beats_the_page(tmp_path: Path, read: Read) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text(f"<title>页面标题</title><p>{NEWS}" if name == "c.html" else NEWS, "utf-8")
    table = tmp_path / "meta.tsv"
    table.write_text(
        f"文件\turl\t来源\t日期\t标题\n{tmp_path}/a.txt\thttp://x.cn/1\t某市日报\t2018年8月9日\t市政府开会\n"
        "b.txt\t\t某县广播\t\t昨日下午，市长李明\nc.html\t\t\t\t编者定的标题\n",
        "utf-8",
    )
    metadata = read_metadata(table)
    assert metadata["b.txt"] == SourceMetadata(publisher="某县广播", title="昨日下午，市长李明")
    (a, b, c), drops = read(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.html", metadata=metadata)
    assert not drops
    assert (a.url, a.publisher, a.published, a.title) == ("http://x.cn/1", "某市日报", "2018-08-09", "市政府开会")
    assert (b.publisher, b.title) == ("某县广播", None), "the text begins with that title"
    assert c.title == "编者定的标题"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("m.csv", "path,url\na.txt,u\n,v\n", r"m\.csv:3: .*no path", id="a row without path"),
        pytest.param("m.csv", "path,date\na.txt,上周\n", r"m\.csv:2: no date: '上周'", id="no date"),
        pytest.param("m.csv", "path,url\na.txt,u\na.txt,v\n", r"m\.csv:3: a second row", id="twice the same"),
        pytest.param("m.csv", "path,url\na.txt\n", r"m\.csv:2: 1 cells", id="a short row"),
        pytest.param("m.jsonl", '{"path": "a.txt"}\n{"path"\n', r"m\.jsonl:2: not JSON", id="no JSON"),
        pytest.param("m.xlsx", "x", r"m\.xlsx: expected \.csv", id="another type"),
    ],
)
def test_faults_of_a_metadata_file(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(InputFileError, match=message):
        read_metadata(tmp_path / name)


def test_a_metadata_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"none\.csv: no such file"):
        read_metadata(tmp_path / "none.csv")


def test_the_size_of_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(10))
    (tmp_path / "b.jsonl").write_bytes(bytes(5))
    assert estimate_total([tmp_path, tmp_path / "a.txt", "nowhere"]) == 15
    assert estimate_total([tmp_path, "-"]) is None


def test_the_package_imports_nothing_heavy() -> None:
    code = "import sys, kg.sources; print(sorted({'lxml', 'trafilatura', 'pyarrow', 'warcio'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
