"""A Chat Completions server on loopback that misbehaves as it is told.

::

    with Misbehaving(status(429, headers={"Retry-After": "1"}), completion("Hello")) as server:
        OpenAIModel("m", base_url=server.url).complete(request)
    assert len(server.requests) == 2

Each request is answered by the next behaviour; the last one answers all further
ones. A behaviour is a function of the `Exchange`, a coroutine where it takes time.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from typing import Any

from servers.loopback import LONGEST, Answer, Exchange, Loopback, Seen


class Misbehaving:
    """The server, running while the ``with`` block does."""

    def __init__(self, *script: Answer) -> None:
        self.script = list(script)
        self.requests: list[Seen] = []
        self._server = Loopback(self._next)

    def __enter__(self) -> Misbehaving:
        self._server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self._server.port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}/v1"

    def _next(self, exchange: Exchange) -> Any:
        self.requests.append(exchange.seen)
        behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return behaviour(exchange)


def choice(content: Any = "Hello", finish: Any = "stop", **message: Any) -> dict[str, Any]:
    """The JSON of a completion with one choice."""
    return {
        "id": "c",
        "object": "chat.completion",
        "model": "served-name",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, **message},
            }
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
    }


def completion(content: Any = "Hello", finish: Any = "stop", **message: Any) -> Answer:
    """Answer well."""
    return as_json(choice(content, finish, **message))


def as_json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with this JSON."""
    return raw(
        json.dumps(data).encode(), status, {"Content-Type": "application/json", **(headers or {})}
    )


def raw(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with these bytes."""
    return lambda exchange: exchange.answer(status, body, headers or {})


def status(
    http: int, message: str = "no", *, headers: Mapping[str, str] | None = None, **error: Any
) -> Answer:
    """Answer with an error as OpenAI writes it."""
    return as_json({"error": {"message": message, **error}}, http, headers)


def page(code: int = 200) -> Answer:
    """Answer with a web page."""
    return raw(
        b"<!DOCTYPE html><html><body>Welcome</body></html>", code, {"Content-Type": "text/html"}
    )


def redirect(target: str, code: int = 307) -> Answer:
    """Point elsewhere."""
    return raw(b"", code, {"Location": target})


def bomb(megabytes: int = 64, code: int = 200) -> Answer:
    """Answer with a small gzip body that grows very large."""
    body = gzip.compress(b" " * (megabytes << 20), compresslevel=9)
    return raw(body, code, {"Content-Encoding": "gzip", "Content-Type": "application/json"})


def zipped(data: Any) -> Answer:
    """Answer well, compressed."""
    return raw(gzip.compress(json.dumps(data).encode()), 200, {"Content-Encoding": "gzip"})


def short() -> Answer:
    """Promise more than is sent."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, {"Content-Length": "5000"}, b'{"choices": [')
        exchange.close()

    return behave


def reset() -> Answer:
    """Begin a body and reset the connection."""

    def behave(exchange: Exchange) -> None:
        exchange.head(200, {"Content-Length": "5000"}, b'{"choices": [')
        exchange.reset()

    return behave


def drip(code: int = 200) -> Answer:
    """Send a body byte by byte, for ever as it seems."""

    async def behave(exchange: Exchange) -> None:
        exchange.head(code, {"Content-Length": "100000"})
        await _drip(exchange, b" ")

    return behave


def drip_headers() -> Answer:
    """Send headers byte by byte, for ever as it seems."""

    async def behave(exchange: Exchange) -> None:
        exchange.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        await _drip(exchange, b"x")

    return behave


def silence() -> Answer:
    """Take the request and say nothing."""

    async def behave(_: Exchange) -> None:
        await asyncio.sleep(LONGEST + 1)  # the server ends it before

    return behave


async def _drip(exchange: Exchange, byte: bytes) -> None:
    while exchange.open:
        exchange.write(byte)
        await asyncio.sleep(0.02)
