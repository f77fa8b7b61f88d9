"""The plan as reminders in a calendar: an ``.ics`` file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.headers import checked, checked_body
from followup_agent.outbox.timezone import vtimezone
from followup_agent.schedule import Due

#: Reminders come at this hour or later, where the plan gives only a day; a candidate's
#: messages should not go out at night (R).
MORNING: Final = dt.time(9)
#: What would come at this hour or later comes the next morning, if it is not late then.
EVENING: Final = dt.time(20)
LENGTH: Final = dt.timedelta(minutes=15)
#: Octets of a line without its CRLF (RFC 5545, 3.1).
_LINE = 75
#: Names the product, so that equal interviews of other programs have other UIDs.
_SPACE = uuid.UUID("6d1c4d25-3a0e-5f0b-9c1b-6a0f2f9d7e11")
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

_TITLES: Final = {
    Kind.THANK_YOU: "Thank-you to",
    Kind.REMINDER: "Reminder to",
    Kind.STATUS: "Status check with",
    Kind.VALUE_ADD: "Value-add message to",
    Kind.LINKEDIN: "Connection request to",
    Kind.KEEP_IN_TOUCH: "Keep-in-touch message to",
}

Properties = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One entry of the calendar.

    Attributes:
        uid: The same in every run for the same candidate, company, kind, person and day.
        zone: None means the wall clock of wherever the calendar is read.
        start: Wall-clock time in that zone.
        over: Whether the plan says that nothing is to be done any more.
    """

    uid: str
    zone: ZoneInfo | None
    start: dt.datetime
    title: str
    text: str
    over: bool


def ics_bytes(plans: Iterable[tuple[InterviewNotes, Sequence[Due]]], stamp: dt.datetime) -> bytes:
    """Write what is to be sent as a calendar with one event and alarm for each message.

    An entry has a UID that is the same in every run, so that importing a later plan moves
    it; what is done by then is cancelled and has no alarm. Nobody is invited: there are
    no attendees. The zone is the notes'; without one the events are at the reader's time.
    What has no day yet is not there; a calendar without events still holds a time zone.

    Args:
        plans: The notes of each interview with what is due.
        stamp: When the calendar is written, aware.

    Raises:
        HeaderRefused: A name or company could break a line.
        ValueError: ``stamp`` has no time zone.
    """
    if stamp.tzinfo is None:
        raise ValueError("stamp must have a time zone")
    found = (reminder(notes, due) for notes, dues in plans for due in dues)
    reminders = list({r.uid: r for r in reversed([r for r in found if r])}.values())[::-1]
    properties = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//followup-agent//reminders//EN"),
        ("CALSCALE", "GREGORIAN"),
        *_zones(reminders, stamp),
        *(line for r in reminders for line in _event(r, stamp.astimezone(dt.UTC))),
        ("END", "VCALENDAR"),
    ]
    return b"".join(folded(f"{name}:{value}") for name, value in properties)


def reminder(notes: InterviewNotes, due: Due) -> Reminder | None:
    """The entry for one message; None when it has no day yet and never had one.

    Raises:
        HeaderRefused: A name or the company could break a line.
    """
    over = due.status == "done"
    if due.send_on is None and not over:
        return None
    day = due.send_on or notes.interview_date
    who, where = checked(due.to, "the interviewer's name"), checked(notes.company, "the company")
    return Reminder(
        uid=uid(notes, due),
        zone=ZoneInfo(notes.timezone) if notes.timezone else None,
        start=dt.datetime.combine(day, MORNING) if over else _moment(due, day),
        title=f"{_TITLES[due.kind]} {who} ({where})",
        text=checked_body(f"{due.reason}\n\n{_command(notes, due)}\n\n{due.guide}", "the reason"),
        over=over,
    )


def uid(notes: InterviewNotes, due: Due) -> str:
    """A UUID made from what identifies a message, none of which can be read in it."""
    who = [notes.candidate.name, notes.company, str(due.kind), due.to]
    words = [unicodedata.normalize("NFC", text) for text in who]
    identity = json.dumps([*words, notes.interview_date.isoformat()])
    return str(uuid.uuid5(_SPACE, identity))


def _moment(due: Due, day: dt.date) -> dt.datetime:
    """The wall-clock time to be reminded at: by day, and inside the window."""
    start = dt.datetime.combine(day, MORNING)
    if isinstance(due.opens, dt.datetime):
        start = max(start, due.opens.replace(tzinfo=None))
    if start.time() < EVENING:
        return start
    next_morning = dt.datetime.combine(start.date() + dt.timedelta(days=1), MORNING)
    return next_morning if _before_end(next_morning, due.closes) else start


def _before_end(moment: dt.datetime, closes: dt.date | None) -> bool:
    if isinstance(closes, dt.datetime):
        return moment <= closes.replace(tzinfo=None)
    return closes is None or moment.date() <= closes


def _command(notes: InterviewNotes, due: Due) -> str:
    words = ["followup-agent", "draft", notes.source, "--kind", str(due.kind), "--to", due.to]
    return shlex.join(words)


def _event(reminder: Reminder, stamp: dt.datetime) -> Properties:
    zone = f";TZID={reminder.zone.key}" if reminder.zone else ""
    # Minutes since 2020: it grows from run to run, as a revision's number must.
    sequence = max(0, int((stamp - _EPOCH).total_seconds()) // 60)
    title = escaped(reminder.title)
    return [
        ("BEGIN", "VEVENT"),
        ("UID", reminder.uid),
        ("DTSTAMP", f"{_wall(stamp)}Z"),
        ("SEQUENCE", str(sequence)),
        (f"DTSTART{zone}", _wall(reminder.start)),
        (f"DTEND{zone}", _wall(reminder.start + LENGTH)),
        ("SUMMARY", title),
        ("DESCRIPTION", escaped(reminder.text)),
        ("STATUS", "CANCELLED" if reminder.over else "CONFIRMED"),
        ("CLASS", "PRIVATE"),
        ("TRANSP", "TRANSPARENT"),
        *([] if reminder.over else _alarm(title)),
        ("END", "VEVENT"),
    ]


def _alarm(title: str) -> Properties:
    return [
        ("BEGIN", "VALARM"),
        ("ACTION", "DISPLAY"),
        ("TRIGGER", "PT0S"),
        ("DESCRIPTION", title),
        ("END", "VALARM"),
    ]


def _zones(reminders: Sequence[Reminder], stamp: dt.datetime) -> Iterator[tuple[str, str]]:
    """Each zone once, for the time that its events span."""
    spans: dict[str, list[dt.datetime]] = {} if reminders else {"UTC": [stamp]}
    for entry in reminders:
        if entry.zone:
            moment = entry.start.replace(tzinfo=entry.zone)
            spans.setdefault(entry.zone.key, []).append(moment)
    for key, moments in spans.items():
        # By UTC: moments of one zone compare by the wall clock.
        instants = [moment.astimezone(dt.UTC) for moment in moments]
        yield from vtimezone(ZoneInfo(key), min(instants), max(instants))


def escaped(text: str) -> str:
    """A text as a property's value (RFC 5545, 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line with its CRLF, in pieces of 75 octets that split no character."""
    pieces = [b""]
    for char in line if len(line.encode()) > _LINE else [line]:
        octets = char.encode()
        if len(pieces[-1]) + len(octets) > _LINE:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"


def _wall(moment: dt.datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")
