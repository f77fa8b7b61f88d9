"""The decision's day is read from the notes where that is simple, and else asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.schedule.timeline import decision


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They will decide by 2026-05-29.", "2026-05-29"),
        ("decision on 29 May", "2026-05-29"),
        ("by the 29th of May 2026", "2026-05-29"),
        ("by May 29", "2026-05-29"),
        ("by May 29, 2026, HR will write", "2026-05-29"),
        ("between May 26-29", "2026-05-29"),
        ("26–29 May", "2026-05-29"),
        ("back by 4 March", "2027-03-04"),
        ("an answer by 29 Feb", "2028-02-29"),
        ("They will decide within two weeks; HR (Lena Fischer) will write.", "2026-05-26"),
        ("within 10 days of the interview", "2026-05-22"),
        ("They hope to answer in the next two weeks", "2026-05-26"),
        ("in the next week", "2026-05-19"),
        ("within a week", "2026-05-19"),
        ("in two to three weeks", "2026-06-02"),
        ("in 2-3 weeks", "2026-06-02"),
        ("within a couple of weeks", "2026-05-26"),
        ("within a fortnight", "2026-05-26"),
        ("within 5 business days", "2026-05-19"),
        ("within 10 working days", "2026-05-27"),
        ("Decision by 29 May, the job starts on 1 September", "2026-05-29"),
        ("Decision by 29 May\nSecond round on 2026-05-20", "2026-05-29"),
        ("They saw 2026-04-01 candidates; answer by 2026-05-29", "2026-05-29"),
    ],
)
def test_simple_timelines(interview, text: str, day: str):
    """A date or a span from the interview is understood."""
    assert decision(interview(timeline=text)).day == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "They will be in touch.",
        "soon, by the end of next month",
        "by 31 June",
        "by 2026-13-45",
        "by 9999-12-31",
        "by 05/06/2026",
        "The job starts on 2026-09-01",
        "applied on 2026-05-13",
        "Second interview on 2026-05-20",
        "in a few weeks",
        "They write in the week of 18 May",
    ],
)
def test_what_is_not_simple_is_asked_for(interview, text: str):
    """No guess is made; the mend is named."""
    found = decision(interview(timeline=text))
    assert found.day is None
    assert found.missing == (
        "the Timeline names no day that can be read; "
        "add `decision_by: YYYY-MM-DD` to the front matter"
    )


def test_two_days_are_not_chosen_between(interview):
    """Two candidates are none."""
    found = decision(interview(timeline="They decide on 20 May or on 29 May."))
    assert found.day is None
    assert "names several days" in found.missing


def test_nothing_said(interview):
    """Notes without a word about it say what to add."""
    assert decision(interview()).missing.startswith("the notes do not say")


def test_decision_by_goes_first(interview):
    """The front matter's date is not read against the Timeline."""
    notes = interview(decision_by="2026-05-26", timeline="within 9 weeks")
    assert decision(notes).day == dt.date(2026, 5, 26)
