"""A model that answers from a script: the test double that ships with the package."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle as repeat
from threading import Lock
from typing import Any, TypeAlias

from followup_agent.chat.protocol import Profile, Reply, Request, TokenCount
from followup_agent.chat.tokens import estimate

Answer: TypeAlias = str | Reply | Exception | Mapping[str, Any]
Scripted: TypeAlias = Answer | Callable[[Request], Answer]


class ScriptedModel:
    """Answers each request with the next reply of a script. Thread-safe.

    Args:
        replies: In order: a text, a `Reply`, an exception to raise, a mapping
            (sent as JSON), or a function of the request that returns any of these.
        name: As `ChatModel.name`.
        profile: As `ChatModel.profile`.
        cycle: Begin again when the script is spent.

    Attributes:
        requests: Every request so far, in the order they came.
    """

    def __init__(
        self,
        replies: Iterable[Scripted],
        *,
        name: str = "scripted",
        profile: Profile | None = None,
        cycle: bool = False,
    ) -> None:
        self.name = name
        self.profile = profile or Profile()
        self.requests: list[Request] = []
        self._script = repeat(replies) if cycle else iter(replies)
        self._lock = Lock()

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:  # noqa: ARG002
        """Answer from the script; raises AssertionError when it is spent.

        No `ModelError`: a script that is too short is the test's mistake, and
        code that handles a model's failures must not hide it.
        """
        with self._lock:
            self.requests.append(request)
            answer = next(self._script, None)
        if answer is None:
            raise AssertionError(f"the script has no reply for request {len(self.requests)}")
        return _reply(answer(request) if callable(answer) else answer)

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """Answer as `complete` does."""
        return self.complete(request, timeout=timeout)

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> list[Reply]:
        """Answer one after the other, so that the script's order holds."""
        return [self.complete(request, timeout=timeout) for request in requests]

    def count_tokens(self, request: Request) -> TokenCount:
        """An estimate."""
        return estimate(request.turns, request.schema)


def _reply(answer: Answer) -> Reply:
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, Reply):
        return answer
    return Reply(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False))
