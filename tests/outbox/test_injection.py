"""Nothing in names, subjects, roles, companies or file names becomes a header or property."""

from __future__ import annotations

import contextlib
import datetime as dt
import email
import email.errors
import email.policy
import functools
import random
import re
import sys
from urllib.parse import parse_qsl, urlsplit

import pytest
from deliverable import make_draft, make_notes, word
from mail_reader import check_octets, headers_of

from followup_agent.errors import CallerError
from followup_agent.notes.model import Candidate, Interviewer
from followup_agent.outbox.calendar import ics_bytes
from followup_agent.outbox.eml import eml_bytes
from followup_agent.outbox.files import slug
from followup_agent.outbox.mailto import mailto_url
from followup_agent.records import Recipient
from followup_agent.schedule import plan

COUNT = 5000
STAMP = dt.datetime(2026, 5, 12, 18, tzinfo=dt.UTC)
_BREAKS = ["\r\n", "\n", "\r", "\0", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\ud800"]
_HIDDEN = [
    "=?utf-8?q?{0}=0A{1}?=",
    "=?utf-8?q?{0}=0D=0A{1}?=",
    "=?UTF-8?Q?{0}=0a{1}?=",
    "=?us-ascii?q?=0A{1}?= =?us-ascii?q?=0A?=",
    "=?utf-8?b?Cg==?={1}",
    "=?utf-8*en?q?=0D=0A_{1}?=",
    "=?iso-2022-jp?b?DQo=?=\t{1}",
]
_PLAIN = [
    "%0A{1}",
    "%0d%0a{1}",
    "\\n{1}",
    "\\r\\n{1}",
    "&#10;{1}",
    "\\u000a{1}",
    "；{1}",
    "\u202e{1}",
]
_LINES = [
    "Bcc: evil@evil.example",
    "To: evil@evil.example",
    "X-Evil: 1",
    "Content-Type: text/html",
    " ",
    "ATTENDEE:mailto:evil@evil.example",
    "ORGANIZER:mailto:evil@evil.example",
    "BEGIN:VALARM",
    "END:VEVENT",
    "ACTION:EMAIL",
    "ATTACH:file:///etc/passwd",
]
_HEADERS = ["X-Unsent", "From", "To", "Subject", "MIME-Version", "Content-Type"]
_HEADERS += ["Content-Transfer-Encoding"]
_PROPERTIES = set(
    "BEGIN END VERSION PRODID CALSCALE TZID DTSTART TZOFFSETFROM TZOFFSETTO TZNAME UID DTSTAMP "
    "SEQUENCE DTEND SUMMARY DESCRIPTION STATUS CLASS TRANSP ACTION TRIGGER".split()
)
FIELDS = ("interviewer", "candidate", "subject", "role", "company", "email", "source")


def injection(rng: random.Random) -> str:
    """A text that tries to begin a line of its own."""
    line = rng.choice(_LINES)
    before, after = word(rng), word(rng)
    style = rng.randrange(3)
    if style == 0:
        attempt = rng.choice(_BREAKS) * rng.randint(1, 3) + line
    else:
        pattern = rng.choice(_HIDDEN if style == 1 else _PLAIN)
        attempt = pattern.replace("{0}", before).replace("{1}", line.replace(" ", "_"))
    return f"{before}{attempt}{after if rng.random() < 0.5 else ''}"


def poisoned(field: str, text: str):
    """A draft and notes with the text in one place, as no parser of ours let it in."""
    notes = make_notes()
    subject = f"Thank you, {notes.role}"
    if field == "interviewer":
        person = Interviewer.model_construct(**{**notes.interviewers[0].model_dump(), "name": text})
        notes = notes.model_copy(update={"interviewers": (person,)})
    elif field == "email":
        person = Interviewer.model_construct(
            **{**notes.interviewers[0].model_dump(), "email": f"{text}@lumen.example"}
        )
        notes = notes.model_copy(update={"interviewers": (person,)})
    elif field == "candidate":
        candidate = Candidate.model_construct(**{**notes.candidate.model_dump(), "name": text})
        notes = notes.model_copy(update={"candidate": candidate})
    elif field in {"role", "company"}:
        notes = notes.model_copy(update={field: text})
        subject = f"Thank you, {text}"
    elif field == "source":
        notes = notes.model_copy(update={"source": f"{text}.md"})
    else:
        subject = text
    person = notes.interviewers[0]
    to = Recipient.model_construct(name=person.name, email=person.email)
    return make_draft().model_copy(update={"to": to, "subject": subject}), notes


@functools.cache
def check_mail(eml: bytes) -> None:
    check_octets(eml)
    assert [name for name, _ in headers_of(eml)] == _HEADERS
    mail = email.message_from_bytes(eml, policy=email.policy.default)
    assert mail.keys() == _HEADERS
    # What 3.11.7 writes when it folds the parsed mail again: the way that CVE-2024-6923 went.
    again = email.message_from_bytes(mail.as_bytes(policy=email.policy.SMTP))
    assert again.keys() == _HEADERS
    assert len(mail["To"].addresses) == 1


@functools.cache
def check_calendar(ics: bytes) -> None:
    text = ics.decode()
    assert not re.search(r"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x85\u2028\u2029]", text)
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert {re.match(r"[A-Z-]*", line)[0] for line in lines} <= _PROPERTIES
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
    assert lines.count("BEGIN:VALARM") == lines.count("ACTION:DISPLAY")


@functools.cache
def check_link(url: str) -> None:
    parts = urlsplit(url)
    assert re.fullmatch(r"[!-~]+", url)
    assert [key for key, _ in parse_qsl(parts.query)] == ["subject", "body"]
    assert re.fullmatch(r"[^?&,]*", parts.path)


@pytest.mark.parametrize("field", FIELDS)
def test_none_of_5000_injections_gets_through(field):
    """Each is refused by name, or stands as text in the one place where it was."""
    rng = random.Random(field)
    each = -(-COUNT // len(FIELDS))
    refused = 0
    for _ in range(each):
        text = injection(rng)
        draft, notes = poisoned(field, text)
        outcomes = []
        for deliver, check in (
            (lambda d=draft, n=notes: eml_bytes(d, n), check_mail),
            (lambda d=draft, n=notes: mailto_url(d, n), check_link),
            (lambda n=notes: ics_bytes([(n, plan(n, n.interview_date))], STAMP), check_calendar),
        ):
            with contextlib.suppress(CallerError):
                check(deliver())
                outcomes.append(check)
        refused += len(outcomes) < 3
        if any(c in text for c in _BREAKS) or "=?" in text:
            # A file's name is in no mail; in a calendar a line break in it stands as \\n.
            assert check_mail not in outcomes or field == "source", text
        assert re.fullmatch(r"[\w-]+", slug(text), re.UNICODE)
        assert not re.search(r"[\x00-\x1f\x85\u2028\u2029/\\]", slug(text))
    assert refused > each / 10


def test_what_is_guarded_against_is_real():
    """The library alone makes a header of a subject's hidden line break in 3.11.7 (CVE-2024-6923)."""
    message = email.message.EmailMessage()
    message["Subject"] = "=?utf-8?q?a=0ABcc:_evil@evil.example?="
    try:
        found = email.message_from_bytes(message.as_bytes()).keys()
    except (ValueError, email.errors.MessageError):
        found = ["Subject"]
    assert (found == ["Subject", "Bcc"]) == (sys.version_info < (3, 11, 10))
