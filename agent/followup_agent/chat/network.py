"""One thread with one event loop does all the network of this process.

Sync calls wait for it and async calls await it, so that the policy (deadline,
retries, the ladder) is written once; a total deadline cancels whatever the
server is doing, also between two bytes of a header; and a connection pool is
never shared by two event loops, so that ``asyncio.run`` may be called twice.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import os
from collections.abc import Coroutine
from threading import Lock, Thread
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_POLL = 0.2  # seconds; on Windows a lock without a timeout cannot be interrupted


class Network:
    """The thread and its loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._open: WeakSet[Any] = WeakSet()
        self.forked = False
        self._thread = Thread(target=self._serve, name="followup-agent network", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for ``work``. An interrupt (Ctrl-C) ends it, and is passed on."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            while not future.done():
                concurrent.futures.wait([future], timeout=_POLL)
            return future.result()
        finally:
            future.cancel()

    async def arun(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work`` from any loop; cancelling this ends it."""
        if asyncio.get_running_loop() is self._loop:
            return await work
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def keep(self, client: Any) -> None:
        """Close ``client`` (it has an async ``close``) at exit, if nobody did before."""
        self._open.add(client)

    def drop(self, client: Any) -> None:
        """Close ``client`` without waiting for it."""
        if not (self.forked or self._loop.is_closed()):
            asyncio.run_coroutine_threadsafe(client.close(), self._loop)

    def end(self) -> None:
        """Cancel what is under way, close what is still open, and the loop."""
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        self._thread.join(timeout=2)

    async def _end(self) -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        closing = (client.close() for client in list(self._open))
        await asyncio.gather(*under_way, *closing, return_exceptions=True)
        self._loop.stop()


_lock = Lock()
_network: Network | None = None
_left_behind: list[Network] = []


def network() -> Network:
    """The process's network thread, started when first wanted."""
    global _network  # noqa: PLW0603  (one thread a process is the point)
    with _lock:
        if _network is None:
            _network = Network()
            atexit.register(_network.end)
        return _network


def _after_fork() -> None:
    """Begin anew in a forked child: threads do not come along, a held lock does."""
    global _lock, _network  # noqa: PLW0603
    _lock = Lock()
    if _network is not None:
        atexit.unregister(_network.end)
        _network.forked = True
        _left_behind.append(_network)  # its loop is the parent's; never closed here
        _network = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
