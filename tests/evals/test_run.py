"""A run drafts with the shipped code, loses nothing, repeats nothing, and replays exactly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import writers
from places import DEV, SETTINGS

from followup_agent import Reply, Request, ScriptedModel
from followup_agent.chat.protocol import Profile
from followup_agent.errors import (
    AuthenticationFailed,
    OutputError,
    RateLimited,
    SettingsError,
)
from followup_agent.evals.recording import (
    ReplayModel,
    ReplyMissing,
    ReplyStore,
    RunOverBudget,
    request_key,
)
from followup_agent.evals.runner import threads_for
from followup_agent.evals.suite import Way, resume


def _grades(session) -> dict[tuple, dict]:
    return {r.item: {n: g.passed for n, g in r.grades.items()} for r in session.run.results}


def test_a_run_scores_every_planned_item(start) -> None:
    """Each case, kind and person becomes one result, graded by every grader."""
    session = start(writers.writer())
    session.execute()
    assert len(session.run.results) == len(session.run.planned) > 4
    assert all("rule/gratitude" in r.grades and r.draft for r in session.run.results)


def test_a_panel_is_drafted_with_its_siblings(start) -> None:
    """The second message of a panel is judged against the first."""
    session = start(writers.writer(), limit=1)
    session.execute()
    second = session.run.results.get(session.run.planned[1])
    assert second.grades["own_words"].passed is not None


def test_repeats_draw_other_seeds(start) -> None:
    """Two repeats of one request are two requests."""
    model = writers.writer()
    session = start(model, limit=1, repeats=2)
    session.execute()
    assert len({request.seed for request in model.requests}) >= 2


def test_a_failing_model_is_a_result(start) -> None:
    """A model that is down fails the case and not the run."""
    session = start(ScriptedModel([RateLimited("429")], name="writer", cycle=True), limit=1)
    session.execute()
    results = list(session.run.results)
    assert {r.outcome for r in results} == {"model"}
    assert not any(r.grades["valid"].passed for r in results)
    assert all(r.grades["grounded"].passed is None for r in results)


def test_a_bug_in_drafting_is_a_result(start) -> None:
    """An exception that nobody foresaw fails one case, and names its place."""
    session = start(ScriptedModel([ZeroDivisionError("oh")], name="writer", cycle=True), limit=1)
    session.execute()
    result = next(iter(session.run.results))
    assert result.outcome == "crash"
    assert "ZeroDivisionError at" in result.error


def test_a_wrong_key_stops_the_run(start) -> None:
    """The account's failure is no grade of the model; nothing is recorded."""
    session = start(ScriptedModel([AuthenticationFailed("401")], name="writer", cycle=True))
    with pytest.raises(AuthenticationFailed):
        session.execute()
    assert len(session.run.results) == 0


def test_a_replay_needs_no_model_and_gives_the_same(start) -> None:
    """The recorded replies lead to the same grades and costs."""
    first = start(writers.writer(writers.sometimes(0.5, 1)))
    first.execute()
    again = start(None, "again", replay=True, replies=first.folder / "replies.jsonl")
    again.execute()
    assert _grades(again) == _grades(first)
    costs = [r.spent.prompt_tokens for r in again.run.results]
    assert sorted(costs) == sorted(r.spent.prompt_tokens for r in first.run.results)


def test_a_record_of_another_version_is_replayed(start) -> None:
    """What it notes of the model, and this version does not know, is no hindrance."""
    first = start(writers.writer(), limit=1)
    first.execute()
    replies = first.folder / "replies.jsonl"
    lines = [json.loads(line) for line in replies.read_text("utf-8").splitlines()]
    for line in lines:
        line.get("profile", {})["mood"] = "good"
    replies.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    again = start(None, "again", limit=1, replay=True, replies=replies)
    again.execute()
    assert _grades(again) == _grades(first)


def test_a_model_is_noted_once(tmp_path: Path) -> None:
    """A record that is opened again knows the model that it noted, its trained parts included."""
    model = ScriptedModel([], name="writer", profile=Profile(specialist=("gratitude", "ask")))
    path = tmp_path / "replies.jsonl"
    for _ in range(3):
        with closing(ReplyStore(path)) as store:
            store.add_model("writer", model)
    assert path.read_text("utf-8").count('"label"') == 1


