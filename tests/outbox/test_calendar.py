"""Reminders stand where the plan says, and a later plan moves them."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from deliverable import make_notes, name, phrase
from hypothesis import given
from hypothesis import strategies as st
from ics_reader import lines_of, read_ics, unescaped

from followup_agent.errors import HeaderRefused
from followup_agent.kinds import Kind
from followup_agent.outbox.calendar import escaped, folded, ics_bytes, uid
from followup_agent.schedule import Due, plan

STAMP = dt.datetime(2026, 5, 12, 18, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
ON = dt.date(2026, 5, 13)


def due(**keys) -> Due:
    base = {
        "kind": Kind.THANK_YOU,
        "to": "Priya Nair",
        "opens": None,
        "closes": None,
        "status": "due",
        "reason": "The interview was yesterday; send it, now.",
        "guide": "Step 1",
        "send_on": ON,
    }
    return Due(**{**base, **keys})


def events(*dues: Due, **notes):
    return read_ics(ics_bytes([(make_notes(**notes), dues)], STAMP)).all("VEVENT")


def test_a_reminder():
    """One event a message: private, free time, with an alarm when it begins."""
    (event,) = events(due())
    assert event.values == {
        "UID": "e7e9a5f0-0000-0000-0000-000000000000",
        "DTSTAMP": "20260512T173000Z",
        "SEQUENCE": str(
            (STAMP - dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(minutes=1)
        ),
        "DTSTART": "20260513T090000",
        "DTEND": "20260513T091500",
        "SUMMARY": "Thank-you to Priya Nair (Lumen Health)",
        "DESCRIPTION": "The interview was yesterday; send it, now.\n\n"
        "followup-agent draft notes.md --kind thank-you --to 'Priya Nair'\n\nStep 1",
        "STATUS": "CONFIRMED",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    } | {"UID": event.values["UID"]}
    assert event.parameters["DTSTART"] == "TZID=Europe/London"
    (alarm,) = event.all("VALARM")
    assert alarm.values == {
        "ACTION": "DISPLAY",
        "TRIGGER": "PT0S",
        "DESCRIPTION": "Thank-you to Priya Nair (Lumen Health)",
    }


def test_the_head_of_a_calendar():
    """No METHOD, which would ask for an organizer; the zone stands before the events."""
    calendar = read_ics(ics_bytes([(make_notes(), [due()])], STAMP))
    assert calendar.values == {
        "VERSION": "2.0",
        "PRODID": "-//followup-agent//reminders//EN",
        "CALSCALE": "GREGORIAN",
    }
    assert [part.name for part in calendar.parts] == ["VTIMEZONE", "VEVENT"]


@pytest.mark.parametrize(
    ("opens", "closes", "start"),
    [
        # In the window, not before it, and by day.
        ("2026-05-13T17:00", "2026-05-14T15:00", "20260513T170000"),
        ("2026-05-12T17:00", "2026-05-13T15:00", "20260513T090000"),
        ("2026-05-13T21:30", "2026-05-14T19:30", "20260514T090000"),
        ("2026-05-13T20:00", None, "20260514T090000"),
        # Rather in the evening than late.
        ("2026-05-13T22:00", "2026-05-14T08:00", "20260513T220000"),
        (dt.date(2026, 5, 13), dt.date(2026, 5, 14), "20260513T090000"),
        ("2026-05-13T21:00", dt.date(2026, 5, 13), "20260513T210000"),
        ("2026-05-13T21:00", dt.date(2026, 5, 14), "20260514T090000"),
    ],
)
def test_a_reminder_comes_by_day_and_in_the_window(opens, closes, start):
    """From nine in the morning to eight in the evening, unless that would be late."""
    when = [dt.datetime.fromisoformat(x) if isinstance(x, str) else x for x in (opens, closes)]
    (event,) = events(due(opens=when[0], closes=when[1]))
    assert event.values["DTSTART"] == start


def test_without_a_zone_times_are_the_readers():
    """Notes without a zone mean the machine's: floating time, and no VTIMEZONE."""
    calendar = read_ics(ics_bytes([(make_notes(timezone=None), [due()])], STAMP))
    assert [part.name for part in calendar.parts] == ["VEVENT"]
    assert calendar.parts[0].parameters["DTSTART"] == ""


def test_what_is_done_is_cancelled():
    """Importing a later plan silences the alarm of what was sent, answered or is over."""
    (event,) = events(due(status="done", send_on=None))
    assert event.values["STATUS"] == "CANCELLED"
    assert event.values["DTSTART"] == "20260512T090000"
    assert event.parts == []


def test_what_has_no_day_is_not_there():
    """A calendar without events still holds one component: a time zone."""
    calendar = read_ics(ics_bytes([(make_notes(), [due(status="blocked", send_on=None)])], STAMP))
    assert [part.name for part in calendar.parts] == ["VTIMEZONE"]
    assert read_ics(ics_bytes([], STAMP)).parts[0].values["TZID"] == "UTC"


