"""Places for nodes computed ahead, so that a big graph opens readable: ForceAtlas2, which Gephi's users know."""

from __future__ import annotations

from math import sqrt
from typing import Final

from kg.records import EntityId, Graph
from kg.records.errors import ConfigError

SEED: Final = 20180808
ITERATIONS: Final = 150
_SPACING: Final = 100.0
"""Side of the canvas for each node, in Gephi's units; circles are 20 to some 150 wide (Gephi's size is the radius)."""

_START: Final = 1.0
"""Side of the field for each node on which they are strewn at first. On a wide one most iterations go into drawing
together: of 20,000 nodes in 400 crowds, linked ones lay 0.9 times as far apart as any two, from here 0.2 times."""


def positions(graph: Graph, *, iterations: int = ITERATIONS) -> dict[EntityId, tuple[float, float]]:
    """Return a place for each node, around (0, 0); the same graph gives the same places.

    Repulsion is by quadtree (Barnes and Hut), so the time grows with n log n: 20,000 nodes and 60,000 edges take
    some 20 to 40 seconds. Edges pull whatever their type or weight, parallel ones once.

    Raises:
        ConfigError: the package graph-layout is not installed.
    """
    try:
        from graph_layout import ForceAtlas2Layout
    except ImportError as error:
        raise ConfigError("no package graph-layout, which computes places", hint="pip install 'kg[layout]'") from error
    ids = [node.id for node in graph.nodes]
    if len(ids) < 2:
        return dict.fromkeys(ids, (0.0, 0.0))
    place = {node_id: number for number, node_id in enumerate(ids)}
    pairs = {tuple(sorted((place[edge.head_id], place[edge.tail_id]))) for edge in graph.edges}
    start = _START * sqrt(len(ids))
    layout = ForceAtlas2Layout(
        nodes=[{} for _ in ids],
        links=[{"source": one, "target": other} for one, other in sorted(pairs) if one != other],
        size=(start, start),
        random_seed=SEED,
        iterations=iterations,
        # Without it parts that nothing joins fly far apart, and fitting all on the canvas crushes each: on the sample
        # a circle lay on 8 others, with it and twice the spacing on 0.1; on 5,800 nodes of news on 3.4 and on none.
        strong_gravity_mode=True,
    )
    layout.run()
    return _fitted(dict(zip(ids, ((node.x, node.y) for node in layout.nodes), strict=True)), _SPACING * sqrt(len(ids)))


def _fitted(places: dict[EntityId, tuple[float, float]], side: float) -> dict[EntityId, tuple[float, float]]:
    """Move places to the middle and stretch them to the canvas, both ways alike."""
    columns, rows = zip(*places.values(), strict=True)
    left, right, top, bottom = min(columns), max(columns), min(rows), max(rows)
    scale = side / (max(right - left, bottom - top) or 1.0)
    middle = (left + right) / 2, (top + bottom) / 2
    return {
        node_id: (round((x - middle[0]) * scale, 1), round((y - middle[1]) * scale, 1))
        for node_id, (x, y) in places.items()
    }
