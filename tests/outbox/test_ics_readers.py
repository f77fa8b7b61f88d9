"""Calendars that we didn't write read an .ics file as it was meant."""

from __future__ import annotations

import ctypes
import ctypes.util
import datetime as dt
import json
import random
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from deliverable import make_notes, name, phrase
from ics_reader import read_ics
from real_programs import node, without

from followup_agent.outbox.calendar import ics_bytes, reminder
from followup_agent.schedule import plan

pytestmark = [pytest.mark.programs, pytest.mark.filterwarnings("ignore")]

STAMP = dt.datetime(2026, 5, 12, 18, tzinfo=dt.UTC)
ZONES = [
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "UTC",
]


@dataclass(frozen=True)
class Entry:
    """What a reader must find of an event."""

    summary: str
    description: str
    start: int
    alarms: int


def made(seed: int) -> tuple[bytes, dict[str, Entry], int]:
    """A calendar of several interviews, its entries by UID, and the number of its zones."""
    rng = random.Random(seed)
    zones = rng.sample(ZONES, rng.randint(1, 3))
    plans = []
    for number in range(rng.randint(1, 4)):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 720))
        notes = make_notes(
            company=f"{phrase(rng, 8)} {number}",
            interviewers=[name(rng), f"{name(rng)} II"],
            interviewed=f"{day}T{rng.randint(8, 19):02}:30",
            decision_by=str(day + dt.timedelta(days=rng.randint(0, 60))),
            timezone=zones[number % len(zones)],
            source=f"{phrase(rng)}.md",
            country=None,
        )
        plans.append((notes, plan(notes, day + dt.timedelta(days=rng.randint(0, 30)))))
    entries = {}
    for notes, dues in plans:
        for due in dues:
            if found := reminder(notes, due):
                at = found.start.replace(tzinfo=ZoneInfo(notes.timezone))
                entries[found.uid] = Entry(
                    found.title, found.text, int(at.timestamp()), 0 if found.over else 1
                )
    return ics_bytes(plans, STAMP), entries, len({n.timezone for n, _ in plans})


def by_icalendar(ics: bytes) -> tuple[dict[str, Entry], int]:
    """PyPI's icalendar."""
    import icalendar

    calendar = icalendar.Calendar.from_ical(ics)
    assert not calendar.errors
    events = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        alarms = event.walk("VALARM")
        assert all({"ACTION", "TRIGGER", "DESCRIPTION"} <= alarm.keys() for alarm in alarms)
        start = int(event.decoded("DTSTART").timestamp())
        entry = Entry(str(event["SUMMARY"]), str(event["DESCRIPTION"]), start, len(alarms))
        events[str(event["UID"])] = entry
    return events, len(calendar.walk("VTIMEZONE"))


def by_vobject(ics: bytes) -> tuple[dict[str, Entry], int]:
    """PyPI's vobject, which takes the offsets from our VTIMEZONE."""
    import vobject

    calendar = vobject.readOne(ics.decode())
    zones = calendar.contents.get("vtimezone", [])
    # It prefers what pytz knows of a zone: take what it read in the calendar's own.
    read = {zone.tzid.value: zone.tzinfo for zone in zones}
    events = {}
    for event in calendar.contents.get("vevent", []):
        (name,) = event.dtstart.params["X-VOBJ-ORIGINAL-TZID"]
        start = event.dtstart.value.replace(tzinfo=read[name])
        events[event.uid.value] = Entry(
            event.summary.value,
            event.description.value,
            int(start.timestamp()),
            len(event.contents.get("valarm", [])),
        )
    return events, len(zones)


def by_ical(ics: bytes) -> tuple[dict[str, Entry], int]:
    """PyPI's ical, which Home Assistant uses."""
    from ical.calendar_stream import IcsCalendarStream

    calendar = IcsCalendarStream.calendar_from_ics(ics.decode())
    events = {
        event.uid: Entry(
            event.summary, event.description, int(event.dtstart.timestamp()), len(event.alarm)
        )
        for event in calendar.events
    }
    return events, len(calendar.timezones)


