"""The learned reader: its files, its windows, the spans that its tags make."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ner.learned import WINDOW, Encoded, Reader, default_reader, likeliest, windows
from kg.records import LABELS
from kg.records.errors import ModelError
from kg.tables.resources import model_dir


@given(st.integers(1, 5000))
def test_windows_cover_a_text(length: int) -> None:
    found = windows(length)
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(0 < end - start <= WINDOW for start, end in found)
    assert all(left[1] > right[0] > left[0] for left, right in pairwise(found))


shares = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)), min_size=1, max_size=12)


@given(shares)
def test_no_inside_follows_an_outside_and_nothing_is_likelier(tags: list[tuple[float, float, float]]) -> None:
    marks = likeliest(tags)
    assert all(right != 2 or left != 0 for left, right in zip([0, *marks], marks, strict=False))

    def total(sequence: list[int]) -> float:
        return sum(tag[mark] for tag, mark in zip(tags, sequence, strict=True))

    for at in range(len(marks)):
        for other in (0, 1, 2):
            changed = [*marks[:at], other, *marks[at + 1 :]]
            if all(right != 2 or left != 0 for left, right in zip([0, *changed], changed, strict=False)):
                assert total(changed) <= total(marks) + 1e-9


def encoded(tags: dict[int, tuple[int, int]], length: int) -> Encoded:
    """Return a page with a span for some labels, by their place in `LABELS`."""
    shares = np.full((length, len(LABELS), 3), 0.01, dtype=np.float32)
    shares[..., 0] = 0.98
    for label, (start, end) in tags.items():
        shares[start:end, label] = (0.01, 0.01, 0.98)
        shares[start, label] = (0.01, 0.98, 0.01)
    return Encoded(np.zeros((length, 4), dtype=np.float32), shares, (0,) * length)


def test_spans_of_labels_may_nest() -> None:
    page = encoded({LABELS.index("POST"): (0, 4), LABELS.index("ORG"): (0, 2)}, 6)
    assert {(s.start, s.end, s.label) for s in page.spans()} == {(0, 4, "POST"), (0, 2, "ORG")}
    assert all(span.score > 0.9 for span in page.spans())


def test_a_span_that_goes_on_fits_badly() -> None:
    page = encoded({0: (0, 4)}, 6)
    assert page.score(0, 4, "PERSON") > 0.9 > 0.1 > page.score(0, 2, "PERSON")
    assert page.score(0, 4, "ORG") < 0.1


def test_a_page_is_read_alike_whatever_was_read_before() -> None:
    reader = default_reader()
    text = "县委书记贺书宁主持召开县委常委会会议。" * 40
    first = reader.encode(text)
    reader.encode("另一页，" * 300)
    again = reader.encode(text)
    assert np.array_equal(first.tags, again.tags)
    assert first.tags.shape == (len(text), len(LABELS), 3)


@pytest.mark.parametrize(
    "text", ["", "\n", "a", "𠮷野家", "会" * 1200], ids=["empty", "a line", "Latin", "astral", "long"]
)
def test_any_text_is_read(text: str) -> None:
    page = default_reader().encode(text)
    assert len(page.tags) == max(1, len(text))
    assert default_reader().link(page, []) == ([], [])


def test_pairs_fit_their_labels() -> None:
    reader = default_reader()
    text = "县委书记贺书宁主持召开县委常委会会议。"
    spans = [(0, 4, "POST"), (4, 7, "PERSON"), (11, 18, "MEETING")]
    pairs, reported = reader.link(reader.encode(text), spans)
    assert len(reported) == 3
    labels = [span[2] for span in spans]
    assert all(labels[p.head] == "PERSON" and labels[p.tail] == "MEETING" for p in pairs if p.type == "PRESIDED")
    assert any((p.type, p.head, p.tail) == ("PRESIDED", 1, 2) and p.score > 0.5 for p in pairs)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(model_dir("reader"), folder)
    with (folder / "pairs.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"pairs\.onnx is not what was exported"):
        Reader(folder)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        Reader(tmp_path)
