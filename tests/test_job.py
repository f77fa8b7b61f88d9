"""What the caller wants is checked and decided before any model is asked; panels are kept apart."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import pickle
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import followup_agent
from followup_agent import ScriptedModel, adraft, adraft_panel, draft, draft_panel
from followup_agent.asking import PartsPlan, WholePlan
from followup_agent.brief import Brief, missing_need, only, recipients
from followup_agent.chat.protocol import Profile, Request
from followup_agent.driving import Meter
from followup_agent.errors import (
    BudgetExceeded,
    DraftRejected,
    KindError,
    NothingDue,
    PromptError,
    RecipientError,
    Refused,
)
from followup_agent.job import Job, Options
from followup_agent.kinds import Kind, kind_of
from followup_agent.notes.model import InterviewNotes, Item
from followup_agent.settings import Settings
from good_messages import DAYS, GOOD, NOTES, NOTES_FILE, TO_TOM, TODAY, answer, parts, said

PRIYA, TOM = NOTES.interviewers
HOW = {"today": TODAY, "proofread": False}


def noted(**fields: object) -> InterviewNotes:
    """The notes with some fields changed, read anew."""
    data = NOTES.model_dump(mode="json")
    return InterviewNotes.model_validate({**data, **fields})


def _sent(name: str) -> list[str]:
    """What is to be sent in the first days has been sent."""
    return [f"2026-05-12 sent {kind} to {name}" for kind in ("thank-you", "linkedin")]


def test_draft_takes_a_path_a_text_a_mapping_or_notes() -> None:
    """All four forms of the same notes give the same message."""
    for notes in (
        NOTES_FILE,
        str(NOTES_FILE),
        NOTES_FILE.read_text("utf-8"),
        noted().model_dump(mode="json"),
        NOTES,
    ):
        made = draft(notes, "thank-you", "Priya", ScriptedModel([answer()]), **HOW)
        assert made.parts == GOOD[Kind.THANK_YOU]


def test_adraft_is_draft_for_asyncio() -> None:
    """The async twin ends in the same draft."""
    made = [
        draft(NOTES, Kind.THANK_YOU, "Priya", ScriptedModel([answer()]), **HOW),
        asyncio.run(adraft(NOTES, Kind.THANK_YOU, "Priya", ScriptedModel([answer()]), **HOW)),
    ]
    assert made[0].model_copy(update={"seconds": 0, "attempts": ()}) == made[1].model_copy(
        update={"seconds": 0, "attempts": ()}
    )


@pytest.mark.parametrize("run", [draft, lambda *a, **k: asyncio.run(adraft(*a, **k))])
def test_several_interviewers_and_no_name_is_the_callers_mistake(run: object) -> None:
    """The error names them, and nothing is asked."""
    model = ScriptedModel([])
    with pytest.raises(
        RecipientError, match=r"several interviewers \(Priya Nair, Tom Becker\); name one with `to`"
    ):
        run(NOTES, "thank-you", None, model, **HOW)
    assert model.requests == []


def test_auto_writes_what_is_due() -> None:
    """Without a kind the dates decide, and the caller can be told why."""
    made = draft(NOTES, to="Priya", model=ScriptedModel([answer()]), **HOW)
    assert made.kind is Kind.THANK_YOU
    said_: list[str] = []
    Job.of(NOTES, "auto", "Priya", ScriptedModel([]), **HOW).brief(PRIYA, say=said_.append)
    (line,) = said_
    assert line.startswith("thank-you to Priya Nair: ")


def test_a_panel_gets_a_message_each() -> None:
    """Each interviewer's message is about what that person raised, and knows the others'."""
    model = ScriptedModel([answer(), TO_TOM])
    first, second = draft_panel(NOTES, "thank-you", model, **HOW)
    assert (first.to.name, second.to.name) == ("Priya Nair", "Tom Becker")
    to_priya, to_tom = (said(request) for request in model.requests)
    assert "dual-write" in to_priya
    assert "dual-write" not in to_tom
    assert "testing a migration" in to_tom


def test_an_async_panel_is_the_same() -> None:
    """The async twin of the panel writes the same messages."""
    made = asyncio.run(adraft_panel(NOTES, "thank-you", ScriptedModel([answer(), TO_TOM]), **HOW))
    assert [one.parts["greeting"] for one in made] == ["Hi Priya,", "Dear Tom,"]


def test_a_near_copy_is_asked_again() -> None:
    """A second message that repeats the first one's sentences is not accepted."""
    copy = {**parts(), "greeting": "Dear Tom,"}
    model = ScriptedModel([answer(), copy, *[lambda r: {p: TO_TOM[p] for p in r.parts}] * 3])
    _, second = draft_panel(NOTES, "thank-you", model, **HOW)
    assert len(second.attempts) > 1
    assert "near_copy" in {v.rule for v in second.attempts[0].violations}
    assert "repeats another message of the panel" in said(model.requests[2])