def by_ical_js(ics: bytes) -> tuple[dict[str, Entry], int]:
    """The ical.js of Thunderbird, which takes the offsets from our VTIMEZONE."""
    read = json.loads(node("read_ics.mjs", ics))
    events = {
        e["uid"]: Entry(e["summary"], e["description"], e["start"], e["alarms"])
        for e in read["events"]
    }
    return events, read["zones"]


READERS: dict[str, Callable[[bytes], tuple[dict[str, Entry], int]]] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ical": by_ical,
    "ical.js": by_ical_js,
}


@pytest.mark.parametrize("program", READERS)
def test_every_entry_is_read(program):
    """The same components, texts in any script, and moments, whoever reads them."""
    if program != "ical.js":
        try:
            __import__(program)
        except ImportError:
            without([program])
    for seed in range(8 if program == "ical.js" else 40):
        ics, entries, zones = made(seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, found_zones = READERS[program](ics)
        assert found == entries, seed
        assert found_zones == zones


def test_our_own_reader_agrees():
    """The octets are right, and each entry stands there once."""
    for seed in range(100):
        ics, entries, zones = made(seed)
        calendar = read_ics(ics)
        assert sorted(e.values["UID"] for e in calendar.all("VEVENT")) == sorted(entries)
        assert len(calendar.all("VTIMEZONE")) == zones


class Moment(ctypes.Structure):
    """The library's `icaltimetype`."""

    _fields_ = [
        *((part, ctypes.c_int) for part in "year month day hour minute second".split()),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


@pytest.fixture(scope="module")
def libical():
    """The library of GNOME's and KDE's calendars, by its C interface."""
    path = ctypes.util.find_library("ical")
    if path is None:
        without(["libical3"])
    library = ctypes.CDLL(path)
    pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    for function, result, arguments in (
        ("icalparser_parse_string", pointer, [text]),
        ("icalcomponent_string_to_kind", number, [text]),
        ("icalcomponent_count_components", number, [pointer, number]),
        ("icalcomponent_count_errors", number, [pointer]),
        ("icalcomponent_get_first_component", pointer, [pointer, number]),
        ("icalcomponent_get_next_component", pointer, [pointer, number]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_summary", text, [pointer]),
        ("icalcomponent_get_description", text, [pointer]),
        ("icalcomponent_get_dtstart", Moment, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [Moment, pointer]),
        ("icalrestriction_check", number, [pointer]),
        ("icalcomponent_free", None, [pointer]),
    ):
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


def test_libical_reads_every_entry(libical):
    """No error, no broken restriction of RFC 5545, and the moments by our own VTIMEZONE."""
    event_kind, alarm_kind, zone_kind = (
        libical.icalcomponent_string_to_kind(kind) for kind in (b"VEVENT", b"VALARM", b"VTIMEZONE")
    )
    for seed in range(40):
        ics, entries, zones = made(seed)
        calendar = libical.icalparser_parse_string(ics)
        assert calendar
        assert libical.icalcomponent_count_errors(calendar) == 0
        assert libical.icalrestriction_check(calendar) == 1
        assert libical.icalcomponent_count_components(calendar, zone_kind) == zones
        found = {}
        event = libical.icalcomponent_get_first_component(calendar, event_kind)
        while event:
            start = libical.icalcomponent_get_dtstart(event)
            found[libical.icalcomponent_get_uid(event).decode()] = Entry(
                libical.icalcomponent_get_summary(event).decode(),
                libical.icalcomponent_get_description(event).decode(),
                libical.icaltime_as_timet_with_zone(start, start.zone),
                libical.icalcomponent_count_components(event, alarm_kind),
            )
            event = libical.icalcomponent_get_next_component(calendar, event_kind)
        assert found == entries, seed
        libical.icalcomponent_free(calendar)
