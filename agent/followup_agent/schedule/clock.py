"""Today and the interview, in the interview's time zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from followup_agent.errors import Fault, NotesError, SettingsError
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.values import time_zone

#: A length that the notes never tell. Our assumption: neither G nor R gives one.
ASSUMED_LENGTH = dt.timedelta(hours=1)
#: Dates outside are typing errors, and sums with them would leave the calendar.
EARLIEST, LATEST = dt.date(1971, 1, 1), dt.date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Now:
    """When the question is asked.

    Attributes:
        day: The day in the interview's time zone.
        moment: The moment, with that zone; None when only a day was given.
        latest_day: The latest day that a Log written by now can hold: for a traveller
            the day at home and the day in the interview's zone may differ.
    """

    day: dt.date
    moment: dt.datetime | None
    latest_day: dt.date

    @classmethod
    def of(cls, today: dt.date, zone: ZoneInfo | None) -> Now:
        """Read ``today``, a day or a moment; without an offset it is the interview zone's.

        Raises:
            SettingsError: Its year is out of reach.
        """
        day = day_of(today)
        if not EARLIEST <= day <= LATEST:
            raise SettingsError(
                f"today: {day.isoformat()} is out of range; give a day of {_REACH} as 2026-05-12"
            )
        if not isinstance(today, dt.datetime):
            return cls(day, None, day)
        moment = today.astimezone(zone) if today.tzinfo else in_zone(today, zone)
        return cls(moment.date(), moment, max(day, moment.date()))


_REACH = f"the years {EARLIEST.year} to {LATEST.year}"


def day_of(when: dt.date) -> dt.date:
    """The day of a day or moment.

    Raises:
        TypeError: It is neither, but a text, say.
    """
    if not isinstance(when, dt.date):
        raise TypeError(f"a day is a datetime.date, not {when!r} ({type(when).__name__})")
    return when.date() if isinstance(when, dt.datetime) else when


def local_day(when: dt.date, zone: ZoneInfo | None) -> dt.date:
    """The day of a day, or of a moment as it is in a zone; without an offset it is there.

    Raises:
        TypeError: It is neither.
    """
    if isinstance(when, dt.datetime) and when.tzinfo:
        return when.astimezone(zone).date()
    return day_of(when)


def zone_of(notes: InterviewNotes) -> ZoneInfo | None:
    """The interview's zone; None means the machine's own."""
    return time_zone(notes.timezone) if notes.timezone else None


def in_zone(wall: dt.datetime, zone: ZoneInfo | None) -> dt.datetime:
    """A wall-clock time as a moment; one that a clock change skips moves past the gap."""
    aware = wall.replace(tzinfo=zone) if zone else wall
    return aware.astimezone(dt.UTC).astimezone(zone)


def later(moment: dt.datetime, hours: int, zone: ZoneInfo | None) -> dt.datetime:
    """A moment so many real hours later, across any clock change."""
    return (moment.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(zone)


def interview_start(notes: InterviewNotes) -> dt.datetime | None:
    """When the interview began; None when the notes give only its day."""
    at = notes.interviewed
    return in_zone(at, zone_of(notes)) if isinstance(at, dt.datetime) else None


def interview_end(notes: InterviewNotes) -> dt.datetime | None:
    """When the interview ended, if it took `ASSUMED_LENGTH`; None when its hour is not known."""
    at = notes.interviewed
    if not isinstance(at, dt.datetime):
        return None
    zone = zone_of(notes)
    return (in_zone(at, zone).astimezone(dt.UTC) + ASSUMED_LENGTH).astimezone(zone)


def check_reach(notes: InterviewNotes) -> None:
    """Refuse dates that no interview has.

    Raises:
        NotesError: With one fault for each date whose year is out of reach.
    """
    dates = [
        ("interviewed", notes.interview_date, notes.lines.get("interviewed")),
        ("decision_by", notes.decision_by, notes.lines.get("decision_by")),
        *(("the Log", entry.on, entry.line) for entry in notes.log),
    ]
    faults = [
        Fault(
            notes.source,
            line,
            f"{what}: {day.isoformat()} is out of range; write a date of {_REACH}",
        )
        for what, day, line in dates
        if day is not None and not EARLIEST <= day <= LATEST
    ]
    if faults:
        raise NotesError(faults)
