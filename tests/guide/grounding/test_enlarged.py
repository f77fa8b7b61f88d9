"""Claims that make more of a line of My fit than it says."""

from __future__ import annotations

import pytest

from followup_agent.guide.grounding.enlarged import Fit
from followup_agent.guide.grounding.words import words_in

_LINES = (
    "five years on a weaving floor, the last one as deputy to the foreman",
    "helped with the move to a new dye house",
    "one of four people who wrote the loom manual",
    "basic Turkish",
    "sat in on the audit of a mill",
    "studying for my textile diploma, two modules done",
    "cut waste on one loom",
    "drove a lorry for six years, bought yarn for seven months",
    "first aid? no",
    "ran the sample room",
    "taught plant dyes to the village's co-op",
    "took part in the wool survey of a mill",
    "French (B2)",
    "spun yarn for hats and shawls",
)


def _enlarged(claim: str) -> bool:
    fit = Fit()
    for line in _LINES:
        fit.add(line, words_in(line))
    words = words_in(claim)
    own = words[2:] if words[1].key in {"have", "am"} else words[1:]
    return fit.enlarged(words, own)


@pytest.mark.parametrize(
    "claim",
    [
        "I led the move to a new dye house",
        "I supervised a weaving floor",
        "I wrote the loom manual",
        "I wrote the loom manual on my own",
        "I speak fluent Turkish",
        "I ran the audit of a mill",
        "I hold a textile diploma",
        "I cut waste across every loom",
        "I have bought yarn for six years",
        "I have first aid",
        "I founded a spinning museum",
        "I led the wool survey of a mill",
        "I set up the wool survey of a mill",
        "I speak fluent French",
        "I spun yarn for hats, shawls and curtains",
        "I spun yarn for hats single-handedly",
    ],
)
def test_more_than_the_line_says(claim: str) -> None:
    """A claim of more rank, skill, extent, time or completeness than its line is enlarged."""
    assert _enlarged(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "I helped with the move to a new dye house",
        "I was deputy to the foreman",
        "I wrote the loom manual with three others",
        "I speak basic Turkish",
        "I watched the audit of a mill",
        "I am studying for my textile diploma",
        "I cut waste on one loom",
        "I have bought yarn for seven months",
        "I have driven a lorry for six years",
        "I have no first aid",
        "I ran the sample room",
        "I taught plant dyes to the village's co-op",
        "I ran across a paper on indigo",
        "I took part in the wool survey of a mill",
        "I speak French at B2",
        "I spun yarn for shawls and hats",
    ],
)
def test_as_much_as_the_line_says(claim: str) -> None:
    """A claim of what its line says, in other words, is not."""
    assert not _enlarged(claim)


def test_nobody_was_led_where_nobody_is_noted() -> None:
    """A team is claimed only where My fit tells of people, or of leading anything."""
    claim = words_in("I managed a team of planners in Leeds")
    fit = Fit()
    fit.add("planned 40 trucks a day in Leeds", words_in("planned 40 trucks a day in Leeds"))
    assert fit.enlarged(claim, claim[1:])
    fit.add("team of nine, as lead", words_in("team of nine, as lead"))
    assert not fit.enlarged(claim, claim[1:])
