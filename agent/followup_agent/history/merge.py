"""Notes and memory as one Log."""

from __future__ import annotations

import hashlib
import shlex
import unicodedata
from collections.abc import Iterable, Sequence

from followup_agent.english_dates import on
from followup_agent.history.entry import log_text
from followup_agent.history.store import History
from followup_agent.kinds import Kind
from followup_agent.notes.model import Event, Interviewer, InterviewNotes, LogEntry
from followup_agent.schedule.correspondence import OUTCOMES, Correspondence
from followup_agent.settings import Settings


def interview_key(notes: InterviewNotes) -> str:
    """A fingerprint of who talked to whom about what, and on which day.

    It holds when the file is moved or renamed, its hour is filled in, or a name is
    written with other spaces or capitals. It is another one when the company, the role
    or the day is changed: the old entries are then left with the old key.
    """
    parts = (notes.candidate.name, notes.company, notes.role, notes.interview_date.isoformat())
    text = "\x1f".join(_fold(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def merged(notes: InterviewNotes, entries: Iterable[LogEntry]) -> InterviewNotes:
    """The notes, with what is remembered after the lines of their own Log.

    An entry that the Log has too (same day, event, kind and person, or a line that names
    nobody and so means everyone) is not added.
    """
    known = {_what(entry) for entry in notes.log}
    fresh = [e for e in entries if not known & {_what(e), _what(e, anyone=True)}]
    return with_entries(notes, fresh) if fresh else notes


def with_entries(notes: InterviewNotes, entries: Sequence[LogEntry]) -> InterviewNotes:
    """The notes with entries added to the Log."""
    copy = notes.model_copy(update={"log": (*notes.log, *entries)})
    copy.__dict__.pop("facts", None)  # computed from the Log, and copied along
    return copy


def remembered(notes: InterviewNotes, settings: Settings | None = None) -> InterviewNotes:
    """The notes with what this machine's history remembers of the interview.

    Raises:
        OutputError: There is a history, and it cannot be read.
    """
    return recalled(notes, settings)[0]


def recalled(
    notes: InterviewNotes, settings: Settings | None = None
) -> tuple[InterviewNotes, list[str]]:
    """As `remembered`, with the `disagreements` of the two."""
    history = History.existing((settings or Settings.load()).data_dir)
    if history is None:
        return notes, []
    with history:
        entries = history.entries(interview_key(notes))
    return merged(notes, entries), disagreements(notes, entries)


def disagreements(notes: InterviewNotes, entries: Iterable[LogEntry]) -> list[str]:
    """What the notes' Log and the history tell differently, in sentences.

    That is a message of a kind that goes out once, or an outcome, on two different days.
    Both stand in what `merged` gives; what cannot be true at all is found there by
    `schedule.contradictions`.
    """
    return [
        f"{_place(notes, own)}: the Log has `{log_text(own)}` on {own.on}, the history on "
        f"{entry.on}; mend the Log, or run `followup-agent history forget "
        f"{shlex.quote(notes.source)} --on {entry.on}`"
        for entry in entries
        if _happens_once(entry)
        for own in notes.log
        if _same_but_for_the_day(entry, own)
    ]


def _place(notes: InterviewNotes, entry: LogEntry) -> str:
    return notes.source if entry.line is None else f"{notes.source}:{entry.line}"


def _happens_once(entry: LogEntry) -> bool:
    once = entry.event is Event.SENT and entry.kind is not Kind.REMINDER
    return once or entry.event in OUTCOMES


def _same_but_for_the_day(one: LogEntry, other: LogEntry) -> bool:
    same = (one.event, one.kind) == (other.event, other.kind) and one.on != other.on
    people = {one.person, other.person}
    return same and (len(people) == 1 or None in people)


def already_sent(notes: InterviewNotes, kind: Kind, person: Interviewer) -> str | None:
    """A warning, when a message of this kind went to the person before; else None.

    The notes are those that `remembered` gives.
    """
    sent = Correspondence.of(notes, person).of_kind(kind)
    if not sent:
        return None
    days = " and ".join(on(entry.on) for entry in sent)
    most = "; two reminders are the most" if kind is Kind.REMINDER else ""
    return f"{notes.source}: a {kind} message went to {person.name} on {days} already{most}"


def _what(entry: LogEntry, *, anyone: bool = False) -> tuple[object, ...]:
    person = None if anyone or entry.person is None else _fold(entry.person)
    return entry.on, entry.event, entry.kind, person


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
