"""A case for the rules of style: notes of one interview, and a message around a sentence."""

from __future__ import annotations

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

STRANGE = [
    "",
    "\0",
    "\ud800 lone \udfff",
    "\u202eright to left\u202c \u200b\u200d",
    "!" * 65_536,
    "a " * 32_768,
    "[" * 65_536,
    "<a" * 32_768,
    "x" * 65_536,
    "i.i," * 16_384,
    "Dear Ada,\n\n" + "the the\ufe0f😀 " * 5_000,
    "Subject: \n\n\n" + "한국어 العربية עברית हिन्दी " * 1_000,
]


def notes(**changes: object) -> InterviewNotes:
    """Notes with a formal word here and there that would be slang elsewhere."""
    values: dict[str, object] = {
        "candidate": {"name": "Dan Okafor"},
        "company": "Lumen Health",
        "role": "Backend Engineer",
        "interviewed": "2026-05-12",
        "interviewers": [{"name": "Ada Bright"}],
        "topics": [
            {"text": "leverage ratios, synergy, the FOMO framework and coppicing"},
            {"text": "config keys such as [env] and {region}; a TODO app"},
        ],
    }
    return InterviewNotes.model_validate({**values, **changes})


def case(sentence: str, *, tone: str | None = None, frame: bool = True, **more: object) -> Case:
    """A whole message around a sentence, with notes where a tone or ``notes`` is given."""
    text = f"Subject: Thank you\n\nDear Ada,\n\n{sentence}\n\nKind regards,\nDan Okafor"
    given = more.pop("notes", None) or (notes(tone=tone) if tone else None)
    return Case(Reading.of(text if frame else sentence), Kind.THANK_YOU, given, **more)  # type: ignore[arg-type]


def words(case_: Case, found: object) -> list[str]:
    """The words that findings point at."""
    text = case_.reading.text
    return [text[slice(*f.span)] for f in found if f.span]  # type: ignore[attr-defined]
