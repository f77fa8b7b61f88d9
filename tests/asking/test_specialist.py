"""The prompts of the model that was trained for them are short, and tell the notes as jotted."""

from __future__ import annotations

import pytest

from followup_agent.asking.specialist import specialist_inputs, specialist_turns
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.kinds import Kind
from followup_agent.prompts import PromptLibrary
from good_messages import NOTES, brief

GIVEN = {Part.SUBJECT, Part.GREETING, Part.CLOSING}


@pytest.mark.parametrize("kind", Kind)
def test_each_part_has_a_prompt_without_examples(kind: Kind) -> None:
    """Two turns: what the part of this message is for, and the fields; nothing else is read."""
    for part in set(LAYOUTS[kind].parts) - GIVEN:
        system, user = specialist_turns(brief(kind), part, PromptLibrary())
        assert system.content.startswith(f"{kind}: ")
        assert len(system.content) < 120
        assert user.content.startswith(f"tone: {brief(kind).tone}")
        assert len(user.content) < 320


def test_topic_and_claim_are_the_notes_own() -> None:
    """What a stock model needs made ready, a trained one takes as it was jotted."""
    inputs = specialist_inputs(brief())
    assert inputs["claim"] == NOTES.fit[0].text
    assert inputs["topic"] in {item.text for item in brief().topics}
    assert inputs["english"] == "British"


def test_the_next_ask_brings_another_topic() -> None:
    """So that a sentence that failed is not tried again on the same ground."""
    assert specialist_inputs(brief(), 0)["topic"] != specialist_inputs(brief(), 1)["topic"]
