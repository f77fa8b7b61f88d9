"""How fast a server may be asked: pure bookkeeping on a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Requests at once where nobody says how many: at first, and at most.
START, MOST = 4, 128
#: Tokens of an answer, until some have come.
FIRST_GUESS = 500
_SMOOTH = 0.05  # weight of the newest answer in the mean


class Pace:
    """How many requests may be under way: additive increase, multiplicative decrease.

    The bound grows by one with each success (it doubles in a round trip) until the first
    trouble, from then on by one in a round trip. Trouble halves it, once for all the
    requests that were under way together.

    Args:
        concurrency: A bound that is used from the start; None to begin at `START`.
    """

    def __init__(self, concurrency: int | None = None) -> None:
        self.most = concurrency or MOST
        self.bound = float(concurrency or START)
        self._rising = True
        self._halved = float("-inf")

    def went_well(self) -> None:
        """A request was answered."""
        self.bound = min(self.most, self.bound + (1 if self._rising else 1 / self.bound))

    def troubled(self, started: float, now: float) -> None:
        """A request that was sent at ``started`` met a 429 or a timeout."""
        if started > self._halved:
            self.bound = max(1.0, self.bound / 2)
            self._rising, self._halved = False, now


class Rate:
    """So much a minute, evenly: in no minute is it more than that and one request.

    Args:
        per_minute: None for no bound.
    """

    def __init__(self, per_minute: int | None) -> None:
        self._seconds = 60 / per_minute if per_minute else 0.0
        self.free_at = float("-inf")

    def take(self, amount: float, now: float) -> None:
        """Use it up."""
        self.free_at = max(self.free_at, now) + amount * self._seconds

    def correct(self, amount: float) -> None:
        """Take more, or less where negative, for what was taken before."""
        self.free_at += amount * self._seconds


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request under way: when it began, and the tokens it was counted at."""

    started: float
    tokens: float


class Limits:
    """All bounds of one server together, for all workers together.

    Args:
        concurrency: Requests under way at once; None adapts.
        rpm: Requests a minute.
        tpm: Tokens a minute, prompts and answers.
        clock: Seconds that only ever grow.
    """

    def __init__(
        self,
        concurrency: int | None = None,
        rpm: int | None = None,
        tpm: int | None = None,
        *,
        clock: Callable[[], float],
    ) -> None:
        self.pace = Pace(concurrency)
        self.under_way = 0
        self._requests = Rate(rpm)
        self._tokens = Rate(tpm)
        self._paused_until = float("-inf")
        self._answer = float(FIRST_GUESS)
        self._clock = clock

    def wait(self) -> float | None:
        """Seconds until a request may be sent: 0 for now, None until one has ended."""
        if self.under_way >= int(self.pace.bound):
            return None
        free = max(self._requests.free_at, self._tokens.free_at, self._paused_until)
        return max(0.0, free - self._clock())

    def begin(self, prompt_tokens: int) -> Ticket:
        """Send a request; its answer is taken to be as long as the others were."""
        now = self._clock()
        ticket = Ticket(now, prompt_tokens + self._answer)
        self.under_way += 1
        self._requests.take(1, now)
        self._tokens.take(ticket.tokens, now)
        return ticket

    def answered(self, ticket: Ticket, prompt_tokens: int, completion_tokens: int) -> None:
        """A request was answered; this is what it really used."""
        self.under_way -= 1
        self.pace.went_well()
        used = prompt_tokens + completion_tokens
        if used:
            self._answer += _SMOOTH * (completion_tokens - self._answer)
            self._tokens.correct(used - ticket.tokens)

    def failed(self, ticket: Ticket, *, slower: bool) -> None:
        """A request failed; ``slower`` where the server could not keep up."""
        self.under_way -= 1
        if slower:
            self.pace.troubled(ticket.started, self._clock())

    def pause(self, seconds: float) -> None:
        """Send nothing for so long, whoever wants to."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)
