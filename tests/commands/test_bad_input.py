"""What crawls bring and people do, end to end: nothing of it stops a run without a word."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

GOOD = "2019年6月3日，县委副书记、县长陆启明主持召开龙江县黑臭水体整治推进会，副县长方若谷出席会议。"

DIRT = "\x00，\x0b\x1b[0m\ufeff"
PAGE = f"""<html><head><title>县里开会</title><script>alert('{GOOD}')</script></head>
<body><script>var a = '<p>假</p>'</script><article><h1>县里开会</h1><p>{GOOD}</p>
<p>{GOOD.replace("黑臭水体", "道路交通")}</p></article></body></html>"""
CUT = gzip.compress(b'{"text": "' + bytes(range(256)) * 4 + b'"}')[:200]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def extracted(folder: Path) -> tuple[dict[str, dict[str, object]], dict[str, str]]:
    """Return what was read and the reasons of what was not, by file name; the good page is always read."""
    (folder / "good.txt").write_text(GOOD, "utf-8")
    result = run("extract", folder)
    assert result.exit_code == 0, result.stderr
    rows = map(json.loads, result.stdout.splitlines())
    read = {Path(row["document"]["source"]).name: row for row in rows}
    drops = {Path(drop["source"]).name: drop["reason"] for drop in map(json.loads, result.stderr.splitlines())}
    assert read.pop("good.txt")["relations"]
    return read, drops


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("empty.txt", b"", "empty", id="empty file"),
        pytest.param("blank.txt", b" \r\n\t\n", "empty", id="white space only"),
        pytest.param("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary", id="binary file"),
        pytest.param("line.txt", "会议".encode() * 8_400_000, "too large", id="50 MB single line"),
        pytest.param("cut.jsonl.gz", CUT, "truncated", id="cut gzip"),
        pytest.param("bad.jsonl", b"{nothing", "bad json", id="no JSON"),
    ],
)
def test_what_cannot_be_read_is_a_drop_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    read, drops = extracted(tmp_path)
    assert not read
    assert {name.partition("#")[0]: reason for name, reason in drops.items()} == {name: reason}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("cut.txt", GOOD.encode("gb18030")[:-1], id="truncated GBK"),
        pytest.param("wide.txt", GOOD.encode("utf-16"), id="UTF-16"),
        pytest.param("nuls.txt", GOOD.replace("，", DIRT).encode(), id="NULs and control characters"),
        pytest.param("page.html", PAGE.encode(), id="HTML with scripts"),
    ],
)
def test_what_is_damaged_is_read_as_far_as_it_goes(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    read, drops = extracted(tmp_path)
    assert not drops
    text = read[name]["document"]["text"]  # type: ignore[index]
    assert "陆启明主持召开" in text
    assert not set(text) & set("\x00\x0b\x1b\ufeff")
    assert "alert" not in text


def test_a_graph_of_damaged_pages_can_be_read_back(tmp_path: Path) -> None:
    import networkx

    (tmp_path / "nuls.txt").write_bytes(GOOD.replace("，", "\x00，\x0b\x1b").encode())
    assert run("build", tmp_path / "nuls.txt", "-o", tmp_path / "out").exit_code == 0
    assert networkx.read_graphml(tmp_path / "out" / "graph.graphml").number_of_edges() > 0


def test_a_folder_without_documents_is_status_3(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "no documents 1" in result.stderr


def test_an_unwritable_output_is_status_5_and_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "file").touch()
    result = run("build", tmp_path / "good.txt", "-o", tmp_path / "file" / "out")
    assert result.exit_code == 5
    assert "cannot write" in result.stderr


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("command", ["extract", "build"])
def test_ctrl_c_in_the_middle_ends_everything(tmp_path: Path, command: str, workers: int) -> None:
    news = tmp_path / "news.jsonl"
    with news.open("w", encoding="utf-8") as file:
        for number in range(20_000):
            file.write(json.dumps({"text": f"{GOOD}第{number}次。"}, ensure_ascii=False) + "\n")
    arguments = [command, str(news), "--workers", str(workers)]
    if command == "build":
        arguments += ["-o", str(tmp_path / "out")]
    with (tmp_path / "stdout").open("wb") as stdout, (tmp_path / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", *arguments], stdout=stdout, stderr=stderr, start_new_session=True
        )
        watched = tmp_path / ("stdout" if command == "extract" else "out/extractions.sqlite-wal")
        _wait_for(lambda: watched.exists() and watched.stat().st_size > 100_000)
        os.killpg(process.pid, signal.SIGINT)
        status = process.wait(30)
    messages = (tmp_path / "stderr").read_text("utf-8")
    assert status == 130, messages
    assert messages.splitlines() == ["kg: interrupted"]
    _wait_for(lambda: not _members(process.pid))
    if command == "extract":
        whole = (tmp_path / "stdout").read_bytes().splitlines(keepends=True)
        assert all(json.loads(line) for line in whole if line.endswith(b"\n"))
    else:
        assert not (tmp_path / "out" / "nodes.jsonl").exists()


def _wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; Python's own tracker of resources, for one, ends a moment after its parent."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def _members(group: int) -> list[int]:
    """Return the processes of a group that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(folder.name))
    return found
