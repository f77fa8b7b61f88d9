"""A small, fast HTTP/1.1 server on loopback, in a thread of its own.

What answers is a function of the `Exchange`; it may be a coroutine. Everything ends when
the ``with`` ends: what is under way is cancelled and every connection is closed.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping
from email.message import Message
from functools import cached_property
from http import HTTPStatus
from threading import Thread
from typing import Any

LONGEST = 20.0  # seconds that any behaviour may take
LARGEST = 256 << 20  # bytes of a request: more than a batch's input file may have

_REASONS = {status.value: status.phrase for status in HTTPStatus}


class Seen:
    """One request that arrived."""

    def __init__(self, method: str, path: str, raw_headers: bytes, raw: bytes) -> None:
        self.method = method
        self.path = path
        self.raw = raw
        self._raw_headers = raw_headers

    @cached_property
    def headers(self) -> Message:
        """Parsed when first looked at: most tests never do."""
        return http.client.parse_headers(io.BytesIO(self._raw_headers + b"\r\n\r\n"))

    @cached_property
    def body(self) -> Any:
        """What its JSON holds; None where it has no body."""
        return json.loads(self.raw or b"null")


class Exchange:
    """A request and the connection to answer it on."""

    def __init__(self, seen: Seen, connection: _Connection) -> None:
        self.seen = seen
        self._connection = connection

    @property
    def open(self) -> bool:
        """Whether the client is still there."""
        return not self._connection.transport.is_closing()

    def answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """A whole response; the connection stays open."""
        self.head(status, {"Content-Length": str(len(body)), **(headers or {})}, body)

    def head(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        """The head, and as much of a body as is given."""
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.write("\r\n".join([*lines, "\r\n"]).encode("latin-1") + body)

    def write(self, data: bytes) -> None:
        """Bytes as they are, if the client is still there."""
        if self.open:
            self._connection.transport.write(data)

    def close(self) -> None:
        """End the connection after what was written."""
        self._connection.transport.close()

    def reset(self) -> None:
        """End the connection with a reset."""
        linger = struct.pack("ii", 1, 0)
        peer: socket.socket = self._connection.transport.get_extra_info("socket")
        if self.open:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._connection.transport.abort()


Answer = Callable[[Exchange], Awaitable[None] | None]


class _Connection(asyncio.Protocol):
    """Cuts what arrives into requests; one is answered before the next comes."""

    transport: asyncio.Transport

    def __init__(self, server: Loopback) -> None:
        self._server = server
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self._server.connections.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        self._server.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._received[:end])
            length = _length(head)
            if length > LARGEST:
                self.transport.abort()
                return
            if len(self._received) < end + 4 + length:
                return
            raw = bytes(self._received[end + 4 : end + 4 + length])
            del self._received[: end + 4 + length]
            line, _, headers = head.partition(b"\r\n")
            method, path, _ = line.decode("latin-1").split(" ", 2)
            self._server.begin(Exchange(Seen(method, path, headers, raw), self))


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    return int(lower[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class Loopback:
    """The server, running while the ``with`` block does.

    Args:
        answer: What answers each request.
    """

    def __init__(self, answer: Answer) -> None:
        self.connections: set[_Connection] = set()
        self._answer = answer
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self._socket: socket.socket
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._ready = threading.Event()
        self._thread = Thread(target=lambda: asyncio.run(self.serve()), name="loopback server")

    def __enter__(self) -> Loopback:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.port = self._socket.getsockname()[1]
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def serve(self) -> None:
        """Serve until it is told to stop; then nothing is left open."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        listening = await self._loop.create_server(lambda: _Connection(self), sock=self._socket)
        self._ready.set()
        try:
            await self._stop.wait()
        finally:
            listening.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            for connection in list(self.connections):
                connection.transport.abort()
            await listening.wait_closed()

    def begin(self, exchange: Exchange) -> None:
        """Answer a request that has arrived."""
        self.run(exchange, self._answer)

    def run(self, exchange: Exchange, answer: Answer) -> None:
        """Answer at once, or in a task of its own that is bounded in time."""
        answering = answer(exchange)
        if answering is not None:
            task = self._loop.create_task(_bounded(exchange, answering))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


async def _bounded(exchange: Exchange, answering: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(answering, LONGEST)
    except TimeoutError:
        exchange.close()
