"""A line to a server that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Proxy:
    """Passes bytes on to a port of the loopback, and cuts every connection once so many have gone through.

    Attributes:
        port: Where it listens.
        cuts: How often it has cut.
    """

    def __init__(self, target: int, cut_after: list[int]) -> None:
        """Take the port behind it, and after how many bytes sent to it each cut is due, counted from the last."""
        self._target = target
        self._due = list(cut_after)
        self._passed = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                near = self._listener.accept()[0]
                far = socket.create_connection(("127.0.0.1", self._target))
                with self._lock:
                    self._open += [near, far]
                threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):  # cut
            while data := source.recv(65536):
                if counts and self._is_due(len(data)):
                    self.cut()
                    return
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_due(self, count: int) -> bool:
        with self._lock:
            self._passed += count
            if not self._due or self._passed < self._due[0]:
                return False
            self._due.pop(0)
            self._passed = 0
            self.cuts += 1
            return True

    def cut(self) -> None:
        """Close all connections."""
        with self._lock:
            ends, self._open = self._open, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def proxy(target: int, cut_after: list[int]) -> Iterator[Proxy]:
    """Open a proxy for the block."""
    opened = Proxy(target, cut_after)
    try:
        yield opened
    finally:
        opened._listener.close()
        opened.cut()
