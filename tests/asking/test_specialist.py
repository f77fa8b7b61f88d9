"""The prompts of the model that was trained for them are short, and tell the notes as jotted."""

from __future__ import annotations

import pytest

from followup_agent.asking.specialist import (
    RETOLD,
    jottings_of,
    specialist_inputs,
    specialist_turns,
)
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.kinds import Kind
from followup_agent.notes.model import Item
from followup_agent.prompts import PromptLibrary
from good_messages import NOTES, brief

GIVEN = {Part.SUBJECT, Part.GREETING, Part.CLOSING}


@pytest.mark.parametrize("kind", Kind)
def test_each_part_has_a_prompt_without_examples(kind: Kind) -> None:
    """Two turns: what the part is for, and what it may say; nothing else is read."""
    for part in set(LAYOUTS[kind].parts) - GIVEN:
        system, user = specialist_turns(brief(kind), part, PromptLibrary())
        assert len(system.content) < 120
        assert len(user.content) < 320
        if part not in RETOLD:
            assert system.content.startswith(f"{kind}: ")
            assert user.content.startswith(f"tone: {brief(kind).tone}")


def test_a_part_that_retells_is_told_its_jotting_alone() -> None:
    """What it is not told it cannot mix in; for a "he" that is the reader it knows the name."""
    for part, jotting in RETOLD.items():
        _, user = specialist_turns(brief(Kind.VALUE_ADD), part, PromptLibrary())
        lines = dict(line.split(": ", 1) for line in user.content.splitlines())
        assert set(lines) - {"to"} == {jotting}


def test_a_topic_that_makes_no_sentence_is_left_for_last() -> None:
    """Nobody finishes a sentence of thirty words; where there is no other it is told whole."""
    long = Item(text="and then the kiln " * 9)
    short = NOTES.topics[0]
    both = NOTES.model_copy(update={"topics": (long, short)})
    only = NOTES.model_copy(update={"topics": (long,)})
    assert specialist_inputs(brief(notes=both), Part.REFERENCE)["topic"] == short.text
    assert len(str(specialist_inputs(brief(notes=only), Part.REFERENCE)["topic"]).split()) == 36


def test_topic_and_claim_are_the_notes_own() -> None:
    """What a stock model needs made ready, a trained one takes as it was jotted."""
    inputs = specialist_inputs(brief(), Part.KEY_POINTS)
    assert specialist_inputs(brief(), Part.FIT)["claim"] == NOTES.fit[0].text
    assert inputs["topic"] in {item.text for item in brief().topics}
    assert inputs["english"] == "British"


def test_the_next_ask_brings_another_topic() -> None:
    """So that a sentence that failed is not tried again on the same ground."""
    first, second = (specialist_inputs(brief(), Part.KEY_POINTS, n)["topic"] for n in range(2))
    assert first != second


def test_a_claim_that_owns_to_a_limit_comes_last() -> None:
    """Nobody draws on being slower on the phone."""
    assert fit_told("English good in writing, slower on the phone", "welding since 2019")
    assert fit_told("at home in Python, less so in SAS", "welding since 2019")


def test_a_claim_of_another_line_s_thing_comes_last() -> None:
    """Of "automated it" the reader cannot know what it was."""
    assert fit_told("automated it with Ansible", "welding since 2019")


def fit_told(last: str, first: str) -> bool:
    """Whether of two claims, in this order, the second is told first."""
    notes = NOTES.model_copy(update={"fit": (Item(text=last), Item(text=first))})
    return jottings_of(brief(notes=notes, to=notes.interviewers[0]), Part.FIT) == (first, last)


def test_what_the_reader_asked_is_not_retold() -> None:
    """They told nothing of it; and it is taken where there is no other topic."""
    topics = tuple(Item(text=text) for text in ("asked how I coach juniors", "the rota"))
    both = brief(notes=NOTES.model_copy(update={"topics": topics}))
    only = brief(notes=NOTES.model_copy(update={"topics": topics[:1]}))
    assert jottings_of(both, Part.KEY_POINTS) == ("the rota",)
    assert len(jottings_of(only, Part.KEY_POINTS)) == 1
