"""Batches written by several workers: all of them once, and never two at once that share a node."""

from __future__ import annotations

import threading
import time
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Edge
from kg.sinks.apart import Batch, batches_of, edge_batches, write_apart

from .graphs import edge

ENDS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=80)


def edges_between(ends: list[tuple[int, int]]) -> list[Edge]:
    return [edge(f"edge-{n}", head=f"ent-{head}", tail=f"ent-{tail}") for n, (head, tail) in enumerate(ends)]


def nodes_of(batch: Batch[Edge]) -> set[str]:
    return {node for edge in batch.items for node in (edge.head_id, edge.tail_id)}


@given(ENDS, st.integers(1, 20), st.integers(1, 6))
def test_every_edge_is_in_one_batch_and_batches_without_a_common_lane_share_no_node(
    ends: list[tuple[int, int]], size: int, lanes: int
) -> None:
    edges = edges_between(ends)
    batches = list(edge_batches(edges, "", size, lanes))
    assert Counter(edge.id for batch in batches for edge in batch.items) == Counter(edge.id for edge in edges)
    assert all(len(batch.items) <= size for batch in batches)
    for one, other in combinations(batches, 2):
        assert not one.lanes.isdisjoint(other.lanes) or nodes_of(one).isdisjoint(nodes_of(other))


def test_what_fits_one_batch_is_not_split() -> None:
    edges = edges_between([(n, n + 1) for n in range(10)])
    (batch,) = edge_batches(edges, "MERGE", 10, 4)
    assert list(batch.items) == edges
    assert batch.statement == "MERGE"


def test_items_that_share_nothing_are_cut_by_size() -> None:
    assert [list(batch.items) for batch in batches_of(range(5), "", 2)] == [[0, 1], [2, 3], [4]]
    assert not list(batches_of([], "", 2))


@given(ENDS, st.integers(1, 4))
def test_workers_write_all_and_never_touch_a_node_together(ends: list[tuple[int, int]], workers: int) -> None:
    lock, at_work, written = threading.Lock(), Counter[str](), Counter[str]()

    def write(batch: Batch[Edge]) -> None:
        with lock:
            assert not at_work.keys() & nodes_of(batch)
            at_work.update(nodes_of(batch))
        time.sleep(0)
        with lock:
            for node in nodes_of(batch):
                del at_work[node]
            written.update(edge.id for edge in batch.items)

    write_apart(edge_batches(edges_between(ends), "", 5, 2 * workers), [write] * workers)
    assert written == Counter(f"edge-{n}" for n in range(len(ends)))


def test_two_workers_write_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=10)
    write_apart([Batch("", [1]), Batch("", [2])], [lambda _: void(both.wait())] * 2)


def void(_: object) -> None:
    """Take a result and forget it."""


def test_an_error_of_one_worker_ends_all_and_is_raised() -> None:
    begun = []

    def write(batch: Batch[int]) -> None:
        begun.append(batch.items[0])
        raise RuntimeError("line lost")

    with pytest.raises(RuntimeError, match="line lost"):
        write_apart((Batch("", [n], frozenset([0])) for n in range(100)), [write] * 2)
    assert begun == [0]


def test_an_interrupt_while_waiting_leaves_the_rest_unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def write(batch: Batch[int]) -> None:
        begun.append(batch.items[0])
        time.sleep(0.05)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("concurrent.futures.Future.result", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_apart([Batch("", [n], frozenset([0])) for n in range(100)], [write] * 2)
    assert len(begun) <= 2
