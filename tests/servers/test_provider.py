"""The provider that the bulk tests and benchmarks ask: its answers, its faults and its counting."""

from __future__ import annotations

import datetime as dt
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from followup_agent import draft
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import Policy
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    CutOff,
    DeadlineExceeded,
    QuotaExhausted,
    RateLimited,
    Refused,
    RequestRejected,
    ServerFailed,
)
from servers import candidates
from servers.provider import (
    FAULTS,
    Asked,
    Plan,
    Provider,
    apart,
    drawn,
    paid_twice,
    requests_of,
    too_early,
)

pytestmark = pytest.mark.server

TODAY = dt.date.fromisoformat(candidates.TODAY)
NOTES = candidates.notes(3)
NOTE = f"{candidates.names(1)[0]} to Priya Nair"

FAILS = {
    "400": RequestRejected,
    "401": AuthenticationFailed,
    "403": AuthenticationFailed,
    "quota": QuotaExhausted,
    "429": RateLimited,
    "429-seconds": RateLimited,
    "429-date": RateLimited,
    "500": ServerFailed,
    "503-seconds": ServerFailed,
    "reset": ConnectionFailed,
    "short": ConnectionFailed,
    "drip": DeadlineExceeded,
    "silence": DeadlineExceeded,
    "error-object": BadReply,
    "page": BadReply,
    "no-choices": BadReply,
    "refusal": Refused,
    "length": CutOff,
    "bomb": BadReply,
    "redirect": RequestRejected,
}


async def at_once(_):
    """Wait nothing."""


def drafted(url, note=NOTES[0], attempts=1, timeout=5.0):
    """One draft by this server."""
    model = OpenAIModel("m", base_url=url, policy=Policy(attempts=attempts, sleep=at_once))
    try:
        return draft(note, "thank-you", model=model, today=TODAY, proofread=False, timeout=timeout)
    finally:
        model.close()


def test_its_answers_are_valid_drafts():
    """Each candidate's draft is valid at the first ask and signed by the right name."""
    with Provider() as server:
        drafts = [drafted(server.url, note) for note in NOTES]
    for made, name in zip(drafts, candidates.names(3), strict=True):
        assert made.valid
        assert made.body.endswith(name)
    assert [asked.met for asked in server.seen] == ["answer"] * 3
    assert sum(asked.tokens for asked in server.seen) == sum(
        made.usage.prompt_tokens + made.usage.completion_tokens for made in drafts
    )
    assert len(set(candidates.names(20_000))) == 20_000


def test_an_empty_part_costs_re_asks():
    """A part that is empty twice needs two further asks, for that part alone."""
    with Provider(Plan(empty=("interest", 2))) as server:
        made = drafted(server.url)
    assert [attempt.parts for attempt in made.attempts][1:] == [("interest",)] * 2
    assert made.valid


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_what_it_says(fault):
    """Every fault on the list becomes its typed error and is counted."""
    hasty = fault in {"drip", "silence"}
    with Provider(Plan(script={NOTE: [fault]})) as server, pytest.raises(FAILS[fault]) as caught:
        drafted(server.url, timeout=2.0 if hasty else 5.0)
    (asked,) = server.seen
    assert (asked.met, asked.note) == (fault, NOTE)
    assert bool(asked.not_before) is fault.endswith(("-seconds", "-date"))
    if asked.not_before and isinstance(caught.value, RateLimited):
        assert caught.value.retry_after > 0


def test_a_script_goes_before_the_draws():
    """A note with a script meets that in order, whatever else is drawn."""
    plan = Plan(script={NOTE: ["500", "reset"]}, faults={"401": 1.0})
    with Provider(plan) as server, pytest.raises(AuthenticationFailed):
        drafted(server.url, attempts=5)
    assert [asked.met for asked in server.seen] == ["500", "reset", "401"]


def test_draws_depend_on_the_seed_and_the_note_alone():
    """The order of arrival changes nothing, the seed does, and the rate is as told."""
    plan = Plan(faults={"500": 0.2, "reset": 0.05})
    notes = [f"{name} to Priya Nair" for name in candidates.names(2000)]
    lots = [drawn(plan, note, 1) for note in notes]
    assert lots == [drawn(plan, note, 1) for note in reversed(notes)][::-1]
    assert lots != [drawn(Plan(faults=plan.faults, seed=1), note, 1) for note in notes]
    assert 0.17 < lots.count("500") / 2000 < 0.23
    assert 0.035 < lots.count("reset") / 2000 < 0.065


def test_what_waits_too_little_or_pays_twice_is_found():
    """The two checks on a record name the requests that broke a rule, and no others."""

    def asked(note, digest, at, not_before=0.0, delivered=True):
        met = "429-seconds" if not_before else "answer"
        return Asked(note, digest, at, met, not_before, 0, delivered, 0, 0)

    patient = [asked("a", 1, 1.0, 3.0), asked("b", 1, 2.0), asked("a", 1, 3.0)]
    hasty = [asked("c", 1, 1.0, 3.0), asked("c", 1, 2.9)]
    assert too_early([*patient, *hasty]) == hasty[1:]
    assert paid_twice([*patient, asked("d", 5, 1.0, delivered=False), asked("d", 5, 2.0)]) == []
    assert paid_twice([*patient, asked("b", 2, 4.0), asked("b", 1, 5.0)]) == [("b", 1)]


def test_more_at_once_than_it_can_take_is_told_so():
    """Beyond its capacity the provider answers 429 and says when to come again."""
    with Provider(Plan(capacity=0)) as server, pytest.raises(RateLimited):
        drafted(server.url)
    assert server.seen[0].met == "429-seconds"


def test_a_client_that_follows_a_redirect_is_noticed():
    """The other origin counts whoever comes."""
    with Provider() as server:
        place = urlsplit(f"http://127.0.0.1:{server._elsewhere.port}/v1/chat/completions")
        connection = HTTPConnection(place.netloc, timeout=5)
        connection.request("POST", place.path, "{}")
        connection.getresponse().read()
        connection.close()
    assert [asked.met for asked in server.seen] == ["strayed"]


def test_it_runs_apart():
    """In a process of its own it answers alike and tells what it saw."""
    with apart(Plan(script={NOTE: ["500"]})) as server:
        assert drafted(server.url, attempts=2).valid
        assert [asked.met for asked in server.seen] == ["500", "answer"]
        assert requests_of(server.seen) == {NOTE: 2}
