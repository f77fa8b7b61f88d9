"""What a model is: it completes a request, within a time, and says what it used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation that is sent."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """All that a model is asked, and all that decides its answer.

    Attributes:
        turns: The conversation, static prefix first.
        parts: The parts of the message that the answer must hold.
        schema: JSON schema of the answer, or None where plain text is asked for.
        prefix: How the answer must begin; the model only goes on from there, and
            the reply's text starts with it. Only models whose profile's plan is
            ``parts`` are asked so.
        grammar: A GBNF grammar of what follows the prefix, or "". Only models whose
            profile's plan is ``parts`` are asked so.
        candidates: How many answers are wanted; the others come as alternatives.
        stop: The answer ends before any of these.
        max_tokens: Bound on the answer.
        temperature: 0 is greedy.
        seed: For sampling; the same request and seed give the same text where
            the model can promise it.
    """

    turns: tuple[Turn, ...]
    parts: tuple[str, ...]
    schema: Mapping[str, Any] | None = None
    prefix: str = ""
    grammar: str = ""
    candidates: int = 1
    stop: tuple[str, ...] = ()
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, as the server counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.requests + other.requests,
        )

    @property
    def total(self) -> int:
        """Prompt and completion together: what a budget counts."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several answers to the same request.

    ``likelihood`` is the model's mean log-probability a token, or None if not told.
    """

    text: str
    finish_reason: str = "stop"
    likelihood: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        text: The answer, or "" where there was none.
        finish_reason: ``stop``, ``length``, ``content_filter`` or the server's own word.
        refusal: The model's own words when it declined, else None.
        alternatives: Every answer, the first included, when several were asked for.
        usage: What this request cost, all answers together.
        model: The name the server answered with.
        seconds: Wall-clock time it took; the driver fills it in.
    """

    text: str
    finish_reason: str = "stop"
    refusal: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    usage: Usage = field(default_factory=lambda: Usage(requests=1))
    model: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How a model is best asked; drafting looks at this, never at a model's name.

    Attributes:
        plan: ``whole`` asks once for all parts; ``parts`` asks for each part by itself, of a
            model that honours ``Request.prefix`` and ``Request.grammar``.
        context_window: Tokens of prompt and answer together, or None if unknown.
        candidates: With ``parts``: how many answers to each ask are ranked.
        temperature: Of a first ask.
        specialist: With ``parts``: those that the model was trained to write by the prompts
            ``specialist/<part>``; it is asked for them so first.
        encoding: The tiktoken encoding or model name to count with, or None.
        max_answer: Longest answer to a whole ask, in tokens. The longest message is some
            350 tokens and its JSON 100 more; the rest is room for models that think first.
    """

    plan: Literal["whole", "parts"] = "whole"
    context_window: int | None = None
    candidates: int = 1
    temperature: float = 0.0
    specialist: tuple[str, ...] = ()
    encoding: str | None = None
    max_answer: int = 2048


@runtime_checkable
class ChatModel(Protocol):
    """Anything that answers requests. Implementations raise only `ModelError`s."""

    @property
    def name(self) -> str:
        """How the model is called in a draft's record."""
        ...

    @property
    def profile(self) -> Profile:
        """How it is best asked."""
        ...

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request; ``timeout`` is in seconds, in all, retries included."""
        ...

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer one request without blocking the event loop."""
        ...

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> Iterable[Reply]:
        """Answer independent requests, in their order, side by side where that pays.

        Replies may come one by one, so that a person sees the parts arrive.
        """
        ...

    def count_tokens(self, request: Request) -> TokenCount:
        """Tokens of the prompt, and whether they were counted or estimated."""
        ...


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens of a prompt. ``exact`` is False for an estimate."""

    tokens: int
    exact: bool
