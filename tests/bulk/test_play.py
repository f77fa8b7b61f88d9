"""A task's generator is fed what was paid for, and ends with one outcome a message."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

from benches import answer, recipe, task_of

from followup_agent.bulk.drafter import Answered, Drafter, Start
from followup_agent.bulk.outcome import Status
from followup_agent.bulk.play import Play, request_digest
from followup_agent.chat.protocol import Profile, Reply, Request, Turn, Usage
from followup_agent.errors import Refused, ServerFailed
from followup_agent.job import Options
from followup_agent.kinds import Kind
from good_messages import GOOD, NOTES_FILE, TO_TOM, TODAY
from servers.candidates import notes

(ADA,) = notes(1)
PANEL = NOTES_FILE.read_text("utf-8")
FOR_PANEL = recipe(kind=Kind.THANK_YOU, options=Options(today=TODAY, proofread=False))


def written(request: Request) -> Reply:
    return Reply(json.dumps(answer(request)), usage=Usage(100, 50, 1))


def good(play: Play) -> None:
    """Answer what is wanted, well."""
    for wanted in play.wanted:
        play.reply(wanted.digest, written(wanted.request))


def test_a_play_asks_and_ends_with_a_valid_record() -> None:
    """One interviewer and a good answer make one valid outcome, its record the draft's."""
    play = Play(task_of(ADA), recipe())
    assert play.outcomes is None
    good(play)
    (outcome,) = play.outcomes
    assert outcome.status is Status.VALID
    assert outcome.person == "Priya Nair"
    assert outcome.record["body"].startswith("Dear Priya,")
    assert outcome.record["error"] is None


def test_a_stored_reply_is_not_asked_for_again() -> None:
    """A play that is given the replies of an earlier one ends as that one did, asking nothing."""
    task = task_of(ADA)
    first = Play(task, recipe())
    (wanted,) = first.wanted
    reply = written(wanted.request)
    first.reply(wanted.digest, reply)
    again = Play(task, recipe(), {wanted.digest: reply})
    assert again.wanted == ()
    assert again.outcomes == first.outcomes


def test_a_stored_reply_to_another_request_does_not_count() -> None:
    """What was asked with another seed is asked anew."""
    task = task_of(ADA)
    (wanted,) = Play(task, recipe()).wanted
    other = recipe(options=Options(today=recipe().options.today, proofread=False, seed=1))
    moved = replace(task, key=other.key(ADA.encode()))
    assert Play(moved, other, {wanted.digest: written(wanted.request)}).wanted


def test_a_resumed_play_goes_on_in_the_middle_of_a_draft() -> None:
    """The first answer lacked a part: with it stored, only the re-ask is wanted."""
    task = task_of(ADA)
    play = Play(task, recipe())
    (wanted,) = play.wanted
    lacking = Reply(json.dumps({**answer(wanted.request), "interest": ""}))
    play.reply(wanted.digest, lacking)
    resumed = Play(task, recipe(), {wanted.digest: lacking})
    assert [w.request.parts for w in resumed.wanted] == [("interest",)]
    assert [w.digest for w in resumed.wanted] == [w.digest for w in play.wanted]


def test_a_panel_is_one_task_and_each_message_knows_those_before() -> None:
    """A copy of the first interviewer's message is a fault of the second's."""
    play = Play(task_of(PANEL, FOR_PANEL), FOR_PANEL)
    for parts in (GOOD[Kind.THANK_YOU], {**GOOD[Kind.THANK_YOU], "greeting": "Dear Tom,"}):
        assert len(play.wanted) == 1
        play.reply(play.wanted[0].digest, Reply(json.dumps(parts)))
    assert play.wanted[0].message == 1
    assert "five-word sequences" in play.wanted[0].request.turns[-1].content
    while play.wanted:
        play.reply(play.wanted[0].digest, Reply(json.dumps(TO_TOM)))
    assert [outcome.person for outcome in play.outcomes] == ["Priya Nair", "Tom Becker"]
    assert {outcome.status for outcome in play.outcomes} == {Status.VALID}


def test_a_failure_ends_one_message_and_the_next_begins() -> None:
    """A server's failure is the first message's; the second is drafted all the same."""
    play = Play(task_of(PANEL, FOR_PANEL), FOR_PANEL)
    play.fail(ServerFailed("the server failed (500)"))
    play.reply(play.wanted[0].digest, Reply(json.dumps(TO_TOM)))
    first, second = play.outcomes
    assert first.status is Status.FAILED
    assert first.record["error"] == {"type": "ServerFailed", "message": "the server failed (500)"}
    assert not first.anew
    assert second.status is Status.VALID


