"""The learned reader: an encoder of characters with a tagger a label, and scores for pairs of mentions.

What it is and how it was made stands in `training/README.md`; the files are `kg/models/reader/`. It reads
windows of one page, one at a time: eight-bit weights take one scale an input, so a page's scores
must not depend on what is read beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kg.records import LABELS
from kg.records.errors import ModelError
from kg.tables.resources import model_dir

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

WINDOW: Final = 510
STRIDE: Final = 380
SENTENCE_ENDS: Final = frozenset("。！？；\n")
LEAST: Final = 0.02
"""Pairs below this share are not told: nothing decides for them."""
_UNKNOWN: Final = 3
_SURELY_OUTSIDE: Final = 0.98
_LABEL: Final = {label: i for i, label in enumerate(LABELS)}


class Tagged(NamedTuple):
    """A span that the tagger of a label sees."""

    start: int
    end: int
    label: str
    score: float


class Pair(NamedTuple):
    """Two mentions by their place in the list, head first, the type of what links them, and how likely it is."""

    type: str
    head: int
    tail: int
    score: float


@dataclass(frozen=True, slots=True)
class Encoded:
    """A page as the encoder sees it.

    Attributes:
        characters: `(length, width)`.
        tags: `(length, labels, 3)`: shares of outside, begin, inside for each label.
        sentences: For each character how many sentences ended before it.
    """

    characters: Scores
    tags: Scores
    sentences: tuple[int, ...]

    def score(self, start: int, end: int, label: str) -> float:
        """Return how well a span fits a label, 0 … 1: the mean share of its tags, less what goes on behind it."""
        tags = self.tags[:, _LABEL[label]]
        inner = tags[start + 1 : end, 2]
        fit = np.exp(np.log(np.concatenate([tags[start : start + 1, 1], inner]) + 1e-6).mean())
        goes_on = tags[end, 2] if end < len(tags) else 0.0
        return float(fit * (1 - goes_on))

    def spans(self) -> Iterator[Tagged]:
        """Yield the spans that the taggers see: by label, then in text order; those of one label never overlap."""
        logs = np.log(self.tags + 1e-6)
        for label, column in _LABEL.items():
            active = np.flatnonzero(self.tags[:, column, 0] < _SURELY_OUTSIDE)
            for run in np.split(active, np.flatnonzero(np.diff(active) > 1) + 1) if len(active) else ():
                first = int(run[0])
                marks = likeliest(logs[first : int(run[-1]) + 1, column].tolist())
                for start in (i for i, mark in enumerate(marks) if mark == 1):
                    end = start + 1
                    while end < len(marks) and marks[end] == 2:
                        end += 1
                    yield Tagged(first + start, first + end, label, self.score(first + start, first + end, label))


def likeliest(logs: Sequence[Sequence[float]]) -> list[int]:
    """Return the likeliest sequence of outside (0), begin (1), inside (2), in which no inside follows an outside.

    Args:
        logs: For each character the logarithms of the three shares.

    >>> likeliest([[-3.0, -0.9, -0.7], [-3.0, -9.0, -0.1], [-0.1, -9.0, -3.0]])
    [1, 2, 0]
    """
    outside, begin, inside = logs[0][0], logs[0][1], float("-inf")
    back: list[tuple[int, int]] = []
    for o, b, i in logs[1:]:
        opened, open_score = (1, begin) if begin >= inside else (2, inside)
        best, best_score = (0, outside) if outside >= open_score else (opened, open_score)
        back.append((best, opened))
        outside, begin, inside = best_score + o, best_score + b, open_score + i
    marks = [max((outside, 0), (begin, 1), (inside, 2), key=lambda pair: pair[0])[1]]
    for best, opened in reversed(back):
        marks.append(opened if marks[-1] == 2 else best)
    return marks[::-1]


class Reader:
    """The model, loaded once a process; one thread, because a worker has one core."""

    def __init__(self, folder: Path) -> None:
        """Load it and check that the files are those that were exported.

        Raises:
            ModelError: a file is missing or is another.
        """
        import onnxruntime

        self.card = read_card(folder)
        if tuple(self.card["labels"]) != LABELS:
            raise ModelError(f"the reader in {folder} knows the labels {self.card['labels']}, kg {list(LABELS)}")
        self.types: tuple[str, ...] = tuple(self.card["types"])
        self._rows = {c: i for i, c in enumerate(self.card["characters"]) if c} | self.card["alike"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder, self._pairs = (
            onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "pairs.onnx")
        )

    def encode(self, text: str) -> Encoded:
        """Encode one page; windows are stitched where each is most central."""
        # A page without text is read as one end of a line: the encoder takes no empty input.
        ids = np.array([self._rows.get(c, _UNKNOWN) for c in text or "\n"], dtype=np.int64)
        cut = windows(len(ids))
        parts: list[tuple[Scores, Scores]] = []
        at = 0
        for i, (start, stop) in enumerate(cut):
            end = len(ids) if i == len(cut) - 1 else (stop + cut[i + 1][0]) // 2
            characters, tags = self._encoder.run(None, {"ids": ids[None, start:stop]})
            parts.append((characters[at - start : end - start], tags[at - start : end - start]))
            at = end
        return Encoded(
            np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]), tuple(sentence_numbers(text))
        )

    def link(self, page: Encoded, spans: Sequence[tuple[int, int, str]]) -> tuple[list[Pair], list[float]]:
        """Score every pair of mentions, and every mention as a meeting that the page reports on.

        Args:
            page: The page.
            spans: Start, end and label of the mentions, in text order.

        Returns:
            The pairs that are not below `LEAST`, by head, tail and type; and a score for each mention.
        """
        if not spans:
            return [], []
        scores, reported = self._pairs.run(
            None,
            {
                "characters": page.characters,
                "start": np.array([s[0] for s in spans], dtype=np.int64),
                "end": np.array([s[1] for s in spans], dtype=np.int64),
                "label": np.array([_LABEL[s[2]] for s in spans], dtype=np.int64),
                "sentence": np.array([page.sentences[s[0]] for s in spans], dtype=np.int64),
            },
        )
        likely = np.argwhere(scores >= LEAST).tolist()
        pairs = [Pair(self.types[k], i, j, float(scores[i, j, k])) for i, j, k in likely if i != j]
        return pairs, [float(score) for score in reported]


def windows(length: int) -> list[tuple[int, int]]:
    """Return overlapping stretches that cover a text, each at most `WINDOW` long.

    >>> windows(600)
    [(0, 510), (380, 600)]
    """
    found, at = [], 0
    while length - at > WINDOW:
        found.append((at, at + WINDOW))
        at += STRIDE
    return [*found, (at, length)]


def read_card(folder: Path) -> dict[str, Any]:
    """Return what the model says of itself, its files checked.

    Raises:
        ModelError: a file is missing or is another.
    """
    hint = "reinstall kg, or make the model: make train"
    try:
        card: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in card["files"]}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the reader in {folder} cannot be read: {error}", hint=hint) from error
    other = sorted(name for name, digest in card["files"].items() if digests[name] != digest)
    if other:
        raise ModelError(f"the reader in {folder} is damaged: {', '.join(other)} is not what was exported", hint=hint)
    return card


@cache
def default_reader() -> Reader:
    """Return the package's reader, loaded once."""
    return Reader(model_dir("reader"))


def sentence_numbers(text: str) -> Iterator[int]:
    """Yield for each character how many sentences ended before it.

    >>> list(sentence_numbers("会。议"))
    [0, 0, 1]
    """
    count = 0
    for character in text:
        yield count
        count += character in SENTENCE_ENDS
