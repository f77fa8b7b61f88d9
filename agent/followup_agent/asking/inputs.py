"""The facts of a brief in the wordings that the part prompts take."""

from __future__ import annotations

from zlib import crc32

from followup_agent.asking.notes_block import plain
from followup_agent.asking.wording import claim, decision, shape, to_you, when
from followup_agent.brief import Brief
from followup_agent.names import called

Inputs = dict[str, str | int]

#: A topic of more words makes a sentence that nobody finishes; 18 is three lines of a phone.
TOPIC_WORDS = 18


def part_inputs(brief: Brief, attempt: int) -> Inputs:
    """What the part prompts may use.

    Each re-ask looks at the next topic and claim of the notes. Each interviewer of a
    panel starts from another one, so that their messages differ.
    """
    notes = brief.notes
    turn = notes.interviewers.index(brief.to) + attempt
    topic = _topic(brief, turn)
    resource = notes.resources[0] if notes.resources else None
    inputs: Inputs = {
        "candidate": notes.candidate.name,
        "claim": claim(notes.fit[turn % len(notes.fit)].text) if notes.fit else "",
        "company": notes.company,
        "decision": decision(notes, brief.today) or "soon",
        "kind": brief.kind.value,
        "link": resource.url if resource else "",
        "name": called(brief.to, brief.tone),
        "need": to_you(notes.needs[0].text, brief.to) if notes.needs else topic,
        "role": notes.role,
        "shape": shape(topic),
        "title": resource.title if resource else "",
        "tone": brief.tone.value,
        "topic": topic,
        # Candidates at one company, and the members of a panel, begin elsewhere.
        "variant": crc32(notes.candidate.name.encode("utf-8", "replace")) % 97 + turn,
        "when": when(notes.interviewed, brief.today, notes.country),
    }
    return {key: plain(v) if isinstance(v, str) else v for key, v in inputs.items()}


def _topic(brief: Brief, turn: int) -> str:
    """A topic as a phrase; those that fit into a sentence first."""
    phrases = [to_you(item.text, brief.to) for item in brief.topics]
    short = [phrase for phrase in phrases if len(phrase.split()) <= TOPIC_WORDS]
    sure = [phrase for phrase in short if shape(phrase) != "other"]
    if sure or short:
        return (sure or short)[turn % len(sure or short)]
    # The first clause of a long jotting stands by itself more often than its first words.
    first = phrases[turn % len(phrases)]
    for mark in ("; ", " — ", " – ", ". ", "? ", ", "):
        head = first.split(mark)[0]
        if 2 < len(head.split()) <= TOPIC_WORDS:
            return head
    return " ".join(first.split()[:TOPIC_WORDS])
