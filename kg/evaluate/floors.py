"""Pinned figures: what was once reached on the gold set is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.evaluate.scores import LOWER_IS_BETTER
from kg.records.errors import InputFileError

TOLERANCE: Final = 0.0005
"""How far a figure may fall below its floor: floors are rounded to 4 decimals, and nothing here is random."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The figures that must be kept, and the digest of the gold set that they were measured on."""

    gold_sha256: str
    figures: Mapping[str, float] = field(default_factory=dict)


def read_floors(path: Path) -> Floors:
    """Read a floors file.

    Raises:
        InputFileError: it is missing or malformed.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        return Floors(
            gold_sha256=str(data["gold_sha256"]),
            figures={name: float(value) for name, value in data["figures"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFileError(
            f"cannot read the floors: {type(error).__name__}: {error}", path=path, hint="pin them: kg eval --update"
        ) from error


def write_floors(path: Path, floors: Floors) -> None:
    """Write a floors file, sorted, with 4 decimals."""
    figures = {name: round(value, 4) for name, value in sorted(floors.figures.items())}
    data = {"gold_sha256": floors.gold_sha256, "figures": figures}
    path.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def fallen(floors: Floors, figures: Mapping[str, float]) -> tuple[str, ...]:
    """Return one line for each figure that is worse than its floor, or no longer measured.

    >>> fallen(Floors(gold_sha256="", figures={"persons": 0.95}), {"persons": 0.9})
    ('persons 0.9000, floor 0.9500',)
    """
    lines = []
    for name, floor in sorted(floors.figures.items()):
        if name not in figures:
            lines.append(f"{name} is not measured, floor {floor:.4f}")
        elif is_worse(name, figures[name], floor):
            lines.append(f"{name} {figures[name]:.4f}, floor {floor:.4f}")
    return tuple(lines)


def is_worse(name: str, value: float, floor: float) -> bool:
    """Say whether a figure is worse than its floor by more than rounding explains.

    >>> is_worse("persons", 0.95, 0.9502), is_worse("false_officials", 2.0, 1.0)
    (False, True)
    """
    return value > floor + TOLERANCE if name in LOWER_IS_BETTER else value < floor - TOLERANCE
