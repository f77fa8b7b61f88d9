"""Stops, troubled endpoints and kills lose no batch of a provider's, and pay for none twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from provider_runs import MANY, NOTES, drafted, stop

from followup_agent.errors import (
    BadReply,
    OutputError,
    RateLimited,
    RequestRejected,
    ServerFailed,
)
from servers.batch_runner import Pace
from servers.batches import CUT, LOST, BatchProvider
from servers.provider import Plan, paid_twice, requests_of

pytestmark = pytest.mark.server


def test_a_stopped_run_leaves_its_batches_and_another_fetches_them(folder):
    """Ctrl-C while waiting says what is under way; days later the same command goes on."""
    with BatchProvider() as server:
        watch, records = drafted(server.url, folder, wait=lambda _: stop(), stop=False)
        assert records == []
        assert "1 batches are under way" in watch.lines[-1]
        watch, records = drafted(server.url, folder)
    assert len(server.batches) == 1
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_a_stopped_run_asks_nothing(folder):
    """A run that is told to stop at once submits nothing."""
    with BatchProvider() as server:
        drafted(server.url, folder, stop=True)
    assert server.calls == []


@pytest.mark.parametrize("trouble", [LOST, "500", "reset", "429-seconds"])
def test_a_batch_is_started_once_whatever_its_start_answers(folder, trouble):
    """Where it is not sure that a batch was started, it is looked for before another start."""
    with BatchProvider(trouble={"POST /batches": [trouble]}) as server:
        _, records = drafted(server.url, folder)
    assert len(server.batches) == 1
    assert server.calls.count("POST /batches") == (1 if trouble == LOST else 2)
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_a_start_that_is_never_answered_is_not_repeated_for_ever(folder):
    """After three starts without an answer or a batch the run stops; nothing was paid."""
    with BatchProvider(trouble={"POST /batches": ["500"] * 9}) as server:
        with pytest.raises(ServerFailed):
            drafted(server.url, folder)
        assert server.calls.count("POST /batches") == 3
        assert server.seen == []


def test_a_lost_start_that_was_repeated_is_paid_once(folder):
    """Of two batches of one submission the older is kept and the other cancelled."""
    with BatchProvider(trouble={"POST /batches": [LOST]}) as server:
        create = server._create

        def twice(exchange):
            create(exchange)
            return create(exchange)

        server._create = twice
        _, records = drafted(server.url, folder)
    assert [batch["status"] for batch in server.batches] == ["completed", "cancelled"]
    assert paid_twice(server.seen) == []
    assert [record["status"] for record in records] == ["valid"] * MANY


TROUBLES = [
    ("POST /files", ["500", "reset"]),
    ("GET /batches/*", ["500", "reset", "429-seconds", "page", "short"]),
    ("GET /files/*/content", [CUT, "500", "short"]),
    ("DELETE /files/*", ["500"] * 9),
]


@pytest.mark.parametrize(("route", "names"), TROUBLES, ids=[route for route, _ in TROUBLES])
def test_trouble_at_an_endpoint_costs_no_draft(folder, route, names):
    """Failed uploads, looks, downloads and deletions are tried again or done without."""
    with BatchProvider(trouble={route: names[:2]}) as server:
        _, records = drafted(server.url, folder)
    with BatchProvider(trouble={route: names[2:]}) as server:
        _, again = drafted(server.url, folder)
    assert [record["status"] for record in [*records, *again]] == ["valid"] * 2 * MANY
    assert len(server.batches) <= 1


def test_an_hour_of_retry_after_pauses_and_says_so(folder):
    """A wait beyond a call's own time is waited for by the run, not given up."""
    waits = []
    plan = Plan(retry_after=3600)
    with BatchProvider(plan, trouble={"POST /files": ["429-seconds"]}) as server:
        watch, records = drafted(server.url, folder, wait=waits.append)
    assert waits[0] == 3600
    assert any("asks to wait 3600 s" in line for line in watch.lines)
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_looks_come_seldom_and_not_for_ever_more_seldom(folder):
    """The time between two looks grows to a minute and stays there."""
    waits = []
    with BatchProvider(pace=Pace(look=60)) as server:
        drafted(server.url, folder, wait=waits.append)
    assert waits[0] == 5
    assert waits == sorted(waits)
    assert waits[-1] == 60
    assert sum(waits[-3:]) == 180


