"""Two numbers of one line: from which to which, and which is told of which name."""

from __future__ import annotations

import pytest
from people import NOTES

from followup_agent import load_notes
from followup_agent.guide.case import Case
from followup_agent.guide.grounding import ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind


def wrong(text, topics=(), fit=()):
    """The words of every number that is wrong."""
    notes = dict(NOTES["hospice"], topics=list(topics) or ["the garden"], fit=list(fit))
    case = Case(Reading.of(text), Kind.THANK_YOU, load_notes(notes))
    spans = [finding.span for finding in ground(case).inventions["number"]]
    return [text[slice(*span)] for span in spans if span]


@pytest.mark.parametrize(
    "topic",
    [
        "waste down from 11% to 8% by March",
        "11% waste, aims for 8% by March",
        "waste 11% → 8%",
        "waste was 11%, now 8%",
        "waste to 8% from 11%",
    ],
)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You bring waste from 8% to 11%, you said.", ["8% to 11%"]),
        ("You bring the 8% of waste down to 11%.", ["8% of waste down to 11%"]),
        ("You bring waste from 11% to 8%.", []),
        ("You bring waste down to 8% from 11%.", []),
        ("You have 8% of waste rather than 11%.", []),
        ("Your waste was 11%. It is to be 8%.", []),
    ],
)
def test_from_which_number_to_which_is_read(topic, text, found):
    """Turned round it is wrong, however the notes jot it."""
    assert wrong(text, topics=[topic]) == found


def test_notes_that_go_both_ways_prove_nothing():
    """What rose and then fell may be told either way."""
    topics = ["beds went from 8 to 11", "then from 11 to 8"]
    assert wrong("Beds went from 11 to 8.", topics=topics) == []
    assert wrong("Beds went from 8 to 11.", topics=topics) == []


FIT = "6 yrs nursing: 4 at Lagos Mainland General, 2 at Exmouth Infirmary"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I have six years of nursing in Lagos behind me.", ["six years"]),
        ("I nursed for two years in Lagos.", ["two years"]),
        ("I nursed for six years, four of them in Lagos.", []),
        ("I nursed for six years in Lagos and Exmouth.", []),
        ("I have six years of nursing behind me.", []),
        ("In Exmouth I nursed for two years.", []),
    ],
)
def test_a_number_of_years_belongs_to_its_place(text, found):
    """A part of the years is told with its place, the whole without one or with all."""
    assert wrong(text, fit=[FIT]) == found


def test_numbers_of_different_things_share_a_name():
    """What is counted otherwise on the same line may be told of the same place."""
    fit = ["3 years at Dunmore, 40 lorries a day"]
    assert wrong("At Dunmore I planned 40 lorries a day.", fit=fit) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Half a dozen beds stay empty, you said.", ["dozen"]),
        ("The dozen beds stay in my mind.", []),
        ("Twelve beds stay in my mind.", []),
        ("Leaflets by the dozen lay there.", []),
    ],
)
def test_a_dozen_is_twelve(text, found):
    """Half of it is six."""
    assert wrong(text, topics=["a dozen beds on the new ward"]) == found
