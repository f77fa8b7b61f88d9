"""Business days of a country: its working week, less its national holidays.

Without a country, or with one that the ``holidays`` package does not know, only
Saturdays and Sundays are free. Holidays of a state or canton are not known: the notes
name a country only.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Protocol

_SATURDAY = 5
_DAY = dt.timedelta(days=1)


class _Calendar(Protocol):
    def is_working_day(self, day: dt.date, /) -> bool: ...


def is_business_day(day: dt.date, country: str | None = None) -> bool:
    """Whether people are at work on a day.

    Args:
        day: The day.
        country: ISO 3166-1 alpha-2 in either case; None for weekends only.
    """
    calendar = _calendar(country.upper(), day.year) if country else None
    if calendar is None:
        return day.weekday() < _SATURDAY
    return calendar.is_working_day(day)


def next_business_day(day: dt.date, country: str | None = None) -> dt.date:
    """The day itself if it is a business day, else the first one after it.

    Raises:
        OverflowError: The calendar ends (year 9999) before one comes.
    """
    while not is_business_day(day, country):
        day += _DAY
    return day


def previous_business_day(day: dt.date, country: str | None = None) -> dt.date:
    """The day itself if it is a business day, else the last one before it.

    Raises:
        OverflowError: The calendar begins (year 1) before one comes.
    """
    while not is_business_day(day, country):
        day -= _DAY
    return day


def add_business_days(day: dt.date, count: int, country: str | None = None) -> dt.date:
    """The ``count``-th business day after a day; the day itself when ``count`` is 0.

    The day need not be a business day: one business day after a Saturday is Monday.

    Raises:
        ValueError: ``count`` is negative.
        OverflowError: The calendar ends (year 9999) before that day.
    """
    if count < 0:
        raise ValueError(f"count must be 0 or more, not {count}")
    for _ in range(count):
        day = next_business_day(day + _DAY, country)
    return day


@lru_cache(maxsize=512)
def _calendar(country: str, year: int) -> _Calendar | None:
    """One year's calendar, which never grows: threads may share it."""
    import holidays  # 0.1 s, and only needed where the notes name a country

    try:
        calendar: _Calendar = holidays.country_holidays(country, years=[year], expand=False)
    except NotImplementedError:  # how the package says that it does not know a country
        return None
    return calendar
