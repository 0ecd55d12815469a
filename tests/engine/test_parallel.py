"""The ordered map over worker processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from kg.engine.parallel import WorkerError, ordered_map
from kg.records.errors import ModelError


def start_squares() -> Callable[[int], int]:
    return square


def square(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 17:
        time.sleep(60)
    return number * number


def start_broken() -> Callable[[int], int]:
    raise ModelError("no model", hint="reinstall")


def start_buggy() -> Callable[[int], int]:
    raise ZeroDivisionError("a bug")


def start_dead() -> Callable[[int], int]:
    os._exit(7)


def squares(numbers: Iterator[int] | range, *, workers: int = 2) -> list[int | str]:
    def lost(number: int, reason: str) -> int:
        return -1 if reason == "died" else -2

    return list(ordered_map(start_squares, numbers, workers=workers, patience_s=1.0, lost=lost))


def test_results_come_in_order() -> None:
    expected = [n * n for n in range(100, 180)]
    assert squares(range(100, 180), workers=3) == expected


def test_nothing_to_do_starts_nobody() -> None:
    assert squares(range(0)) == []
    assert not multiprocessing.active_children()


def test_an_item_that_kills_or_hangs_its_worker_is_the_only_one_lost() -> None:
    expected = [-1 if n == 13 else -2 if n == 17 else n * n for n in range(40)]
    assert squares(range(40)) == expected


def test_items_are_drawn_as_they_are_needed() -> None:
    drawn = []

    def numbers() -> Iterator[int]:
        for number in range(100_000):
            drawn.append(number)
            yield number

    results = ordered_map(start_squares, numbers(), workers=1, patience_s=5, lost=lambda n, why: 0)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(drawn) <= 100
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("start", "error", "message"),
    [
        pytest.param(start_broken, ModelError, "no model", id="an error for people keeps its type"),
        pytest.param(start_buggy, WorkerError, "ZeroDivisionError: a bug", id="a bug keeps its traceback"),
        pytest.param(start_dead, WorkerError, "exit status 7", id="death before the first item is told"),
    ],
)
def test_a_worker_that_cannot_start_stops_the_run(
    start: Callable[[], Callable[[int], int]], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        list(ordered_map(start, range(3), workers=1, patience_s=5, lost=lambda n, why: 0))
    assert not multiprocessing.active_children()