def test_a_provider_that_cannot_be_reached_ends_the_run_not_the_batch(folder):
    """After some twenty looks in vain the run stops; another one fetches the batch."""
    with BatchProvider(trouble={"GET /batches/*": ["500"] * 60}) as server:
        with pytest.raises(ServerFailed):
            drafted(server.url, folder)
        _, records = drafted(server.url, folder)
    assert len(server.batches) == 1
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_a_full_queue_makes_the_batches_smaller(folder):
    """Where the provider takes fewer requests at once, one smaller batch follows another."""
    with BatchProvider(pace=Pace(queue=10)) as server:
        watch, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert [batch["status"] for batch in server.batches] == ["failed", "completed", "completed"]
    assert any("one batch at a time" in line for line in watch.lines)
    assert paid_twice(server.seen) == []


def test_a_queue_that_takes_nothing_stops_the_run(folder):
    """When not even the smallest batch is taken, the run says to come again."""
    with BatchProvider(pace=Pace(queue=1)) as server, pytest.raises(RateLimited, match="full"):
        drafted(server.url, folder)


def test_a_batch_that_the_provider_does_not_take_says_why(folder):
    """A batch that fails as a whole ends the run with the provider's words."""
    with BatchProvider(pace=Pace(lines=3)) as server:
        with pytest.raises(RequestRejected, match="More than 3 requests"):
            drafted(server.url, folder)
        assert server.files == {}


def test_a_cancelled_batch_keeps_what_it_has_and_stops(folder):
    """Cancelled by somebody: what was done is kept, and only the next run asks for the rest."""
    with BatchProvider(pace=Pace(look=500, work=1000)) as server:
        looks = []

        def wait(_):
            looks.append(1)
            if len(looks) == 2:
                server._cancel(None, server.batches[0]["id"])

        with pytest.raises(RequestRejected, match="was cancelled"):
            drafted(server.url, folder, wait=wait)
        done = len(server.seen)
        assert 0 < done < MANY
        watch, records = drafted(server.url, folder)
    assert len(watch.replies) == MANY - done
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert paid_twice(server.seen) == []


def test_results_that_nobody_asked_for_and_broken_lines_are_left_out(folder):
    """A stray line, one without JSON and one of another folder do no harm."""
    with BatchProvider() as server:
        content = server._content

        def spoilt(exchange, name):
            status, body = content(exchange, name)
            other = {"custom_id": "x" * 64, "response": {"status_code": 200, "body": {}}}
            return status, b"no json\n[]\n" + json.dumps(other).encode() + b"\n" + body

        server._content = spoilt
        _, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_a_batch_without_results_does_not_go_on_for_ever(folder):
    """A provider that loses every line is told off, not asked again and again."""
    with BatchProvider() as server:
        server._content = lambda *_: (200, b"")
        with pytest.raises(BadReply, match="without any result"):
            drafted(server.url, folder)
    assert len(server.batches) == 1


def test_batches_under_way_elsewhere_are_not_forgotten(folder):
    """Another server's address is refused while batches wait at the first one."""
    with BatchProvider() as first, BatchProvider() as second:
        drafted(first.url, folder, wait=lambda _: True)
        with pytest.raises(OutputError, match="under way at"):
            drafted(second.url, folder)
        assert second.calls == []
        drafted(first.url, folder)
        _, records = drafted(second.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_another_account_is_told_what_is_missing(folder):
    """A batch that the server does not know is an error that says what to do."""
    with BatchProvider() as server:
        drafted(server.url, folder, wait=lambda _: True)
        server._runner.batches.clear()
        with pytest.raises(RequestRejected, match="same account"):
            drafted(server.url, folder)


PROGRAM = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from pathlib import Path
from provider_runs import drafted
drafted(sys.argv[3], Path(sys.argv[4]))
"""

MOMENTS = [
    ("POST /files", "before"),
    ("POST /files", "after"),
    ("POST /batches", "before"),
    ("POST /batches", "after"),
    ("GET /batches/*", "after"),
    ("GET /files/*/content", "after"),
    ("DELETE /files/*", "after"),
]


@pytest.mark.parametrize(("route", "moment"), MOMENTS)
def test_a_kill_between_any_two_steps_pays_for_nothing_twice(folder, route, moment):
    """Killed before or after each request, the next run goes on: one batch is run, once."""
    child: list[subprocess.Popen[bytes]] = []

    def kill(called, when):
        if child and (called, when) == (route, moment):
            child.pop().kill()

    with BatchProvider(hook=kill) as server:
        places = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
        with subprocess.Popen([sys.executable, "-c", PROGRAM, *places, server.url, folder]) as run:
            child.append(run)
            assert run.wait(60) < 0
        watch, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert requests_of(server.seen) == dict.fromkeys(NOTES, 1)
    assert paid_twice(server.seen) == []
    assert watch.note["submissions"] == []
    if (route, moment) != ("DELETE /files/*", "after"):
        assert server.files == {}
