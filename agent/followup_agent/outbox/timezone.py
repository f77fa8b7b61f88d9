"""A time zone as calendars carry it (RFC 5545, 3.6.5), from Python's own data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = dt.timedelta(days=1)
_BACK = 2 * 366  # days in which a zone with summer time changes its clocks at least twice
_FIRST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """A moment at which a zone's clocks change, and the offsets around it."""

    at: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str


def vtimezone(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> list[tuple[str, str]]:
    """The properties of a VTIMEZONE that is right from one moment to another.

    It lists each change of the clocks by itself, from the last two before the first moment
    on: no rule, which could be wrong in a year with an exception.

    Args:
        zone: A zone with a key.
        first: The earliest moment, aware.
        last: The latest.
    """
    properties = [("BEGIN", "VTIMEZONE"), ("TZID", zone.key)]
    for change in _changes(zone, first, last):
        part = "DAYLIGHT" if change.after > change.before else "STANDARD"
        begins = (change.at + change.before).strftime("%Y%m%dT%H%M%S")
        properties += [
            ("BEGIN", part),
            ("DTSTART", begins),
            ("TZOFFSETFROM", _offset(change.before)),
            ("TZOFFSETTO", _offset(change.after)),
            ("TZNAME", change.name),
            ("END", part),
        ]
    return [*properties, ("END", "VTIMEZONE")]


def _changes(zone: ZoneInfo, first: dt.datetime, last: dt.datetime) -> list[Change]:
    """The last two changes before the first moment, those up to the last, at least one."""
    start = max(first.astimezone(dt.UTC) - _BACK * _DAY, _FIRST)
    found = list(_changes_between(zone, start, last.astimezone(dt.UTC) + _DAY))
    earlier = [change for change in found if change.at <= first]
    if not earlier:
        offset, name = _state(zone, start)
        return [Change(_FIRST, offset, offset, name), *found]
    return found[max(len(earlier) - 2, 0) :]


def _changes_between(zone: ZoneInfo, low: dt.datetime, high: dt.datetime) -> Iterator[Change]:
    before = _state(zone, low)
    while low < high:
        up = min(low + _DAY, high)
        now = _state(zone, up)
        if now != before:
            yield Change(_change_in(zone, low, up), before[0], *now)
        low, before = up, now


def _change_in(zone: ZoneInfo, low: dt.datetime, up: dt.datetime) -> dt.datetime:
    """The first second of the state at ``up``; no zone changes its clocks twice in a day."""
    second = dt.timedelta(seconds=1)
    while up - low > second:
        middle = low + dt.timedelta(seconds=(up - low) // second // 2)
        if _state(zone, middle) == _state(zone, low):
            low = middle
        else:
            up = middle
    return up


def _state(zone: ZoneInfo, at: dt.datetime) -> tuple[dt.timedelta, str]:
    local = at.astimezone(zone)
    return local.utcoffset() or dt.timedelta(), local.tzname() or zone.key


def _offset(delta: dt.timedelta) -> str:
    """``+0130``; with seconds where a zone has them (Monrovia until 1972)."""
    seconds = abs(int(delta.total_seconds()))
    sign = "-" if delta < dt.timedelta() else "+"
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return text + (f"{seconds % 60:02}" if seconds % 60 else "")
