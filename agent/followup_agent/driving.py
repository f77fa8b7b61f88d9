"""Drivers: they carry a generator's requests to a model, within a budget and a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from followup_agent.asking.ask import Round
from followup_agent.chat.protocol import ChatModel, Reply
from followup_agent.errors import BudgetExceeded, DeadlineExceeded

T = TypeVar("T")

#: Told of each round when it starts (0) and after each of its replies (1, 2, …).
Observer = Callable[[Round, int], None]


@dataclass
class Meter:
    """What a draft may still spend.

    Attributes:
        budget: Tokens of prompts and answers together, or None for no bound.
        seconds: Wall-clock time in all, or None for no bound.
        clock: Monotonic seconds; tests hand in their own.
    """

    budget: int | None = None
    seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    spent: int = 0
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def time_left(self) -> float | None:
        """Seconds until the deadline; raises DeadlineExceeded when there are none."""
        if self.seconds is None:
            return None
        left = self.seconds - (self.clock() - self._started)
        if left <= 0:
            raise DeadlineExceeded(f"the draft was not ready within {self.seconds:g} seconds")
        return left

    def admit(self, model: ChatModel, round_: Round) -> None:
        """Refuse a round that would pass the budget or the context window.

        A request is counted at its worst: the whole prompt and the longest answer.

        Raises:
            BudgetExceeded: Nothing of the round was sent.
        """
        window = model.profile.context_window
        if self.budget is None and window is None:
            return
        total = self.spent
        for request in round_.requests:
            count = model.count_tokens(request)
            need = count.tokens + request.max_tokens
            how = "" if count.exact else " (estimated)"
            if window is not None and need > window:
                raise BudgetExceeded(
                    f"the request needs {need} tokens{how}, {request.max_tokens} of them for the "
                    f"answer, and the model's context window is {window}; shorten the notes or "
                    "choose a model with a longer window"
                )
            total += need
            if self.budget is not None and total > self.budget:
                raise BudgetExceeded(
                    f"the next ask could bring the draft to {total} tokens{how}, over the budget "
                    f"of {self.budget}; it was not sent"
                )

    def settle(self, reply: Reply, started: float) -> Reply:
        """Book what was really used, and note the time on the reply."""
        self.spent += reply.usage.total
        return replace(reply, seconds=self.clock() - started)


def drive(
    drafting: Generator[Round, Sequence[Reply], T],
    model: ChatModel,
    meter: Meter,
    observe: Observer | None = None,
) -> T:
    """Run a drafting generator to its end with a blocking model."""
    observe = observe or _nobody
    try:
        round_ = next(drafting)
        while True:
            meter.admit(model, round_)
            observe(round_, 0)
            replies: list[Reply] = []
            started = meter.clock()
            for reply in model.complete_round(round_.requests, timeout=meter.time_left()):
                replies.append(meter.settle(reply, started))
                started = meter.clock()
                observe(round_, len(replies))
            round_ = drafting.send(replies)
    except StopIteration as stop:
        result: T = stop.value
        return result


async def adrive(
    drafting: Generator[Round, Sequence[Reply], T],
    model: ChatModel,
    meter: Meter,
    observe: Observer | None = None,
) -> T:
    """Run a drafting generator to its end without blocking the event loop."""
    observe = observe or _nobody
    try:
        round_ = next(drafting)
        while True:
            meter.admit(model, round_)
            observe(round_, 0)
            started, timeout = meter.clock(), meter.time_left()
            asked = (model.acomplete(request, timeout=timeout) for request in round_.requests)
            replies = [meter.settle(reply, started) for reply in await asyncio.gather(*asked)]
            observe(round_, len(replies))
            round_ = drafting.send(replies)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _nobody(_round: Round, _done: int) -> None:
    """Observe nothing."""
