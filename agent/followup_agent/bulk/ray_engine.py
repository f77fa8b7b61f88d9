"""Draft with models on the workers of a Ray cluster: one embedded model each, or many clients.

Ray places the workers, restarts those that die and moves requests and replies. All else is
the local engine's: a worker is to it what a server is. So only requests leave this machine,
never notes or their Private section, and every reply is in the journal as soon as it came.

Plain actors, not Ray Data: its unit is a block of rows that comes back as a whole, while a
draft needs one to four asks, each kept when it is answered. Measured with 2,000 requests of
6 kB on two shared cores: actors 1.1 ms of the driver's time a request; Ray Data 12.2 ms with
a row a block, and 1.5 ms with ten, which are then lost together. It also needs pyarrow,
pandas and numpy, 330 MB more.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from followup_agent import __version__
from followup_agent.bulk.engine import Batch
from followup_agent.bulk.local import FEW, LocalEngine
from followup_agent.bulk.workshop import cores
from followup_agent.chat.embedded.model import EmbeddedModel
from followup_agent.chat.network import network
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.protocol import ChatModel, Reply, Request, TokenCount
from followup_agent.chat.retry import Policy
from followup_agent.errors import ConnectionFailed, FollowupError, SettingsError

CLIENTS: Final = 8  # requests at once of a worker whose model is behind a server

_STATISTICS = "RAY_USAGE_STATS_ENABLED"
_PLACE = re.compile(r"(?:ray://)?(?P<host>[^/]+):(?P<port>\d+)")
_REACH = 10.0  # seconds to reach the cluster
_SLOW = 10  # seconds after which a person is told that workers are waited for

Ask = Callable[[Request, float | None], Awaitable[Reply | FollowupError]]


@dataclass
class Worker:
    """One worker, as this process sees it.

    Attributes:
        ask: Sends a request; an error of ours comes back as a value.
        busy: Requests under way.
        lost: Requests in a row that it took down with it.
    """

    ask: Ask
    busy: int = 0
    lost: int = 0


class Workers:
    """A `ChatModel` that hands each request to the worker with least to do.

    Args:
        model: What all of them are.
        workers: At least one.
        at_once: Requests that one of them takes at once.
    """

    def __init__(self, model: ChatModel, workers: Sequence[Worker], at_once: int) -> None:
        self.name = model.name
        self.profile = model.profile
        self._model = model
        self._workers = workers
        self._at_once = at_once

    @property
    def places(self) -> int:
        """Requests that all of them take at once."""
        return self._at_once * len(self._workers)

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request; ``timeout`` holds in the worker.

        Raises:
            ConnectionFailed: The worker was lost; another one may answer.
            FollowupError: Whatever the worker's model raised.
        """
        worker = min(self._workers, key=self._preference)
        worker.busy += 1
        try:
            answer = await worker.ask(request, timeout)
        except ConnectionFailed:
            worker.lost += 1
            raise
        finally:
            worker.busy -= 1
        worker.lost = 0
        if isinstance(answer, FollowupError):
            raise answer
        return answer

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request, as `acomplete`."""
        return network().run(self.acomplete(request, timeout=timeout))

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> list[Reply]:
        """Answer one after the other."""
        return [self.complete(request, timeout=timeout) for request in requests]

    def count_tokens(self, request: Request) -> TokenCount:
        """As the model counts, here."""
        return self._model.count_tokens(request)

    def _preference(self, worker: Worker) -> tuple[bool, int, int]:
        """Whoever has a place free; of those the one that was not lost, with least to do."""
        return worker.busy >= self._at_once, worker.lost, worker.busy


class Actor:
    """What runs on a worker: a model, asked one request after the other or side by side."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def ready(self) -> str | FollowupError:
        """Fetch the weights if need be; our version, to be compared."""
        try:
            if isinstance(self._model, EmbeddedModel):
                self._model.prepare()
        except FollowupError as exc:
            return exc
        return __version__

    async def answer(self, request: Request, timeout: float | None) -> Reply | FollowupError:
        """Errors come back as values: Ray would wrap them in its own."""
        try:
            return await self._model.acomplete(request, timeout=timeout)
        except FollowupError as exc:
            return exc


