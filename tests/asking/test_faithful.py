"""What a specialist adds to what it was told and taught is seen."""

from __future__ import annotations

import pytest

from followup_agent.asking.faithful import departures, facts, oddity, words
from followup_agent.guide.mechanics import has_wrong_article
from followup_agent.guide.message import Part

TOLD = facts(
    "tone: formal\nto: Mr Ramana Murthy\nrole: Head of Repairs\ncompany: Lowther & Sons\n"
    "when: on Monday"
)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Part.GRATITUDE, "Thank you for the interview on Monday."),
        (Part.GRATITUDE, "I am grateful for the time you gave me on Monday, Mr Ramana Murthy."),
        (Part.INTEREST, "I am very keen to join Lowther & Sons as Head of Repairs."),
        (Part.ASK, "Is there any news?"),
    ],
)
def test_what_is_put_together_as_it_was_taught_is_sound(part: Part, text: str) -> None:
    """With any names, roles and days in the slots."""
    assert list(departures(text, part, TOLD)) == []
    assert oddity(text, part, TOLD) == 0


@pytest.mark.parametrize(
    ("part", "text", "found"),
    [
        (Part.GRATITUDE, "I am happy to have you as a Head of Repairs.", "new: to have"),
        (Part.GRATITUDE, "Thank you for the snowploughs on Monday.", "new: the snowploughs"),
        (Part.GRATITUDE, "Thank you for the interview on Friday.", "new: on friday"),
        (Part.GRATITUDE, "Thank you for the three interviews.", "new: the three"),
        (Part.GRATITUDE, "Thank you for our talk about the Head of Repairs.", "ends oddly"),
        (Part.GRATITUDE, "Thank you for the interview, Mr Murthy.", "new: , mr"),
        (Part.INTEREST, "I would be glad to be a engineer.", "a for an"),
        (Part.INTEREST, "I would be glad to be a HVAC Technician.", "a for an"),
        (Part.INTEREST, "I would be glad to be an UX Researcher.", "a for an"),
        (
            Part.INTEREST,
            "The Head of Repairs at Oulu Depot is the one I am looking for.",
            "speaks of the role as of a person",
        ),
        (
            Part.INTEREST,
            "I am eager to join the Head of Repairs at Oulu Depot.",
            "speaks of the role as of a person",
        ),
        (Part.ASK, "Do let me know if there's any news?", "does not fit"),
        (Part.ASK, "Are you able to say how the next step is?", "does not fit"),
        (Part.ASK, "What is the next step, is there any news?", "does not fit"),
        (Part.COURTESY, "I hope, sir, that you are well.", "does not fit"),
        (Part.ASK, "May I ask whether you have come to a decision.", "does not fit"),
        (Part.GRATITUDE, "I thank you for the interview, and for the interview.", "said 2 times"),
        (Part.GRATITUDE, "I thank you for letting me.", "ends oddly"),
    ],
)
def test_what_it_was_not_taught_is_named(part: Part, text: str, found: str) -> None:
    """A turn that nobody uses, a word, a day or a number of its own, a piece of a name."""
    assert found in " ".join(departures(text, part, TOLD))


@pytest.mark.parametrize(
    "role",
    [
        "an SRE",
        "a SCADA Engineer",
        "an NHS Manager",
        "a UX Designer",
        "a NATO Liaison",
        "a Shift Lead",
    ],
)
def test_an_acronym_has_the_article_that_it_is_said_with(role: str) -> None:
    """Letters that make no word are said one by one."""
    assert not has_wrong_article(f"I want to be {role}.")


@pytest.mark.parametrize(
    "role", ["a SRE", "a NHS Manager", "an UX Designer", "a RN", "a MRI Nurse"]
)
def test_an_acronym_has_no_other_article(role: str) -> None:
    """Nobody says "a NHS post"."""
    assert has_wrong_article(f"I want to be {role}.")


def test_a_turn_of_another_part_is_odd() -> None:
    """A wish ends with the role, thanks do not."""
    told = {"role": "Cook", "company": "Ash Farm"}
    assert oddity("I would like to be the Cook.", Part.INTEREST, told) < oddity(
        "I would like to be the Cook.", Part.GRATITUDE, told
    )


def test_facts_are_slots_whatever_their_form() -> None:
    """A day without its "on", a possessive, another case; the longest value first."""
    told = {"when": "on 3 May", "company": "Ash", "role": "Ash Warden"}
    assert words("The Ash warden’s talk on 3 May, or 3 May.", told) == [
        "<", "the", "{role}", "'s", "talk", "{when}", ",", "or", "{day}", ".", ">"
    ]  # fmt: skip


def test_facts_are_the_lines_with_a_value() -> None:
    """An empty one tells nothing."""
    assert facts("to: Ana: Lead\nrole: \nnothing") == {"to": "Ana: Lead"}
