"""Drivers carry requests and replies, within a budget and a time, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from itertools import count

import pytest

from followup_agent.asking.ask import Ask, Round
from followup_agent.chat.protocol import Profile, Reply, Request, TokenCount, Turn, Usage
from followup_agent.chat.scripted import ScriptedModel
from followup_agent.driving import Meter, adrive, drive
from followup_agent.errors import BudgetExceeded, DeadlineExceeded
from followup_agent.guide.message import Part

ASK = Ask(number=0, missing=(Part.GRATITUDE,))


def _request(words: str = "hello", max_tokens: int = 10) -> Request:
    return Request(turns=(Turn("user", words),), parts=("gratitude",), max_tokens=max_tokens)


def _two_rounds() -> Generator[Round, Sequence[Reply], list[str]]:
    first = yield Round((_request("a"), _request("b")), ASK)
    second = yield Round((_request("c"),), ASK)
    return [reply.text for reply in (*first, *second)]


class Counting(ScriptedModel):
    """A scripted model whose every prompt has 100 tokens."""

    exact = True

    def count_tokens(self, request: Request) -> TokenCount:
        """Tell a fixed number."""
        return TokenCount(100, self.exact)


def test_replies_are_sent_back_in_order() -> None:
    """A generator gets each round's replies in the order of its requests."""
    assert drive(_two_rounds(), ScriptedModel(["1", "2", "3"]), Meter()) == ["1", "2", "3"]


def test_async_does_the_same() -> None:
    """The asyncio driver runs the same generator to the same end."""
    model = ScriptedModel(["1", "2", "3"])
    assert asyncio.run(adrive(_two_rounds(), model, Meter())) == ["1", "2", "3"]


def test_an_observer_sees_each_round_and_reply() -> None:
    """A person's view is told when a round starts and as its replies arrive."""
    seen: list[tuple[str, int]] = []

    def observe(round_: Round, done: int) -> None:
        seen.append((round_.requests[0].turns[0].content, done))

    drive(_two_rounds(), ScriptedModel(["1", "2", "3"]), Meter(), observe)
    assert seen == [("a", 0), ("a", 1), ("a", 2), ("c", 0), ("c", 1)]


def test_a_round_over_the_budget_is_never_sent() -> None:
    """Prompts and longest answers are counted before anything leaves."""
    model = Counting(["1", "2", "3"])
    with pytest.raises(BudgetExceeded, match="over the budget of 219"):
        drive(_two_rounds(), model, Meter(budget=219))
    assert model.requests == []


def test_the_budget_counts_what_was_really_used() -> None:
    """After a reply the server's own usage is booked, not the worst case."""
    cheap = [Reply(text, usage=Usage(5, 1, 1)) for text in "123"]
    assert drive(_two_rounds(), Counting(cheap), Meter(budget=220)) == ["1", "2", "3"]
    dear = [Reply(text, usage=Usage(100, 10, 1)) for text in "123"]
    with pytest.raises(BudgetExceeded, match="330 tokens"):
        drive(_two_rounds(), Counting(dear), Meter(budget=300))


def test_a_prompt_over_the_context_window_is_never_sent() -> None:
    """The window holds prompt and answer together."""
    model = Counting(["1"], profile=Profile(context_window=105))
    with pytest.raises(BudgetExceeded, match="context window is 105"):
        drive(_two_rounds(), model, Meter())
    assert model.requests == []


def test_an_estimate_is_called_one() -> None:
    """Where tokens could only be estimated, the refusal says so."""
    model = Counting(["1"])
    model.exact = False
    with pytest.raises(BudgetExceeded, match="estimated"):
        drive(_two_rounds(), model, Meter(budget=100))


def test_the_deadline_ends_a_draft_between_rounds() -> None:
    """No round starts after the total time is spent."""
    ticks = count(0, 4.0)
    model = ScriptedModel(["1", "2", "3"])
    with pytest.raises(DeadlineExceeded, match="within 10 seconds"):
        drive(_two_rounds(), model, Meter(seconds=10, clock=lambda: next(ticks)))
    assert len(model.requests) < 3


def test_replies_carry_the_time_they_took() -> None:
    """The driver notes the seconds on each reply, so that drafting stays pure."""
    ticks = count(0, 1.0)

    def one() -> Generator[Round, Sequence[Reply], float]:
        (reply,) = yield Round((_request(),), ASK)
        return reply.seconds

    assert drive(one(), ScriptedModel(["1"]), Meter(clock=lambda: next(ticks))) > 0
