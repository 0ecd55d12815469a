"""An ordered map over worker processes that survives what the work does to a worker.

The standard pools lose everything in flight when one worker dies, and have no
limit on time. Here each worker has a pipe of its own, so it is known which item
killed or hung it: that item is reported lost, the others run again elsewhere.
Workers are spawned, never forked: the parent may hold threads (a progress bar, a
database) that do not survive a fork.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from kg.records.errors import KgError

T = TypeVar("T")
R = TypeVar("R")

BATCH_ITEMS = 8
"""Most items sent to a worker at once: enough that it need not wait while the consumer works."""

BATCH_WEIGHT = 8_192
"""A batch is closed when it weighs this much: with characters as weight, about a second of work."""

AHEAD = 4
"""Batches a worker may be ahead of the oldest unfinished one; bounds what is held in memory."""


class WorkerError(RuntimeError):
    """A worker could not start its work; the message is its traceback."""


@dataclass(slots=True)
class _Batch(Generic[T, R]):
    items: list[T]
    results: list[R] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.items)


@dataclass(frozen=True, slots=True)
class _Started:
    """What a worker says first: ready, or why not."""

    error: KgError | None = None
    trace: str = ""


@dataclass(slots=True)
class _Worker(Generic[T, R]):
    process: BaseProcess
    pipe: Connection
    batch: _Batch[T, R] | None
    is_ready: bool = False
    heard: float = 0.0

    def give(self, batch: _Batch[T, R]) -> None:
        """Hand over what is left of a batch; a worker that is not ready yet gets it when it is."""
        self.batch = batch
        if self.is_ready:
            self.heard = time.monotonic()
            # A pipe that broke is the worker's end, which the next look at it sees.
            with contextlib.suppress(OSError):
                self.pipe.send(batch.items[len(batch.results) :])

    def hear(self) -> None:
        """Take in everything the worker has sent.

        Raises:
            EOFError, OSError: the worker is gone.
        """
        while self.pipe.poll():
            message = self.pipe.recv()
            self.heard = time.monotonic()
            if isinstance(message, _Started):
                self._begin(message)
            elif self.batch is not None:
                self.batch.results.append(message)
                if self.batch.is_done:
                    self.batch = None

    def _begin(self, started: _Started) -> None:
        if started.error is not None:
            raise started.error
        if started.trace:
            raise WorkerError(started.trace)
        self.is_ready = True
        if self.batch is not None:
            self.give(self.batch)

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def ordered_map(
    start: Callable[[], Callable[[T], R]],
    items: Iterable[T],
    *,
    workers: int,
    patience_s: float,
    lost: Callable[[T, str], R],
    weight: Callable[[T], int] = lambda item: 1,
) -> Iterator[R]:
    """Yield `start()(item)` for each item, in the order of the items, computed in up to `workers` processes.

    Items are drawn as they are needed: at most a few batches a worker are held.
    When the iterator is closed or an exception passes through it (Ctrl-C), all
    workers are ended before it propagates.

    Args:
        start: Called once in each worker; must be picklable, its result need not be.
        items: What to work on; drawn in the calling process.
        workers: Most processes; none is started before there is work for it.
        patience_s: A worker that has not finished one item for so long is killed.
        lost: Stands in for the result of an item that killed its worker ("died") or hung ("timeout").
        weight: Size of an item, so that batches hold about the same work.

    Raises:
        KgError: a worker's `start` raised it.
        WorkerError: a worker's `start` failed otherwise, or it died before its first item.
    """
    batches: Iterator[_Batch[T, R]] = _batches(items, weight)
    queue: deque[_Batch[T, R]] = deque()  # in order; the head is yielded next
    again: deque[_Batch[T, R]] = deque()  # what lost workers left undone
    crew: list[_Worker[T, R]] = []
    is_dry = False
    try:
        while queue or not is_dry:
            idle = [worker for worker in crew if worker.batch is None]
            while idle or len(crew) < workers:
                if again:
                    batch = again.popleft()
                elif is_dry or len(queue) >= AHEAD * workers:
                    break
                elif (drawn := next(batches, None)) is None:
                    is_dry = True
                    break
                else:
                    queue.append(batch := drawn)
                if idle:
                    idle.pop().give(batch)
                else:
                    crew.append(_hire(start, batch))
            while queue and queue[0].is_done:
                yield from queue.popleft().results
            for worker in _heard_from(crew, patience_s):
                crew.remove(worker)
                if worker.batch is not None:
                    reason = "died" if worker.process.exitcode is not None else "timeout"
                    worker.end()
                    worker.batch.results.append(lost(worker.batch.items[len(worker.batch.results)], reason))
                    if not worker.batch.is_done:
                        again.append(worker.batch)
    finally:
        for worker in crew:
            worker.end()


def _batches(items: Iterable[T], weight: Callable[[T], int]) -> Iterator[_Batch[T, R]]:
    held: list[T] = []
    total = 0
    for item in items:
        held.append(item)
        total += weight(item)
        if len(held) >= BATCH_ITEMS or total >= BATCH_WEIGHT:
            yield _Batch(held)
            held, total = [], 0
    if held:
        yield _Batch(held)


def _heard_from(crew: list[_Worker[T, R]], patience_s: float) -> list[_Worker[T, R]]:
    """Wait until a worker has something to say or the quietest one's patience ends; return the lost ones."""
    busy = [worker.heard for worker in crew if worker.is_ready and worker.batch is not None]
    timeout = max(0.0, min(busy) + patience_s - time.monotonic()) if busy else None
    if any(worker.batch is not None for worker in crew):
        wait([worker.pipe for worker in crew if worker.batch is not None], timeout)
    lost = []
    for worker in crew:
        try:
            worker.hear()
        except (EOFError, OSError):
            worker.process.join()
            if not worker.is_ready:
                status = worker.process.exitcode
                raise WorkerError(f"a worker ended before its first item (exit status {status})") from None
            lost.append(worker)
        else:
            if worker.is_ready and worker.batch is not None and time.monotonic() - worker.heard >= patience_s:
                lost.append(worker)
    return lost


def _hire(start: Callable[[], Callable[[T], R]], batch: _Batch[T, R]) -> _Worker[T, R]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, start), daemon=True)
    # Ctrl-C reaches every process of the terminal, and only the parent acts on it: workers inherit
    # the blocked signal from their first instruction on, so none of them prints a traceback.
    # The tracker comes first because starting it unblocks the signal (Python 3.11).
    resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    theirs.close()
    return _Worker(process, ours, batch)


def _serve(pipe: Connection, start: Callable[[], Callable[[T], R]]) -> None:
    """Work until the parent closes its end of the pipe."""
    try:
        work = start()
    except KgError as error:
        pipe.send(_Started(error=error))
        return
    except Exception:  # noqa: BLE001 - the parent raises it
        pipe.send(_Started(trace=traceback.format_exc()))
        return
    pipe.send(_Started())
    while True:
        try:
            items = pipe.recv()
        except (EOFError, OSError):
            return
        for item in items:
            result = work(item)
            try:
                pipe.send(result)
            except OSError:
                return
