"""Web archives: pages with their address, in order; the rest is passed over."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sources.conftest import Read

NEWS = "昨日下午，市长李明主持召开市政府常务会议，研究河道管理工作。"
HTML = f"<html><head><title>会议</title></head><body><p>{NEWS}</p></body></html>"


def record(kind: str, number: int, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"WARC-Target-URI: http://x.cn/{number}.html\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def archive(path: Path, *responses: tuple[str, str, bytes]) -> None:
    """Write (status, content type, body) responses, each after its request."""
    pack = gzip.compress if path.suffix == ".gz" else bytes
    with path.open("wb") as stream:
        for number, (status, kind, body) in enumerate(responses, 1):
            coding = "Content-Encoding: gzip\r\n" if body.startswith(b"\x1f\x8b") else ""
            head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coding}Content-Length: {len(body)}\r\n\r\n"
            stream.write(pack(record("request", number, b"GET / HTTP/1.1\r\nHost: x.cn\r\n\r\n")))
            stream.write(pack(record("response", number, head.encode() + body)))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_in_order(name: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / name
    archive(
        path,
        ("200 OK", "text/html; charset=gbk", HTML.encode("gbk")),
        ("200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("404 Not Found", "text/html", HTML.encode()),
        ("200 OK", "text/plain", NEWS.encode()),
        ("200 OK", "text/html", b""),
        ("200 OK", "text/html", gzip.compress(HTML.encode())),
    )
    documents, drops = read(path)
    assert [(d.source, d.url, d.text, d.encoding) for d in documents] == [
        (f"{path}#1", "http://x.cn/1.html", NEWS, "gb18030"),
        (f"{path}#2", "http://x.cn/4.html", NEWS, "utf-8"),
        (f"{path}#4", "http://x.cn/6.html", NEWS, "utf-8"),
    ]
    assert documents[0].title == "会议"
    assert all(d.published is None for d in documents), "the day of the crawl is no day of publication"
    assert drops == [(f"{path}#3", "empty")]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_that_breaks_off(name: str, tmp_path: Path, read: Read) -> None:
    path = tmp_path / name
    archive(path, *[("200 OK", "text/html", HTML.replace("昨日", f"{n}日").encode()) for n in range(1, 4)])
    path.write_bytes(path.read_bytes()[:-60])
    documents, drops = read(path)
    assert len(documents) == 2
    assert drops[0] == (f"{path}#3", "truncated")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"no archive\n" * 20, "damaged", id="text"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n", None, id="a length that is none"),
    ],
)
def test_what_is_no_archive(data: bytes, reason: str | None, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    documents, drops = read(path)
    assert not documents
    assert drops == ([(str(path), reason)] if reason else [])
