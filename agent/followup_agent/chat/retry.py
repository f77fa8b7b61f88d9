"""When a failed attempt is tried again, and how long to wait before."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from followup_agent.errors import ConnectionFailed, ModelError, RateLimited, ServerFailed

if TYPE_CHECKING:
    from tenacity import AsyncRetrying, RetryCallState

T = TypeVar("T")

# What may be over when asked again. A used-up quota, a refused key and a bad
# request are not: their types stand apart from these.
TRANSIENT: tuple[type[ModelError], ...] = (ConnectionFailed, RateLimited, ServerFailed)


@dataclass(frozen=True, slots=True)
class Policy:
    """How transport failures are retried; the clocks and the sleep can be replaced.

    Attributes:
        attempts: Requests in all, the first one included.
        first: Seconds before the second attempt; doubled for each further one,
            with up to ``first`` more at random, so that many clients spread out.
        longest: Bound on the doubling. A server's Retry-After is honoured as it is.
        clock: Seconds that only ever grow.
        now: Seconds since the epoch, for a Retry-After that is a date.
        sleep: Waits that many seconds.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 8.0
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(
        self,
        attempt: Callable[[], Awaitable[T]],
        deadline: float,
        transient: tuple[type[ModelError], ...] = TRANSIENT,
    ) -> T:
        """Attempt until it goes well; arguments are those of `retrying`."""
        if self.attempts == 1:
            return await attempt()
        answer: T = await self.retrying(deadline, transient)(attempt)
        return answer

    def retrying(
        self, deadline: float, transient: tuple[type[ModelError], ...] = TRANSIENT
    ) -> AsyncRetrying:
        """A tenacity loop that gives up where the next wait would pass ``deadline``.

        The last failure is raised as it is, so that a Retry-After beyond the
        deadline ends in its `RateLimited` at once.
        """
        import tenacity

        backoff = tenacity.wait_exponential(
            multiplier=self.first, max=self.longest
        ) + tenacity.wait_random(0, self.first)

        def wait(state: RetryCallState) -> float:
            told = told_wait(_failure(state), self.now())
            return backoff(state) if told is None else told

        def stop(state: RetryCallState) -> bool:
            spent = state.attempt_number >= self.attempts
            return spent or self.clock() + state.upcoming_sleep >= deadline

        return tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(transient),
            wait=wait,
            stop=stop,
            sleep=self.sleep,
            reraise=True,
        )


def _failure(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def told_wait(error: BaseException | None, now: float) -> float | None:
    """What the server's response behind ``error`` says about when to come again.

    An error that came out of another process has no response, but may have kept the time.
    """
    response: Any = getattr(error.__cause__, "response", None) if error else None
    if response is None:
        return getattr(error, "retry_after", None)
    return retry_after(response.headers, now)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait by ``retry-after-ms`` or ``retry-after`` (seconds or an HTTP date).

    None where neither is there or makes sense; never negative.
    """
    told = _number(headers.get("retry-after-ms"))
    if told is not None:
        return max(told / 1000, 0.0)
    text = headers.get("retry-after")
    told = _number(text)
    if told is None:
        told = _until(text, now)
    return None if told is None else max(told, 0.0)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _until(text: str | None, now: float) -> float | None:
    try:
        return parsedate_to_datetime(text or "").timestamp() - now
    except (ValueError, OverflowError, OSError):
        return None
