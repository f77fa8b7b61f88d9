"""What a specialist adds to what it was told is seen."""

from __future__ import annotations

import pytest

from followup_agent.asking.faithful import departures, facts

WHOLE = ("Mr Ramana Murthy",)
TOLD = facts("tone: warm\nto: Farah\ntopic: ice on the rails till April, two crews share one lathe")


@pytest.mark.parametrize(
    "text",
    [
        "I'd love to hear about ice on the rails till April.",
        "Thank you for telling me that two crews share one lathe, Farah.",
        "It was good to hear how the two crews are sharing a lathe.",
    ],
)
def test_a_sentence_of_told_and_everyday_words_is_faithful(text: str) -> None:
    """In another form, too."""
    assert list(departures(text, TOLD)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I liked hearing about the ice on the rails and the snowploughs.", "new word"),
        ("Ice on the rails till April, for three weeks, is hard.", "new word: thr"),
        ("On Monday you told me about the ice on the rails.", "new word: mond"),
        ("Two crews share one lathe, and a lathe is a lathe.", "said 3 times: lath"),
        ("I thank you for the interview, and for the interview.", "said 2 times: interview"),
        ("It sounds like a icy job, with ice on the rails.", "a for an"),
        ("I thank you, Farah, for letting me.", "broken: letting me."),
        ("I'd be glad to hear how the day is going.", "broken: hear how the day"),
        ("Me too happy to hear of the ice.", "broken: Me"),
        ("I was glad to hear that there is no ice on the rails.", "a negation lost or added"),
    ],
)
def test_what_was_not_told_is_named(text: str, found: str) -> None:
    """A word of its own, a number, a day, a stammer, a negation."""
    assert found in " ".join(departures(text, TOLD))


def test_a_name_is_said_whole_or_not_at_all() -> None:
    """In pieces it may be another's, or no name at all."""
    told = facts("to: Mr Ramana Murthy")
    assert not list(departures("I hope, Mr Ramana Murthy, that you are well.", told, WHOLE))
    assert not list(departures("I hope that you are well.", told, WHOLE))
    assert list(departures("I hope, Mr Murthy, that you are well.", told, WHOLE)) == [
        "a piece of a name: Mr Ramana Murthy"
    ]


def test_a_negation_must_be_kept() -> None:
    """Without it the sentence says the contrary."""
    told = facts("topic: they don't lift in gusts over 35 mph")
    assert list(departures("You lift in gusts over 35 mph.", told)) == ["a negation lost or added"]
    assert list(departures("You don't lift in gusts over 35 mph.", told)) == []
