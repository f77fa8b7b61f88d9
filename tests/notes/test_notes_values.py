"""Single values: dates, links, addresses, names, and what is said when one is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.notes import InterviewNotes, load_notes
from followup_agent.notes.resources import parse_resource


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-05-12", dt.date(2026, 5, 12)),
        (" 2026-5-2 ", dt.date(2026, 5, 2)),
        ("2026-05-12T14:00", dt.datetime(2026, 5, 12, 14)),
        ("2026-05-12 9:05", dt.datetime(2026, 5, 12, 9, 5)),
        ("2026-05-12t14:00:30.25", dt.datetime(2026, 5, 12, 14, 0, 30)),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 12)),
        (dt.datetime(2026, 5, 12, 14), dt.datetime(2026, 5, 12, 14)),
    ],
)
def test_interviewed(mapping, written, read):
    """The interview is a date, or a date and time in the zone of the notes."""
    notes = load_notes(mapping | {"interviewed": written})
    assert notes.interviewed == read
    assert type(notes.interviewed) is type(read)
    assert type(notes.interview_date) is dt.date


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("2026-02-30", "2026-02-30 does not exist; February 2026 has 28 days"),
        ("2026-13-01", "2026-13-01 does not exist; months are 01 to 12, after the year"),
        ("0000-01-01", "0000-01-01 does not exist; write the year with four digits"),
        ("2026-05-12T25:00", "holds 25:00, which is no time of day; write 00:00 to 23:59"),
        ("2026-05-12 2pm", "has no time after its date that can be read"),
        ("2026-05-12T14:00 sharp", "has no time after its date that can be read"),
        ("2026-05-12T14:00Z", "must not carry an offset; name the zone under `timezone:`"),
        ("2026-05-12T14:00+01:00", "must not carry an offset"),
        (dt.datetime(2026, 5, 12, tzinfo=dt.UTC), "must not carry an offset"),
        ("12 May 2026", "must be a date, or a date and time, as 2026-05-12 or 2026-05-12T14:00"),
        ("20260512", "must be a date, or a date and time"),
        ("2026-05-123", "must be a date, or a date and time"),
        (1778544000, "must be a date, or a date and time"),
        (True, "must be a date, or a date and time"),
        ("9" * 5000, "must be a date, or a date and time"),
    ],
)
def test_interviewed_faults(mapping, faults, written, complaint):
    """A date that is none, or does not exist, says how to write it."""
    (found,) = faults(mapping | {"interviewed": written})
    assert f"`interviewed` {complaint}" in found or complaint in found


def test_decision_by(mapping, faults):
    """The decision is a date, never before the interview; a time of day is dropped."""
    for written in ("2026-05-26", "2026-05-26T10:00", dt.date(2026, 5, 26)):
        assert load_notes(mapping | {"decision_by": written}).decision_by == dt.date(2026, 5, 26)
    at = dt.datetime(2026, 5, 26, 10)
    assert load_notes(mapping | {"decision_by": at}).decision_by == dt.date(2026, 5, 26)
    assert "before the interview" in faults(mapping | {"decision_by": "2026-05-11"})[0]
    assert "must be a date as" in faults(mapping | {"decision_by": "2026-05-26 or so"})[0]
    assert len(faults(mapping | {"decision_by": "2026-05-26", "interviewed": "x"})) == 1


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("country", "GBR", "is not a two-letter country code such as GB or US"),
        ("timezone", "Europe/Lodnon", "did you mean `Europe/London`?"),
        ("timezone", "../etc/passwd", "write one such as Europe/London"),
        ("timezone", "Europe", "is not an IANA time zone"),
        ("tone", "Warmish", "must be formal, neutral or warm; did you mean `warm`?"),
        ("tone", ["warm"], "must be formal, neutral or warm"),
        ("company", "x" * 501, "is longer than 500 characters; shorten it"),
        ("company", "a\tb", "holds a control character (U+0009); remove it"),
        ("company", "a\ud800", "must be text without halves of characters"),
        ("company", 3, "must be text, not a number; put it in quotes"),
        ("company", True, "must be text, not true or false"),
        ("company", ["x"], "must be text, not a list; write one value after the key"),
        ("company", {"a": "x"}, "must be text, not a group of keys"),
        ("company", " ", "is missing; write `company: Lumen Health`"),
        ("candidate", ["x"], "must be a group of keys such as `name`, not a list"),
        ("candidate", {"name": "A", "email": "a@b"}, "`candidate.email` is not an e-mail address"),
        ("candidate", {"name": "A", "linkedin": "x.org"}, "is not a link that starts with https"),
        ("candidate", {"name": "A", "linkedin": "https://["}, "is not a link"),
        ("candidate", {"name": "A <a@b.org>"}, "put the address under `email:`"),
        ("interviewers", "Priya Nair and Tom Becker", "holds more than one name"),
        ("interviewers", [], "is empty; write `interviewers:`"),
        ("interviewers", [{"name": "A", "titel": "B"}], "did you mean `title`?"),
        ("interviewers", [{"preferred": "A"}], "`interviewers.0.name` is missing"),
        ("interviewers", 5, "must be a list, not a number"),
        ("topics", [{"text": "x", "line": 3}], "unknown key `line`"),
        ("topics", ["\x1b[31m"], "holds a control character (U+001B)"),
        ("topics", ["x\ud800"], "`topics.0.text` must be text without halves of characters"),
        ("resources", ["a book"], "has no link; write `[title](https://…) — note`"),
        ("resources", ["[a](b"], "has a link without its closing parenthesis"),
        ("resources", ["[a](ftp://x.org)"], "is not a link that starts with https"),
        ("resources", [5], "must be a group of keys"),
    ],
)
def test_wrong_value(mapping, faults, key, value, complaint):
    """A wrong value is one fault that names its path and the mend."""
    (found,) = faults(mapping | {key: value})
    assert complaint in found


@pytest.mark.parametrize(
    ("text", "title", "url", "note"),
    [
        ("[T](https://x.org/a) — why", "T", "https://x.org/a", "why"),
        ("[T](https://x.org/a) - why", "T", "https://x.org/a", "why"),
        ("[T](https://x.org/a): why: so", "T", "https://x.org/a", "why: so"),
        ('[T [2]](<https://x.org/a_(b)> "tip") – why', "T [2]", "https://x.org/a_(b)", "why"),
        ("[](https://x.org)", "https://x.org", "https://x.org", None),
        ("https://x.org/a", "https://x.org/a", "https://x.org/a", None),
        ("<https://x.org/a> — why", "https://x.org/a", "https://x.org/a", "why"),
        ("https://x.org/a_(b), why", "https://x.org/a_(b)", "https://x.org/a_(b)", "why"),
        ("A talk: HTTPS://x.org/a.", "A talk", "HTTPS://x.org/a", None),
        ("A talk (https://x.org/a) — why", "A talk", "https://x.org/a", "why"),
    ],
)
def test_resource(text, title, url, note):
    """A resource is a Markdown link or a bare one, before or after its words."""
    expected = {"title": title, "url": url} | ({"note": note} if note else {})
    assert parse_resource(text) == expected


def test_round_trip(mapping):
    """What is dumped can be loaded again, from Python and from JSON, to the same notes."""
    mapping |= {
        "interviewed": "2026-05-12T14:00",
        "log": ["2026-05-13 sent thank-you to Tom", "2026-05-14 called"],
        "links": "- [T](https://x.org) — why",
        "tone": "WARM",
        "country": "gb",
        "timezone": "Europe/London",
        "decision_by": "2026-05-20",
    }
    notes = load_notes(mapping)
    assert notes.country == "GB"
    assert load_notes(notes.model_dump()) == notes
    assert load_notes(notes.model_dump_json()).model_dump() == notes.model_dump()
    assert InterviewNotes.model_validate(notes.model_dump()) == notes
    assert load_notes(notes) is notes


def test_direct():
    """The model needs no parser: a text in a list's place is split as a section is."""
    notes = InterviewNotes.model_validate(
        {
            "candidate": "A",
            "company": "B",
            "role": "C",
            "interviewed": "2026-05-12",
            "interviewers": "Priya Nair",
            "topics": "- Priya: one\n- two",
            "needs": {"text": "calm"},
            "private": "four secret words here",
        }
    )
    assert [(item.text, item.by) for item in notes.topics] == [("one", "Priya Nair"), ("two", None)]
    assert list(notes.private.leaks("four secret words here"))
    assert notes.tone_for(notes.interviewers[0]) == "neutral"
    assert {fact.line for fact in notes.facts} == {None}