def test_a_uid_lasts():
    """The same message has the same UID on another day, from another file, after an edit."""
    notes = make_notes()
    later = make_notes(source="moved.md", topics=["others"], interviewed="2026-05-12T16:00")
    assert uid(notes, due()) == uid(later, due(send_on=dt.date(2026, 6, 1), status="late"))
    decomposed = make_notes(company="Cafe\u0301"), make_notes(company="Caf\xe9")
    assert uid(decomposed[0], due()) == uid(decomposed[1], due())


@pytest.mark.parametrize(
    ("keys", "change"),
    [
        ({"candidate": "Dana Okafor"}, {}),
        ({"company": "Lumen"}, {}),
        ({"interviewed": "2026-05-13T14:00"}, {}),
        ({}, {"kind": Kind.REMINDER}),
        ({}, {"to": "Tom Becker"}),
    ],
)
def test_another_message_has_another_uid(keys, change):
    """Candidate, company, day, kind and person tell messages apart."""
    assert uid(make_notes(**keys), due(**change)) != uid(make_notes(), due())


def test_a_uid_shows_no_name():
    """What identifies a message cannot be read in its UID."""
    text = uid(make_notes(), due())
    assert len(text) == 36
    assert "priya" not in text


def test_a_later_run_has_a_higher_sequence():
    """Calendars keep the revision with the higher number."""
    numbers = [
        int(
            read_ics(ics_bytes([(make_notes(), [due()])], stamp))
            .all("VEVENT")[0]
            .values["SEQUENCE"]
        )
        for stamp in (
            dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
            STAMP,
            STAMP + dt.timedelta(minutes=1),
        )
    ]
    assert numbers[0] == 0
    assert numbers[2] == numbers[1] + 1


def test_notes_given_twice_count_once():
    """A UID stands in a calendar once, as first given."""
    pair = (make_notes(), [due()])
    again = (make_notes(), [due(send_on=dt.date(2026, 5, 14))])
    (event,) = read_ics(ics_bytes([pair, again], STAMP)).all("VEVENT")
    assert event.values["DTSTART"] == "20260513T090000"


def test_a_stamp_without_a_zone_is_a_mistake():
    """DTSTAMP is in UTC, which a naive time does not tell."""
    with pytest.raises(ValueError, match="time zone"):
        ics_bytes([], dt.datetime(2026, 5, 12))


def test_a_name_that_could_break_a_line_is_refused():
    """Names are checked again, whoever made the plan."""
    with pytest.raises(HeaderRefused, match="interviewer's name"):
        events(due(to="Priya\r\nATTENDEE:x"))
    with pytest.raises(HeaderRefused, match="the reason"):
        events(due(reason="a\x0bATTENDEE:x"))


def test_nobody_is_invited():
    """No attendee and no organizer: a calendar that had one would send mail."""
    ics = ics_bytes([(make_notes(), plan(make_notes(), ON))], STAMP)
    assert not {"ATTENDEE", "ORGANIZER", "METHOD"} & {
        line.split(":")[0].split(";")[0] for line in lines_of(ics)
    }


def test_a_whole_plan_of_several_zones():
    """Each zone is there once; each message with a day once."""
    notes = [
        make_notes(company=f"Company {n}", timezone=zone)
        for n, zone in enumerate(["Asia/Kolkata", "America/New_York", "Asia/Kolkata", None])
    ]
    plans = [(n, plan(n, ON)) for n in notes]
    calendar = read_ics(ics_bytes(plans, STAMP))
    zones = [part.values["TZID"] for part in calendar.all("VTIMEZONE")]
    assert zones == ["Asia/Kolkata", "America/New_York"]
    days = [d for _, dues in plans for d in dues if d.send_on]
    assert len(calendar.all("VEVENT")) == len(days)


def test_any_script_comes_back():
    """Names and companies of any script survive folding and escaping."""
    for seed in range(300):
        rng = random.Random(seed)
        notes = make_notes(
            company=phrase(rng, 20), interviewers=[name(rng)], source=f"{phrase(rng)}.md"
        )
        person = notes.interviewers[0].name
        (event,) = read_ics(ics_bytes([(notes, [due(to=person)])], STAMP)).all("VEVENT")
        assert event.values["SUMMARY"] == f"Thank-you to {person} ({notes.company})"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_escaping_and_folding_lose_nothing(text):
    """A folded line is the line again, and no piece passes 75 octets or splits a character."""
    assert unescaped(escaped(text)) == text
    line = folded(escaped(text))
    assert line.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == escaped(text)
    for piece in line.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(piece.decode().encode()) <= 75
