"""Any OpenAI-compatible server, by the openai SDK's Chat Completions."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from followup_agent.chat import ladder, reply, tokens
from followup_agent.chat.network import Network, network
from followup_agent.chat.protocol import Profile, Reply, Request, TokenCount
from followup_agent.chat.redact import Redactor
from followup_agent.chat.retry import TRANSIENT, Policy
from followup_agent.errors import DeadlineExceeded, ModelError, RequestRejected, SettingsError
from followup_agent.settings import Secret
from followup_agent.settings import base_url as checked_url
from followup_agent.settings import key as checked_key

if TYPE_CHECKING:
    from openai import AsyncOpenAI

T = TypeVar("T")

OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # the SDK wants one; a local server does not look at it


class _Open(NamedTuple):
    """A client, the network that it lives on, and what closes it when its model is gone."""

    network: Network
    client: AsyncOpenAI
    forgotten: weakref.finalize[..., OpenAIModel]


class OpenAIModel:
    """A model behind a Chat Completions API: OpenAI, Ollama, vLLM, LM Studio, llama.cpp and others.

    Nothing is read from the environment; `resolve_model` does that. Safe to use
    from several threads and event loops. A request's prefix and grammar are not honoured.

    Args:
        model: The server's name for it.
        api_key: None for a server that wants none.
        base_url: The server, up to and with ``/v1``; None is OpenAI.
        timeout: Seconds for one request in all, retries included, where a call names none.
        attempts: Transport attempts for one request, the first one included.
        profile: How the model is best asked.
        policy: Replaces ``attempts`` with a whole `Policy`.

    Raises:
        SettingsError: A key or an address that cannot be one.
    """

    def __init__(
        self,
        model: str,
        *,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        timeout: float = 120.0,
        attempts: int = 4,
        profile: Profile | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.name = model
        self.profile = profile or Profile()
        self._key, self._base_url = _checked(api_key, base_url)
        self._timeout = timeout
        self._policy = policy or Policy(attempts=attempts)
        self._lock = Lock()
        self._open: _Open | None = None

    def __repr__(self) -> str:
        return f"OpenAIModel({self.name!r}, base_url={self._base_url!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        made = partial(
            OpenAIModel,
            api_key=self._key,
            base_url=self._base_url,
            timeout=self._timeout,
            profile=self.profile,
            policy=self._policy,
        )
        return made, (self.name,)

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request. Raises a `ModelError`, never the SDK's."""
        return network().run(self._answer(request, timeout))

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request; cancelling it ends the connection."""
        return await network().arun(self._answer(request, timeout))

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> list[Reply]:
        """Answer all side by side, in their order; the first failure ends the others."""
        return network().run(_together([self._answer(each, timeout) for each in requests]))

    def count_tokens(self, request: Request) -> TokenCount:
        """Tokens of the prompt, by the profile's encoding or the model's name."""
        encoding = self.profile.encoding or self.name
        return tokens.count(request.turns, request.schema, encoding)

    def models(self, *, timeout: float = 10.0) -> list[str]:
        """The names of the models that the server has, in its order."""
        return network().run(self._within(timeout, self._models))

    def call(
        self,
        work: Callable[[AsyncOpenAI], Awaitable[T]],
        *,
        timeout: float,
        transient: tuple[type[ModelError], ...] = TRANSIENT,
    ) -> T:
        """Use another endpoint of the same server, by the same rules.

        Args:
            work: Is given the SDK's client; it translates the SDK's errors.
            timeout: Seconds in all, retries included.
            transient: The errors after which ``work`` is tried again.
        """

        async def attempt() -> T:
            return await work(self._opened())

        return network().run(self._within(timeout, attempt, transient))

    def with_policy(self, policy: Policy) -> OpenAIModel:
        """The same model with other retries; it opens connections of its own."""
        make, arguments = self.__reduce__()
        made: OpenAIModel = make(*arguments)
        made._policy = policy
        return made

    def close(self) -> None:
        """Close the connections. The model can be used again; it opens new ones."""
        if taken := self._take():
            taken.network.run(taken.client.close())

    async def aclose(self) -> None:
        """Close the connections, as `close` does."""
        if taken := self._take():
            await taken.network.arun(taken.client.close())

    async def _answer(self, request: Request, timeout: float | None) -> Reply:
        async def attempt() -> Reply:
            return await self._attempt(request)

        return await self._within(self._timeout if timeout is None else timeout, attempt)

    async def _within(
        self,
        seconds: float,
        attempt: Callable[[], Awaitable[T]],
        transient: tuple[type[ModelError], ...] = TRANSIENT,
    ) -> T:
        deadline = self._policy.clock() + seconds
        try:
            async with asyncio.timeout(seconds):
                return await self._policy.run(attempt, deadline, transient)
        except TimeoutError:
            raise DeadlineExceeded(
                f"{self.place} had not answered after {seconds:.3g} s; "
                "FOLLOWUP_TIMEOUT allows a draft more"
            ) from None

    async def _attempt(self, request: Request) -> Reply:
        clean = self.redactor(turn.content for turn in request.turns)
        dialect = ladder.recall(self._base_url, self.name)
        while True:
            sent = ladder.body(request, self.name, dialect)
            try:
                body = await self._send(sent, clean)
                break
            except RequestRejected as exc:
                dialect = _next(dialect, exc, sent)
        ladder.remember(self._base_url, self.name, dialect)
        return reply.read(body, place=self.place, clean=clean, stop=request.stop)

    async def _send(self, sent: dict[str, Any], clean: Redactor) -> bytes:
        from followup_agent.chat import sdk

        client = self._opened()
        return await sdk.send(
            lambda: sdk.post(client, sent), place=self.place, clean=clean, now=self._policy.now
        )

    async def _models(self) -> list[str]:
        from followup_agent.chat import sdk

        clean = self.redactor()
        call = self._opened().models.with_raw_response.list
        body = await sdk.send(call, place=self.place, clean=clean, now=self._policy.now)
        listed = reply.load(body, place=self.place, clean=clean).get("data")
        entries = listed if isinstance(listed, list) else []
        names = [entry.get("id") for entry in entries if isinstance(entry, dict)]
        return [name for name in names if isinstance(name, str) and name.isprintable()]

    def _opened(self) -> AsyncOpenAI:
        from followup_agent.chat import sdk

        here = network()
        with self._lock:
            if self._open is None or self._open.network is not here:
                made = sdk.client(self._base_url, self._key.reveal() if self._key else _NO_KEY)
                here.keep(made)
                forgotten = weakref.finalize(self, here.drop, made)
                forgotten.atexit = False  # at exit the network closes all it keeps
                self._open = _Open(here, made, forgotten)
            return self._open.client

    def _take(self) -> _Open | None:
        with self._lock:
            taken, self._open = self._open, None
        if taken:
            taken.forgotten.detach()
        return taken

    @property
    def place(self) -> str:
        """The server, as errors name it."""
        return urlsplit(self._base_url).netloc

    @property
    def base_url(self) -> str:
        """The server's address, up to and with ``/v1``."""
        return self._base_url

    def redactor(self, prompt: Iterable[str] = ()) -> Redactor:
        """Makes the server's words fit to be shown: no key, and none of these texts."""
        return Redactor(self._key, prompt)


def _checked(api_key: str | Secret | None, base_url: str | None) -> tuple[Secret | None, str]:
    try:
        raw = api_key.reveal() if isinstance(api_key, Secret) else api_key
        return checked_key(raw) if raw else None, checked_url(base_url or OPENAI)
    except ValueError as exc:
        raise SettingsError(f"the model's settings: {exc}") from None


def _next(
    dialect: ladder.Dialect, rejected: RequestRejected, sent: dict[str, Any]
) -> ladder.Dialect:
    from followup_agent.chat.translate import complaint

    about = complaint(rejected.__cause__)
    adapted = ladder.adapted(dialect, about, sent) if about else None
    if adapted is None:
        raise rejected
    return adapted


async def _together(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except BaseExceptionGroup as exc:
        first = exc.exceptions[0]
        raise first from first.__cause__
    return [task.result() for task in tasks]
