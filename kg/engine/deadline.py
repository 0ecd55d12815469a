"""A limit on the time that one piece of work may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class DeadlinePassed(BaseException):
    """The work took too long. No `Exception`, so that no library mistakes it for a failure of its own."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `DeadlinePassed` in the block after `seconds`.

    It works by SIGALRM, hence in the main thread only; elsewhere the block runs without a limit.
    Code that does not come back to the interpreter is not interrupted: `parallel` kills it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise DeadlinePassed(f"no result after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    # Again each second: an exception raised in a callback from C may get lost there.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
