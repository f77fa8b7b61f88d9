"""The articles that jottings leave out."""

from __future__ import annotations

import pytest

from followup_agent.asking.articles import articled, claim_articled


@pytest.mark.parametrize(
    ("jotting", "written"),
    [
        ("move to the new store must happen", "the move to the new store must happen"),
        ("accreditation audit in October", "the accreditation audit in October"),
        ("new routing app, saves 40 min", "the new routing app, saves 40 min"),
        ("night team feels forgotten", "the night team feels forgotten"),
        ("waiting list is 38 weeks", "the waiting list is 38 weeks"),
        (
            "contract testing between UPI gateway and ledger service",
            "contract testing between the UPI gateway and the ledger service",
        ),
        ("drift of old pressure sensor", "drift of the old pressure sensor"),
    ],
)
def test_a_single_thing_gets_its_article(jotting: str, written: str) -> None:
    """What was talked about is known to both, so it is "the" audit."""
    assert articled(jotting) == written


@pytest.mark.parametrize(
    "jotting",
    [
        "the design system is on its second rebuild",
        "your new warehouse in Leeds",
        "two ovens in one kitchen",
        # a mass, or many
        "staff turnover on nights",
        "warehouses in three states",
        # whole without
        "phone calls from court",
        "work on site and in court",
        "nurses as ward managers",
        # done, or done to the thing
        "citizens queue from 6 a.m.",
        "agents in Turkana lose network for hours",
        "before building plant in Kent",
        # somebody's
        "Priya's team of nine",
        "",
    ],
)
def test_what_needs_no_article_gets_none(jotting: str) -> None:
    """Masses, plurals, what is determined and what is done stay as they are."""
    assert articled(jotting) == jotting


@pytest.mark.parametrize(
    ("jotting", "written"),
    [
        (
            "BLE audio drops when phone is in a pocket",
            "BLE audio drops when the phone is in a pocket",
        ),
        ("they worry because old boiler will fail", "they worry because the old boiler will fail"),
    ],
)
def test_a_single_thing_of_a_second_clause_gets_its_article(jotting: str, written: str) -> None:
    """After "when" and its like, before a verb."""
    assert articled(jotting) == written


@pytest.mark.parametrize(
    ("jotting", "written"),
    [
        ("led team of five", "led a team of five"),
        ("built streaming stock feed with Kafka", "built a streaming stock feed with Kafka"),
        ("set up old people's clinic", "set up old people's clinic"),
        ("wrote online library for nurses", "wrote an online library for nurses"),
        ("chartered civil engineer", "chartered civil engineer"),
        ("led the team of five", "led the team of five"),
        ("managed warehouses", "managed warehouses"),
        ("Delft3D, 5 yrs", "Delft3D, 5 yrs"),
    ],
)
def test_the_single_thing_that_was_done_is_one_of_many(jotting: str, written: str) -> None:
    """The reader has not heard of it: "a team", where none is determined."""
    assert claim_articled(jotting) == written