def test_a_rejected_member_does_not_lose_the_others() -> None:
    """The error comes after all were tried, and carries the valid drafts."""
    rubbish = ["no"] * 4
    with pytest.raises(DraftRejected) as caught:
        draft_panel(NOTES, "thank-you", ScriptedModel([*rubbish[:3], TO_TOM]), **HOW)
    assert [one.to.name for one in caught.value.others] == ["Tom Becker"]
    assert caught.value.draft.to.name == "Priya Nair"


def test_a_failing_model_ends_a_panel() -> None:
    """A refusal is no rejection: it is raised at once."""
    with pytest.raises(Refused):
        draft_panel(NOTES, "thank-you", ScriptedModel([answer(), Refused("no")]), **HOW)


def test_nothing_due_to_anyone_is_an_error() -> None:
    """With auto and a finished correspondence nobody is written to; the error says when."""
    done = noted(log=_sent("Priya Nair") + _sent("Tom Becker"))
    with pytest.raises(NothingDue) as caught:
        draft_panel(done, model=ScriptedModel([]), **HOW)
    assert caught.value.next_on > TODAY
    assert pickle.loads(pickle.dumps(caught.value)).next_on == caught.value.next_on


def test_a_panel_leaves_out_whom_nothing_is_due_to() -> None:
    """Who was thanked already gets nothing; the others do."""
    made = draft_panel(noted(log=_sent("Priya Nair")), model=ScriptedModel([TO_TOM]), **HOW)
    assert [one.to.name for one in made] == ["Tom Becker"]


@pytest.mark.parametrize("kind", ["thankyou", "", "THANK-YOU", "body"])
def test_an_unknown_kind_names_the_known(kind: str) -> None:
    """A mistyped kind is the caller's mistake."""
    with pytest.raises(KindError, match=r"kinds are: auto, thank-you, reminder, .*keep-in-touch"):
        kind_of(kind)


def test_a_kind_by_its_name() -> None:
    """Both the word and the enum are taken; auto is no kind."""
    assert kind_of("auto") is None
    assert kind_of("status") is kind_of(Kind.STATUS) is Kind.STATUS


@pytest.mark.parametrize(
    ("kind", "fields", "mend"),
    [
        (
            "value-add",
            {"resources": []},
            r"notes: .*add one under `## Resources` as `- \[title\]\(https://…\) — why",
        ),
        (
            "status",
            {"decision_by": None, "timeline": []},
            "add `decision_by: YYYY-MM-DD` .* or a `## Timeline`",
        ),
    ],
)
def test_a_kind_whose_needs_are_not_in_the_notes(kind: str, fields: dict, mend: str) -> None:
    """What to add, and where, is said before anything is asked."""
    model = ScriptedModel([])
    with pytest.raises(KindError, match=mend):
        draft(noted(**fields), kind, "Priya", model, **HOW)
    assert model.requests == []
    with pytest.raises(KindError):
        Brief(noted(**fields), Kind(kind), PRIYA, TODAY)


def test_a_timeline_alone_is_enough_for_a_status() -> None:
    """No date of decision is needed where the notes say when in words."""
    missing_need(noted(decision_by=None), Kind.STATUS)


@pytest.mark.parametrize(
    ("said", "enough"),
    [
        ("HR writes in two weeks", True),
        ("she rings after the weekend", True),
        ("before National Day", True),
        ("end of month", True),
        ("by the 27th", True),
        ("Mercy will email", False),
        ("she sends a date for the trial day", False),
        ("within three days", True),
        ("no date given", False),
    ],
)
def test_a_status_check_needs_a_time_however_rough(said: str, enough: bool) -> None:
    """Where the Timeline gives no time at all, no message could name one without making it up."""
    notes = noted(decision_by=None, timeline=(Item(text=said),))
    if enough:
        missing_need(notes, Kind.STATUS)
        return
    with pytest.raises(KindError, match="no day and no span; add `decision_by"):
        missing_need(notes, Kind.STATUS)


