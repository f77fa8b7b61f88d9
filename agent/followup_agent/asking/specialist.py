"""What the specialist is told of a part: training and drafting both ask with this."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from followup_agent.asking.choosing import near_resource, topics_to_tell
from followup_agent.asking.inputs import Inputs, part_inputs
from followup_agent.asking.longhand import written_out
from followup_agent.asking.notes_block import ENGLISH, plain
from followup_agent.asking.noun_phrase import noun_phrase
from followup_agent.asking.phrases import is_sound, named
from followup_agent.asking.pieces import claim_told, is_in_pieces, points_back, topic_told
from followup_agent.asking.reader import to_you
from followup_agent.asking.retelling import LONG_JOTTING
from followup_agent.asking.when import calendar_day
from followup_agent.asking.wording import begins_with_deed, shape
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Turn
from followup_agent.guide.message import Part
from followup_agent.guide.topics import names_in
from followup_agent.prompts import PromptLibrary

_LIMIT = re.compile(
    r"\b(?:not|never|only|but|though|slow(?:er)?|rusty|weak|basic|poor|passable|learning)\b|n['’]t\b"
    r"|^no\b|\bless (?:so|in|with|on|of)\b",
    re.IGNORECASE,
)
#: The parts that retell one jotting, and which: its grammar is mended, and nothing added.
RETOLD: Mapping[Part, str] = {
    Part.KEY_POINTS: "topic",
    Part.REFERENCE: "topic",
    Part.RELEVANCE: "topic",
    Part.FIT: "claim",
}


def specialist_turns(
    brief: Brief, part: Part, library: PromptLibrary, number: int = 0
) -> tuple[Turn, ...]:
    """The prompt of one part.

    Args:
        brief: What is to be written.
        part: A part that the model writes.
        library: Where the prompts ``specialist/<part>`` are.
        number: Which of the jottings the part retells, if it retells one.
    """
    return library.get(f"specialist/{part.value}").render(specialist_inputs(brief, part, number))


def specialist_inputs(brief: Brief, part: Part, number: int = 0) -> Inputs:
    """The inputs of `part_inputs`; the jotting to retell as it was jotted, and some more."""
    notes = brief.notes
    needs = notes.needs
    own = {
        "english": ENGLISH.get(notes.country or "", ""),
        "need": to_you(needs[number % len(needs)].text, brief.to) if needs else "",
        "note": (brief.resource.note or "") if brief.resource else "",
        "today": calendar_day(brief.today, brief.today, notes.country),
    }
    if jottings := jottings_of(brief, part):
        own[RETOLD[part]] = jotting = jottings[number % len(jottings)]
        own["near"] = "yes" if near_resource(brief, jotting) else ""
    return part_inputs(brief, number) | {key: plain(text) for key, text in own.items()}


def jottings_of(brief: Brief, part: Part) -> tuple[str, ...]:
    """What a part may retell, the best first; nothing where it retells none.

    What the reader raised comes before what nobody in particular did, and what is easily retold
    before what is not. Each of a panel begins with another.
    """
    about, notes = RETOLD.get(part), brief.notes
    turn = notes.interviewers.index(brief.to)
    if about == "claim":
        claims = sorted((claim.text for claim in notes.fit), key=_burden_of_claim)
        # One that owns to a limit ("slower on the phone") is nothing to draw on.
        limited = tuple(c for c in claims if _LIMIT.search(c) or points_back(c))
        return _from(turn, [claim for claim in claims if claim not in limited]) + limited
    if about is None:
        return ()
    topics = sorted(
        topics_to_tell(brief),
        key=lambda t: (not t.is_readers, _falls_short(t.told), *_burden_of_topic(t.told)),
    )
    theirs = any(topic.is_readers for topic in topics)
    return _from(0 if theirs else turn, [topic.told for topic in topics])


def told_of(brief: Brief, jotting: str, part: Part) -> str:
    """What of a jotting a message tells: a claim, or of a topic what stands by itself.

    Of a topic that fits into no sentence as it is, the thing that it begins with, if there is one.
    """
    if RETOLD[part] == "claim":
        return claim_told(jotting)
    topic = topic_told(jotting)
    if is_sound(topic):
        return named(topic)
    return noun_phrase(written_out(jotting), worthless=names_in(brief.notes)) or topic


def is_easy(jotting: str, part: Part) -> bool:
    """Whether a jotting is of a shape that the specialist hardly ever gets wrong.

    What that is was read off jottings that were written for it to fail at
    (``training/specialist/LOG.md``, run f).
    """
    burden = _burden_of_claim if RETOLD[part] == "claim" else _burden_of_topic
    return not any(burden(jotting))


def _falls_short(topic: str) -> bool:
    """Whether no sentence holds the topic, so that at the most a thing of it is told."""
    return not is_sound(topic_told(topic))


def _burden_of_claim(claim: str) -> tuple[bool, bool, bool]:
    """A claim that begins with what was done needs no verb of the model's."""
    return not begins_with_deed(claim), *_length_and_pieces(claim)


def _burden_of_topic(topic: str) -> tuple[bool, bool, bool]:
    return *_length_and_pieces(topic), shape(topic) not in {"clause", "noun"}


def _length_and_pieces(jotting: str) -> tuple[bool, bool]:
    return len(jotting.split()) > LONG_JOTTING, is_in_pieces(jotting)


def _from(start: int, jottings: Sequence[str]) -> tuple[str, ...]:
    """The jottings from one on, round the end."""
    start %= max(len(jottings), 1)
    return (*jottings[start:], *jottings[:start])
