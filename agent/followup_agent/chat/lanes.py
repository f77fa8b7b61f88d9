"""Connections to a server, each with one request at a time.

httpcore's pool looks through all its connections when a request begins and when it ends:
with 64 of them that takes a fifth of a request's time. Here an idle one is on top of a
stack.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.request import getproxies

import httpcore2
import httpx2

from followup_agent.chat.wire import connect

_Connection = httpcore2.AsyncHTTP11Connection


class Lanes(httpx2.AsyncBaseTransport):
    """As many connections as there are requests at once, the last used ones first."""

    def __init__(self) -> None:
        self._context = httpx2.create_ssl_context()  # reading the certificates takes 20 ms
        self._context.set_alpn_protocols(["http/1.1"])
        self._open: set[_Connection] = set()
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send on an idle connection, or on a new one."""
        asked = _asked(request)
        with _as_httpx():
            lane = await self._taken(asked)
            try:
                response = await lane.handle_async_request(asked)
            except BaseException:
                self._given_back(lane)
                raise
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_Lent(response, lane, self),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        lanes, self._open, self._idle = self._open, set(), []
        for lane in lanes:
            await lane.aclose()

    async def _taken(self, asked: httpcore2.Request) -> _Connection:
        origin = asked.url.origin
        while self._idle:
            lane = self._idle.pop()
            if lane.can_handle_request(origin) and not lane.has_expired():
                return lane
            self._open.discard(lane)
            await lane.aclose()
        limits = asked.extensions.get("timeout", {})
        lane = await connect(origin, self._context, limits.get("connect"))
        self._open.add(lane)
        return lane

    def _given_back(self, lane: _Connection) -> None:
        """Keep a connection for the next request, if it is still fit for one."""
        if lane.is_available() and lane in self._open:
            self._idle.append(lane)
        else:
            self._open.discard(lane)


class _Lent(httpx2.AsyncByteStream):
    """A response's body, whose connection is idle again when it is closed."""

    def __init__(self, response: httpcore2.Response, lane: _Connection, lanes: Lanes) -> None:
        self._response = response
        self._lane: _Connection | None = lane
        self._lanes = lanes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._response.stream, AsyncIterable)  # noqa: S101  (of a connection)
        with _as_httpx():
            async for chunk in self._response.stream:
                yield chunk

    async def aclose(self) -> None:
        """Close the body, and give the connection back, once."""
        lane, self._lane = self._lane, None
        if lane is not None:
            try:
                await self._response.aclose()
            finally:
                self._lanes._given_back(lane)


def _asked(request: httpx2.Request) -> httpcore2.Request:
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Httpcore's errors as httpx's of the same name."""
    try:
        yield
    except (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.UnsupportedProtocol,
    ) as exc:
        raise getattr(httpx2, type(exc).__name__)(str(exc)) from exc


def transport() -> Lanes | None:
    """Lanes, or None where the environment names a proxy, which the client then finds itself."""
    return None if getproxies() else Lanes()