@pytest.mark.parametrize(
    ("log", "names"),
    [
        (["2026-05-27 rejected by Tom Becker"], ["Tom Becker"]),
        (["2026-05-27 rejected by Lena Fischer"], ["Priya Nair", "Tom Becker"]),
        ([], ["Priya Nair", "Tom Becker"]),
    ],
)
def test_keep_in_touch_answers_who_said_no(log: list[str], names: list[str]) -> None:
    """Whoever wrote the rejection is answered, if they were an interviewer."""
    notes = noted(log=log)
    assert [p.name for p in recipients(notes, Kind.KEEP_IN_TOUCH, None)] == names
    assert [p.name for p in recipients(notes, Kind.REMINDER, None)] == ["Priya Nair", "Tom Becker"]


def test_only_one() -> None:
    """A single interviewer needs no naming."""
    assert only((TOM,), "notes") is TOM


def test_a_recipient_without_topics_of_their_own_gets_everyones() -> None:
    """Somebody who raised nothing is written to about what others raised."""
    only_priyas = NOTES.model_copy(
        update={"topics": tuple(t for t in NOTES.topics if t.by == PRIYA.name)}
    )
    assert Brief(only_priyas, Kind.THANK_YOU, TOM, TODAY).topics == only_priyas.topics


def test_the_profile_chooses_the_plan() -> None:
    """A small model is asked part by part, unless a prompt is named."""
    small = ScriptedModel([], profile=Profile(plan="parts"))
    job = Job.of(NOTES, "thank-you", "Priya", small, **HOW)
    assert isinstance(job.plan(job.brief(PRIYA)), PartsPlan)
    named = Job.of(NOTES, "thank-you", "Priya", small, prompt="thank-you@1", **HOW)
    assert isinstance(named.plan(named.brief(PRIYA)), WholePlan)


def test_a_prompt_must_fit_the_kind() -> None:
    """A reminder is not written with the thank-you prompt; an unknown prompt is named."""
    with pytest.raises(KindError, match="thank-you@2 is not for reminder messages"):
        draft(NOTES, "reminder", "Priya", ScriptedModel([]), prompt="thank-you", **HOW)
    with pytest.raises(PromptError):
        draft(NOTES, "reminder", "Priya", ScriptedModel([]), prompt="nothing@1", **HOW)


def test_a_callers_own_prompts(tmp_path: Path) -> None:
    """A folder of prompts takes the place of the packaged ones, and is recorded."""
    own = tmp_path / "own" / "thank-you"
    own.mkdir(parents=True)
    source = (Path(__file__).parents[1] / "prompts" / "thank-you" / "v1.md").read_text("utf-8")
    (own / "v7.md").write_text(source.replace("version: 1", "version: 7"), "utf-8")
    made = draft(NOTES, "thank-you", "Priya", ScriptedModel([answer()]), prompts=own.parent, **HOW)
    assert (made.prompt.name, made.prompt.version) == ("thank-you", 7)


def test_options_come_from_the_environment() -> None:
    """What is not given is what the settings say; None is as good as not given."""
    settings = Settings(
        max_reasks=1, budget=9000, seed=4, proofread=False, linkedin_paid=True, timeout=5.0
    )
    made = Options.of(settings, seed=7, budget=None, today=TODAY)
    assert (made.reasks, made.budget, made.seed, made.proofread, made.paid_linkedin) == (
        1,
        9000,
        7,
        False,
        True,
    )
    assert (made.timeout, made.today) == (5.0, TODAY)
    assert isinstance(Options.of(settings).today, dt.date)


def test_an_unknown_option_is_a_type_error() -> None:
    """A mistyped keyword is not swallowed."""
    with pytest.raises(TypeError, match="max_reask"):
        draft(NOTES, "thank-you", "Priya", ScriptedModel([]), max_reask=2)


