"""Interview notes: the model and its parsers."""

from followup_agent.notes.facts import Fact
from followup_agent.notes.model import (
    Candidate,
    Event,
    Interviewer,
    InterviewNotes,
    Item,
    LogEntry,
    Resource,
    Tone,
)
from followup_agent.notes.parse import load_notes
from followup_agent.notes.template import new_notes, write_new

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
    "new_notes",
    "write_new",
]