def test_recorded_failures_are_replayed(start) -> None:
    """A failure of the model is as much a reply as a text."""
    first = start(ScriptedModel([RateLimited("429")], name="writer", cycle=True), limit=1)
    first.execute()
    again = start(None, "again", limit=1, replay=True, replies=first.folder / "replies.jsonl")
    again.execute()
    assert [r.error for r in again.run.results] == [r.error for r in first.run.results]


def test_a_missing_reply_stops_a_replay_and_says_why(start) -> None:
    """A changed prompt is never answered by an old reply."""
    first = start(writers.writer(), limit=1)
    first.execute()
    again = start(None, "again", limit=2, replay=True, replies=first.folder / "replies.jsonl")
    with pytest.raises(ReplyMissing, match="run without --replay"):
        again.execute()


def test_a_replay_without_a_record_is_refused(start) -> None:
    """Nothing is scored as failed for want of a file."""
    with pytest.raises(OutputError, match=r"replies\.jsonl"):
        start(None, replay=True)


def test_every_field_of_a_request_counts_for_its_key() -> None:
    """Temperature, seed, prefix, the model and the repeat each make another key."""
    base = Request(turns=(), parts=("ask",))
    others = [
        Request(turns=(), parts=("ask",), temperature=0.5),
        Request(turns=(), parts=("ask",), seed=1),
        Request(turns=(), parts=("ask",), prefix="I"),
        Request(turns=(), parts=("ask",), stop=(".",)),
        Request(turns=(), parts=("ask",), grammar="root ::= []"),
        Request(turns=(), parts=("ask",), candidates=2),
        Request(turns=(), parts=("ask",), max_tokens=9),
        Request(turns=(), parts=("ask",), schema={"type": "object"}),
    ]
    keys = {request_key(r, "m", 0) for r in [base, *others]}
    keys |= {request_key(base, "n", 0), request_key(base, "m", 1)}
    assert len(keys) == len(others) + 3


def test_a_resumed_run_asks_nothing_twice(start) -> None:
    """What is finished is kept, and recorded replies of unfinished items are used."""
    model = writers.writer()
    session = start(model)
    seen = 0

    def stop_after_three(_result) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.run.execute(1, stop_after_three)
    session.close()
    asked = len(model.requests)
    more = resume(session.folder, Way(given={"writer": model}), SETTINGS)
    more.execute()
    prompts = [request.turns for request in model.requests]
    assert len(more.run.results) == len(more.run.planned)
    assert len(prompts) > asked
    assert len(set(prompts)) == len(prompts)
    more.close()


def test_a_finished_run_is_resumed_without_any_request(start) -> None:
    """Nothing left to do asks for nothing, not even for a model."""
    session = start(writers.writer(), limit=1)
    session.execute()
    session.close()
    again = resume(session.folder, Way(), SETTINGS)
    again.execute()
    again.close()


def test_a_torn_last_line_is_cut_away(start) -> None:
    """A kill in the middle of a write costs that line only."""
    session = start(writers.writer(), limit=2)
    session.execute()
    session.close()
    path = session.folder / "results.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    again = resume(session.folder, Way(given={"writer": writers.writer()}), SETTINGS)
    assert len(again.run.results) == len(again.run.planned) - 1
    again.execute()
    assert len(again.run.results) == len(again.run.planned)
    again.close()
    assert all(json.loads(line) for line in path.read_text("utf-8").splitlines())


def test_a_run_is_not_overwritten(start) -> None:
    """Beginning anew in a folder that holds a run is refused."""
    session = start(writers.writer(), limit=1)
    session.execute()
    with pytest.raises(OutputError, match="--resume"):
        start(writers.writer(), limit=1)