def test_a_budget_is_held_before_anything_is_sent() -> None:
    """A panel has one budget for each of its messages."""
    model = ScriptedModel([])
    with pytest.raises(BudgetExceeded):
        draft(NOTES, "thank-you", "Priya", model, budget=100, **HOW)
    assert model.requests == []
    job = Job.of(NOTES, "thank-you", None, model, budget=100, timeout=3.0, **HOW)
    assert (job.meter(2).budget, job.meter(2).seconds) == (200, 6.0)
    assert (job.meter().budget, job.meter().seconds) == (100, 3.0)
    free = Job.of(NOTES, "thank-you", None, model, **HOW)
    assert free.meter(2).budget is None


def test_re_asks_can_be_bounded() -> None:
    """``reasks=0`` is one ask and no more."""
    with pytest.raises(DraftRejected) as caught:
        draft(NOTES, "thank-you", "Priya", ScriptedModel(["{}"]), reasks=0, **HOW)
    assert len(caught.value.draft.attempts) == 1


def test_an_observer_sees_the_rounds() -> None:
    """A caller can watch what is asked."""
    seen: list[int] = []
    draft(
        NOTES,
        "thank-you",
        "Priya",
        ScriptedModel([answer()]),
        observe=lambda _, n: seen.append(n),
        **HOW,
    )
    assert seen == [0, 1]


def test_a_rejection_survives_pickling() -> None:
    """Process pools hand the best draft and its violations back."""
    with pytest.raises(DraftRejected) as caught:
        draft(NOTES, "thank-you", "Priya", ScriptedModel(["{}"] * 3), **HOW)
    back = pickle.loads(pickle.dumps(caught.value))
    assert (back.draft, back.violations) == (caught.value.draft, caught.value.violations)


def test_plan_says_what_is_due() -> None:
    """Each interviewer has a next message, from any form of notes."""
    dues = followup_agent.plan(NOTES_FILE, TODAY)
    assert {due.to for due in dues} == {"Priya Nair", "Tom Becker"}


def test_a_models_function_sees_each_request() -> None:
    """The shipped double can answer by what is asked."""

    def reply(request: Request) -> str:
        return json.dumps({part: GOOD[Kind.STATUS][part] for part in request.parts})

    made = draft(
        NOTES, "status", "Priya", ScriptedModel([reply]), today=DAYS[Kind.STATUS], proofread=False
    )
    assert made.kind is Kind.STATUS


class Fetching(ScriptedModel):
    """A model that takes a minute to fetch what it lacks."""

    def __init__(self, replies: list[str], clock: list[float]) -> None:
        super().__init__(replies)
        self.clock = clock

    def prepare(self) -> None:
        """Fetch."""
        self.clock[0] += 60


@pytest.mark.parametrize("how", ["draft", "adraft"])
def test_the_first_fetch_is_not_the_drafts_time(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model's weights are fetched before the deadline of a draft begins to run."""
    clock = [0.0]
    monkeypatch.setattr("followup_agent.job.Meter", partial(Meter, clock=lambda: clock[0]))
    model = Fetching([answer()], clock)
    if how == "draft":
        made = draft(NOTES, "thank-you", "Priya", model, timeout=30.0, **HOW)
    else:
        made = asyncio.run(adraft(NOTES, "thank-you", "Priya", model, timeout=30.0, **HOW))
    assert made.valid
    assert clock == [60.0]


def test_a_moment_is_its_day_at_the_interview() -> None:
    """A program that gives the time as well gets the message of that day, in the notes' zone."""
    day = DAYS[Kind.THANK_YOU]
    moment = dt.datetime.combine(day, dt.time(1), ZoneInfo("Asia/Tokyo"))  # the evening before
    for when, written in (
        (dt.datetime.combine(day, dt.time(9)), day),
        (moment, day - dt.timedelta(days=1)),
    ):
        made = Job.of(NOTES, "thank-you", "Priya", ScriptedModel([]), today=when)
        assert made.brief(made.people[0]).today == written


def test_a_day_that_is_none_is_told() -> None:
    """A text where a date is wanted fails at once, and is named."""
    made = Job.of(NOTES, "thank-you", "Priya", ScriptedModel([]), today="2026-05-13")
    with pytest.raises(TypeError, match="not '2026-05-13'"):
        made.brief(made.people[0])
