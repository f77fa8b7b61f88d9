"""A connection of asyncio's own, as httpcore's HTTP/1.1 reads and writes it.

httpcore comes with one that goes through anyio, so that it runs on trio, too. Here asyncio
is all there is, and a request takes a third less of the processor's time.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import httpcore2

_KEPT = 5.0  # seconds that an idle connection is used again; httpx's own default
_MOST = 2**18  # bytes that wait to be read before the server is held back
_NEXT_ADDRESS = 0.25  # seconds before a host's next address is tried beside (RFC 8305)


class Wire(asyncio.Protocol, httpcore2.AsyncNetworkStream):
    """One connection, to be read and written by one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._received = bytearray()
        self._ended = False
        self._broken: Exception | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has arrived, at most so much, or b"" at the end.

        Raises:
            httpcore2.ReadTimeout: Nothing came in time.
            httpcore2.ReadError: The connection broke.
        """
        if not self._received and not self._ended:
            self._arrival = asyncio.get_running_loop().create_future()
            await _within(timeout, self._arrival, httpcore2.ReadTimeout)
        if not self._received and self._broken is not None:
            raise httpcore2.ReadError(str(self._broken)) from self._broken
        data = bytes(self._received[:max_bytes])
        del self._received[:max_bytes]
        if len(self._received) < _MOST:
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, and wait while too much is unsent.

        Raises:
            httpcore2.WriteTimeout: The server did not take it in time.
            httpcore2.WriteError: The connection is gone.
        """
        if self._transport.is_closing():
            raise httpcore2.WriteError(str(self._broken or "the server closed the connection"))
        self._transport.write(buffer)
        if self._room is not None:
            await _within(timeout, self._room, httpcore2.WriteTimeout)

    async def aclose(self) -> None:
        """End the connection; what is still unsent is not sent."""
        self._transport.abort()
        await asyncio.sleep(0)  # asyncio closes the socket in its next turn

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection: an idle one with something to read is of no use."""
        if info == "is_readable":
            return bool(self._received) or self._ended
        return self._transport.get_extra_info(info)

    # --- called by asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (of create_connection)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep what arrives."""
        self._received += data
        if len(self._received) >= _MOST:
            self._transport.pause_reading()
        _wake(self._arrival)

    def eof_received(self) -> None:
        """Nothing more comes; asyncio closes the connection."""
        self._ended = True
        _wake(self._arrival)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed: by the server, by us, or it broke."""
        self._ended, self._broken = True, exc
        _wake(self._arrival)
        _wake(self._room)

    def pause_writing(self) -> None:
        """Too much is unsent."""
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """There is room again."""
        _wake(self._room)
        self._room = None


async def connect(
    origin: httpcore2.Origin, context: ssl.SSLContext, seconds: float | None
) -> httpcore2.AsyncHTTP11Connection:
    """Open a connection to a server.

    Args:
        origin: Scheme, host and port.
        context: For ``https``.
        seconds: Bound on opening it, TLS included; None for no bound.

    Raises:
        httpcore2.ConnectTimeout: It took too long.
        httpcore2.ConnectError: It could not be opened, or the certificate is not valid.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            _, wire = await loop.create_connection(
                Wire,
                origin.host.decode("ascii"),
                origin.port,
                ssl=context if origin.scheme == b"https" else None,
                happy_eyeballs_delay=_NEXT_ADDRESS,
            )
    except TimeoutError as exc:
        raise httpcore2.ConnectTimeout(str(exc)) from exc
    except OSError as exc:
        raise httpcore2.ConnectError(str(exc)) from exc
    return httpcore2.AsyncHTTP11Connection(origin, wire, keepalive_expiry=_KEPT)


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


async def _within(
    seconds: float | None, waiter: asyncio.Future[None], late: type[httpcore2.TimeoutException]
) -> None:
    try:
        async with asyncio.timeout(seconds):
            await waiter
    except TimeoutError as exc:
        raise late from exc
