"""Lines of the Log."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.kinds import Kind
from followup_agent.notes import Event, load_notes
from followup_agent.notes.log import parse_kind, parse_log_line


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        *((p, Kind.THANK_YOU) for p in ("thank-you", "Thank you", "thankyou note", "thanks")),
        *((p, Kind.THANK_YOU) for p in ("a thank-you e-mail", "THANK YOU message", "my thank you")),
        *((p, Kind.REMINDER) for p in ("reminder", "second reminder", "nudge")),
        *((p, Kind.STATUS) for p in ("status", "status check", "Status-check", "status update")),
        *((p, Kind.VALUE_ADD) for p in ("value-add", "value add", "valueadd", "article")),
        *((p, Kind.LINKEDIN) for p in ("LinkedIn", "LinkedIn request", "connection request")),
        *((p, Kind.KEEP_IN_TOUCH) for p in ("keep-in-touch", "keep in touch note")),
        *((p, None) for p in ("", "note", "cv", "thank", "follow-up")),
    ],
)
def test_kind(phrase, kind):
    """A kind is known however people spell it."""
    assert parse_kind(phrase) is kind


@pytest.mark.parametrize(
    ("words", "event", "kind", "person"),
    [
        ("sent thank-you to Priya Nair", "sent", "thank-you", "Priya Nair"),
        ("Sent a thank you e-mail to priya (by mail)", "sent", "thank-you", "Priya Nair"),
        ("sent: LinkedIn request to Tom.", "sent", "linkedin", "Tom Becker"),
        ("sent status check to Lena Fischer about the date", "sent", "status", "Lena Fischer"),
        ("sent value add: the article", "sent", "value-add", None),
        ("sent reminder", "sent", "reminder", None),
        ("reply from Ms Nair: on holiday", "reply", None, "Priya Nair"),
        ("replied by Tom", "reply", None, "Tom Becker"),
        ("Reply", "reply", None, None),
        ("rejected", "rejected", None, None),
        ("rejected by Priya", "rejected", None, "Priya Nair"),
        ("rejected by e-mail", "rejected", None, None),
        ("rejection from Lena Fischer, HR", "rejected", None, "Lena Fischer"),
        ("no thanks", "rejected", None, None),
        ("closed (rejected)", "rejected", None, None),
        ("closed: offer", "offer", None, None),
        ("Closed — withdrawn", "withdrawn", None, None),
        ("offer", "offer", None, None),
        ("offer from Lena Fischer", "offer", None, "Lena Fischer"),
        ("offer declined", "withdrawn", None, None),
        ("withdrew", "withdrawn", None, None),
        ("called the office", "note", None, None),
        ("offers a nice view", "note", None, None),
        ("sentimental talk", "note", None, None),
        ("rejected-candidates list read", "note", None, None),
    ],
)
@pytest.mark.parametrize("start", ["2026-05-12 ", "2026-05-12: ", "2026-05-12T09:30 — "])
def test_line(small, start, words, event, kind, person):
    """A line's event, kind and person are read, and its words are kept."""
    (entry,) = load_notes(f"{small}## Log\n- {start}{words}\n").log
    assert (entry.on, entry.event, entry.kind) == (dt.date(2026, 5, 12), event, kind)
    assert (entry.person, entry.text, entry.line) == (person, words.strip(), 13)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sent thank-you to Tom", "does not begin with its date; write `2026-05-12 sent"),
        ("12 May 2026 offer", "does not begin with its date"),
        ("2026-05-12", "a date with nothing after it"),
        ("2026-02-30 offer", "2026-02-30 does not exist; February 2026 has 28 days"),
        ("2026-05-12 sent thnk-you to Tom", "write `2026-05-12 sent thank-you to NAME`"),
        ("2026-05-12 sent remindr to Tom", "write `2026-05-12 sent reminder to NAME`"),
        ("2026-05-12 sent my CV", "one of the kinds thank-you, reminder, status,"),
        ("2026-05-12 sent to Tom", "one of the kinds"),
        ("2026-05-12 reply Tom", "write `2026-05-20 reply from NAME`"),
        ("2026-05-12 closed", "`closed (rejected)`, `closed (offer)` or `closed (withdrawn)`"),
    ],
)
def test_faults(small, faults, line, expected):
    """A line that cannot be read is a fault with the forms that can."""
    (found,) = faults(f"{small}## Log\n- {line}\n")
    assert found.startswith("13: Log ")
    assert expected in found


def test_as_mapping(mapping, faults):
    """In a document an entry may be a group of keys, spelled as leniently."""
    mapping["log"] = [{"on": "2026-05-12", "event": "Sent", "kind": "Thank you", "person": "tom"}]
    (entry,) = load_notes(mapping).log
    assert (entry.event, entry.kind, entry.person) == (Event.SENT, Kind.THANK_YOU, "Tom Becker")
    mapping["log"] = {"on": "yesterday", "event": "snet", "kind": "thx", "text": " a \n b "}
    assert faults(mapping) == [
        "None: `log.0.on` must be a date as 2026-05-12",
        "None: `log.0.event` must be sent, reply, offer, rejected, withdrawn or note; "
        "did you mean `sent`?",
        "None: `log.0.kind` must be thank-you, reminder, status, value-add, linkedin or "
        "keep-in-touch",
    ]
    mapping["log"] = {"on": "2026-05-12", "event": "note", "kind": None, "text": " a \n b "}
    assert load_notes(mapping).log[0].text == "a b"


def test_parse_is_plain():
    """The parser of a line gives what `LogEntry` takes."""
    assert parse_log_line("2026-05-12  offer") == {
        "on": dt.date(2026, 5, 12),
        "text": "offer",
        "event": "offer",
    }
