"""Drafting through a provider's Batch API, against its endpoints on loopback: rounds and results."""

from __future__ import annotations

import pytest
from provider_runs import MANY, NAMES, NOTES, drafted

from followup_agent.bulk.submissions import Limits
from followup_agent.chat import ladder
from followup_agent.chat.scripted import ScriptedModel
from followup_agent.errors import (
    AuthenticationFailed,
    BudgetExceeded,
    QuotaExhausted,
    RequestRejected,
    SettingsError,
)
from servers.batch_runner import Pace
from servers.batches import BatchProvider
from servers.provider import Plan, paid_twice, requests_of

pytestmark = pytest.mark.server


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


def test_a_model_without_batches_is_refused(folder):
    """Only a model behind a server has a Batch API."""
    with pytest.raises(SettingsError, match="--engine local"):
        drafted("", folder, model=ScriptedModel([]))
