"""Batches written by several workers at once, two of which never touch the same nodes at the same time.

Relationships lock the nodes at their ends, so two transactions that share nodes wait for each other, or worse. Nodes
are dealt into lanes; a batch of relationships holds the ends of two lanes, or of all when it is not worth splitting; a
batch is taken up when no batch at work holds one of its lanes.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from threading import Condition
from typing import Final, Generic, TypeVar
from zlib import crc32

from kg.records import Edge

Item = TypeVar("Item")
NO_LANES: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch(Generic[Item]):
    """Items written by one statement in one transaction, and the lanes in which their ends lie."""

    statement: str
    items: Sequence[Item]
    lanes: frozenset[int] = NO_LANES


def batches_of(items: Iterable[Item], statement: str, size: int) -> Iterator[Batch[Item]]:
    """Cut items that share nothing into batches that may all be written at once."""
    return (Batch(statement, part) for part in _parts(items, size))


def edge_batches(edges: Sequence[Edge], statement: str, size: int, lanes: int) -> Iterator[Batch[Edge]]:
    """Cut edges into batches by the lanes of their ends; those that fit one batch stay together.

    Args:
        edges: Edges in the order in which they should be written.
        statement: What writes them.
        size: Most edges of a batch.
        lanes: Into how many lanes the nodes are dealt: twice as many as workers keeps all of them busy.
    """
    if len(edges) <= size:
        yield Batch(statement, edges, frozenset(lane for edge in edges for lane in _ends(edge, lanes)))
        return
    tiles: dict[frozenset[int], list[Edge]] = defaultdict(list)
    for edge in edges:
        tiles[_ends(edge, lanes)].append(edge)
    for tile, inside in sorted(tiles.items(), key=lambda item: sorted(item[0])):
        for part in _parts(inside, size):
            yield Batch(statement, part, tile)


def write_apart(batches: Iterable[Batch[Item]], writers: Sequence[Callable[[Batch[Item]], None]]) -> None:
    """Have every batch written by one of the writers, each in a thread of its own.

    Raises:
        BaseException: what a writer raises first; batches not yet begun are then left unwritten.
    """
    turns = _Turns(batches)
    # The graph is large and stays; looking through it again and again took half of the time in which rows are made.
    gc.freeze()
    with ThreadPoolExecutor(len(writers)) as pool:
        try:
            for done in [pool.submit(turns.work_off, write) for write in writers]:
                done.result()
        except BaseException:  # an interrupt of this thread too: the pool waits for its threads
            turns.stop()
            raise
        finally:
            gc.unfreeze()


class _Turns(Generic[Item]):
    """Batches that wait, and the lanes that are taken."""

    def __init__(self, batches: Iterable[Batch[Item]]) -> None:
        self._waiting = list(batches)
        self._taken: set[int] = set()
        self._changed = Condition()

    def work_off(self, write: Callable[[Batch[Item]], None]) -> None:
        """Write batches until none is left."""
        while (batch := self._take()) is not None:
            try:
                write(batch)
            except BaseException:
                self.stop()
                raise
            finally:
                with self._changed:
                    self._taken -= batch.lanes
                    self._changed.notify_all()

    def stop(self) -> None:
        """Let nobody take another batch."""
        with self._changed:
            self._waiting.clear()
            self._changed.notify_all()

    def _take(self) -> Batch[Item] | None:
        with self._changed:
            while self._waiting:
                for place, batch in enumerate(self._waiting):
                    if self._taken.isdisjoint(batch.lanes):
                        self._taken |= batch.lanes
                        return self._waiting.pop(place)
                self._changed.wait()
            return None


def _ends(edge: Edge, lanes: int) -> frozenset[int]:
    return frozenset((_lane(edge.head_id, lanes), _lane(edge.tail_id, lanes)))


def _lane(node_id: str, lanes: int) -> int:
    return crc32(node_id.encode("utf-8", "surrogatepass")) % lanes


def _parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
