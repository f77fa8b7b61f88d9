"""What a failed request means for the batch."""

from __future__ import annotations

from dataclasses import dataclass

from followup_agent.chat.retry import TRANSIENT, told_wait
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    CallerError,
    DeadlineExceeded,
    FollowupError,
    QuotaExhausted,
    RateLimited,
    WeightsError,
)

#: Seconds that all wait after a 429 that does not say how long.
RATE_LIMITED = 2.0

_FATAL = (AuthenticationFailed, QuotaExhausted, WeightsError, CallerError)
_PASSING = (*TRANSIENT, BadReply, DeadlineExceeded)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What to do about it.

    Attributes:
        fatal: No request could go better: the batch stops.
        passing: The same request may go better later.
        slower: The server could not keep up.
        wait: Seconds that all requests wait, or None.
    """

    fatal: bool
    passing: bool
    slower: bool
    wait: float | None


def judge(error: FollowupError, now: float) -> Trouble:
    """What an error means; ``now`` is in seconds since the epoch, for a date in Retry-After."""
    wait = told_wait(error, now)
    limited = isinstance(error, RateLimited)
    return Trouble(
        fatal=isinstance(error, _FATAL),
        passing=isinstance(error, _PASSING),
        slower=limited or isinstance(error, DeadlineExceeded),
        wait=RATE_LIMITED if limited and wait is None else wait,
    )
