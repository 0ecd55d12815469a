"""How a graph looks where it is drawn: a colour for each label, a size for each node, a place where one is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log2
from typing import Final

Colour = tuple[int, int, int]
Positions = Mapping[str, tuple[float, float]]
"""Places on the canvas by node id; nodes may be missing."""

PALETTE: Final[tuple[Colour, ...]] = (
    (0, 114, 178),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (213, 94, 0),
    (86, 180, 233),
    (240, 228, 66),
    (128, 128, 128),
)
"""Colours told apart by colour-blind eyes: Okabe and Ito, Color Universal Design (2008); grey for their black."""

_SMALLEST: Final = 10.0
_DOUBLING: Final = 5.0


def colours(labels: Iterable[str]) -> dict[str, Colour]:
    """Return a colour for each label, in the order given; labels beyond the palette share colours.

    >>> colours(["Person", "Post"])
    {'Person': (0, 114, 178), 'Post': (230, 159, 0)}
    """
    return {label: PALETTE[place % len(PALETTE)] for place, label in enumerate(labels)}


def size(degree: int) -> float:
    """Return the radius of a node by the number of its edges, in Gephi's units: each doubling adds the same.

    >>> size(0), size(1), size(2), size(8)
    (10.0, 10.0, 15.0, 25.0)
    """
    return round(_SMALLEST + _DOUBLING * log2(max(degree, 1)), 1)


def sizes(degrees: Iterable[int]) -> list[str]:
    """Return `size` of each as text; few degrees occur, so each is worked out once."""
    found = list(degrees)
    texts = {degree: str(size(degree)) for degree in set(found)}
    return [texts[degree] for degree in found]
