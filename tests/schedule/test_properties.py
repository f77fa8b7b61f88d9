"""What holds for every interview, in any year, zone and country."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_agent.errors import NotesError, NothingDue
from followup_agent.notes.model import Interviewer, InterviewNotes, LogEntry
from followup_agent.schedule import Choice, Due, choose, contradictions, plan
from followup_agent.schedule.business_days import is_business_day

ZONES = [
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
    "UTC",
]
KINDS = ["thank-you", "reminder", "status", "value-add", "linkedin", "keep-in-touch"]
EVENTS = ["sent", "reply", "offer", "rejected", "withdrawn", "note"]
PEOPLE = ["Priya Nair", "Tom Becker"]
START = dt.date(2002, 1, 1)
LEAP = st.sampled_from([dt.date(y, 2, 29) for y in range(2004, 2035, 4)])
DAYS = st.dates(START, dt.date(2034, 10, 1)) | LEAP
HOUR = dt.timedelta(hours=1)


@st.composite
def entries(draw: st.DrawFn, held: dt.date, first: int = -3):
    """A Log line around the interview."""
    event = draw(st.sampled_from(EVENTS))
    kind = draw(st.sampled_from(KINDS)) if event == "sent" else None
    on = held + dt.timedelta(days=draw(st.integers(first, 40)))
    return {
        "on": on,
        "event": event,
        "kind": kind,
        "person": draw(st.sampled_from([*PEOPLE, "Lena Fischer", None])),
    }


@st.composite
def interviews(draw: st.DrawFn, first: int = -3, events: int = 6) -> InterviewNotes:
    """An interview of two people, with a Log that may make no sense."""
    held = draw(DAYS)
    at = draw(st.none() | st.times())
    wait = draw(st.none() | st.integers(0, 40))
    return InterviewNotes.model_validate(
        {
            "candidate": {"name": "Daniel Okafor"},
            "company": "Lumen Health",
            "role": "Engineer",
            "interviewed": dt.datetime.combine(held, at) if at else held,
            "timezone": draw(st.none() | st.sampled_from(ZONES)),
            "country": draw(st.sampled_from([None, "GB", "US", "IN", "IL", "CN", "ZZ"])),
            "interviewers": PEOPLE,
            "topics": ["services"],
            "decision_by": None if wait is None else held + dt.timedelta(days=wait),
            "resources": draw(
                st.sampled_from([[], [{"title": "Outbox", "url": "https://example.org/o"}]])
            ),
            "log": draw(st.lists(entries(held, first), max_size=events)),
        }
    )


@st.composite
def asked(draw: st.DrawFn, notes: InterviewNotes) -> dt.date:
    """Some day or moment around the interview."""
    day = notes.interview_date + dt.timedelta(days=draw(st.integers(-5, 60)))
    at = draw(st.none() | st.times())
    zone = draw(st.none() | st.sampled_from(ZONES))
    return dt.datetime.combine(day, at, ZoneInfo(zone) if zone else None) if at else day


def attempt(
    notes: InterviewNotes, today: dt.date, person: Interviewer
) -> Choice | NothingDue | NotesError:
    """The choice, or why there is none."""
    try:
        return choose(notes, today, person)
    except (NothingDue, NotesError) as exc:
        return exc


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_plan_is_whole_and_sound(data: st.DataObject):
    """Every person has every kind; windows, days to send and reasons agree with the status."""
    notes = data.draw(interviews())
    today = data.draw(asked(notes))
    dues = plan(notes, today)
    assert len({(d.kind, d.to) for d in dues}) == len(dues) >= 10
    for due in dues:
        assert due.reason.endswith(".")
        assert Due.model_validate_json(due.model_dump_json()) == due
        if due.status in {"done", "blocked"}:
            assert due.opens is due.closes is due.send_on is None
        elif due.opens and due.closes:
            assert type(due.opens) is type(due.closes)
            assert due.opens <= due.closes
        if due.status in {"due", "late"}:
            assert due.send_on is not None
        if due.kind in {"reminder", "status", "value-add"} and due.send_on:
            assert is_business_day(due.send_on, notes.country)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_choice_is_of_the_plan(data: st.DataObject):
    """What is chosen is due or late, or a thank-you; else the next day is ahead."""
    notes = data.draw(interviews(first=0))
    today = data.draw(asked(notes))
    day = today.date() if isinstance(today, dt.datetime) else today
    for person in notes.interviewers:
        own = [d for d in plan(notes, today) if d.to == person.name]
        pressing = [d for d in own if d.status in {"due", "late"}]
        result = attempt(notes, today, person)
        if isinstance(result, NotesError):
            assert set(map(str, result.faults)) <= set(contradictions(notes, today))
            assert {d.status for d in own} == {"blocked"}
        elif isinstance(result, NothingDue):
            assert not pressing
            # A day in the interview's zone: the one before, at the date line, at most.
            assert result.next_on is None or result.next_on >= day - dt.timedelta(days=1)
        else:
            assert result.due in pressing or (result.due in own and result.kind == "thank-you")
            sent = [
                e for e in notes.log if e.kind == result.kind and e.person in {person.name, None}
            ]
            assert len(sent) < (2 if result.kind == "reminder" else 1)


@given(interviews(events=0))
@settings(max_examples=100, deadline=None)
def test_the_hours_of_a_thank_you_are_real(notes: InterviewNotes):
    """22 hours lie between opening and closing, whatever the clocks do in between."""
    (due, *_) = [d for d in plan(notes, notes.interview_date) if d.kind == "thank-you"]
    if isinstance(notes.interviewed, dt.datetime):
        assert isinstance(due.opens, dt.datetime)
        assert isinstance(due.closes, dt.datetime)
        assert due.closes.timestamp() - due.opens.timestamp() == 22 * 3600
        assert due.opens.tzinfo is not None
    else:
        assert (due.closes - due.opens).days == 1


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_reminders_keep_their_distance(data: st.DataObject):
    """Sending whenever the plan says due makes two reminders, 7 days apart, on business days."""
    notes = data.draw(interviews(events=0))
    name = PEOPLE[0]
    held = notes.interview_date
    sent: list[dt.date] = []
    log = [LogEntry(on=held, event="sent", kind="thank-you", person=name)]
    for n in range(45):
        today = held + dt.timedelta(days=n)
        now = notes.model_copy(update={"log": tuple(log)})
        (due,) = [d for d in plan(now, today) if (d.kind, d.to) == ("reminder", name)]
        if due.status == "due" and data.draw(st.booleans()):
            sent.append(today)
            log.append(LogEntry(on=today, event="sent", kind="reminder", person=name))
    assert len(sent) <= 2
    assert all(is_business_day(day, notes.country) for day in sent)
    gaps = [b - a for a, b in zip([held, *sent], sent, strict=False)]
    assert all(gap.days >= 7 for gap in gaps)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_log_does_not_matter(data: st.DataObject):
    """The dates count, not the lines."""
    notes = data.draw(interviews(first=0))
    today = data.draw(asked(notes))
    if contradictions(notes, today):
        return
    shuffled = data.draw(st.permutations(notes.log))
    again = notes.model_copy(update={"log": tuple(shuffled)})
    assert plan(again, today) == plan(notes, today)


@given(interviews(events=0), st.integers(0, 30))
@settings(max_examples=100, deadline=None)
def test_time_only_moves_a_window_on(notes: InterviewNotes, days: int):
    """With the same notes nothing goes back from late to due, or from due to not yet."""
    rank = {"not yet": 0, "due": 1, "late": 2, "done": 3, "blocked": 4}
    before = notes.interview_date + dt.timedelta(days=days)
    for earlier in plan(notes, before):
        for later in plan(notes, before + dt.timedelta(days=1)):
            same = (earlier.kind, earlier.to) == (later.kind, later.to)
            # A reminder pauses on weekends and holidays.
            if same and earlier.kind != "reminder":
                assert rank[later.status] >= rank[earlier.status]
