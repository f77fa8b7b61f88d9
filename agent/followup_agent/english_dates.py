"""Days in plain English, the same under every locale of the program that calls us."""

from __future__ import annotations

import datetime as dt
from typing import Final

MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

#: What months and weekdays are called in small letters, in full or short, with their number from
#: 1 and from 0.
MONTH_WORDS: Final = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
MONTH_WORDS.update({name[:3]: number for name, number in MONTH_WORDS.items()}, sept=9)
WEEKDAY_WORDS: Final = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
WEEKDAY_WORDS.update({name[:3]: number for name, number in WEEKDAY_WORDS.items()})
WEEKDAY_WORDS.update(tues=1, weds=2, thur=3, thurs=3)


def month(day: dt.date) -> str:
    """``May``."""
    return MONTHS[day.month - 1]


def weekday(day: dt.date) -> str:
    """``Tuesday``."""
    return WEEKDAYS[day.weekday()]


def on(day: dt.date) -> str:
    """``12 May 2026``."""
    return f"{day.day} {month(day)} {day.year}"


def at(when: dt.date) -> str:
    """``Tuesday 12 May 2026``, and ``, 17:00`` when the hour is known."""
    hour = f", {when:%H:%M}" if isinstance(when, dt.datetime) else ""
    return f"{weekday(when)} {on(when)}{hour}"
