"""Forms in which people write dates, numbers and names: true ones stand, altered ones do not."""

from __future__ import annotations

import copy

import pytest
from people import HELD, NOTES, broken

from followup_agent.notes.model import InterviewNotes

_CHANGES = {
    "june": {"interviewers": ["June Hatcher"], "topics": ["cards"]},
    "units": {
        "topics": [
            "a ratio of 3:1", "shifts of 6 wks", "a press of 600 lb/hr", "a change of 11 seconds",
            "a cure of 2 h",
        ],
        "fit": ["HSE Part 1, 300 hours in harbours"],
    },
    "forms": {
        "role": "Coastal Engineer",
        "topics": ["haemolysed samples", "calibrating one buoy", "fermented doughs"],
        "fit": ["6 years as a driver, regional flatbed", "1 year as night dispatcher of tankers"],
    },
    "ing": {"interviewers": [{"name": "Ing. Rodrigo Sáez"}]},
}  # fmt: skip

GOOD = [
    ("june", None, "Hi June,\n\nThank you, June, for your time.\n\nDaniel Okafor"),
    ("june", None, "I hope to hear more from June and the team."),
    ("backend", "2026-05-28", "At our meeting you named 26 May for the decision."),
    ("backend", "2026-05-18", "You mentioned a decision in the week commencing the 25th."),
    ("backend", "2026-05-13", "Thank you for the interview held on 12.05.2026 at 14.00 hrs."),
    ("units", None, "A ratio of 3 to 1 is kind."),
    ("units", None, "Shifts of 6 weeks suit me."),
    ("units", None, "A press of 600 pounds an hour is quick."),
    ("units", None, "An 11-second change is fast."),
    ("units", None, "A cure of 2 hours is short."),
    ("units", None, "I have HSE Part 1 and 300 hours in harbours."),
    ("forms", None, "Subject: Haemolysis on the wards\n\nA word on Fermentation too."),
    ("forms", None, "I spent 6 years on a flatbed and a year dispatching tankers at night."),
    ("forms", None, "I've driven tired, and I know why a driver stops."),
    ("forms", None, "I hope to meet Lumen Health again when another engineer opening comes."),
    ("forms", None, "Subject: Coastal Engineer interview\n\nThank you."),
    ("ing", None, "Dear Ingeniero Sáez,\n\nThank you for the interview.\n\nDaniel"),
]
BAD = [
    ("june", None, "We met in June about cards.", "invented_date"),
    ("backend", "2026-05-28", "At our meeting you named 24 May.", "invented_date"),
    ("backend", "2026-05-20", "A decision in the week commencing the 18th.", "invented_date"),
    ("backend", "2026-05-13", "Thank you for the interview at 15.00 hrs.", "invented_date"),
    ("units", None, "A ratio of 4 to 1 is kind.", "invented_number"),
    ("units", None, "Shifts of 7 weeks suit me.", "invented_number"),
    ("units", None, "A press of 700 pounds an hour is quick.", "invented_number"),
    ("units", None, "I have HSE Part 1 and 400 hours in harbours.", "invented_number"),
    ("forms", None, "I am told that Haemocue comes next.", "invented_name"),
    ("forms", None, "I have dispatched tankers for 6 years.", "invented_claim"),
    ("forms", None, "Subject: The Coastal Modeller interview\n\nThank you.", "wrong_name"),
    ("forms", None, "Subject: Coastal Chemist position\n\nThank you.", "wrong_name"),
    ("ing", None, "Dear Ingeniero Sanz,\n\nThank you.\n\nDaniel", "wrong_name"),
]


@pytest.fixture(autouse=True)
def changed(monkeypatch):
    """The engineer's notes with other people and topics."""
    for name, change in _CHANGES.items():
        data = copy.deepcopy(NOTES["backend"]) | change
        monkeypatch.setitem(HELD, name, InterviewNotes.model_validate(data))


@pytest.mark.parametrize(("notes", "today", "text"), GOOD)
def test_another_form_of_the_same_fact_stands(notes, today, text):
    """A unit, title, ratio or date in another form than the notes' is traced to them."""
    assert broken(notes, text, today) == {}


@pytest.mark.parametrize(("notes", "today", "text", "rule"), BAD)
def test_the_same_form_with_another_value_is_reported(notes, today, text, rule):
    """The forms that stand do not hide a fact that the notes do not hold."""
    assert rule in broken(notes, text, today)
