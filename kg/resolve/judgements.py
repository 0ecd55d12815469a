"""Judgements: what people decided about who is who. Data, applied on every run, undone by removing the line.

One JSON object a line:

    {"left": {"doc_id": "doc-…", "label": "PERSON", "surface": "王兵", "start": 12},
     "right": {…}, "judgement": "same", "by": "zhang", "at": "2026-11-22"}
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.records import LABELS
from kg.records.errors import InputFileError, ResolveError

SAME: Final = "same"
DIFFERENT: Final = "different"


@dataclass(frozen=True, slots=True, order=True)
class MentionRef:
    """A mention named in a way that outlives any resolution: `start` counts code points of the document's text."""

    doc_id: str
    label: str
    surface: str
    start: int

    def __str__(self) -> str:
        """Return the reference as messages show it."""
        return f"{self.label} {self.surface} at {self.start} of {self.doc_id}"

    def as_json(self) -> dict[str, str | int]:
        """Return the reference as judgements and candidates write it."""
        return {"doc_id": self.doc_id, "label": self.label, "surface": self.surface, "start": self.start}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Two mentions mean the same thing, or different ones; `by` and `at` are for people to read."""

    left: MentionRef
    right: MentionRef
    judgement: str
    by: str = ""
    at: str = ""

    def __str__(self) -> str:
        """Return the judgement as messages show it."""
        author = f" ({', '.join(filter(None, (self.by, self.at)))})" if self.by or self.at else ""
        return f"{self.left} and {self.right} are {self.judgement}{author}"


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of judgements.

    Raises:
        InputFileError: the file cannot be read, or a line is no judgement; names the line.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"cannot read the judgements: {error}", path=path) from error
    return tuple(_read_line(line, path, number) for number, line in enumerate(lines, 1) if line.strip())


def check_judgements(judgements: Iterable[tuple[int, int, Judgement]]) -> None:
    """Check that no chain of "same" joins two that a judgement calls different.

    Args:
        judgements: Each with the numbers of the entities that its two mentions belong to.

    Raises:
        ResolveError: lists every contradiction with all judgements that take part in it.
    """
    judgements = list(judgements)
    same: defaultdict[int, list[tuple[int, Judgement]]] = defaultdict(list)
    for left, right, judgement in judgements:
        if judgement.judgement == SAME:
            same[left].append((right, judgement))
            same[right].append((left, judgement))
    faults = []
    for left, right, judgement in judgements:
        chain = find_chain(same, left, right) if judgement.judgement == DIFFERENT else None
        if chain is not None:
            faults.append(
                "\n    ".join([str(judgement), "but " + "\n    and ".join(map(str, chain) or ["one entity"])])
            )
    if faults:
        raise ResolveError(
            f"{len(faults)} contradictions between judgements:\n  " + "\n  ".join(faults),
            hint="remove or correct one judgement of each",
        )


def find_chain(same: Mapping[int, Sequence[tuple[int, Judgement]]], start: int, goal: int) -> list[Judgement] | None:
    """Return the shortest chain of "same" judgements from one entity to another; empty when they are one."""
    came: dict[int, tuple[int, Judgement] | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            chain = []
            while step := came[here]:
                here, judgement = step
                chain.append(judgement)
            return chain[::-1]
        for there, judgement in same.get(here, ()):
            if there not in came:
                came[there] = (here, judgement)
                queue.append(there)
    return None


def _read_line(line: str, path: Path, number: int) -> Judgement:
    try:
        data = json.loads(line)
        left, right = _ref(data["left"]), _ref(data["right"])
        judgement = Judgement(
            left=left, right=right, judgement=data["judgement"], by=data.get("by", ""), at=data.get("at", "")
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFileError(
            f"not a judgement: {type(error).__name__}: {error}",
            path=path,
            line=number,
            hint='expected {"left": {"doc_id", "label", "surface", "start"}, "right": …, "judgement": "same"}',
        ) from error
    if judgement.judgement not in (SAME, DIFFERENT):
        raise InputFileError(
            f"unknown judgement {judgement.judgement!r} (known: {SAME}, {DIFFERENT})", path=path, line=number
        )
    if left.label != right.label or left.label not in LABELS:
        raise InputFileError(f"expected two mentions of one label, found {left} and {right}", path=path, line=number)
    return judgement


def _ref(data: Mapping[str, Any]) -> MentionRef:
    return MentionRef(str(data["doc_id"]), str(data["label"]), str(data["surface"]), int(data["start"]))
