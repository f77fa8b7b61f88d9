"""Notes and drafts to deliver, and names in any script to fill them with."""

from __future__ import annotations

import functools
import random
import unicodedata
from typing import Any

from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.records import Draft, PromptRecord, Recipient

BODY = "Dear Priya,\n\nThank you for your time on Tuesday.\n\nKind regards,\nDaniel Okafor"

#: Code points that letters are drawn from: one range a script.
SCRIPTS = {
    "latin": (0x41, 0x5A),
    "latin-1": (0xC0, 0xD6),
    "latin-extended": (0x100, 0x17F),
    "vietnamese": (0x1EA0, 0x1EF9),
    "greek": (0x3B1, 0x3C9),
    "cyrillic": (0x410, 0x44F),
    "armenian": (0x531, 0x556),
    "hebrew": (0x5D0, 0x5EA),
    "arabic": (0x621, 0x63A),
    "devanagari": (0x905, 0x939),
    "tamil": (0xB95, 0xBB9),
    "thai": (0xE01, 0xE2E),
    "georgian": (0x10D0, 0x10F0),
    "ethiopic": (0x1200, 0x1246),
    "cherokee": (0x13A0, 0x13F4),
    "hiragana": (0x3041, 0x3096),
    "han": (0x4E00, 0x9FA5),
    "hangul": (0xAC00, 0xD7A3),
    "han-beyond-the-bmp": (0x20000, 0x2A6D6),
    "emoji": (0x1F600, 0x1F64F),
}
_EXTRAS = ["'", "-", ".", ",", '"', "(", ")", ":", ";", "\\", "&", "=", "?", "é", "\u200d"]
_LINES = [
    "",
    ".",
    "From the first day on I have been at home.",
    "Trailing space \t ",
    "=20 is an escape, = is not",
    "--boundary",
    "A line of one paragraph, " * 60,
    "BEGIN:VCALENDAR",
    "Subject: not a header",
]


def make_notes(**keys: Any) -> InterviewNotes:
    """An interview of 12 May 2026 with Priya Nair."""
    base: dict[str, Any] = {
        "candidate": {"name": "Daniel Okafor", "email": "daniel@okafor.example"},
        "company": "Lumen Health",
        "role": "Senior Backend Engineer",
        "interviewed": "2026-05-12T14:00",
        "timezone": "Europe/London",
        "country": "GB",
        "interviewers": [{"name": "Priya Nair", "email": "priya.nair@lumen.example"}],
        "topics": ["event-driven services"],
        "source": "notes.md",
    }
    return InterviewNotes.model_validate({**base, **keys})


def make_draft(notes: InterviewNotes | None = None, **keys: Any) -> Draft:
    """A valid thank-you to the first interviewer."""
    person = (notes or make_notes()).interviewers[0]
    base: dict[str, Any] = {
        "kind": Kind.THANK_YOU,
        "to": Recipient(name=person.name, email=person.email),
        "subject": "Thank you for the interview, Senior Backend Engineer",
        "body": BODY,
        "parts": {},
        "valid": True,
        "prompt": PromptRecord(name="thank-you", version=1, sha256="0" * 64),
        "model": "scripted",
    }
    return Draft.model_validate({**base, **keys})


@functools.cache
def letters(script: str) -> list[str]:
    """The assigned characters of a script's range."""
    low, high = SCRIPTS[script]
    return [c for c in map(chr, range(low, high + 1)) if unicodedata.category(c) != "Cn"]


def word(rng: random.Random, script: str | None = None) -> str:
    """Letters of one script."""
    chosen = letters(script or rng.choice(list(SCRIPTS)))
    return "".join(rng.choices(chosen, k=rng.randint(1, 12)))


def phrase(rng: random.Random, most: int = 4) -> str:
    """Words of any scripts, some with what names may hold besides letters."""
    words = []
    for _ in range(rng.randint(1, most)):
        extra = rng.choice(_EXTRAS) if rng.random() < 0.3 else ""
        words.append(word(rng) + extra)
    return " ".join(words).replace("=?", "=")


def name(rng: random.Random) -> str:
    """A name that the notes take: they refuse what looks like two people."""
    return phrase(rng).replace(",", "").replace("&", "")


def body(rng: random.Random) -> str:
    """Lines of any scripts, with some that mail formats stumble over."""
    lines = [
        rng.choice(_LINES) if rng.random() < 0.4 else phrase(rng, 40)
        for _ in range(rng.randint(1, 12))
    ]
    return "\n".join([*lines, phrase(rng)])


def generated(seed: int) -> tuple[Draft, InterviewNotes]:
    """A draft with its notes, the same for the same seed."""
    rng = random.Random(seed)
    people = [{"name": name(rng), "email": f"p{seed}@lumen.example"}]
    candidate = {"name": name(rng), "email": f"c{seed}@okafor.example"}
    notes = make_notes(candidate=candidate, interviewers=people, company=phrase(rng))
    return make_draft(notes, subject=phrase(rng, 8), body=body(rng)), notes
