"""A provider under load: it writes good answers, misbehaves as often as it is told, and counts.

::

    with Provider(Plan(latency=0.2, faults={"429-seconds": 0.1, "reset": 0.05})) as server:
        …                                        # many drafts at server.url
    assert not too_early(server.seen) and not paid_twice(server.seen)

`apart` runs the same in a process of its own, so that it takes no time of the client's
interpreter. What a request meets depends on the seed, the note and how often the note was
asked before, never on the order of arrival. `FAULTS` holds everything that it can do.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email.utils import formatdate
from hashlib import blake2b
from http.client import HTTPConnection
from math import ceil
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from zlib import crc32

from servers import misbehaving as does
from servers.loopback import Answer, Exchange, Loopback
from servers.writer import Writer, facts, prompt_of

TESTS = Path(__file__).parents[1]
LIFETIME = 3600.0  # seconds that a process of its own may live
ANSWER = "answer"


@dataclass(frozen=True)
class Plan:
    """How the provider behaves.

    Attributes:
        latency: Seconds before anything is answered.
        faults: A name of `FAULTS` and how probable it is, for each request.
        seed: Of those draws.
        script: For some notes (``Ada Alba to Priya Nair``) what their requests meet in order,
            names of `FAULTS` or ``answer``; afterwards as drawn.
        retry_after: Seconds that the faults which tell a time tell.
        empty: A part's name and in how many of a note's answers it is empty.
        capacity: Requests under way beyond which the next gets a 429.
    """

    latency: float = 0.0
    faults: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    script: Mapping[str, Sequence[str]] = field(default_factory=dict)
    retry_after: float = 1.0
    empty: tuple[str, int] = ("", 0)
    capacity: int | None = None


class Asked(NamedTuple):
    """One request and what became of it; times are `time.monotonic`'s, of this machine.

    Attributes:
        note: The candidate and the recipient.
        digest: Of the request's bytes.
        at: When it had arrived.
        met: A name of `FAULTS`, ``answer``, or ``strayed`` to where a redirect pointed.
        not_before: When the response allows the next request; 0 if it does not say.
        tokens: What the answer cost; 0 for what costs nothing.
        delivered: Whether the client was still there to be answered.
        sent: Bytes of the request's body.
        received: Bytes of the answer's body.
    """

    note: str
    digest: int
    at: float
    met: str
    not_before: float
    tokens: int
    delivered: bool
    sent: int
    received: int


class _Tell(NamedTuple):
    """A Retry-After, and the moment that it means."""

    headers: Mapping[str, str]
    not_before: float


def _seconds(plan: Plan) -> _Tell:
    return _Tell({"Retry-After": f"{plan.retry_after:g}"}, time.monotonic() + plan.retry_after)


def _date(plan: Plan) -> _Tell:
    moment = ceil(time.time() + plan.retry_after)
    told = {"Retry-After": formatdate(moment, usegmt=True)}
    return _Tell(told, time.monotonic() + moment - time.time())


def _nothing(_: Plan) -> _Tell:
    return _Tell({}, 0.0)


class Fault(NamedTuple):
    """A way to misbehave, and what it tells of when to come again."""

    behave: Callable[[Mapping[str, str]], Answer]
    tell: Callable[[Plan], _Tell] = _nothing


def _status(http: int, **error: Any) -> Callable[[Mapping[str, str]], Answer]:
    return lambda headers: does.status(http, headers=headers, **error)


def _plain(behaviour: Answer) -> Callable[[Mapping[str, str]], Answer]:
    return lambda _: behaviour


FAULTS: Mapping[str, Fault] = {
    "400": Fault(_status(400)),
    "401": Fault(_status(401)),
    "403": Fault(_status(403)),
    "quota": Fault(_status(429, code="insufficient_quota")),
    "429": Fault(_status(429)),
    "429-seconds": Fault(_status(429), _seconds),
    "429-date": Fault(_status(429), _date),
    "500": Fault(_status(500)),
    "503-seconds": Fault(_status(503), _seconds),
    "reset": Fault(_plain(does.reset())),
    "short": Fault(_plain(does.short())),
    "drip": Fault(_plain(does.drip())),
    "silence": Fault(_plain(does.silence())),
    "error-object": Fault(_plain(does.as_json({"error": {"message": "overloaded"}}))),
    "page": Fault(_plain(does.page())),
    "no-choices": Fault(_plain(does.as_json({"choices": []}))),
    "refusal": Fault(_plain(does.completion(None, refusal="I will not."))),
    "length": Fault(_plain(does.completion('{"subject": "Th', "length"))),
    "bomb": Fault(_plain(does.bomb())),
    # Its target is another origin, known when the server runs.
    "redirect": Fault(lambda headers: does.redirect(headers["Location"])),
}
_PAID = {"refusal": 10, "length": 10}  # tokens, as `misbehaving.choice` tells them


def drawn(plan: Plan, note: str, nth: int) -> str:
    """What the nth request (from 1) of a note meets: by its script, else by lot."""
    script = plan.script.get(note, ())
    if nth <= len(script):
        return script[nth - 1]
    lot = blake2b(f"{plan.seed}/{note}/{nth}".encode(), digest_size=8).digest()
    chance = int.from_bytes(lot, "big") / 2**64
    for name, probability in plan.faults.items():
        chance -= probability
        if chance < 0:
            return name
    return ANSWER


class Provider:
    """The provider, in a thread of this process while the ``with`` block runs.

    Attributes:
        seen: Every request so far.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or Plan()
        self.seen: list[Asked] = []
        self._times: Counter[str] = Counter()
        self._writer = Writer(self.plan.empty)
        self._under_way = 0
        self.server = Loopback(self._begin)
        self._elsewhere = Loopback(self._stray)

    def __enter__(self) -> Provider:
        self.server.__enter__()
        self._elsewhere.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._elsewhere.__exit__()
        self.server.__exit__()

    @property
    def url(self) -> str:
        """The address, up to and with ``/v1``."""
        return f"http://127.0.0.1:{self.server.port}/v1"

    def _begin(self, exchange: Exchange) -> Any:
        path = exchange.seen.path
        if path == "/seen":
            return does.as_json(self.seen)(exchange)
        if not path.endswith("/chat/completions"):
            return does.status(404, f"no {path}")(exchange)
        arrived = time.monotonic()
        self._under_way += 1
        loop = asyncio.get_running_loop()
        loop.call_later(self.plan.latency, self._settle, exchange, arrived)
        return None

    def _settle(self, exchange: Exchange, arrived: float) -> None:
        busy = self.plan.capacity is not None and self._under_way > self.plan.capacity
        self._under_way -= 1
        body = exchange.seen.body
        known = facts(prompt_of(body))
        note = f"{known['candidate']} to {known['recipient']}"
        self._times[note] += 1
        met = "429-seconds" if busy else drawn(self.plan, note, self._times[note])
        if met == ANSWER:
            tokens, size, moment = *self._answer(exchange, note, known), 0.0
        else:
            tokens, size, moment = _PAID.get(met, 0), 0, self._misbehave(exchange, met)
        raw = exchange.seen.raw
        self.seen.append(
            Asked(note, crc32(raw), arrived, met, moment, tokens, exchange.open, len(raw), size)
        )

    def _misbehave(self, exchange: Exchange, met: str) -> float:
        """Do it; returns when the next request may come, 0 if that was not told."""
        fault = FAULTS[met]
        headers, moment = fault.tell(self.plan)
        target = f"http://127.0.0.1:{self._elsewhere.port}/v1/chat/completions"
        self.server.run(exchange, fault.behave({**headers, "Location": target}))
        return moment

    def _answer(self, exchange: Exchange, note: str, known: Mapping[str, str]) -> tuple[int, int]:
        """Answer well, or with one part empty; returns the tokens and bytes of it."""
        made = self._writer.completion(exchange.seen.body, note, known, len(exchange.seen.raw))
        data = json.dumps(made).encode()
        exchange.answer(200, data, {"Content-Type": "application/json"})
        return made["usage"]["total_tokens"], len(data)

    def _stray(self, exchange: Exchange) -> None:
        self.seen.append(Asked("", 0, time.monotonic(), "strayed", 0.0, 0, True, 0, 0))
        does.status(404)(exchange)


