"""What cannot be true in a Log is reported with its line, never guessed around."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.schedule import contradictions

TODAY = dt.date(2026, 5, 30)


def test_a_sound_log(interview):
    """Entries out of order, on the interview's day, and notes to come are fine."""
    notes = interview(
        "2026-05-20 reply from Priya Nair",
        "2026-05-12 sent thank-you to Priya Nair",
        "2026-04-01 applied through the site",
        "2026-06-10 second interview",
        "2026-05-30 offer",
        decision_by="2026-05-12",
    )
    assert contradictions(notes, TODAY) == []


@pytest.mark.parametrize(
    "line",
    [
        "sent thank-you to Priya Nair",
        "reply from Priya Nair",
        "offer",
        "rejected",
        "withdrawn",
    ],
)
def test_before_the_interview(interview, line: str):
    """Nothing was sent, answered or decided before it."""
    (told,) = contradictions(interview(f"2026-05-11 {line}"), TODAY)
    assert told == (
        f"notes.md:41: the Log has `{line}` on 2026-05-11, before the interview on 2026-05-12; "
        "mend the date (days count in Europe/London)"
    )


def test_after_today(interview):
    """What is to come has not happened."""
    notes = interview("2026-06-01 sent status to Priya Nair", timezone=None)
    (told,) = contradictions(notes, TODAY)
    assert told.startswith("notes.md:41: the Log has `sent status to Priya Nair` on 2026-06-01, ")
    assert "after today (2026-05-30)" in told


def test_the_day_at_home_counts(interview):
    """East of the interview it may be tomorrow already."""
    notes = interview("2026-05-31 reply from Priya Nair", timezone="America/New_York")
    home = dt.timezone(dt.timedelta(hours=12))
    assert contradictions(notes, dt.datetime(2026, 5, 31, 8, tzinfo=home)) == []


@pytest.mark.parametrize(
    ("first", "second", "line"), [("offer", "rejected", 42), ("rejected", "offer", 41)]
)
def test_offer_and_rejection(interview, first: str, second: str, line: int):
    """Both cannot hold; each is named with its place."""
    notes = interview(f"2026-05-20 {first}", f"2026-05-21 {second}")
    (told,) = contradictions(notes, TODAY)
    assert told.startswith(f"notes.md:{line}: the Log has `rejected` on ")
    assert f"(line {83 - line})" in told


def test_without_lines(interview):
    """Notes from a mapping have no lines to name."""
    notes = interview(
        log=[{"on": "2026-05-20", "event": "offer"}, {"on": "2026-05-21", "event": "rejected"}]
    )
    assert contradictions(notes, TODAY) == [
        "notes.md: the Log has `rejected` on 2026-05-21 and `offer` on 2026-05-20; "
        "keep the one that holds"
    ]


def test_a_name_that_fits_two(interview):
    """A message to one of two namesakes cannot be counted for either."""
    notes = interview(
        "2026-05-12 sent thank-you to Anna",
        "2026-05-13 sent thank-you to Anna Weber",
        interviewers=["Anna Weber", "Anna Schmidt"],
    )
    (told,) = contradictions(notes, TODAY)
    assert "a name that fits Anna Weber and Anna Schmidt; write the full name" in told
