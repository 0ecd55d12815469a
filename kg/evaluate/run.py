"""One evaluation: score, print, compare with the floors, pin new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.evaluate.floors import Floors, fallen, read_floors, write_floors
from kg.evaluate.gold import gold_digest
from kg.evaluate.scores import evaluate

Extractions = Iterable[Mapping[str, Any]]


def floors_path(gold: Path) -> Path:
    """Return where the floors of a gold folder are kept: beside it, as `FOLDER.floors.json`.

    Inside the folder every JSON file is an annotated document.
    """
    return gold.resolve().with_name(f"{gold.resolve().name}.floors.json")


def run_eval(
    gold: Path,
    extractions: Extractions,
    write: Callable[[str], object],
    *,
    update: bool = False,
    lower: bool = False,
    misses: bool = False,
) -> int:
    """Score `extractions` against `gold`, write the table, and return the exit status.

    Args:
        gold: The folder of annotated documents.
        extractions: What `kg extract` printed for its inputs, one mapping a document.
        write: Takes the report, a line or a block at a time, without the last newline.
        update: Pin the figures as the new floors.
        lower: Let `update` lower a floor; without it a fall is refused.
        misses: Also write what was missed or wrong.

    Returns:
        0, or 1 when a figure is below its floor or the gold set is not the one that the floors were pinned on.

    Raises:
        InputFileError: the gold folder or the floors file cannot be read.
    """
    scores = evaluate(gold, extractions)
    if misses:
        write(scores.misses())
    write(scores.table())
    path = floors_path(gold)
    figures = scores.figures()
    digest = gold_digest(gold)
    pinned = read_floors(path) if path.exists() else Floors(gold_sha256=digest)
    below = fallen(pinned, figures)
    if update:
        if below and not lower:
            write("floors not pinned, they would fall (--lower to allow it): " + "; ".join(below))
            return 1
        write_floors(path, Floors(gold_sha256=digest, figures=figures))
        write(f"floors pinned in {path.name}")
        return 0
    if pinned.gold_sha256 != digest:
        write(f"the gold set has changed since {path.name} was pinned: look at the change, then --update")
        return 1
    if below:
        write("below the floors: " + "; ".join(below))
        return 1
    return 0
