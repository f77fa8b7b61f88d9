"""Days that a Timeline counts from the interview."""

from __future__ import annotations

import datetime as dt

import pytest
from people import NOTES

from followup_agent import load_notes
from followup_agent.guide.case import Case
from followup_agent.guide.grounding import ground
from followup_agent.guide.grounding.coming import stretches
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

MET = dt.date(2026, 6, 24)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last", "due"),
    [
        ("by Friday", (6, 26), (6, 26), (6, 26)),
        ("Wed at the latest", (7, 1), (7, 1), (7, 1)),
        ("next Thursday", (7, 2), (7, 2), (7, 2)),
        ("within this week", (6, 22), (6, 28), (6, 26)),
        ("next week", (6, 29), (7, 5), (6, 29)),
        ("end of next week", (7, 2), (7, 5), (7, 3)),
        ("by the end of the week", (6, 25), (6, 28), (6, 26)),
        ("middle of next week", (6, 30), (7, 2), (7, 1)),
        ("will phone within the week", (6, 25), (7, 1), (7, 1)),
        ("early the week after", (6, 29), (7, 1), (6, 29)),
        ("before end of month", (6, 23), (6, 30), (6, 30)),
        ("early next week", (6, 29), (7, 1), (6, 29)),
        ("end of the month", (6, 23), (6, 30), (6, 30)),
        ("end of next month", (7, 24), (7, 31), (7, 31)),
    ],
)
def test_days_are_counted_from_the_interview(text, first, last, due):
    """A weekday is the next one, a week runs from Monday."""
    (found,) = stretches(text, MET)
    assert [(d.month, d.day) for d in found[:3]] == [first, last, due]


@pytest.mark.parametrize(
    "text", ["the Tuesday after the board", "every Friday", "on Fridays", "in the week", "in June"]
)
def test_other_days_are_not_counted(text):
    """What recurs, or follows another event, gives no date."""
    assert list(stretches(text, MET)) == []


def test_such_a_day_may_be_told_by_its_date():
    """A date that a Timeline's "next week" means is no invention; one after it is."""
    notes = load_notes(dict(NOTES["hospice"], interviewed="2026-06-24", timeline=["next week"]))
    for day, wrong in (("1 July", False), ("8 July", True)):
        text = f"You hoped to decide by {day}."
        found = ground(Case(Reading.of(text), Kind.STATUS, notes)).inventions["date"]
        assert bool(found) is wrong
