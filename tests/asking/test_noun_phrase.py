"""The thing that a jotting begins with."""

from __future__ import annotations

import pytest

from followup_agent.asking.noun_phrase import counts_oddly, noun_phrase


@pytest.mark.parametrize(
    ("jotting", "thing"),
    [
        ("agency spend, €1.1m last yr, halved by summer", "agency spend"),
        ("handover moved to bedside in Sept, half the unit hates it", "handover"),
        ("repair rate on duplex jobs 7%, mostly root porosity", "the repair rate"),
        ("class size 38, smartboard works in 2 of 6 rooms", "the class size"),
        ("claims data lands 45 days late", "claims data"),
        ("parents and tuition classes, children arrive bored", "parents and tuition classes"),
        ("weld test in bay 3, 6G root", "the weld test in bay 3"),
        ("permit amendments cost them about 90k", "permit amendments"),
        ("fatigue cameras in all the cabs now", "fatigue cameras in all the cabs"),
        ("soil test results come back as a PDF", "soil test results"),
        ("3 maths teachers gone since July", "the 3 maths teachers"),
        ("the 1480s altarpiece, poplar, 3 planks", "the 1480s altarpiece"),
        ("dam no. 3, pore pressure crept up", "dam no. 3"),
        ("IFRS 17 done but groups keep popping up", "IFRS 17"),
        ("travel nurses: paid double", "travel nurses"),
        ("rebar price swings; is the clause worth a fight", "rebar price swings"),
        ("loan to Antwerp in spring, signed before anybody asked", "the loan to Antwerp in spring"),
    ],
)
def test_the_thing_is_taken_and_nothing_said_of_it(jotting: str, thing: str) -> None:
    """What follows a thing (a number, a verb, another scrap) is left out; one has an article."""
    assert noun_phrase(jotting) == thing


@pytest.mark.parametrize(
    "jotting",
    [
        "brokers say the quotes take 3 days",
        "Marg walked me round",
        "Taught Yr 9 for 30 mins",
        "told them about the team",
        "Chef: my butter too warm on the 2nd fold",
        "Dev - depo prep binders, still paper",
        "prayer break then coffee",
        "truck turn time 74 min avg",
        "warning strikes possible in December",
        "my hake cheeks, she ate all of it",
        "83 ppm, target 25",
        "liked the shadow",
        "stockman Terry is leaving",
        "BV got bought by a Swiss group",
        "papers left? 2",
        "we",
        "",
        "180 seasonal, a third don't come back",
        "somatic cell counts up since February",
    ],
)
def test_what_is_not_surely_a_thing_is_none(jotting: str) -> None:
    """Who says something, a deed, a name before a colon, or half the name of a thing."""
    assert noun_phrase(jotting) is None


@pytest.mark.parametrize(
    ("phrase", "odd"),
    [
        ("waiting list 61 weeks for under 5s", True),
        ("attrition 7% a month", True),
        ("hail in November 2 weeks ago", False),
        ("room 12 of the east wing", False),
        ("the 12 electric buses", False),
        ("part of 3 plans", False),
    ],
)
def test_a_number_after_its_thing_is_a_jotting(phrase: str, odd: bool) -> None:
    """In a sentence the number stands before; a room's or a date's is its name."""
    assert counts_oddly(phrase) is odd
