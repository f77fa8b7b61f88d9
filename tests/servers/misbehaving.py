"""A Chat Completions server on loopback that misbehaves as it is told.

::

    with Misbehaving(status(429, headers={"Retry-After": "1"}), completion("Hello")) as server:
        OpenAIModel("m", base_url=server.url).complete(request)
    assert len(server.requests) == 2

Each request is answered by the next behaviour; the last one answers all further
ones. A behaviour is a function of the handler. Everything ends when the ``with``
ends: whatever drips or stalls looks at `stopping`, and is bounded in time besides.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

LONGEST = 20.0  # seconds that any behaviour may take


@dataclass(frozen=True)
class Seen:
    """One request that arrived."""

    method: str
    path: str
    headers: Message
    body: Any


class Handler(BaseHTTPRequestHandler):
    """One connection; `server` holds the script."""

    server: Server
    timeout = LONGEST

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client went away: what many tests are about

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        seen = Seen(self.command, self.path, self.headers, json.loads(raw or b"null"))
        self.server.next_for(seen)(self)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass

    def pause(self, seconds: float) -> bool:
        """Wait; True when the server is to stop."""
        return self.server.stopping.wait(seconds)

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.head(status, {"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)


Behaviour = Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    """Holds the script and what was seen."""

    daemon_threads = False  # closing waits for them

    def __init__(self, script: Sequence[Behaviour]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script)
        self.seen: list[Seen] = []
        self.stopping = Event()
        self._lock = Lock()

    def next_for(self, seen: Seen) -> Behaviour:
        with self._lock:
            self.seen.append(seen)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def handle_error(self, *_: object) -> None:
        pass


class Misbehaving:
    """The server, running while the ``with`` block does."""

    def __init__(self, *script: Behaviour) -> None:
        self._server = Server(script)
        # A short poll: shutting down waits for one of them.
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Misbehaving:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.place}/v1"

    @property
    def requests(self) -> list[Seen]:
        return list(self._server.seen)


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


def completion(content: Any = "Hello", finish: Any = "stop", **message: Any) -> Behaviour:
    """Answer well."""
    return as_json(choice(content, finish, **message))


def as_json(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with this JSON."""
    return raw(
        json.dumps(data).encode(), status, {"Content-Type": "application/json", **(headers or {})}
    )


def raw(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with these bytes."""
    return lambda handler: handler.answer(status, body, headers or {})


def status(
    http: int, message: str = "no", *, headers: Mapping[str, str] | None = None, **error: Any
) -> Behaviour:
    """Answer with an error as OpenAI writes it."""
    return as_json({"error": {"message": message, **error}}, http, headers)


def page(code: int = 200) -> Behaviour:
    """Answer with a web page."""
    return raw(
        b"<!DOCTYPE html><html><body>Welcome</body></html>", code, {"Content-Type": "text/html"}
    )


def redirect(target: str, code: int = 307) -> Behaviour:
    """Point elsewhere."""
    return raw(b"", code, {"Location": target})


def bomb(megabytes: int = 64, code: int = 200) -> Behaviour:
    """Answer with a small gzip body that grows very large."""
    body = gzip.compress(b" " * (megabytes << 20), compresslevel=9)
    return raw(body, code, {"Content-Encoding": "gzip", "Content-Type": "application/json"})


def zipped(data: Any) -> Behaviour:
    """Answer well, compressed."""
    return raw(gzip.compress(json.dumps(data).encode()), 200, {"Content-Encoding": "gzip"})


def short() -> Behaviour:
    """Promise more than is sent."""
    return raw(b'{"choices": [', 200, {"Content-Length": "5000"})


def reset() -> Behaviour:
    """Begin a body and reset the connection."""

    def behave(handler: Handler) -> None:
        handler.head(200, {"Content-Length": "5000"})
        handler.wfile.write(b'{"choices": [')
        handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.rfile.close()  # it holds the socket open
        handler.connection.close()
        handler.close_connection = True

    return behave


def drip(code: int = 200) -> Behaviour:
    """Send a body byte by byte, for ever as it seems."""

    def behave(handler: Handler) -> None:
        handler.head(code, {"Content-Length": "100000"})
        _drip(handler, b" ")

    return behave


def drip_headers() -> Behaviour:
    """Send headers byte by byte, for ever as it seems."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        _drip(handler, b"x")

    return behave


def silence() -> Behaviour:
    """Take the request and say nothing."""
    return _stall


def _drip(handler: Handler, byte: bytes) -> None:
    for _ in range(int(LONGEST / 0.02)):
        if handler.pause(0.02):
            return
        handler.wfile.write(byte)
        handler.wfile.flush()


def _stall(handler: Handler) -> None:
    handler.pause(LONGEST)
    handler.close_connection = True