def test_what_was_answered_is_begun_anew_with_another_seed() -> None:
    """A refusal is an outcome that only another seed can change, and a new try has another."""
    task = task_of(ADA)
    play = Play(task, recipe())
    (wanted,) = play.wanted
    refused = Reply("", refusal="no")
    play.reply(wanted.digest, refused)
    (outcome,) = play.outcomes
    assert outcome.anew
    assert outcome.record["error"]["type"] == Refused.__name__
    again = Play(replace(task, tries=(1,)), recipe(), {wanted.digest: refused})
    assert again.wanted[0].request.seed != wanted.request.seed


def test_notes_that_cannot_be_used_fail_alone() -> None:
    """Faults of a notes file are its outcome, with file and line; nothing is asked."""
    play = Play(task_of("---\ncompany: X\n---\n"), recipe())
    (outcome,) = play.outcomes
    assert outcome.status is Status.BAD_INPUT
    assert "one.md:1: `candidate` is missing" in outcome.record["error"]["message"]


def test_notes_that_changed_under_a_run_are_not_drafted_under_the_old_name() -> None:
    """A file that changed after it was named is an outcome that says so."""
    task = task_of(ADA)
    Path("one.md").write_text(ADA.replace("Lumen", "Solar"), "utf-8")
    (outcome,) = Play(task, recipe()).outcomes
    assert "changed while the batch was running" in outcome.record["error"]["message"]


def test_a_prompt_beyond_the_context_window_is_never_wanted() -> None:
    """The window is looked at before anything is sent; the message fails by itself."""
    small = recipe(profile=Profile(context_window=300))
    (outcome,) = Play(task_of(ADA, small), small).outcomes
    assert outcome.record["error"]["type"] == "BudgetExceeded"


def test_nothing_private_is_in_what_is_kept() -> None:
    """A Private section is in no request and in no outcome, and its words are not in a pickle."""
    secret = "Wants ninety thousand zlotys and a corner office"
    play = Play(task_of(f"{ADA}\n## Private\n{secret}\n"), recipe())
    asked = pickle.dumps(play.wanted)
    good(play)
    assert b"zlotys" not in asked + pickle.dumps(play.outcomes)


def test_the_key_changes_with_what_decides_the_text_and_with_nothing_else() -> None:
    """Notes, kind, seed, day and salt change a key; a time limit and a budget do not."""
    options = recipe().options
    key = recipe().key(b"notes")
    assert recipe(options=replace(options, timeout=1.0, budget=5)).key(b"notes") == key
    others = [
        recipe().key(b"notes "),
        recipe(kind=Kind.STATUS).key(b"notes"),
        recipe(to="Priya").key(b"notes"),
        recipe(model="other").key(b"notes"),
        recipe(salt=b"other").key(b"notes"),
        recipe(options=replace(options, seed=1)).key(b"notes"),
        recipe(options=replace(options, reasks=1)).key(b"notes"),
        recipe(options=replace(options, prompt="thank-you@1")).key(b"notes"),
        recipe(profile=Profile(plan="parts")).key(b"notes"),
    ]
    assert len({key, *others}) == len(others) + 1


def test_a_digest_names_all_that_is_asked() -> None:
    """Two requests that differ in one field have two digests, equal ones the same."""
    request = Request((Turn("user", "Hello"),), ("ask",))
    assert request_digest(request) == request_digest(replace(request))
    assert request_digest(request) != request_digest(replace(request, seed=1))
    assert request_digest(request) != request_digest(replace(request, turns=(Turn("user", "Hi"),)))


def test_a_drafter_keeps_its_plays_apart() -> None:
    """Two plays in one process are moved on by number, and forgotten when they have ended."""
    drafter = Drafter(recipe())
    one, two = (task_of(text, name=f"{n}.md") for n, text in enumerate(notes(2)))
    first, second = drafter.take(Start(1, one, {})), drafter.take(Start(2, two, {}))
    ended = [
        drafter.take(Answered(s.number, {w.digest: written(w.request) for w in s.wanted}))
        for s in (second, first)
    ]
    assert [step.number for step in ended] == [2, 1]
    assert ended[0].outcomes[0].record["body"] != ended[1].outcomes[0].record["body"]
