"""Business days follow a country's week and holidays."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_agent.schedule.business_days import (
    add_business_days,
    is_business_day,
    next_business_day,
    previous_business_day,
)

DAYS = st.dates(dt.date(2002, 1, 1), dt.date(2034, 12, 1))
COUNTRIES = st.sampled_from([None, "GB", "US", "DE", "JP", "IN", "CN", "IL", "SA", "BR", "ZZ"])


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        ("2026-05-22", None, True),
        ("2026-05-23", None, False),
        ("2026-05-25", None, True),
        ("2026-05-25", "GB", False),
        ("2026-05-25", "gb", False),
        ("2026-12-28", "GB", False),
        ("2026-07-03", "US", False),
        ("2021-12-31", "US", False),
        ("2026-05-15", "SA", False),
        ("2026-05-17", "SA", True),
        ("2026-05-25", "ZZ", True),
        ("2026-05-24", "ZZ", False),
    ],
)
def test_the_country_decides(day: str, country: str | None, works: bool):
    """Weekends, bank holidays, observed days and other working weeks are known."""
    assert is_business_day(dt.date.fromisoformat(day), country) is works


def test_worked_example():
    """A bank holiday after a weekend moves the next business day to Tuesday."""
    friday = dt.date(2026, 5, 22)
    assert add_business_days(friday, 1, "GB") == dt.date(2026, 5, 26)
    assert add_business_days(friday, 0, "GB") == friday
    assert next_business_day(dt.date(2026, 5, 23), "GB") == dt.date(2026, 5, 26)
    assert previous_business_day(dt.date(2026, 5, 25), "GB") == friday


def test_a_negative_count_is_refused():
    """Counting backwards is no silent no-op."""
    with pytest.raises(ValueError, match="not -1"):
        add_business_days(dt.date(2026, 5, 12), -1)


@given(DAYS, st.integers(1, 12), COUNTRIES)
def test_adding_lands_on_a_business_day(day: dt.date, count: int, country: str | None):
    """So many business days lie after the start, up to and with the end."""
    end = add_business_days(day, count, country)
    between = [day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert is_business_day(end, country)
    assert sum(is_business_day(d, country) for d in between) == count


@given(DAYS, COUNTRIES)
def test_next_and_previous_are_the_nearest(day: dt.date, country: str | None):
    """Nothing between the day and its neighbour is a business day."""
    after, before = next_business_day(day, country), previous_business_day(day, country)
    assert before <= day <= after
    free = [before + dt.timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_business_day(d, country) for d in free)
    assert (before == after) == is_business_day(day, country)


def test_without_a_country_the_package_is_not_imported(monkeypatch: pytest.MonkeyPatch):
    """Weekends alone need no holidays package."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert is_business_day(dt.date(1999, 5, 12))


@given(st.integers(1971, 2900))
def test_leap_days(year: int):
    """The business day after 28 February knows whether there is a 29th."""
    day = dt.date(year, 2, 28)
    following = day + dt.timedelta(days=1)
    expected = following if following.weekday() < 5 else next_business_day(following)
    assert add_business_days(day, 1) == expected
