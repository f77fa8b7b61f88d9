"""A server is asked as fast as it takes it, and no faster; by a clock that tests turn."""

from __future__ import annotations

import pytest

from followup_agent.bulk.limits import MOST, START, Limits, Pace, Rate
from followup_agent.bulk.trouble import RATE_LIMITED, judge
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    DeadlineExceeded,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRejected,
    ServerFailed,
    SettingsError,
    WeightsError,
)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_doubles_each_round_trip_until_the_first_trouble() -> None:
    """It starts low and grows by one with each success, up to its bound."""
    pace = Pace()
    assert pace.bound == START
    for _ in range(START):
        pace.went_well()
    assert pace.bound == 2 * START
    for _ in range(1000):
        pace.went_well()
    assert pace.bound == MOST


def test_trouble_halves_the_pace_once_for_all_that_were_under_way() -> None:
    """Of ten requests that were sent before the halving, nine change nothing more."""
    pace = Pace(64)
    for _ in range(10):
        pace.troubled(started=1.0, now=2.0)
    assert pace.bound == 32
    pace.troubled(started=3.0, now=4.0)
    assert pace.bound == 16


def test_after_trouble_the_pace_grows_by_one_a_round_trip() -> None:
    """As many successes as requests at once add one."""
    pace = Pace(64)
    pace.troubled(1.0, 2.0)
    for _ in range(32):
        pace.went_well()
    assert 32.9 < pace.bound < 33.1


def test_the_pace_never_falls_below_one() -> None:
    """However much goes wrong, one request at a time is tried."""
    pace = Pace(2)
    for moment in range(10):
        pace.troubled(moment + 0.5, moment + 1.0)
    assert pace.bound == 1


def test_a_given_concurrency_is_used_from_the_start() -> None:
    """Whoever knows what a server takes need not wait for it to be found out."""
    limits = Limits(3, clock=Clock())
    for _ in range(3):
        assert limits.wait() == 0
        limits.begin(10)
    assert limits.wait() is None


@pytest.mark.parametrize("per_minute", [1, 60, 600])
def test_no_minute_has_more_than_the_rate_allows(per_minute: int) -> None:
    """Requests sent as soon as they may be: in any minute at most so many and one."""
    rate, now, sent = Rate(per_minute), 0.0, []
    while now < 200:
        now = max(now, rate.free_at)
        rate.take(1, now)
        sent.append(now)
    for start in sent:
        assert sum(start <= at < start + 60 for at in sent) <= per_minute + 1


def test_tokens_a_minute_are_corrected_by_what_was_really_used() -> None:
    """A request counted too high gives its tokens back, one too low takes more."""
    clock = Clock()
    limits = Limits(10, tpm=6000, clock=clock)
    ticket = limits.begin(500)  # and 500 for its answer: ten seconds of the rate
    assert limits.wait() == pytest.approx(10)
    limits.answered(ticket, 500, 100)
    assert limits.wait() == pytest.approx(6)
    clock.now += 6
    assert limits.wait() == 0


def test_a_pause_holds_back_everybody_and_a_shorter_one_does_not_end_it() -> None:
    """One Retry-After is for all workers; the latest moment counts."""
    clock = Clock()
    limits = Limits(10, clock=clock)
    limits.pause(30)
    limits.pause(5)
    assert limits.wait() == 30
    clock.now += 29.5
    assert limits.wait() == 0.5
    clock.now += 0.5
    assert limits.wait() == 0


def test_requests_a_minute_are_spread_evenly() -> None:
    """With 60 a minute, the second may go a second after the first."""
    clock = Clock()
    limits = Limits(10, rpm=60, clock=clock)
    limits.begin(1)
    assert limits.wait() == pytest.approx(1)


@pytest.mark.parametrize(
    ("error", "fatal", "passing", "slower"),
    [
        (AuthenticationFailed("401"), True, False, False),
        (QuotaExhausted("quota"), True, False, False),
        (WeightsError("weights"), True, False, False),
        (SettingsError("settings"), True, False, False),
        (RequestRejected("400"), False, False, False),
        (Refused("no"), False, False, False),
        (RateLimited("429"), False, True, True),
        (DeadlineExceeded("slow"), False, True, True),
        (ServerFailed("500"), False, True, False),
        (ConnectionFailed("reset"), False, True, False),
        (BadReply("cut"), False, True, False),
    ],
)
def test_what_a_failure_means(error: Exception, fatal: bool, passing: bool, slower: bool) -> None:
    """A refused key or a used-up quota stops all; a bad request is never sent again."""
    trouble = judge(error, now=0.0)
    assert (trouble.fatal, trouble.passing, trouble.slower) == (fatal, passing, slower)


def test_a_429_that_tells_no_time_makes_all_wait_a_little() -> None:
    """Without a Retry-After nobody hurries on."""
    assert judge(RateLimited("429"), 0.0).wait == RATE_LIMITED
    assert judge(ServerFailed("500"), 0.0).wait is None
