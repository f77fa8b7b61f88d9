"""What is due on one day in a folder of interviews."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from followup_agent.errors import NotesError
from followup_agent.history.merge import disagreements, interview_key, merged
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes, LogEntry
from followup_agent.notes.parse import load_notes
from followup_agent.notes.source import ENDINGS
from followup_agent.schedule import Due, contradictions, plan
from followup_agent.schedule.choice import PRECEDENCE
from followup_agent.schedule.clock import day_of

Memory = Mapping[str, Sequence[LogEntry]]

#: With fewer files, starting processes takes longer than they save.
MANY: Final = 400
_CHUNK = 50
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Interview:
    """What one file says of the day.

    Attributes:
        file: Its name.
        company: Whom the interview was with; empty when the file cannot be read.
        now: What is to be sent today or should have been, one message for each person.
        later: The next thing after that, if any.
        notes: The notes, if they were asked for and anything is due.
        warnings: Contradictions and disagreements, each a line.
        faults: Why the file cannot be read, each a line.
        skipped: It is no notes file, as a README is none.
    """

    file: str
    company: str = ""
    now: tuple[Due, ...] = ()
    later: Due | None = None
    notes: InterviewNotes | None = None
    warnings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One message that is due, with the file that it is due by."""

    file: str
    company: str
    due: Due

    @property
    def overdue(self) -> bool:
        """Whether the good time for it is over."""
        return self.due.status == "late"

    @property
    def command(self) -> tuple[str, ...]:
        """What drafts it."""
        return (
            *("followup-agent", "draft", self.file),
            *("--kind", self.due.kind.value, "--to", self.due.to),
        )


@dataclass
class Agenda:
    """All that is due in a folder, soonest deadline first; what never closes comes last."""

    interviews: list[Interview] = field(default_factory=list)

    @property
    def tasks(self) -> list[Task]:
        """Every message to send."""
        tasks = (Task(i.file, i.company, due) for i in self.interviews for due in i.now)
        return sorted(tasks, key=_deadline)

    @property
    def next(self) -> Task | None:
        """The first message of the days to come."""
        coming = (Task(i.file, i.company, i.later) for i in self.interviews if i.later)
        return min(coming, key=lambda task: task.due.send_on or dt.date.max, default=None)


def _deadline(task: Task) -> tuple[dt.date, str, str, str, str]:
    closes = task.due.closes
    # The moments of one day may be of different zones; their wall clocks are compared.
    hour = f"{closes:%H:%M}" if isinstance(closes, dt.datetime) else "24:00"
    day = day_of(closes) if closes else dt.date.max
    return day, hour, task.file, task.due.to, task.due.kind


def notes_files(name: str) -> list[str]:
    """A file, or the notes files of a folder, by name."""
    path = Path(name)
    if not path.is_dir():
        return [name]
    found = (p for p in path.iterdir() if p.suffix.lower() in ENDINGS)
    return sorted(str(p) for p in found if not p.name.startswith("."))


def agenda(
    files: Sequence[str], today: dt.date, memory: Memory, *, keep_notes: bool = False
) -> Agenda:
    """Look through notes files; several processes do so when there are many.

    Args:
        files: Their names.
        today: A day or a moment.
        memory: What `History.every` gives.
        keep_notes: Whether the notes of what is due are kept, as a calendar needs them.

    Raises:
        SettingsError: ``today`` is out of reach.
    """
    look = partial(look_at, today=today, memory=memory, keep_notes=keep_notes)
    processes = min(_cores(), _MOST_PROCESSES) if len(files) >= MANY else 1
    return Agenda(
        list(map(look, files) if processes == 1 else _side_by_side(look, files, processes))
    )


def _side_by_side(
    look: partial[Interview], files: Sequence[str], processes: int
) -> Iterable[Interview]:
    from concurrent.futures import ProcessPoolExecutor

    # What is loaded already stays: looking it through for garbage costs a tenth of the time.
    with ProcessPoolExecutor(processes, initializer=gc.freeze) as pool:
        return list(pool.map(look, files, chunksize=_CHUNK))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def look_at(file: str, *, today: dt.date, memory: Memory, keep_notes: bool = False) -> Interview:
    """What is due in one file; one that cannot be read is told, not raised."""
    try:
        own = load_notes(Path(file))
        entries = memory.get(interview_key(own), ())
        notes = merged(own, entries)
        dues = plan(notes, today)
    except NotesError as exc:
        if any(fault.message.startswith("no front matter") for fault in exc.faults):
            return Interview(file, skipped=True)
        return Interview(file, faults=tuple(map(str, exc.faults)))
    day = day_of(today)
    now = tuple(_one_each([due for due in dues if _is_now(due, day)]))
    return Interview(
        file,
        notes.company,
        now,
        _next(dues, day),
        notes if keep_notes and now else None,
        (*contradictions(notes, today), *disagreements(own, entries)),
    )


def _one_each(dues: Sequence[Due]) -> Iterator[Due]:
    """One message a day for each person, the most pressing, besides a connection request.

    Who gets a status check today gets no reminder as well; what is left out is due again
    when its window, counted from the message that goes, opens.
    """
    for due in dues:
        rivals = [d.kind for d in dues if d.to == due.to and d.kind is not Kind.LINKEDIN]
        if due.kind is Kind.LINKEDIN or due.kind is min(rivals, key=PRECEDENCE.index):
            yield due


def _is_now(due: Due, day: dt.date) -> bool:
    today = due.send_on is not None and due.send_on <= day
    return due.status == "late" or (due.status == "due" and today)


def _next(dues: Iterable[Due], day: dt.date) -> Due | None:
    coming: Iterator[tuple[dt.date, Due]] = (
        (due.send_on, due) for due in dues if due.send_on and not _is_now(due, day)
    )
    return min(coming, key=lambda entry: entry[0], default=(day, None))[1]
