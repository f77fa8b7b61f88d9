"""How a message ends, and how long it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.guide.addressing import signed, some_name
from followup_agent.guide.case import Case
from followup_agent.guide.message import Part
from followup_agent.guide.registry import Finding, rule
from followup_agent.kinds import Kind

#: Most words of a body (GUIDE.md, Required parts: length).
MOST_WORDS = {
    Kind.THANK_YOU: 250,
    Kind.REMINDER: 150,
    Kind.STATUS: 150,
    Kind.VALUE_ADD: 180,
    Kind.KEEP_IN_TOUCH: 150,
}
#: Most characters of a connection request, free and paid (LinkedIn's own bounds, 2025).
LINKEDIN_CHARACTERS = 200
LINKEDIN_PAID_CHARACTERS = 300
_WORD = re.compile(r"\S+")


@rule(
    "closing",
    kinds=[kind for kind in Kind if kind is not Kind.LINKEDIN],
    part=Part.CLOSING,
    ask="End with a professional sign-off (“Best regards,”) and the candidate's name under it.",
    place="Structure of the Email: Closing",
)
def closing(case: Case) -> Iterable[Finding]:
    """No sign-off, or not the candidate's name under it."""
    name = case.notes.candidate.name if case.notes else "your name"
    reading = case.reading
    signature = reading.words(reading.signature)
    if reading.closing is None and not signature:
        yield Finding(f"the message just stops: end with “Kind regards,” and {name}")
    elif reading.closing is None:
        yield Finding(f"a sign-off is missing above {name}: add “Kind regards,”", reading.signature)
    elif not (signed(signature, case.notes.candidate) if case.notes else some_name(signature)):
        yield Finding(f"the sign-off lacks a name: put {name} under it", reading.closing)


@rule(
    "length",
    ask=(
        "Shorten the message to its bound: thank-you 250 words, value-add 180, reminder, status "
        "and keep-in-touch 150, a LinkedIn note 200 characters."
    ),
    place="GUIDE.md: Required parts, length",
)
def length(case: Case) -> Iterable[Finding]:
    """Over the kind's bound."""
    if case.kind is Kind.LINKEDIN:
        yield from _characters(case)
        return
    most, count = MOST_WORDS[case.kind], case.reading.word_count
    if count > most:
        start = _word_start(case, most)
        end = case.reading.sentences[-1].span[1]
        yield Finding(f"the body has {count} words: cut it to {most} or fewer", (start, end))


def _characters(case: Case) -> Iterable[Finding]:
    note = case.reading.text.strip()
    most = LINKEDIN_PAID_CHARACTERS if case.paid_linkedin else LINKEDIN_CHARACTERS
    if len(note) > most:
        start = case.reading.text.index(note) + most
        end = start + len(note) - most
        yield Finding(
            f"the note has {len(note)} characters: cut it to {most} or fewer", (start, end)
        )


def _word_start(case: Case, count: int) -> int:
    """Where the first word after ``count`` words of the body stands."""
    for sentence in case.reading.sentences:
        words = list(_WORD.finditer(case.reading.text, *sentence.span))
        if count < len(words):
            return words[count].start()
        count -= len(words)
    return case.reading.sentences[-1].span[0]
