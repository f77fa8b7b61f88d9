"""One bound for a whole conversation over a socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Deadline:
    """Cuts a connection when the time is up, also one that drips an octet at a time.

    A socket's own timeout begins anew with each octet, so it bounds nothing.

    Args:
        seconds: From entering the context.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._socket: Callable[[], socket.socket] | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def watch(self, current: Callable[[], socket.socket]) -> None:
        """Cut this connection at the end.

        Args:
            current: Gives the socket, which STARTTLS exchanges for another.
        """
        self._socket = current
        if self.over:
            self._cut()

    def _end(self) -> None:
        self.over = True
        self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            # The plain shutdown: that of an SSL socket forgets the key under a reader's feet.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket(), socket.SHUT_RDWR)
