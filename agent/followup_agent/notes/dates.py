"""Dates as the notes write them, and why one is wrong.

pydantic would take a bare number for seconds since 1970 and says little about a
date that does not exist; these messages tell how to mend it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from followup_agent.english_dates import MONTHS

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_TIME = re.compile(r"(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,6})?)?")
_OFFSET = re.compile(r"\s*(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})")
_OFFSET_MEND = "must not carry an offset; name the zone under `timezone:`"
FORM = "as 2026-05-12"
FORM_WITH_TIME = "as 2026-05-12 or 2026-05-12T14:00"


def parse_date(value: Any) -> dt.date:
    """A date from text or a date object; a time of day is dropped.

    Raises:
        ValueError: It is neither, or no such day exists.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = leading_date(value) if isinstance(value, str) else None
    if found is None or (found[1] and not _TIME.fullmatch(found[1])):
        raise ValueError(f"must be a date {FORM}")
    return found[0]


def parse_moment(value: Any) -> dt.datetime | dt.date:
    """A date, or a date and time without an offset, from text or an object.

    Raises:
        ValueError: It is neither, no such day or time exists, or it has an offset.
    """
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        raise ValueError(_OFFSET_MEND)
    if isinstance(value, dt.date):
        return value
    found = leading_date(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"must be a date, or a date and time, {FORM_WITH_TIME}")
    day, rest = found
    if not rest:
        return day
    time = _TIME.match(rest)
    if time and _OFFSET.fullmatch(rest, time.end()):
        raise ValueError(_OFFSET_MEND)
    if time is None or time.end() != len(rest):
        raise ValueError(f"has no time after its date that can be read; write it {FORM_WITH_TIME}")
    hour, minute, second = (int(part or 0) for part in time.groups())
    try:
        return dt.datetime.combine(day, dt.time(hour, minute, second))
    except ValueError:
        raise ValueError(
            f"holds {hour:02}:{minute:02}, which is no time of day; write 00:00 to 23:59"
        ) from None


def leading_date(text: str) -> tuple[dt.date, str] | None:
    """The date that a text starts with, and the rest; None if it starts with none.

    Raises:
        ValueError: It starts with a date that does not exist.
    """
    text = text.strip()
    found = _DATE.match(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    try:
        return dt.date(year, month, day), text[found.end() :].rstrip()
    except ValueError:
        raise ValueError(_no_such_day(year, month, day)) from None


def drop_time(rest: str) -> str:
    """What follows a leading date, without its time of day."""
    time = _TIME.match(rest)
    return rest[time.end() :] if time else rest


def _no_such_day(year: int, month: int, day: int) -> str:
    wrong = f"holds a wrong date: {year:04}-{month:02}-{day:02} does not exist"
    if not year:
        return f"{wrong}; write the year with four digits"
    if not 1 <= month <= 12:
        return f"{wrong}; months are 01 to 12, after the year"
    last = calendar.monthrange(year, month)[1]
    return f"{wrong}; {MONTHS[month - 1]} {year} has {last} days"
