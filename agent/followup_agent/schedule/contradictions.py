"""Log entries that cannot all be true. They are reported, never guessed around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from followup_agent.errors import Fault
from followup_agent.notes.model import Event, Interviewer, InterviewNotes, LogEntry
from followup_agent.schedule.clock import Now, zone_of
from followup_agent.schedule.correspondence import OUTCOMES, concerns, namesakes


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing in the Log that cannot be.

    Attributes:
        fault: Its place and words.
        people: The names of those whose plan it spoils.
    """

    fault: Fault
    people: frozenset[str]


def contradictions(notes: InterviewNotes, today: dt.date) -> list[str]:
    """What the Log says that cannot be, each as ``file:line: what is wrong, and the mend``.

    Reported are a message, reply or outcome before the interview or after ``today``, an
    offer and a rejection in one Log, and a name that fits several interviewers. Entries
    out of order are fine, and so is a note about a day to come. Days of the Log count in
    the interview's time zone.

    Args:
        notes: The interview.
        today: A day, or a moment; without an offset it is in the interview's zone.

    Raises:
        SettingsError: ``today`` is not in the years 1971 to 2999.
    """
    now = Now.of(today, zone_of(notes))
    return [str(found.fault) for found in find_contradictions(notes, now)]


def concerning(notes: InterviewNotes, now: Now, person: Interviewer) -> tuple[Fault, ...]:
    """The contradictions that spoil one person's plan."""
    return tuple(c.fault for c in find_contradictions(notes, now) if person.name in c.people)


def find_contradictions(notes: InterviewNotes, now: Now) -> Iterator[Contradiction]:
    """Each contradiction, in the order of the Log."""
    for entry in notes.log:
        if entry.event is not Event.NOTE:
            for message in _faults(entry, notes, now):
                yield Contradiction(Fault(notes.source, entry.line, message), _people(entry, notes))


def _faults(entry: LogEntry, notes: InterviewNotes, now: Now) -> Iterator[str]:
    held = notes.interview_date
    if entry.on < held:
        yield (
            f"the Log has {_named(entry)} on {entry.on}, before the interview on {held}; "
            f"mend the date{_zone_hint(notes)}"
        )
    if entry.on > now.latest_day:
        yield (
            f"the Log has {_named(entry)} on {entry.on}, which is after today "
            f"({now.latest_day}); mend the date, or log it once it has happened"
        )
    if entry.event is Event.REJECTED:
        for offer in (e for e in notes.log if e.event is Event.OFFER):
            where = f" (line {offer.line})" if offer.line else ""
            yield (
                f"the Log has `rejected` on {entry.on} and `offer` on {offer.on}{where}; "
                "keep the one that holds"
            )
    if both := namesakes(entry, notes.interviewers):
        names = " and ".join(p.name for p in both)
        yield f"the Log has {_named(entry)}, a name that fits {names}; write the full name"


def _people(entry: LogEntry, notes: InterviewNotes) -> frozenset[str]:
    everyone = notes.interviewers
    if entry.event in OUTCOMES:
        return frozenset(p.name for p in everyone)
    meant = namesakes(entry, everyone) or (p for p in everyone if concerns(entry, p, everyone))
    return frozenset(p.name for p in meant)


def _named(entry: LogEntry) -> str:
    kind = f" {entry.kind}" if entry.kind else ""
    link = " to" if entry.event is Event.SENT else " from"
    return f"`{entry.event}{kind}{f'{link} {entry.person}' if entry.person else ''}`"


def _zone_hint(notes: InterviewNotes) -> str:
    return f" (days count in {notes.timezone})" if notes.timezone else ""
