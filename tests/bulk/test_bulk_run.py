"""A batch from its inputs to its files, with a scripted model: nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from benches import (
    AT_ONCE,
    TODAY,
    Writing,
    candidate,
    draft,
    failing,
    folder_of,
    interrupt,
    lines,
    recipe,
    task_of,
)

from followup_agent import draft as draft_one
from followup_agent.bulk import schema
from followup_agent.bulk.local import HOPELESS_FIRST, REQUESTS, SILENT, SILENT_FIRST, LocalEngine
from followup_agent.bulk.run import SUMMARY, BatchRun, Order, Quiet
from followup_agent.bulk.workshop import DrafterGone, Processes
from followup_agent.chat.protocol import Reply, Request
from followup_agent.errors import (
    AuthenticationFailed,
    BudgetExceeded,
    ConnectionFailed,
    ModelError,
    OutputError,
    QuotaExhausted,
    RequestRejected,
    ServerFailed,
)
from followup_agent.job import Options
from servers.candidates import names, notes


def test_every_note_becomes_one_valid_line_in_the_inputs_order() -> None:
    """Thirty notes, thirty drafts, each what drafting it alone gives."""
    folder_of(30)
    summary = draft(Writing())
    assert (summary.notes, summary.done, dict(summary.status)) == (30, 30, {"valid": 30})
    assert summary.exit_code == 0
    found = lines()
    assert [Path(line["source"]).name for line in found] == [f"{n:05}.md" for n in range(30)]
    assert len({line["key"] for line in found}) == 30
    alone = draft_one(
        notes(1)[0], model=Writing(), today=TODAY,
        proofread=False,
    ).to_dict()  # fmt: skip
    same = {name: found[0][name] for name in alone if name != "seconds"}
    assert same == {name: value for name, value in alone.items() if name != "seconds"}


def test_a_second_run_asks_nothing_and_gives_the_same_lines() -> None:
    """What was drafted stays; the summary is the same."""
    folder_of(10)
    first = draft(Writing())
    before = lines()
    model = Writing()
    assert draft(model).to_dict() == first.to_dict()
    assert model.requests == []
    assert lines() == before


def test_notes_that_changed_are_drafted_anew_and_nothing_else_is() -> None:
    """One changed file is one request; its old draft is in the output no more."""
    folder = folder_of(5)
    draft(Writing())
    changed = folder / "00002.md"
    changed.write_text(changed.read_text("utf-8").replace("Lumen Health", "Solar Works"), "utf-8")
    model = Writing()
    draft(model)
    assert len(model.requests) == 1
    assert len(lines()) == 5
    assert "Solar Works" in lines()[2]["body"]


def test_a_bad_file_fails_alone_and_is_listed() -> None:
    """Its faults stand in the summary with file and line; the others are drafted."""
    folder = folder_of(3)
    (folder / "bad.md").write_text("---\ncandidate: X\n---\n## Topics\n- a\n", "utf-8")
    summary = draft(Writing())
    assert dict(summary.status) == {"valid": 3, "bad-input": 1}
    assert summary.exit_code == 2
    assert any(f.endswith("bad.md:1: `company` is missing; write `company: Lumen Health`")
               for f in summary.faults)  # fmt: skip


def test_the_same_notes_under_two_names_are_drafted_once() -> None:
    """The copy is listed as such, and is in the output once."""
    folder = folder_of(2)
    (folder / "copy.md").write_bytes((folder / "00001.md").read_bytes())
    model = Writing()
    summary = draft(model)
    assert len(model.requests) == len(lines()) == 2
    ((copy, earlier),) = summary.duplicates
    assert (Path(copy).name, Path(earlier).name) == ("copy.md", "00001.md")


def test_passing_failures_are_tried_again_within_the_bound() -> None:
    """Nine failures of a kind that may pass cost nine more requests, and the draft is there."""
    folder_of(4)
    model = Writing(failing(ServerFailed("500"), REQUESTS - 1))
    summary = draft(model)
    assert dict(summary.status) == {"valid": 4}
    assert len(model.requests) == 4 * REQUESTS


def test_a_message_costs_at_most_ten_requests() -> None:
    """What fails for longer is a failure of that message, and is listed with its error."""
    folder_of(6)
    bad = names(1)[0]
    model = Writing(lambda r: ConnectionFailed("it broke") if candidate(r) == bad else None)
    summary = draft(model)
    assert dict(summary.status) == {"failed": 1, "valid": 5}
    assert summary.exit_code == 4
    assert sum(candidate(r) == bad for r in model.requests) == REQUESTS
    assert lines()[0]["error"] == {"type": "ConnectionFailed", "message": "it broke"}


def test_failed_messages_are_tried_again_on_request_only() -> None:
    """A plain second run leaves a failure alone; --retry-failed drafts it."""
    folder_of(3)
    bad = names(1)[0]
    draft(Writing(lambda r: RequestRejected("400") if candidate(r) == bad else None))
    model = Writing()
    assert draft(model).status["failed"] == 1
    assert model.requests == []
    assert dict(draft(model, retry_failed=True).status) == {"valid": 3}
    assert [candidate(r) for r in model.requests] == [bad]


@pytest.mark.parametrize(
    "error", [AuthenticationFailed("the key (401)"), QuotaExhausted("no quota")]
)
def test_a_refused_key_or_a_used_up_quota_stops_the_batch(error: Any) -> None:
    """Nothing more is asked, no note is called failed, and the next run does the rest."""
    folder_of(20)
    count = iter(range(100))
    model = Writing(lambda _: error if next(count) >= 5 else None)
    with pytest.raises(type(error)):
        draft(model, engine=LocalEngine(2, processes=0, policy=AT_ONCE))
    assert len(model.requests) <= 5 + 2
    summary = json.loads(Path("out", SUMMARY).read_text("utf-8"))
    assert summary["stopped"] == str(error)
    assert set(summary["status"]) == {"valid"}
    done = len(lines())
    rest = Writing()
    assert draft(rest).status["valid"] == 20
    assert len(rest.requests) == 20 - done


def test_a_server_that_answers_nobody_stops_the_batch_soon() -> None:
    """When the first messages all fail and none was ever answered, the rest is not tried."""
    folder_of(40)
    model = Writing(lambda _: RequestRejected("no such model (404)"))
    with pytest.raises(RequestRejected):
        draft(model, engine=LocalEngine(1, processes=0, policy=AT_ONCE))
    assert HOPELESS_FIRST <= len(model.requests) <= HOPELESS_FIRST + 2


def test_a_server_that_answers_nobody_is_told_early() -> None:
    """What is wrong is said once, after the first failures, while they are still tried again."""
    folder_of(4)
    said: list[tuple[int, str]] = []

    class Watch(Quiet):
        def say(self, line: str) -> None:
            said.append((len(model.requests), line))

    model = Writing(failing(ServerFailed("no such page"), REQUESTS - 1))
    draft(model, watch=Watch(), engine=LocalEngine(1, processes=0, policy=AT_ONCE))
    ((requests, line),) = said
    assert requests == SILENT_FIRST
    assert line.startswith("no such page; 3 requests in a row failed and are sent again. Ctrl-C")


def test_a_server_that_falls_silent_is_told_again() -> None:
    """Later failures are told only where many come in a row: some happen to every server."""
    folder_of(30)
    said: list[str] = []

    class Watch(Quiet):
        def say(self, line: str) -> None:
            said.append(line)

    count = itertools.count(1)
    outage = range(11, 11 + 2 * SILENT)

    def instead(_: Request) -> ModelError | None:
        number = next(count)
        return ServerFailed("gone") if number in outage or number % 5 == 0 else None

    draft(Writing(instead), watch=Watch(), engine=LocalEngine(25, processes=0, policy=AT_ONCE))
    assert [line.partition(" in a row")[0] for line in said] == [f"gone; {SILENT} requests"]


def test_the_budget_is_for_the_folder_and_nothing_is_sent_beyond_it() -> None:
    """A request whose worst case would pass it stops the batch; more budget goes on."""
    folder_of(10)
    model = Writing()
    one_at_once = LocalEngine(1, processes=0, policy=AT_ONCE)
    with pytest.raises(BudgetExceeded, match="over the budget of 5000"):
        draft(model, budget=5000, engine=one_at_once)
    used = json.loads(Path("out", SUMMARY).read_text("utf-8"))["usage"]
    assert 0 < used["prompt_tokens"] + used["completion_tokens"] <= 5000
    rest = Writing()
    assert draft(rest, budget=1_000_000).status["valid"] == 10
    assert len(model.requests) + len(rest.requests) == 10


def test_a_first_interrupt_keeps_what_was_asked_and_asks_nothing_more() -> None:
    """Stopping in the middle leaves whole lines; the next run pays for the rest only."""
    folder_of(30)
    stopping = threading.Event()
    model = Writing(lambda _: stopping.set() if len(model.requests) == 8 else None)
    run = BatchRun(
        Order(["in"], Path("out"), today=TODAY), model, Options(today=TODAY, proofread=False),
        Quiet(), stopping,
    )  # fmt: skip
    summary = run.run(LocalEngine(4, processes=0, policy=AT_ONCE))
    assert summary.stopped == "interrupted"
    assert 0 < summary.done < 30
    rest = Writing()
    draft(rest)
    assert len(model.requests) + len(rest.requests) == 30
    assert len(lines()) == 30


class Late(Writing):
    """Interrupts this process at its third request; what is asked then is answered too late."""

    asked = 0

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        self.asked += 1
        if self.asked == 3:
            interrupt()
        if self.asked >= 3:
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        return await super().acomplete(request, timeout=timeout)


def test_an_interrupt_loses_no_reply_that_comes_while_it_stops() -> None:
    """What arrives after the engine was told to end is in the journal all the same."""
    folder_of(8)
    model = Late()
    with pytest.raises(KeyboardInterrupt):
        draft(model)
    rest = Writing()
    draft(rest)
    assert len(model.requests) == model.asked > 2
    assert len(model.requests) + len(rest.requests) == 8
    assert len(lines()) == 8


def test_drafting_processes_give_what_this_process_gives() -> None:
    """Two processes of their own hold the plays; lines and order are the same."""
    folder_of(12)
    draft(Writing(), out="inside")
    draft(Writing(), out="outside", engine=LocalEngine(4, processes=2, policy=AT_ONCE))
    same = [("body", "subject", "status", "source", "attempts")] * 12
    for names_, a, b in zip(same, lines("inside"), lines("outside"), strict=True):
        assert [a[name] for name in names_] == [b[name] for name in names_]


def test_a_watcher_sees_every_reply_and_every_end() -> None:
    """Progress counts what was paid for and what is on the disk."""
    folder_of(5)

    class Watch(Quiet):
        begun: tuple[int, int] = (0, 0)
        replies = ends = 0

        def begin(self, total: int, done: int) -> None:
            self.begun = total, done

        def replied(self, reply: Reply) -> None:
            self.replies += 1

        def ended(self, outcomes: Any) -> None:
            self.ends += len(outcomes)

    watch = Watch()
    draft(Writing(), watch=watch)
    assert (watch.begun, watch.replies, watch.ends) == ((5, 0), 5, 5)


def test_a_drafting_process_that_ends_is_told_plainly() -> None:
    """Killed for want of memory, say: who waits for it is told, and nothing hangs."""

    async def work() -> None:
        outside = await Processes.open(recipe(), 1)
        try:
            outside._processes[0].process.kill()
            with pytest.raises(DrafterGone, match="nothing is lost"):
                await outside.start(task_of(notes(1)[0]), {})
        finally:
            await outside.close()

    asyncio.run(work())


def test_a_full_disk_stops_the_batch_and_the_next_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One plain line; what was synced is not asked again when there is room."""
    folder_of(60)
    real = schema.migrate

    def small(database: Any, steps: Any) -> None:
        real(database, steps)
        database.execute("PRAGMA max_page_count = 60").fetchone()

    monkeypatch.setattr(schema, "migrate", small)
    model = Writing()
    with pytest.raises(OutputError, match="the disk is full; make room"):
        draft(model)
    monkeypatch.setattr(schema, "migrate", real)
    done = len(lines())
    assert 0 < done < 60
    rest = Writing()
    assert draft(rest).status["valid"] == 60
    assert len(rest.requests) <= 60 - done


@pytest.mark.embedded
def test_the_embedded_model_drafts_in_this_process() -> None:
    """One after the other, with the same text as by itself."""
    folder_of(2)
    summary = draft("embedded", engine=LocalEngine())
    assert dict(summary.status) == {"valid": 2}
    alone = draft_one(Path("in/00000.md"), model="embedded", today=TODAY, proofread=False)
    assert lines()[0]["body"] == alone.body
