"""What the specialist is told of a part: training and drafting both ask with this."""

from __future__ import annotations

from followup_agent.asking.inputs import Inputs, part_inputs
from followup_agent.asking.notes_block import ENGLISH, plain
from followup_agent.asking.wording import calendar_day, to_you
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Turn
from followup_agent.guide.message import Part
from followup_agent.prompts import PromptLibrary


def specialist_turns(
    brief: Brief, part: Part, library: PromptLibrary, attempt: int = 0
) -> tuple[Turn, ...]:
    """The prompt of one part.

    Args:
        brief: What is to be written.
        part: A part that the model writes.
        library: Where the prompts ``specialist/<part>`` are.
        attempt: How often the part was asked for before; another topic and claim each time.
    """
    return library.get(f"specialist/{part.value}").render(specialist_inputs(brief, attempt))


def specialist_inputs(brief: Brief, attempt: int = 0) -> Inputs:
    """The inputs of `part_inputs`; topic, need and claim as they were jotted, and some more."""
    notes = brief.notes
    turn = notes.interviewers.index(brief.to) + attempt
    topics, claims, needs = brief.topics, notes.fit, notes.needs
    own = {
        "claim": claims[turn % len(claims)].text if claims else "",
        "english": ENGLISH.get(notes.country or "", ""),
        "need": to_you(needs[turn % len(needs)].text, brief.to) if needs else "",
        "note": (notes.resources[0].note or "") if notes.resources else "",
        "today": calendar_day(brief.today, brief.today, notes.country),
        "topic": to_you(topics[turn % len(topics)].text, brief.to),
    }
    return part_inputs(brief, attempt) | {key: plain(text) for key, text in own.items()}
