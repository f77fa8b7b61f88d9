"""Connections to a server, each with one request at a time.

httpcore's pool looks through all its connections when a request begins and when it ends:
with 64 of them that takes a fifth of a request's time. Here an idle one is on top of a
stack. Each lane is a pool of one connection, which opens, checks and closes it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.request import getproxies

import httpx2


class Lanes(httpx2.AsyncBaseTransport):
    """As many connections as there are requests at once, the last used ones first."""

    def __init__(self) -> None:
        self._context = httpx2.create_ssl_context()  # reading the certificates takes 20 ms
        self._all: list[httpx2.AsyncHTTPTransport] = []
        self._idle: list[httpx2.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send on an idle lane, or on a new one."""
        lane = self._idle.pop() if self._idle else self._open()
        try:
            response = await lane.handle_async_request(request)
        except BaseException:
            self._idle.append(lane)  # its pool has closed what broke
            raise
        response.stream = _Lent(response.stream, lane, self._idle)
        return response

    async def aclose(self) -> None:
        """Close every connection."""
        lanes, self._all, self._idle = self._all, [], []
        for lane in lanes:
            await lane.aclose()

    def _open(self) -> httpx2.AsyncHTTPTransport:
        lane = httpx2.AsyncHTTPTransport(
            verify=self._context,
            limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1),
        )
        self._all.append(lane)
        return lane


class _Lent(httpx2.AsyncByteStream):
    """A response's body, whose lane is idle again when it is closed."""

    def __init__(
        self,
        stream: httpx2.SyncByteStream | httpx2.AsyncByteStream,
        lane: httpx2.AsyncHTTPTransport,
        idle: list[httpx2.AsyncHTTPTransport],
    ) -> None:
        assert isinstance(stream, httpx2.AsyncByteStream)  # noqa: S101  (of an async transport)
        self._stream = stream
        self._lane = lane
        self._idle: list[httpx2.AsyncHTTPTransport] | None = idle

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        """Close the body, and give the lane back, once."""
        try:
            await self._stream.aclose()
        finally:
            if self._idle is not None:
                self._idle.append(self._lane)
                self._idle = None


def transport() -> Lanes | None:
    """Lanes, or None where the environment names a proxy, which the client then finds itself."""
    return None if getproxies() else Lanes()