def too_early(seen: Iterable[Asked], slack: float = 0.001) -> list[Asked]:
    """The requests of a note that came before its last answer allowed it.

    ``slack`` is in seconds: a timer may fire a little early.
    """
    allowed: dict[str, float] = {}
    early = []
    for asked in sorted(seen, key=lambda asked: asked.at):
        if asked.at < allowed.get(asked.note, 0.0) - slack:
            early.append(asked)
        allowed[asked.note] = asked.not_before
    return early


def requests_of(seen: Iterable[Asked]) -> Counter[str]:
    """How often each note was asked for."""
    return Counter(asked.note for asked in seen)


def paid_twice(seen: Iterable[Asked]) -> list[tuple[str, int]]:
    """Notes and digests of requests for which a whole answer was delivered more than once."""
    paid = Counter((a.note, a.digest) for a in seen if a.met == ANSWER and a.delivered)
    return [which for which, times in paid.items() if times > 1]


class Remote(NamedTuple):
    """A provider in a process of its own."""

    url: str

    @property
    def seen(self) -> list[Asked]:
        """Every request so far."""
        connection = HTTPConnection(self.url.split("/")[2], timeout=60)
        connection.request("GET", "/seen")
        listed = json.loads(connection.getresponse().read())
        connection.close()
        return [Asked(*each) for each in listed]


@contextmanager
def apart(plan: Plan | None = None) -> Iterator[Remote]:
    """Run a provider in a process of its own; it has gone when this ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "servers.provider", json.dumps(asdict(plan or Plan()))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS,
    ) as process:
        try:
            yield Remote(process.stdout.readline().strip())
        finally:
            process.stdin.close()
            process.wait(30)


def main() -> None:
    """Print the address and serve until standard input ends, or the lifetime is over."""
    with Provider(Plan(**json.loads(sys.argv[1] if sys.argv[1:] else "{}"))) as server:
        print(server.url, flush=True)
        reading = Thread(target=sys.stdin.read, daemon=True)
        reading.start()
        reading.join(LIFETIME)


if __name__ == "__main__":
    main()
