"""Interview notes: the model and its parsers."""

from followup_agent.notes.model import (
    Candidate,
    Event,
    Fact,
    Interviewer,
    InterviewNotes,
    Item,
    LogEntry,
    Resource,
    Tone,
)
from followup_agent.notes.parse import load_notes

__all__ = [
    "Candidate",
    "Event",
    "Fact",
    "InterviewNotes",
    "Interviewer",
    "Item",
    "LogEntry",
    "Resource",
    "Tone",
    "load_notes",
]