def test_changed_cases_are_not_resumed(start, tmp_path: Path) -> None:
    """Half a run on other cases would be no run."""
    cases = tmp_path / "cases"
    cases.mkdir()
    for name in ("support-agent-nairobi.md", "support-agent-nairobi.yaml"):
        (cases / name).write_bytes((DEV / name).read_bytes())
    session = start(writers.writer(), cases=str(cases))
    session.close()
    (cases / "support-agent-nairobi.md").write_bytes(
        (DEV / "support-agent-nairobi.md").read_bytes() + b"\n- one more\n"
    )
    with pytest.raises(SettingsError, match="changed"):
        resume(session.folder, Way(), SETTINGS)


def test_the_budget_is_never_passed(start) -> None:
    """The run stops before the request that could pass it, and can go on with more."""
    session = start(writers.writer(), budget=7_000)
    with pytest.raises(RunOverBudget, match="not sent"):
        session.run.execute(1)
    assert 0 < len(session.run.results) < len(session.run.planned)
    assert session.run.models.purse.spent <= 7_000
    session.close()
    more = resume(session.folder, Way(given={"writer": writers.writer()}), SETTINGS)
    assert more.run.models.purse.spent == session.run.models.purse.spent
    more.execute()
    assert len(more.run.results) == len(more.run.planned)
    more.close()


def test_threads_give_the_same_grades(start) -> None:
    """Four at a time or one after the other: no draft depends on another case's."""
    one, four = start(writers.writer(), "one"), start(writers.writer(), "four")
    one.run.execute(1)
    four.run.execute(4)
    assert _grades(one) == _grades(four)


def test_a_model_in_this_process_gets_one_thread() -> None:
    """Two drafts at once would only slow each other."""
    assert threads_for(["embedded:qwen", "gpt"]) == 1
    assert threads_for(["gpt"]) > 1


def test_a_replaying_model_is_async_too(start) -> None:
    """The wrapper honours the whole protocol."""
    import asyncio

    session = start(writers.writer(), limit=1)
    session.execute()
    name, profile = session.store.models["writer"]
    model = ReplayModel(name, profile, session.store, 0)
    with pytest.raises(ReplyMissing):
        asyncio.run(model.acomplete(Request(turns=(), parts=("ask",))))
    assert model.count_tokens(Request(turns=(), parts=())).exact is False


SLOW = """
import sys, time
sys.path.insert(0, {here!r})
import writers
from pathlib import Path
from followup_agent.evals.suite import begin, Wanted, Way
from followup_agent.settings import Settings
model = writers.writer()
whole = model.complete
model.complete = lambda request, timeout=None: (time.sleep(0.05), whole(request))[1]
wanted = Wanted(models=("writer",), cases={cases!r}, kinds=("thank-you",), limit=8)
session = begin(Path({out!r}), wanted, Way(given={{"writer": model}}), Settings(proofread=False))
print(len(session.run.planned), flush=True)
session.run.execute(2)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_run_loses_only_what_was_in_flight(tmp_path: Path) -> None:
    """After kill -9 every finished line is whole, and resuming ends the run."""
    out = tmp_path / "killed"
    code = SLOW.format(here=str(Path(__file__).parent), cases=str(DEV), out=str(out))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    planned = int(process.stdout.readline())
    results, until = out / "results.jsonl", time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if results.exists() and results.read_bytes().count(b"\n") >= 3:
            break
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    kept = results.read_bytes().count(b"\n")
    assert 3 <= kept < planned
    model = writers.writer()
    session = resume(out, Way(given={"writer": model}), SETTINGS)
    assert len(session.run.results) == kept
    session.run.execute(1)
    assert len(session.run.results) == planned
    answered = (out / "replies.jsonl").read_bytes().count(b'"key"')
    assert answered >= planned
    session.close()


def test_a_reply_survives_the_record_unchanged(start) -> None:
    """Text, finish reason, alternatives and usage come back as they were."""
    from followup_agent.chat.protocol import Alternative, Usage

    session = start(writers.writer(), limit=1)
    reply = Reply(
        "é\u2028x", "length", None, (Alternative("a", "stop", -0.5),), Usage(3, 4, 1), "m"
    )
    session.store.add("k", reply, 1.5)
    found = session.store.find("k")
    assert found.reply == reply
    assert found.seconds == 1.5
