"""Dates in plain English, the same under every locale."""

from __future__ import annotations

import datetime as dt

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def on(day: dt.date) -> str:
    """``12 May 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def at(when: dt.date) -> str:
    """``Tuesday 12 May 2026``, and ``, 17:00`` when the hour is known."""
    hour = f", {when:%H:%M}" if isinstance(when, dt.datetime) else ""
    return f"{_WEEKDAYS[when.weekday()]} {on(when)}{hour}"
