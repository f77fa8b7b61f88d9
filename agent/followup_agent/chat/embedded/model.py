"""The embedded model as drafting sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from followup_agent.chat import tokens
from followup_agent.chat.embedded import answers
from followup_agent.chat.embedded.engine import Engine, Load, check_library, engine, loaded
from followup_agent.chat.embedded.gguf import read_header
from followup_agent.chat.protocol import Profile, Reply, Request, TokenCount
from followup_agent.errors import DeadlineExceeded
from followup_agent.settings import Settings
from followup_agent.weights import Entry, Progress, entry, pull

#: Below so many million parameters a model is asked part by part: it writes a sentence
#: well and an e-mail badly.
SMALL = 1_000
_WINDOW_SMALL, _WINDOW = 2048, 8192  # tokens; each costs memory in every slot
_CANDIDATES = 4
_TEMPERATURE = 0.5
_LONGEST_ANSWER = 1024
_SEEDS = 2**32 - 1  # the last one means "at random"
_SPREAD = 1_000_003  # candidates take the seeds after the request's; the next request others

_SAMPLING = {"top_k": 40, "top_p": 0.95, "min_p": 0.05, "repeat_penalty": 1.0}


def embedded_model(name: str | None, settings: Settings) -> EmbeddedModel:
    """The model that a name of the catalogue or a path to a GGUF file means.

    Nothing is fetched or loaded before its first request.

    Args:
        name: None for the default of the catalogue.
        settings: ``cache_dir``, ``threads`` and ``context_window`` are looked at.

    Raises:
        SettingsError: No such name, or no such file, or no GGUF file.
    """
    if name is not None and _is_path(name):
        return EmbeddedModel(Path(name).expanduser(), settings)
    return EmbeddedModel(entry(name), settings)


def _is_path(name: str) -> bool:
    return name.lower().endswith(".gguf") or "/" in name or "\\" in name


class EmbeddedModel:
    """A model that runs in this process. Notes never leave it.

    Safe to use from several threads and event loops; requests are answered one after the
    other. The same request gives the same text on every run of one version of xllamacpp.

    Args:
        source: A model of the catalogue, or a GGUF file.
        settings: ``cache_dir``, ``threads`` and ``context_window`` are looked at.

    Raises:
        SettingsError: The file is not there, or no GGUF file.
    """

    def __init__(self, source: Entry | Path, settings: Settings) -> None:
        self._source = source
        self._settings = settings
        self._file: Path | None = None
        told = source.identity if isinstance(source, Entry) else source.name
        self.name = f"embedded:{told}"
        self.profile = _profile(source, settings.context_window)

    def __repr__(self) -> str:
        return f"EmbeddedModel({self.name!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._source, self._settings)

    def with_threads(self, threads: int) -> EmbeddedModel:
        """The same model for so many threads, unless the settings say how many."""
        chosen = self._settings.threads or threads
        return EmbeddedModel(self._source, replace(self._settings, threads=chosen))

    @property
    def entry(self) -> Entry | None:
        """The model of the catalogue that this is; None for a file."""
        return None if isinstance(self._source, Path) else self._source

    def prepare(self, progress: Progress | None = None) -> Path:
        """Fetch the weights if they are missing or damaged, and return their file.

        Called by the first request; call it before where a person should see the progress,
        or where the time that it takes should not count.

        Raises:
            SettingsError: xllamacpp is missing; nothing is fetched then.
            WeightsError: The weights cannot be fetched.
        """
        if self._file is None:
            check_library()
            source = self._source
            if isinstance(source, Entry):
                source = pull(source.name, self._settings, progress)
            self._file = source.resolve()
        return self._file

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request.

        The time begins when the weights are there and loaded. At a temperature of 0 all
        candidates are the same: one is written.

        Raises:
            SettingsError: xllamacpp is missing.
            WeightsError: The weights cannot be fetched or loaded.
            DeadlineExceeded: ``timeout`` seconds have passed.
            BudgetExceeded: The prompt is longer than the context window.
            BadReply: The library did not take the request.
        """
        return self._complete(request, timeout, Event())

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request in a thread; cancelling this ends it."""
        given_up = Event()
        try:
            return await asyncio.to_thread(self._complete, request, timeout, given_up)
        finally:
            given_up.set()

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> Iterator[Reply]:
        """Answer one after the other, each when the one before was taken."""
        running = self._running()
        may_go_on = _clock(timeout, Event())
        for request in requests:
            yield self._answer(running, request, may_go_on)

    def count_tokens(self, request: Request) -> TokenCount:
        """Tokens of the prompt: counted once the model is loaded, estimated before."""
        running = self._file and loaded(self._how(self._file))
        if running:
            try:
                return TokenCount(running.count(_messages(request)), exact=True)
            except (OSError, ValueError, KeyError, TypeError):
                pass  # the estimate will do
        return tokens.estimate(request.turns, None)

    def _complete(self, request: Request, timeout: float | None, given_up: Event) -> Reply:
        return self._answer(self._running(), request, _clock(timeout, given_up))

    def _answer(self, running: Engine, request: Request, may_go_on: Callable[[], None]) -> Reply:
        pieces = running.stream(_body(request, running.load.slots), may_go_on)
        return answers.read(pieces, request, self.name)

    def _running(self) -> Engine:
        return engine(self._how(self.prepare()))

    def _how(self, file: Path) -> Load:
        return Load(
            path=file,
            context=self.profile.context_window or _WINDOW,
            slots=self.profile.candidates,
            threads=self._settings.threads,
            trusted=self.entry is not None,
            adapter=_adapter(self.entry),
        )


def _profile(source: Entry | Path, window: int | None) -> Profile:
    if isinstance(source, Entry):
        plan, candidates, temperature = source.plan, source.candidates, source.temperature
        context, adapter = source.context, source.adapter
    else:
        header = read_header(source)
        small = header.parameters < SMALL
        plan, candidates, temperature = "whole", 1, 0.0
        if small:
            plan, candidates, temperature = "parts", _CANDIDATES, _TEMPERATURE
        context = min(_WINDOW_SMALL if small else _WINDOW, header.context or _WINDOW)
        adapter = None
    return Profile(
        plan=plan,
        context_window=window or context,
        candidates=candidates,
        temperature=temperature,
        specialist=adapter.parts if adapter else (),
        max_answer=_LONGEST_ANSWER,
    )


def _adapter(found: Entry | None) -> Path | None:
    if found is None or found.adapter is None:
        return None
    return Path(__file__).parent / "adapters" / found.adapter.file


def _clock(timeout: float | None, given_up: Event) -> Callable[[], None]:
    deadline = None if timeout is None else time.monotonic() + timeout

    def may_go_on() -> None:
        if given_up.is_set():
            raise DeadlineExceeded("the request was given up")
        if deadline is not None and time.monotonic() >= deadline:
            raise DeadlineExceeded(
                "the embedded model had not answered in time; FOLLOWUP_TIMEOUT allows a draft more"
            )

    return may_go_on


def _messages(request: Request) -> list[dict[str, str]]:
    messages = [{"role": turn.role, "content": turn.content} for turn in request.turns]
    if request.prefix:
        # The model goes on from a last turn of its own.
        messages.append({"role": "assistant", "content": request.prefix})
    # Lone surrogates cannot be sent.
    return [
        {name: text.encode("utf-8", "replace").decode() for name, text in message.items()}
        for message in messages
    ]


def _body(request: Request, slots: int) -> dict[str, Any]:
    many = request.temperature > 0
    body: dict[str, Any] = {
        **_SAMPLING,
        "messages": _messages(request),
        "n": min(request.candidates, slots) if many else 1,
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed * _SPREAD % _SEEDS,
        "stop": list(request.stop),
        "logprobs": True,
        "top_logprobs": 1,
        "cache_prompt": False,
        # Models that think first would think for minutes here.
        "chat_template_kwargs": {"enable_thinking": False},
    }
    if request.grammar:
        body["grammar"] = request.grammar
    elif request.schema is not None:
        schema = {"name": "message", "schema": dict(request.schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body
