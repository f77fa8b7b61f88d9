"""`--kind auto` takes the most pressing message that is due, and says why."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

from followup_agent.errors import CallerError, NotesError, NothingDue
from followup_agent.notes.model import InterviewNotes
from followup_agent.schedule import Choice, choose

THANKS = "2026-05-12 sent thank-you to Priya Nair"
LINKED = "2026-05-13 sent linkedin to Priya Nair"


def chosen(notes: InterviewNotes, today: str, person: int = 0, **options) -> Choice:
    """What is chosen for one of the interviewers on a day or at a moment."""
    when = dt.datetime.fromisoformat(today)
    return choose(
        notes, when if "T" in today else when.date(), notes.interviewers[person], **options
    )


@pytest.mark.parametrize(
    ("log", "today", "kind"),
    [
        ([], "2026-05-12", "thank-you"),
        ([], "2026-05-12T14:20", "thank-you"),
        ([], "2026-05-12T15:30", "thank-you"),
        ([], "2026-05-15", "thank-you"),
        ([], "2026-05-26", "thank-you"),
        ([], "2026-05-27", "status"),
        ([THANKS], "2026-05-13T15:00", "linkedin"),
        ([THANKS], "2026-05-14", "value-add"),
        ([THANKS], "2026-05-19", "reminder"),
        ([THANKS, "2026-05-20 reply from Priya Nair"], "2026-05-21", "value-add"),
        ([THANKS, "2026-05-15 sent value-add to Priya Nair"], "2026-05-18", "linkedin"),
        ([THANKS, "2026-05-19 sent reminder to Priya Nair"], "2026-05-26", "reminder"),
        ([THANKS], "2026-05-27", "status"),
        ([THANKS, "2026-05-27 sent status to Priya Nair"], "2026-06-03", "reminder"),
        ([THANKS, "2026-05-20 rejected"], "2026-05-27", "keep-in-touch"),
    ],
)
def test_precedence(interview, resource, log: list[str], today: str, kind: str):
    """The Log and the dates decide."""
    notes = interview(*log, decision_by="2026-05-26", resources=[resource])
    choice = chosen(notes, today)
    assert choice.kind == choice.due.kind == kind
    assert choice.why == choice.due.reason
    assert choice.why.count(". ") == 0


def test_months_later_with_a_decision_date(interview):
    """A decision date long past asks for the status, and says that it is late."""
    choice = chosen(interview(decision_by="2026-05-26"), "2026-11-21")
    assert choice.kind == "status"
    assert "it is late, but still send it" in choice.why


def test_months_later_without_a_decision_date(interview):
    """Without a date there is the reminder, late as well."""
    choice = chosen(interview(), "2026-11-21")
    assert choice.kind == "reminder"
    assert "it is late" in choice.why


def test_a_late_thank_you_says_so(interview):
    """It is still chosen."""
    assert "it is late" in chosen(interview(), "2026-05-20").why


def test_the_first_two_hours(interview):
    """A thank-you may be drafted at once; the reason says when to send it."""
    assert (
        "send the thank-you from Tuesday 12 May 2026, 17:00"
        in chosen(interview(), "2026-05-12T15:30").why
    )


def test_a_friday_that_waits(interview):
    """With the option it is drafted on Friday and sent on Monday."""
    notes = interview(interviewed="2026-05-15T14:00")
    why = chosen(notes, "2026-05-15", friday="next-business-day").why
    assert "from Monday 18 May 2026 on (after the weekend or holiday)" in why


@pytest.mark.parametrize("today", ["2026-05-11", "2026-05-12T13:00"])
def test_before_the_interview(interview, today: str):
    """There is nothing to thank for; the next date is named."""
    with pytest.raises(NothingDue) as caught:
        chosen(interview(), today)
    assert caught.value.next_on == dt.date(2026, 5, 12)
    assert caught.value.next_kind == "thank-you"
    assert str(caught.value).endswith("; next is the thank-you message on Tuesday 12 May 2026")


def test_a_weekend(interview):
    """A reminder waits for the next business day."""
    with pytest.raises(NothingDue, match="reminder message on Tuesday 26 May 2026"):
        chosen(interview(THANKS, LINKED), "2026-05-23")


def test_nothing_more(interview):
    """After two reminders there is no next date."""
    reminders = [f"2026-{day} sent reminder to Priya Nair" for day in ("05-19", "05-27")]
    with pytest.raises(NothingDue, match="nothing more is planned") as caught:
        chosen(interview(THANKS, LINKED, *reminders), "2026-07-01")
    assert caught.value.next_on is None


def test_after_an_offer(interview):
    """The reason is the offer."""
    with pytest.raises(NothingDue, match="The Log shows an offer on 20 May 2026"):
        chosen(interview("2026-05-20 offer"), "2026-05-21")


def test_a_no_that_was_answered(interview):
    """A second answer is not due."""
    notes = interview("2026-05-20 rejected", "2026-05-21 sent keep-in-touch to Priya Nair")
    with pytest.raises(NothingDue, match="a rejection on 20 May 2026"):
        chosen(notes, "2026-05-21")


def test_a_no_from_somebody_else(interview):
    """Who did not write it gets no answer, unless the caller names the kind."""
    notes = interview(
        "2026-05-20 rejected by Priya Nair", interviewers=["Priya Nair", "Tom Becker"]
    )
    assert chosen(notes, "2026-05-21").kind == "keep-in-touch"
    with pytest.raises(NothingDue, match=r"came from Priya Nair.*--kind keep-in-touch"):
        chosen(notes, "2026-05-21", person=1)


def test_a_contradiction_is_no_choice(interview):
    """The lines are told instead of a kind."""
    notes = interview("2026-05-20 offer", "2026-05-21 rejected")
    with pytest.raises(NotesError) as caught:
        chosen(notes, "2026-05-22")
    assert [f.line for f in caught.value.faults] == [42]


def test_the_error(interview):
    """It is the caller's kind of error and survives pickling, as process pools need."""
    with pytest.raises(CallerError) as caught:
        chosen(interview(), "2026-05-11")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert vars(copy) == vars(caught.value)
    assert str(copy) == str(caught.value)
    assert copy.exit_code == 2
