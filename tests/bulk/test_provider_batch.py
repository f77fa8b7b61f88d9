"""Drafting through a provider's Batch API, against its endpoints on loopback."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.inputs import entries
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.provider_batch import ProviderBatch
from followup_agent.bulk.submissions import NOTE, Limits
from followup_agent.bulk.task import Recipe
from followup_agent.chat import ladder
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import Policy
from followup_agent.chat.scripted import ScriptedModel
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    BudgetExceeded,
    OutputError,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    ServerFailed,
    SettingsError,
)
from followup_agent.job import Options
from followup_agent.kinds import Kind
from servers import candidates
from servers.batch_runner import Pace
from servers.batches import CUT, LOST, BatchProvider
from servers.provider import Plan, paid_twice, requests_of

pytestmark = pytest.mark.server

TODAY = dt.date.fromisoformat(candidates.TODAY)
MANY = 12
NAMES = candidates.names(MANY)
NOTES = [f"{name} to Priya Nair" for name in NAMES]


class Watch:
    """Keeps what it is told."""

    def __init__(self):
        self.replies, self.outcomes, self.lines = [], [], []

    def replied(self, reply):
        self.replies.append(reply)

    def ended(self, outcomes):
        self.outcomes += outcomes

    def say(self, line):
        self.lines.append(line)


async def at_once(_):
    """Wait nothing between attempts."""


@pytest.fixture(autouse=True)
def fresh_ladder():
    """No test starts on the rung where another one ended."""
    ladder.forget()


@pytest.fixture
def folder(tmp_path):
    """A folder with the notes of some candidates."""
    place = tmp_path / "notes"
    place.mkdir()
    for number, text in enumerate(candidates.notes(MANY)):
        (place / f"{number:02}.md").write_text(text, encoding="utf-8")
    return place


def model_of(url):
    """A model whose transport waits nothing between attempts."""
    policy = Policy(attempts=3, sleep=at_once)
    return OpenAIModel("m", api_key="test-key-123456", base_url=url, policy=policy)


def drafted(
    url, folder, *, limits=None, wait=None, budget=None, model=None, stop=False, again=False
):
    """One run over the folder; its watcher, and the statuses of all that has ended."""
    model = model or model_of(url)
    watch = Watch()
    with Journal.open(folder.parent) as journal:
        options = Options(today=TODAY, proofread=False)
        recipe = Recipe(Kind.THANK_YOU, None, "m", model.profile, options, salt=journal.salt)
        journal.plan(entries([str(folder)], recipe.key))
        if again:
            journal.retry_failed()
        batch = Batch(recipe, journal, model, watch, budget)
        if stop:
            batch.stopping.set()
        try:
            ProviderBatch(limits, wait or (lambda _: False)).run(batch)
        finally:
            getattr(model, "close", bool)()
            journal.sync()
            records = [json.loads(record) for _, _, record in journal.records()]
            watch.note = json.loads(journal.note(NOTE) or "{}")
    return watch, records


def test_notes_become_drafts_in_one_round(folder):
    """Valid first answers need one batch; nothing stays at the provider or under way."""
    with BatchProvider() as server:
        watch, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert [record["body"].rsplit("\n", 1)[1] for record in records] == NAMES
    assert records[0]["usage"]["requests"] == 1
    assert (len(server.batches), len(watch.replies)) == (1, MANY)
    assert server.files == {}
    assert watch.note["submissions"] == []
    assert any("of 12 done" in line for line in watch.lines)


def test_what_is_missing_is_asked_for_in_further_rounds(folder):
    """Two empty answers to a part cost two further rounds, of those parts alone."""
    with BatchProvider(Plan(empty=("interest", 2))) as server:
        _, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert len(server.batches) == 3
    assert requests_of(server.seen) == dict.fromkeys(NOTES, 3)
    first, second, third = [asked.tokens for asked in server.seen if asked.note == NOTES[0]]
    assert second < first
    assert third < first


def test_lines_are_named_within_what_providers_take(folder):
    """A custom id has 64 characters at most, and no two lines have the same."""
    seen = []
    with BatchProvider() as server:
        line_of = server._runner._line
        server._runner._line = lambda asked: (seen.append(asked["custom_id"]), line_of(asked))[1]
        drafted(server.url, folder)
    assert len(set(seen)) == MANY
    assert {len(name) for name in seen} == {64}


@pytest.mark.parametrize("limits", [Limits(lines=5), Limits(size=20_000)], ids=["lines", "bytes"])
def test_a_round_is_split_by_the_providers_limits(folder, limits):
    """No batch has more requests or bytes than allowed; together they have all."""
    with BatchProvider(pace=Pace(lines=limits.lines, size=limits.size)) as server:
        _, records = drafted(server.url, folder, limits=limits)
    counts = [batch["request_counts"]["total"] for batch in server.batches]
    assert len(counts) > 2
    assert sum(counts) == MANY
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_failed_lines_are_asked_again_within_their_budget(folder):
    """A 500, a 429 and an expired line are asked again; what always fails is a failed message."""
    script = {
        NOTES[0]: ["500", "429"],
        NOTES[1]: ["expired"],
        NOTES[2]: ["500"] * 9,
        NOTES[3]: ["refusal"],
        NOTES[4]: ["length"],
        NOTES[5]: ["no-choices"],
    }
    with BatchProvider(Plan(script=script), Pace(look=7200)) as server:
        _, records = drafted(server.url, folder)
    ended = {record["status"] for record in records}
    assert ended == {"valid", "failed"}
    failed = [records[n]["error"]["type"] for n in (2, 3, 4)]
    assert failed == ["ServerFailed", "Refused", "CutOff"]
    assert [r["status"] for n, r in enumerate(records) if n not in {2, 3, 4}] == ["valid"] * 9
    asked = requests_of(server.seen)
    assert (asked[NOTES[0]], asked[NOTES[1]], asked[NOTES[2]]) == (3, 1, 3)
    assert max(asked.values()) <= 10
    assert paid_twice(server.seen) == []


def test_retry_failed_asks_three_more_times(folder):
    """A message that failed three times is asked anew, and nobody else is."""
    with BatchProvider(Plan(script={NOTES[2]: ["500"] * 5}), Pace(look=7200)) as server:
        _, first = drafted(server.url, folder)
        _, second = drafted(server.url, folder, again=True)
    assert [record["status"] for record in first].count("failed") == 1
    assert [record["status"] for record in second] == ["valid"] * MANY
    asked = requests_of(server.seen)
    assert asked.pop(NOTES[2]) == 6
    assert set(asked.values()) == {1}


def test_under_many_faults_nothing_is_lost_or_paid_twice(folder):
    """A quarter of failures, by lot: every note ends, and no answer is bought again."""
    faults = {"429": 0.1, "500": 0.1, "expired": 0.05}
    with BatchProvider(Plan(faults=faults, seed=3), Pace(look=7200)) as server:
        _, records = drafted(server.url, folder, limits=Limits(attempts=6))
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert paid_twice(server.seen) == []
    assert max(requests_of(server.seen).values()) <= 10


@pytest.mark.parametrize(
    ("fault", "error"), [("401", AuthenticationFailed), ("quota", QuotaExhausted)]
)
def test_a_refused_key_stops_the_run_and_keeps_the_rest(folder, fault, error):
    """What was answered is kept; a run with a good key asks for the one that was refused."""
    with BatchProvider(Plan(script={NOTES[0]: [fault]})) as server:
        with pytest.raises(error):
            drafted(server.url, folder)
        watch, records = drafted(server.url, folder)
    assert len(watch.replies) == 1
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_a_round_of_refusals_stops_the_run(folder):
    """Nothing but 404s is no accident of one note: the run says so, and none is given up."""
    with BatchProvider(Plan(faults={"400": 1.0})) as server, pytest.raises(RequestRejected):
        drafted(server.url, folder)
    with BatchProvider() as server:
        _, records = drafted(server.url, folder)
    assert [record["status"] for record in records] == ["valid"] * MANY


def test_the_dialect_that_a_server_takes_is_found_and_kept(folder):
    """A refused output mode costs one round, once for the folder, and no note."""
    with BatchProvider() as server:
        respond = server._runner._response

        def response(met, body, *rest):
            if body.get("response_format", {}).get("type") == "json_schema":
                message = "response_format json_schema is not supported"
                return 400, {"error": {"message": message, "param": "response_format"}}
            return respond(met, body, *rest)

        server._runner._response = response
        watch, records = drafted(server.url, folder)
        assert [record["status"] for record in records] == ["valid"] * MANY
        assert len(server.batches) == 3
        assert watch.note["dialect"]["mode"] == ladder.Mode.OBJECT


def test_a_stopped_run_leaves_its_batches_and_another_fetches_them(folder):
    """Ctrl-C while waiting says what is under way; days later the same command goes on."""
    with BatchProvider() as server:
        watch, records = drafted(server.url, folder, wait=lambda _: stop(), stop=False)
        assert records == []
        assert "1 batches are under way" in watch.lines[-1]
        watch, records = drafted(server.url, folder)
    assert len(server.batches) == 1
    assert [record["status"] for record in records] == ["valid"] * MANY


def stop():
    """What waiting says when the run is to stop."""
    return True


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


def test_the_budget_is_kept_before_anything_is_sent(folder):
    """A batch holds no more than the budget allows at worst; then the run stops, resumable."""
    with BatchProvider() as server:
        with pytest.raises(BudgetExceeded):
            drafted(server.url, folder, budget=10_000)
        spent = sum(asked.tokens for asked in server.seen)
        assert 0 < spent <= 10_000
        watch, records = drafted(server.url, folder)
    assert len(watch.replies) < MANY
    assert [record["status"] for record in records] == ["valid"] * MANY


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


def test_a_model_without_batches_is_refused(folder):
    """Only a model behind a server has a Batch API."""
    with pytest.raises(SettingsError, match="--engine local"):
        drafted("", folder, model=ScriptedModel([]))


PROGRAM = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from pathlib import Path
from test_provider_batch import drafted
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
