"""Cases for the rules of parts: notes of one interview, and messages to its people."""

from __future__ import annotations

import datetime as dt

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import Finding, rules
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

NOTES = InterviewNotes.model_validate(
    {
        "candidate": {"name": "Daniel Okafor"},
        "company": "Lumen Health",
        "role": "Senior Backend Engineer",
        "interviewed": "2026-05-12T14:00",
        "interviewers": [
            {"name": "Dr. Priya Nair", "preferred": "Priya"},
            {"name": "Tom Becker"},
            {"name": "Nguyễn Thị Hương"},
            {"name": "Anna van der Meer"},
        ],
        "decision_by": "2026-05-26",
        "topics": [
            {"text": "moving the claims service to event-driven services", "by": "Priya Nair"},
            {"text": "on-call rotation, and how alerts were cut by half last quarter"},
        ],
        "needs": ["someone who has run a migration without downtime"],
        "fit": ["moved a billing system of 40 services to Kafka without downtime"],
        "personal": ["Priya is training for the Edinburgh marathon"],
        "timeline": ["They will decide within two weeks"],
        "resources": [
            {
                "title": "Outbox patterns in practice",
                "url": "https://example.org/outbox",
                "note": "the dual-write problem Priya described",
            }
        ],
    }
)
PRIYA, TOM, HUONG, ANNA = NOTES.interviewers
TODAY = dt.date(2026, 5, 28)


def case(text: str, kind: Kind = Kind.THANK_YOU, *, known: bool = True, **more: object) -> Case:
    """A message to Priya, with or without the notes."""
    given = {"notes": NOTES, "to": PRIYA, "today": TODAY} if known else {}
    return Case(reading=Reading.of(text), kind=kind, proofread=False, **{**given, **more})


def body(
    sentences: str, kind: Kind = Kind.THANK_YOU, *, known: bool = True, **more: object
) -> Case:
    """A message with a faultless frame around some sentences."""
    frame = f"Hi Priya,\n\n{sentences}\n\nBest regards,\nDaniel Okafor"
    head = "" if kind is Kind.LINKEDIN else "Subject: Backend Engineer\n\n"
    return case(head + frame, kind, known=known, **more)


def findings(rule: str, of: Case) -> list[Finding]:
    """What one rule says of a case."""
    return list(next(entry for entry in rules() if entry.id == rule).check(of))
