"""The files and batches endpoints of OpenAI on loopback, as the public API reference tells them.

::

    with BatchProvider(Plan(faults={"429": 0.1, "expired": 0.05})) as server:
        …                                     # files, batches and results at server.url
    assert not paid_twice(server.seen)

Time passes only when a batch is looked at: `Pace.look` seconds a look. So a test waits for
nothing, and a day takes as many looks as it is told.

What a line of a batch meets is drawn as in `provider`, by its note; besides the faults
that are an HTTP answer there is ``expired``: it is never run within the window. `Trouble`
is what the endpoints themselves do wrong.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from email import message_from_bytes
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from servers.batch_runner import Batch, Pace, Runner
from servers.loopback import Exchange, Loopback
from servers.provider import FAULTS, Asked, Plan

#: Done, and then the connection is reset before the answer is sent.
LOST = "lost"
#: Half of the body is sent.
CUT = "cut"


_ID = "([^/]+)"


class Refusal(Exception):
    """An endpoint's own error."""

    def __init__(self, status: int, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        kind = "invalid_request_error"
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": None}}


Hook = Callable[[str, str], None]


class BatchProvider:
    """The endpoints, in a thread of this process while the ``with`` block runs.

    Args:
        plan: What the lines meet.
        pace: How long what takes.
        trouble: For a route (``POST /batches``) what its requests meet in order: names of
            `provider.FAULTS`, ``lost`` or ``cut``; afterwards nothing.
        hook: Called with a route and ``before`` or ``after``.

    Attributes:
        calls: Every request to an endpoint, in order.
    """

    def __init__(
        self,
        plan: Plan | None = None,
        pace: Pace | None = None,
        trouble: Mapping[str, Sequence[str]] | None = None,
        hook: Hook | None = None,
    ) -> None:
        self.calls: list[str] = []
        self.files: dict[str, dict[str, Any]] = {}
        self._plan, self._pace = plan or Plan(), pace or Pace()
        self._runner = Runner(
            self._plan,
            self._pace,
            read=lambda name: self._contents.get(name, b""),
            keep=lambda name, data: self._keep(data, name, "batch_output")["id"],
        )
        self._contents: dict[str, bytes] = {}
        self._trouble = {route: list(names) for route, names in (trouble or {}).items()}
        self._hook = hook
        self._numbers = itertools.count(1)
        self._server = Loopback(self._begin)

    def __enter__(self) -> BatchProvider:
        self._server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()

    @property
    def url(self) -> str:
        """The address, up to and with ``/v1``."""
        return f"http://127.0.0.1:{self._server.port}/v1"

    @property
    def batches(self) -> list[dict[str, Any]]:
        """Every batch as it is shown, oldest first."""
        return [batch.shown for batch in self._runner.batches.values()]

    @property
    def seen(self) -> list[Asked]:
        """Every line that was run."""
        return self._runner.seen

    # Routing -------------------------------------------------------------------------

    def _begin(self, exchange: Exchange) -> Any:
        method, split = exchange.seen.method, urlsplit(exchange.seen.path)
        path = split.path.removeprefix("/v1")
        for pattern, answer in self._routes():
            if match := re.fullmatch(pattern, f"{method} {path}"):
                route = pattern.replace(_ID, "*")
                self.calls.append(route)
                return self._answer(exchange, route, partial(answer, exchange, *match.groups()))
        return _send(exchange, *_refused(Refusal(404, f"no {path}")))

    def _routes(self) -> Iterator[tuple[str, Callable[..., tuple[int, bytes]]]]:
        yield "POST /files", self._upload
        yield "GET /files", self._list_files
        yield f"DELETE /files/{_ID}", self._delete
        yield f"GET /files/{_ID}/content", self._content
        yield "POST /batches", self._create
        yield "GET /batches", self._list
        yield f"GET /batches/{_ID}", self._retrieve
        yield f"POST /batches/{_ID}/cancel", self._cancel

    def _answer(self, exchange: Exchange, route: str, work: Callable[[], tuple[int, bytes]]) -> Any:
        waiting = self._trouble.get(route, [])
        trouble = waiting.pop(0) if waiting else ""
        self._called(route, "before")
        if trouble in FAULTS:
            fault = FAULTS[trouble]
            return self._server.run(exchange, fault.behave(fault.tell(self._plan).headers))
        try:
            if not str(exchange.seen.headers["Authorization"]).startswith("Bearer "):
                raise Refusal(401, "You didn't provide an API key")
            status, body = work()
        except Refusal as refusal:
            status, body = _refused(refusal)
        self._called(route, "after")
        if trouble == LOST:
            exchange.reset()
        elif trouble == CUT:
            exchange.head(status, {"Content-Length": str(len(body))}, body[: len(body) // 2])
            exchange.close()
        else:
            _send(exchange, status, body)
        return None

    def _called(self, route: str, moment: str) -> None:
        if self._hook is not None:
            self._hook(route, moment)

    # Files ---------------------------------------------------------------------------

    def _upload(self, exchange: Exchange) -> tuple[int, bytes]:
        kind = exchange.seen.headers["Content-Type"].encode()
        form = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + exchange.seen.raw)
        fields = {
            part.get_param("name", header="content-disposition"): part
            for part in (form.get_payload() if form.is_multipart() else [])
        }
        if "file" not in fields or "purpose" not in fields:
            raise Refusal(400, "'file' and 'purpose' are required properties")
        if (purpose := fields["purpose"].get_payload()) != "batch":
            raise Refusal(400, f"'{purpose}' is not a purpose here", "purpose")
        data = fields["file"].get_payload(decode=True)
        if len(data) > self._pace.size:
            raise Refusal(413, "File is too large")
        return _json(self._keep(data, fields["file"].get_filename() or "", purpose))

    def _keep(self, data: bytes, name: str, purpose: str) -> dict[str, Any]:
        made = {
            "id": f"file-{next(self._numbers):08d}",
            "object": "file",
            "bytes": len(data),
            "created_at": self._runner.now,
            "expires_at": None,
            "filename": name,
            "purpose": purpose,
            "status": "processed",
        }
        self.files[made["id"]] = made
        self._contents[made["id"]] = data
        return made

    def _list_files(self, exchange: Exchange) -> tuple[int, bytes]:
        return _json(_page(list(self.files.values()), exchange))

    def _content(self, _: Exchange, name: str) -> tuple[int, bytes]:
        if name not in self._contents:
            raise Refusal(404, f"No such File object: {name}", "id")
        return 200, self._contents[name]

    def _delete(self, _: Exchange, name: str) -> tuple[int, bytes]:
        if name not in self.files:
            raise Refusal(404, f"No such File object: {name}", "id")
        del self.files[name], self._contents[name]
        return _json({"id": name, "object": "file", "deleted": True})

    # Batches -------------------------------------------------------------------------

    def _create(self, exchange: Exchange) -> tuple[int, bytes]:
        asked = exchange.seen.body
        if asked.get("completion_window") != "24h":
            raise Refusal(400, "completion_window must be '24h'", "completion_window")
        if asked.get("endpoint") != "/v1/chat/completions":
            raise Refusal(400, "this endpoint is not supported for batches", "endpoint")
        if (name := asked.get("input_file_id")) not in self.files:
            raise Refusal(400, f"Invalid file id: {name}", "input_file_id")
        metadata = asked.get("metadata") or {}
        if len(metadata) > 16 or any(len(k) > 64 or len(v) > 512 for k, v in metadata.items()):
            raise Refusal(400, "metadata is too large", "metadata")
        return _json(self._runner.create(asked["endpoint"], name, metadata).shown)

    def _list(self, exchange: Exchange) -> tuple[int, bytes]:
        newest_first = [batch.shown for batch in reversed(self._runner.batches.values())]
        return _json(_page(newest_first, exchange))

    def _retrieve(self, _: Exchange, name: str) -> tuple[int, bytes]:
        self._runner.look()
        return _json(self._batch(name).shown)

    def _cancel(self, _: Exchange, name: str) -> tuple[int, bytes]:
        batch = self._batch(name)
        if batch.over:
            raise Refusal(409, f"Cannot cancel a batch with status '{batch.shown['status']}'.")
        batch.enter("cancelling", self._runner.now)
        return _json(batch.shown)

    def _batch(self, name: str) -> Batch:
        if name not in self._runner.batches:
            raise Refusal(404, f"No batch found with id '{name}'.", "id")
        return self._runner.batches[name]


def _page(entries: list[dict[str, Any]], exchange: Exchange) -> dict[str, Any]:
    """A page of a list, by ``limit`` and ``after``."""
    query = parse_qs(urlsplit(exchange.seen.path).query)
    limit = int(query.get("limit", ["20"])[0])
    ids = [entry["id"] for entry in entries]
    start = ids.index(query["after"][0]) + 1 if "after" in query else 0
    page = entries[start : start + limit]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": start + limit < len(entries),
    }


def _json(data: Any) -> tuple[int, bytes]:
    return 200, json.dumps(data).encode()


def _refused(refusal: Refusal) -> tuple[int, bytes]:
    return refusal.status, json.dumps(refusal.body).encode()


def _send(exchange: Exchange, status: int, body: bytes) -> None:
    exchange.answer(status, body, {"Content-Type": "application/json"})
