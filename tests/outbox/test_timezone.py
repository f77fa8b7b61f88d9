"""A VTIMEZONE tells the same offsets as Python's data, in every zone and year."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_agent.outbox.timezone import vtimezone

ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})


def offset(text: str) -> dt.timedelta:
    hours, minutes, seconds = (int(text[i : i + 2] or 0) for i in (1, 3, 5))
    value = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -value if text[0] == "-" else value


def read(zone: str, first: dt.datetime, last: dt.datetime):
    """Each observance as (local start, as if in UTC; from, to, part)."""
    properties = vtimezone(zoneinfo.ZoneInfo(zone), first, last)
    assert properties[:2] == [("BEGIN", "VTIMEZONE"), ("TZID", zone)]
    found, now = [], {}
    for name, value in properties[2:-1]:
        if name == "BEGIN":
            now = {"part": value}
        elif name == "END":
            start = dt.datetime.strptime(now["DTSTART"] + "Z", "%Y%m%dT%H%M%S%z")
            found.append(
                (start, offset(now["TZOFFSETFROM"]), offset(now["TZOFFSETTO"]), now["part"])
            )
        else:
            now[name] = value
    return found


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_summer_time():
    """The changes of the clocks around the events, each with its own moment."""
    assert read("Europe/London", utc(2026, 5, 13), utc(2026, 11, 1)) == [
        (utc(2025, 10, 26, 2), dt.timedelta(hours=1), dt.timedelta(0), "STANDARD"),
        (utc(2026, 3, 29, 1), dt.timedelta(0), dt.timedelta(hours=1), "DAYLIGHT"),
        (utc(2026, 10, 25, 2), dt.timedelta(hours=1), dt.timedelta(0), "STANDARD"),
    ]


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("Asia/Kolkata", 5.5), ("Asia/Tokyo", 9)])
def test_a_zone_that_changes_nothing(zone, hours):
    """One observance that holds always."""
    same = dt.timedelta(hours=hours)
    assert read(zone, utc(2026, 5, 13), utc(2026, 5, 14)) == [
        (utc(1970, 1, 1) + same, same, same, "STANDARD")
    ]


def test_a_zone_that_changed_lately():
    """One change before the events is enough when the zone has no other."""
    assert [part for *_, part in read("Asia/Almaty", utc(2024, 6, 1), utc(2024, 6, 2))] == [
        "STANDARD"
    ]


def test_offsets_with_seconds():
    """Monrovia kept its own time until 1972."""
    ((_, before, _, _),) = read("Africa/Monrovia", utc(1971, 6, 1), utc(1971, 6, 2))
    assert before == -dt.timedelta(minutes=44, seconds=30)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 65 * 365 * 24).map(lambda hours: utc(1972, 1, 1) + dt.timedelta(hours=hours)),
    st.integers(0, 200),
)
def test_any_moment_has_its_offset(zone, first, days):
    """The last observance before a moment gives the offset that Python gives."""
    last = first + dt.timedelta(days=days)
    observances = read(zone, first, last)
    assert len({start for start, *_ in observances}) == len(observances)
    for at in (first, first + (last - first) / 3, last):
        begun = [to for start, before, to, _ in observances if start - before <= at]
        expected = at.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()
        assert begun[-1] == expected
