"""Days as a letter speaks of them."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.asking.when import calendar_day, decision, decision_by_another, seasons, when
from followup_agent.notes.model import InterviewNotes


@pytest.mark.parametrize(
    ("interviewed", "today", "phrase"),
    [
        (dt.datetime(2026, 5, 12, 10), dt.date(2026, 5, 12), "this morning"),
        (dt.datetime(2026, 5, 12, 14), dt.date(2026, 5, 12), "this afternoon"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 12), "today"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 13), "yesterday"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 15), "on Tuesday"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 22), "on 12 May"),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 8), "on 30 December 2026"),
    ],
)
def test_when_speaks_of_the_interview_from_a_later_day(
    interviewed: dt.date, today: dt.date, phrase: str
) -> None:
    """A near day has a word or a weekday, a far one a date, another year its number."""
    assert when(interviewed, today, "GB") == phrase


def test_americans_write_the_month_first() -> None:
    """Dates follow the country of the notes."""
    day, today = dt.date(2026, 5, 12), dt.date(2026, 5, 30)
    assert calendar_day(day, today, "US") == "May 12"
    assert calendar_day(day, dt.date(2027, 1, 2), "US") == "May 12, 2026"
    assert calendar_day(day, today, None) == "12 May"


def _notes(**more: object) -> InterviewNotes:
    return InterviewNotes.model_validate(
        {
            "candidate": "Daniel Okafor",
            "company": "Lumen Health",
            "role": "Engineer",
            "interviewed": "2026-05-12",
            "interviewers": ["Priya Nair"],
            "topics": ["events"],
            **more,
        }
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"decision_by": "2026-05-26"}, "by 26 May"),
        ({"timeline": ["They will decide within two weeks; HR will write."]}, "within two weeks"),
        ({"timeline": ["Two weeks, HR letter either way"]}, "in about two weeks"),
        ({"timeline": ["calls when the x-ray is back, then one week"]}, "in about one week"),
        ({"timeline": ["HR will write", "a decision by the end of June"]}, "by the end of June"),
        ({"timeline": ["soon, they hope"]}, None),
        ({}, None),
    ],
)
def test_decision_names_the_date_or_span_they_gave(more: dict[str, object], words: str) -> None:
    """The decision date wins; else the Timeline's own words are used."""
    assert decision(_notes(**more), dt.date(2026, 5, 28)) == words


@pytest.mark.parametrize(
    ("timeline", "same_week", "later"),
    [
        ("I'd hear the middle of next week", "next week", "around 20 May"),
        ("she will write within this week", "within this week", "by 15 May"),
        ("they decide by Friday", "by Friday", "by 15 May"),
        ("answer next week", "next week", "in the week of 18 May"),
        (
            "seeing people until Friday. Priya will call next week",
            "next week",
            "in the week of 18 May",
        ),
        (
            "committee, second half of march",
            "in the second half of March",
            "in the second half of March",
        ),
        ("After Eid, she said", "after Eid", "after Eid"),
        ("one more round within 10 days", "within 10 days", "within 10 days"),
        ("he is away from early july, so wants it done in june", "in June", "in June"),
        (
            "starts 3 drivers in July, names locked in before end of month",
            "before end of month",
            "by 31 May",
        ),
        ("wasn't sure, couple of weeks", "in a couple of weeks", "in a couple of weeks"),
        ("by the end of the month", "by the end of the month", "by 31 May"),
        ("they email this week or next", "this week", "by 22 May"),
        ("will hear Mon or Tues", "by 19 May", "by 19 May"),
        ("she'll text by tues", "by Tuesday", "by 19 May"),
        ("mid-June", "in mid-June", "in mid-June"),
        ("rings when back from Hanoi, after 2 Jun", "after 2 June", "after 2 June"),
        ("they ring tomorrow", "by 13 May", "by 13 May"),
        ("hopefully before the holidays", "before the holidays", "before the holidays"),
        ("in early spring, or over the summer", "over the summer", "over the summer"),
        ("once term is over", None, None),
    ],
)
def test_what_was_counted_from_the_interview_has_a_date_later(
    timeline: str, same_week: str | None, later: str | None
) -> None:
    """The "next week" of a Tuesday in May is told by its date once that week has begun."""
    notes = _notes(timeline=[timeline])
    assert decision(notes, dt.date(2026, 5, 14)) == same_week
    assert decision(notes, dt.date(2026, 5, 22)) == later


def test_who_told_of_the_decision() -> None:
    """What Tom said of it is no "you told me" to Priya."""
    notes = _notes(timeline=["Tom said by Friday"], interviewers=["Priya Nair", "Tom Reilly"])
    assert [decision_by_another(notes, person) for person in notes.interviewers] == [True, False]
    assert not decision_by_another(_notes(timeline=["by Friday"]), notes.interviewers[0])


def test_a_title_names_nobody() -> None:
    """Where Dr Reilly told when they would decide, Dr Nair did not."""
    panel = ["Dr Priya Nair", "Dr Tom Reilly"]
    notes = _notes(timeline=["Dr Reilly said by Friday"], interviewers=panel)
    assert [decision_by_another(notes, person) for person in notes.interviewers] == [True, False]


@pytest.mark.parametrize(
    ("month", "country", "names"),
    [
        (1, "GB", ("winter",)),
        (4, "US", ("spring",)),
        (10, "US", ("autumn", "fall")),
        (7, "NZ", ("winter",)),
        (4, "ZA", ("autumn", "fall")),
        (7, "IN", ()),
        (7, None, ()),
    ],
)
def test_a_season_is_the_readers(month: int, country: str | None, names: tuple[str, ...]) -> None:
    """July is winter in Wellington, and where there are not four seasons none is named."""
    assert seasons(dt.date(2026, month, 15), country) == names
