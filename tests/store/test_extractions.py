"""Tests of kg.store.extractions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.records import Alignment, DocId, Extraction
from kg.records.errors import InputFileError
from kg.store.extractions import ExtractionStore
from tests.factories import EXTRACTOR, document, entity, extraction


def about(name: str, *, id: str = "", source: str = "a.txt") -> Extraction:
    text = f"市长{name}主持会议。"
    return extraction(document(text, id=id, sources=(source,)), [entity("e1", "PERSON", name, aliases=("市长",))])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "extractions.sqlite"


def put(store: ExtractionStore, one: Extraction) -> None:
    """Store what was read from the one document of a build."""
    store.put_many([one])
    store.set_inputs([(source, one.document.id) for source in one.document.sources])


def test_keeps_what_was_put_after_closing(path: Path) -> None:
    one = about("王兵")
    with ExtractionStore(path) as store:
        put(store, one)
    with ExtractionStore(path) as store:
        assert store.has(one.document.id, EXTRACTOR)
        assert list(store.iter_build(EXTRACTOR)) == [one]


def test_keeps_where_each_character_comes_from(path: Path) -> None:
    one = about("王兵")
    spans = [(2 * n, 2 * n + 1 + n % 2) for n in range(len(one.document.text))]
    one = replace(one, document=replace(one.document, alignment=Alignment.of(spans)))
    with ExtractionStore(path) as store:
        put(store, one)
        assert list(store.iter_build(EXTRACTOR)) == [one]


def test_another_extractor_has_not_read_the_document(path: Path) -> None:
    one = about("王兵")
    with ExtractionStore(path) as store:
        put(store, one)
        assert not store.has(one.document.id, "kg 9+other")
        assert list(store.iter_build("kg 9+other")) == []


def test_build_comes_in_document_order_and_leaves_out_what_left_the_input(path: Path) -> None:
    batch = [about(name, id=f"doc-{n}") for n, name in enumerate(("王兵", "李丁", "赵甲"))]
    with ExtractionStore(path) as store:
        store.put_many(reversed(batch))
        store.set_inputs([("c.txt", DocId("doc-2")), ("a.txt", DocId("doc-0"))])
        assert [e.document.id for e in store.iter_build(EXTRACTOR)] == ["doc-0", "doc-2"]
        assert store.has(DocId("doc-1"), EXTRACTOR)


def test_one_document_under_two_paths_has_two_sources(path: Path) -> None:
    one = about("王兵", id="doc-1", source="z.txt")
    with ExtractionStore(path) as store:
        store.put_many([one])
        store.set_inputs([("z.txt", one.document.id), ("copy/a.txt", one.document.id)])
        (read,) = store.iter_build(EXTRACTOR)
    assert read.document.sources == ("copy/a.txt", "z.txt")
    assert replace(read.document, sources=("z.txt",)) == one.document


class Interrupted(BaseException):
    """Stands for Ctrl-C."""


def test_interrupted_batch_leaves_nothing_of_itself_and_all_before(path: Path) -> None:
    def batch() -> Iterator[Extraction]:
        yield about("李丁")
        raise Interrupted

    with ExtractionStore(path) as store:
        store.put_many([about("王兵")])
        with pytest.raises(Interrupted):
            store.put_many(batch())
    with ExtractionStore(path) as store:
        assert store.has(about("王兵").document.id, EXTRACTOR)
        assert not store.has(about("李丁").document.id, EXTRACTOR)


def test_interrupted_list_of_inputs_keeps_the_earlier_one(path: Path) -> None:
    def pairs() -> Iterator[tuple[str, DocId]]:
        yield "2", DocId("doc-2")
        yield "3", DocId("doc-3")
        raise Interrupted

    with ExtractionStore(path) as store:
        store.put_many([about(name, id=f"doc-{n}") for n, name in enumerate(("王兵", "李丁", "赵甲"), 1)])
        store.set_inputs([("1", DocId("doc-1"))])
        with pytest.raises(Interrupted):
            store.set_inputs(pairs())
        assert [e.document.id for e in store.iter_build(EXTRACTOR)] == ["doc-1"]


def _garbage(path: Path) -> None:
    path.write_bytes(b"no database at all, but long enough to be read as the header of one" * 20)


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE notes (text)")
    db.close()


def _newer_version(path: Path) -> None:
    ExtractionStore(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(
    ("make", "message", "hint"),
    [
        pytest.param(_garbage, "damaged", "delete the file", id="garbage"),
        pytest.param(_other_program, "some other program", "another file", id="another program's database"),
        pytest.param(_newer_version, "version 99, expected 1", "delete the file", id="another version"),
        pytest.param(Path.mkdir, "cannot use", "check the folder", id="a folder"),
    ],
)
def test_unusable_file(make: Callable[[Path], None], message: str, hint: str, path: Path) -> None:
    make(path)
    with pytest.raises(InputFileError, match=message) as caught:
        ExtractionStore(path)
    assert str(path) in str(caught.value)
    assert hint in caught.value.hint


def test_damaged_payload_is_reported(path: Path) -> None:
    one = about("王兵")
    with ExtractionStore(path) as store:
        put(store, one)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE extractions SET payload = x'00ff'")
    db.close()
    with ExtractionStore(path) as store, pytest.raises(InputFileError, match="damaged"):
        list(store.iter_build(EXTRACTOR))


def test_two_writers_at_once_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExtractionStore(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        store._db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputFileError, match="locked") as caught:
            store.put_many([about("王兵")])
        other.close()
    assert "another kg" in caught.value.hint
