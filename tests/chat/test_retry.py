import asyncio
import pickle
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from followup_agent.chat.retry import Policy, retry_after, told_wait
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    ServerFailed,
)

NOW = 1_800_000_000.0


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.time = 0.0
        self.slept = []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


class Told(Exception):
    """Stands for an SDK error whose response has headers."""

    def __init__(self, **headers):
        self.response = self
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def run(clock, *outcomes, deadline=100.0, **options):
    """Run attempts with these outcomes; the last one is repeated."""
    script = list(outcomes)
    policy = Policy(clock=lambda: clock.time, now=lambda: NOW, sleep=clock.sleep, **options)

    async def attempt():
        outcome = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(outcome, tuple):
            raise outcome[0] from outcome[1]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def all_of_it():
        return await policy.retrying(deadline)(attempt)

    return asyncio.run(all_of_it())


@pytest.mark.parametrize("error", [ConnectionFailed, RateLimited, ServerFailed])
def test_what_may_pass_is_tried_again(error):
    """A broken connection, a rate limit and a server's failure are retried."""
    clock = Clock()
    assert run(clock, error("x"), error("x"), "done") == "done"
    assert len(clock.slept) == 2


@pytest.mark.parametrize("error", [QuotaExhausted, AuthenticationFailed, RequestRejected, BadReply])
def test_what_cannot_pass_is_not_tried_again(error):
    """A spent quota, a refused key, a bad request and a bad reply end at once."""
    clock = Clock()
    with pytest.raises(error):
        run(clock, error("x"))
    assert clock.slept == []


def test_attempts_are_bounded_and_the_last_failure_is_raised():
    """After the attempts are spent, the failure itself is raised, not tenacity's."""
    clock = Clock()
    with pytest.raises(ServerFailed):
        run(clock, ServerFailed("x"), attempts=3)
    assert len(clock.slept) == 2


def test_waits_grow_and_stay_in_bounds():
    """Without a word from the server, waits double up to a bound, with jitter on top."""
    clock = Clock()
    with pytest.raises(ServerFailed):
        run(clock, ServerFailed("x"), attempts=8, first=0.5, longest=4.0)
    for wait, floor in zip(clock.slept, [0.5, 1, 2, 4, 4, 4, 4], strict=True):
        assert floor <= wait <= floor + 0.5


def test_a_told_wait_is_honoured():
    """Retry-After decides the wait, on a 503 as on a 429."""
    clock = Clock()
    outcomes = [
        (RateLimited("x"), Told(retry_after="7")),
        (ServerFailed("x"), Told(retry_after_ms="1500")),
    ]
    assert run(clock, *outcomes, "done") == "done"
    assert clock.slept == [7.0, 1.5]


def test_a_wait_beyond_the_deadline_fails_at_once():
    """A Retry-After that the deadline does not allow is not slept through."""
    clock = Clock()
    with pytest.raises(RateLimited):
        run(clock, (RateLimited("x"), Told(retry_after="101")), deadline=100.0)
    assert clock.slept == []


def test_the_deadline_covers_all_attempts():
    """Waits add up against the deadline."""
    clock = Clock()
    with pytest.raises(RateLimited):
        run(clock, (RateLimited("x"), Told(retry_after="40")), deadline=100.0, attempts=9)
    assert clock.slept == [40.0, 40.0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        (
            {"retry-after": format_datetime(datetime.fromtimestamp(NOW + 30, UTC), usegmt=True)},
            30.0,
        ),
        ({"retry-after": format_datetime(datetime.fromtimestamp(NOW - 30, UTC), usegmt=True)}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Wed, 99 Foo 2099 00:00:00 GMT"}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms(headers, seconds):
    """Milliseconds, seconds and dates are read; nonsense counts as not told."""
    assert retry_after(headers, NOW) == seconds


def test_no_error_tells_nothing():
    """An outcome without an error, or an error without a response, tells no wait."""
    assert told_wait(None, NOW) is None
    assert told_wait(ServerFailed("x"), NOW) is None


def test_an_error_from_another_process_keeps_its_time():
    """Without its response, a 429 still tells how long to wait."""
    assert told_wait(pickle.loads(pickle.dumps(RateLimited("slow down", 7.0))), 0.0) == 7.0
    assert told_wait(RateLimited("slow down"), 0.0) is None
