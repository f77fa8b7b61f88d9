"""What the specialist is told of a part: training and drafting both ask with this."""

from __future__ import annotations

import re
from collections.abc import Mapping

from followup_agent.asking.inputs import Inputs, part_inputs
from followup_agent.asking.notes_block import ENGLISH, plain
from followup_agent.asking.retelling import LONG_JOTTING
from followup_agent.asking.wording import begins_with_deed, calendar_day, to_you
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Turn
from followup_agent.guide.message import Part
from followup_agent.prompts import PromptLibrary

_PIECES = re.compile(r"[,;:()–—?!…\"“→]|\s-\s")
_MINE = re.compile(r"\b(?:I|me|my|mine)\b|\basked (?:if|how|why|whether|about|what)\b")
#: The parts that retell one jotting, and which: its grammar is mended, and nothing added.
RETOLD: Mapping[Part, str] = {
    Part.KEY_POINTS: "topic",
    Part.REFERENCE: "topic",
    Part.RELEVANCE: "topic",
    Part.FIT: "claim",
}


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
    """The inputs of `part_inputs`; topic, need and claim as they were jotted, and some more.

    What the reader raised comes first, then what is easily retold: a jotting of one piece before
    those of several, and those before the long.
    """
    notes, needs = brief.notes, brief.notes.needs
    turn = notes.interviewers.index(brief.to) + attempt
    # A claim that begins with what was done needs no verb of the model's.
    claims = sorted(
        (c.text for c in notes.fit), key=lambda c: (not begins_with_deed(c), *_burden(c))
    )
    topics = sorted(
        ((to_you(topic.text, brief.to), topic.by == brief.to.name) for topic in brief.topics),
        # What they asked of the candidate ("how I coach") is nothing that they told.
        key=lambda topic: (bool(_MINE.search(topic[0])), not topic[1], *_burden(topic[0])),
    )
    theirs = any(own for _, own in topics)
    own = {
        "claim": claims[turn % len(claims)] if claims else "",
        "english": ENGLISH.get(notes.country or "", ""),
        "need": to_you(needs[turn % len(needs)].text, brief.to) if needs else "",
        "note": (notes.resources[0].note or "") if notes.resources else "",
        "today": calendar_day(brief.today, brief.today, notes.country),
        "topic": topics[(attempt if theirs else turn) % len(topics)][0],
    }
    return part_inputs(brief, attempt) | {key: plain(text) for key, text in own.items()}


def _burden(jotting: str) -> tuple[bool, bool]:
    return len(jotting.split()) > LONG_JOTTING, _PIECES.search(jotting) is not None