class RayEngine:
    """The engine.

    Args:
        address: Of a running cluster, as ``ray.init`` takes it (``auto``, ``host:6379``); None
            for what ``RAY_ADDRESS`` says, else a cluster of this machine for the run.
        workers: How many models; None for as many as the cluster has processors for.
        cpus: Processors of a worker; an embedded model gets as many threads.
        rpm: Requests a minute of all workers together, or None.
        tpm: Tokens a minute, or None.
        timeout: Seconds that one request may take.
    """

    def __init__(
        self,
        address: str | None = None,
        workers: int | None = None,
        *,
        cpus: int = 1,
        rpm: int | None = None,
        tpm: int | None = None,
        timeout: float = 120.0,
    ) -> None:
        self._address = address
        self._workers = workers
        self._cpus = cpus
        self._pace = (rpm, tpm)
        self._timeout = timeout

    def run(self, batch: Batch) -> None:
        """As `Engine.run`.

        Raises:
            SettingsError: Ray is missing here, followup-agent on the workers, or the cluster
                has no room.
            ConnectionFailed: There is no cluster at the address.
        """
        ray = _ray()
        with _cluster(ray, self._address):
            workers = self._start(ray, batch)
            if workers is None:
                return
            tasks, ended = batch.journal.planned()
            engine = LocalEngine(
                workers.places,
                *self._pace,
                timeout=self._timeout,
                processes=cores() if tasks - ended >= FEW and cores() > 1 else 0,
            )
            engine.run(replace(batch, model=workers))

    def _start(self, ray: Any, batch: Batch) -> Workers | None:
        """The workers, when they are ready; None where the run is stopped before."""
        count = self._workers or int(ray.cluster_resources().get("CPU", 0)) // self._cpus
        if not count:
            raise SettingsError(f"the Ray cluster has no {self._cpus} processors for a worker")
        model = _packed(batch.model, self._cpus)
        at_once = CLIENTS if isinstance(model, OpenAIModel) else 1
        place = ray.remote(num_cpus=self._cpus, max_restarts=-1, max_concurrency=at_once + 1)
        actors = [place(Actor).remote(model) for _ in range(count)]
        batch.watch.say(f"Ray: {count} workers with {model.name}")
        ready = [actor.ready.remote() for actor in actors]
        for passed in range(10**9):
            done, waiting = ray.wait(ready, num_returns=count, timeout=1)
            _check(ray, done)
            if not waiting:
                break
            if batch.stopping.is_set():
                return None
            if passed == _SLOW:
                batch.watch.say(f"Ray: waiting for {len(waiting)} workers")
        return Workers(batch.model, [Worker(_asking(ray, actor)) for actor in actors], at_once)


def _packed(model: ChatModel, cpus: int) -> ChatModel:
    """The model as it goes to the workers: retries are the engine's, threads the worker's."""
    if isinstance(model, OpenAIModel):
        return model.with_policy(Policy(attempts=1))
    return model.with_threads(cpus) if isinstance(model, EmbeddedModel) else model


def _check(ray: Any, done: Sequence[Any]) -> None:
    """Raise what keeps a worker from being ready."""
    try:
        for said in ray.get(list(done)):
            if isinstance(said, FollowupError):
                raise said
            if said != __version__:
                raise SettingsError(
                    f"a Ray worker has followup-agent {said}, this machine {__version__}; install "
                    "the same on both"
                )
    except ray.exceptions.RayError as exc:
        raise SettingsError(
            "a Ray worker cannot start; is this followup-agent installed on it, with what the "
            f"model needs? Ray says: {_line(exc)}"
        ) from exc


def _asking(ray: Any, actor: Any) -> Ask:
    async def ask(request: Request, timeout: float | None) -> Reply | FollowupError:
        try:
            answer: Reply | FollowupError = await actor.answer.remote(request, timeout)
        except ray.exceptions.RayActorError as exc:
            raise ConnectionFailed(f"a Ray worker was lost: {_line(exc)}") from exc
        return answer

    return ask


def _line(exc: BaseException) -> str:
    """The last line of what Ray says: the others are a traceback."""
    lines = str(exc).strip().splitlines()
    return lines[-1].strip()[:200] if lines else type(exc).__name__


def _ray() -> Any:
    try:
        import ray
    except ImportError as exc:
        raise SettingsError("--engine ray needs Ray: pip install 'followup-agent[ray]'") from exc
    return ray


def _reach(address: str | None) -> None:
    """See that something listens there: Ray itself tries for eight minutes."""
    place = _PLACE.fullmatch(address or "")
    if place is None:  # none, or a word of Ray's
        return
    try:
        socket.create_connection((place["host"], int(place["port"])), _REACH).close()
    except (OSError, OverflowError) as exc:
        raise ConnectionFailed(
            f"no Ray cluster at {address}: {exc}; start one with ray start --head"
        ) from exc


@contextmanager
def _cluster(ray: Any, address: str | None) -> Iterator[None]:
    """Be connected; a connection that the caller has is used and left as it is."""
    if ray.is_initialized():
        yield
        return
    address = address or os.environ.get("RAY_ADDRESS")
    _reach(address)
    told = os.environ.get(_STATISTICS)
    os.environ.setdefault(_STATISTICS, "0")  # Ray would report the use of a cluster of ours
    try:
        ray.init(address, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, RuntimeError, ValueError) as exc:
        where = address or "this machine"
        raise ConnectionFailed(f"no Ray cluster at {where}: {_line(exc)}") from exc
    finally:
        if told is None:
            del os.environ[_STATISTICS]
    try:
        yield
    finally:
        ray.shutdown()
