"""Remembering one thing that happened, and writing it into the notes if that is wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from followup_agent.errors import Fault, NotesError, RecipientError
from followup_agent.history.entry import log_text
from followup_agent.history.log_section import with_log_line
from followup_agent.history.merge import interview_key, merged, with_entries
from followup_agent.history.replace import change_file
from followup_agent.history.store import History
from followup_agent.kinds import Kind
from followup_agent.names import fold, match_person
from followup_agent.notes.model import Event, InterviewNotes, LogEntry
from followup_agent.schedule import contradictions


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it.

    Attributes:
        entry: The entry.
        new: Whether the history did not have it yet.
        written: Whether the notes' Log got a line.
    """

    entry: LogEntry
    new: bool
    written: bool


def entry_of(
    notes: InterviewNotes,
    event: Event,
    on: dt.date,
    *,
    kind: Kind | None = None,
    person: str | None = None,
) -> LogEntry:
    """An entry, with the person's name as the notes spell it.

    A message goes to an interviewer. An answer may come from anybody else, too, but not
    from a name that looks like an interviewer's, mistyped.

    Raises:
        RecipientError: The name is nobody's, or fits several.
        NotesError: The name holds what a line of the Log cannot.
    """
    name = None if person is None else _name(notes, event, person)
    entry = LogEntry(on=on, event=event, kind=kind, person=name)
    return entry.model_copy(update={"text": log_text(entry)})


def _name(notes: InterviewNotes, event: Event, person: str) -> str:
    try:
        return match_person(person, notes.interviewers, notes.source).name
    except RecipientError:
        if event is Event.SENT or _is_nearly(notes, person):
            raise
    name = " ".join(person.split())
    if not name or not name.isprintable() or len(name) > 100:
        raise RecipientError(f"{notes.source}: `--from` must be a name")
    return name


def _is_nearly(notes: InterviewNotes, person: str) -> bool:
    """Whether a name is one of the interviewers', mistyped or not told apart."""
    key, full = fold(person), [fold(p.name) for p in notes.interviewers]
    known = full if " " in key else [word for name in full for word in name.split()]
    return bool(get_close_matches(key, known, n=1, cutoff=0.75))


def record(
    notes: InterviewNotes,
    entry: LogEntry,
    history: History,
    now: dt.date,
    log_file: Path | None = None,
) -> Recorded:
    """Remember an entry; it is on the disk when this returns.

    The notes' file and the history change together. If the process is killed in between,
    the file may have the line and the history not: `merged` reads both, and doing it again
    completes it.

    Args:
        notes: The interview.
        entry: What happened, from `entry_of`.
        history: Where to.
        now: The day or moment of now; what has not happened yet is refused.
        log_file: The notes' file, to write the entry into its Log too.

    Raises:
        NotesError: It contradicts what is known already.
        OutputError: The history or the file cannot be written; neither is changed then.
    """
    key = interview_key(notes)
    with history.writing():
        _refuse_contradiction(merged(notes, history.entries(key)), entry, now)
        new = history.record(key, entry)
        written = log_file is not None and change_file(
            log_file, lambda raw: with_log_line(raw, notes.source, entry)
        )
    return Recorded(entry, new, written)


def _refuse_contradiction(known: InterviewNotes, entry: LogEntry, now: dt.date) -> None:
    before = contradictions(known, now)
    after = contradictions(with_entries(known, [entry]), now)
    fresh = [line for line in after if line not in before]
    if fresh:
        message = fresh[0].removeprefix(f"{known.source}: ")
        raise NotesError([Fault(known.source, None, f"this is not recorded: {message}")])
