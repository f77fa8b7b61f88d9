"""Check a message that is there already: free text, an e-mail file, or a draft."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import re
from collections.abc import Mapping
from email.errors import MessageError as EmailError
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from followup_agent.errors import MessageError
from followup_agent.guide.case import Case
from followup_agent.guide.judge import Report, judge
from followup_agent.guide.kind import detect_kind
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import Source, Violation
from followup_agent.guide.roles import Role
from followup_agent.guide.topics import topics_in
from followup_agent.kinds import Kind, kind_of
from followup_agent.names import fold, match_person
from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.records import Draft, Recipient
from followup_agent.schedule.clock import local_day, zone_of

#: Longest message that is read, in bytes: some 40,000 words, far over any real one.
MAX_BYTES = 256 * 1024

_JSON = re.compile(r"\s*\{\s*[\"}]")
_PART_OF: dict[Role, Part] = {role: Part(role.value) for role in Role if role is not Role.PRESSURE}


class CheckReport(BaseModel):
    """What the guide says of a message.

    Attributes:
        text: The text that was read; spans are code points of it.
        parts: The words found for each part of the kind.
        passed: Ids of the rules that found nothing wrong.
        unchecked: Ids of the rules that could not be applied, for want of notes.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    to: Recipient | None
    subject: str | None
    body: str
    parts: dict[str, str]
    valid: bool
    violations: tuple[Violation, ...]
    sources: tuple[Source, ...]
    passed: tuple[str, ...]
    unchecked: tuple[str, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The object that ``--format json`` prints."""
        return self.model_dump(mode="json")


def check_message(
    message: str | Path | Mapping[str, Any] | Composition | Draft,
    *,
    notes: InterviewNotes | None,
    kind: Kind | str | None,
    to: str | None,
    today: dt.date | None,
    siblings: tuple[str, ...],
    proofread: bool,
    paid_linkedin: bool,
) -> CheckReport:
    """See `followup_agent.check`."""
    if isinstance(message, Path):
        message = read_message(message.name, _bytes_of(message))
    if today is not None:
        today = local_day(today, zone_of(notes) if notes else None)
    text = message_text(message)
    reading = Reading.of(text)
    chosen = _kind(kind, message) or detect_kind(reading, notes, today)
    person = _recipient(reading, notes, to)
    case = Case(
        reading=reading,
        kind=chosen,
        notes=notes,
        to=person,
        today=today,
        siblings=siblings,
        paid_linkedin=paid_linkedin,
        proofread=proofread,
    )
    return _report(case, judge(case))


def message_text(message: str | Mapping[str, Any] | Composition | Draft) -> str:
    """The text to read, whatever the message came as.

    Raises:
        MessageError: It cannot be read, is too large, or lacks its structure.
    """
    if isinstance(message, Composition | Draft):
        return message.text
    if isinstance(message, Mapping):
        return _structured(message)
    if len(message) > MAX_BYTES:
        raise MessageError(
            f"the message has {len(message)} characters; at most {MAX_BYTES} are read"
        )
    if not message.strip():
        raise MessageError("the message is empty")
    return message


def read_message(name: str, data: bytes) -> str | Mapping[str, Any]:
    """Decode a message file: plain text, ``.eml``, or the JSON of a draft.

    Raises:
        MessageError: It cannot be read, is too large, or is empty.
    """
    if len(data) > MAX_BYTES:
        kib = MAX_BYTES // 1024
        raise MessageError(f"{name}: larger than {kib} KiB; keep one message in a file")
    if name.lower().endswith(".eml"):
        return _email_text(name, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise MessageError(
            f"{name}: byte {exc.start} is not UTF-8; save the file as UTF-8"
        ) from exc
    if "\0" in text:
        raise MessageError(f"{name}: this is not a text file")
    if not text.strip():
        raise MessageError(f"{name}: the message is empty")
    # A text may begin with a placeholder: {Greeting}
    return _json_object(name, text) if _JSON.match(text) else text


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as exc:
        raise MessageError(f"{path}: {exc.strerror or exc}") from exc


def _json_object(name: str, text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise MessageError(f"{name}: it begins like JSON and is not: {exc}") from exc
    message: Mapping[str, Any] = data  # it begins with a brace
    return message


def _structured(data: Mapping[str, Any]) -> str:
    """``{"subject": …, "body": …}``, or ``{"kind": …, "parts": {…}}``."""
    subject, body, parts = data.get("subject"), data.get("body"), data.get("parts")
    if isinstance(body, str) and isinstance(subject, str | None):
        return body if subject is None else f"Subject: {_one_line(subject)}\n\n{body}"
    if isinstance(parts, Mapping) and "kind" in data:
        known = {part.value: part for part in Part}
        words = {known[k]: v for k, v in parts.items() if k in known and isinstance(v, str)}
        kind = _kind(str(data["kind"]), data)
        if kind is not None:
            return Composition(kind, words).text
    raise MessageError(
        'a structured message has a text "body" (and "subject"), or its "kind" and "parts"'
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _email_text(name: str, data: bytes) -> str:
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        body = mail.get_body(preferencelist=("plain",))
        text = body.get_content() if body is not None else None
        subject = mail["subject"]
    except (EmailError, LookupError, ValueError, AttributeError, TypeError) as exc:
        raise MessageError(f"{name}: not a readable e-mail file: {exc}") from exc
    if not isinstance(text, str) or not text.strip():
        raise MessageError(f"{name}: the e-mail has no plain-text body")
    return text if subject is None else f"Subject: {_one_line(str(subject))}\n\n{text}"


def _kind(kind: Kind | str | None, message: object) -> Kind | None:
    """The kind that is asked for, else the one that the message says it is."""
    wanted = None if kind is None else kind_of(kind)
    if wanted is None and isinstance(message, Composition | Draft):
        return message.kind
    said = message.get("kind") if wanted is None and isinstance(message, Mapping) else None
    return wanted if said is None else kind_of(said)


def _recipient(
    reading: Reading, notes: InterviewNotes | None, to: str | None
) -> Interviewer | None:
    """The interviewer that is named, the only one there is, or the one who is greeted."""
    if notes is None:
        return Interviewer(name=to) if to else None
    if to is not None:
        return match_person(to, notes.interviewers, notes.source)
    if len(notes.interviewers) == 1:
        return notes.interviewers[0]
    greeting = set(fold(reading.words(reading.greeting)).replace(",", " ").split())
    scores = [
        (len(greeting & set(fold(f"{p.name} {p.preferred or ''}").split())), p)
        for p in notes.interviewers
    ]
    best = max(score for score, _ in scores)
    found = [person for score, person in scores if score == best]
    return found[0] if best and len(found) == 1 else None


def _report(case: Case, report: Report) -> CheckReport:
    reading = case.reading
    start = reading.greeting[0] if reading.greeting else _body_start(reading)
    return CheckReport(
        kind=case.kind,
        to=Recipient(name=case.to.name, email=case.to.email) if case.to else None,
        subject=reading.words(reading.subject) if reading.subject else None,
        body=reading.text[start:].strip(),
        parts=_found_parts(case),
        valid=report.valid,
        violations=report.violations,
        sources=report.sources,
        passed=report.passed,
        unchecked=report.unchecked,
        text=reading.text,
    )


def _body_start(reading: Reading) -> int:
    spans = [s.span for s in reading.sentences] + [reading.closing, reading.signature]
    return min((span[0] for span in spans if span), default=0)


def _found_parts(case: Case) -> dict[str, str]:
    """The words that were recognised for each part of the kind."""
    reading = case.reading
    found = {
        Part.SUBJECT: reading.words(reading.subject),
        Part.GREETING: reading.words(reading.greeting),
        Part.CLOSING: "\n".join(
            filter(None, (reading.words(reading.closing), reading.words(reading.signature)))
        ),
    }
    for sentence, roles in zip(reading.sentences, case.roles, strict=True):
        for role in roles:
            if (part := _PART_OF.get(role)) is not None:
                found[part] = f"{found.get(part, '')} {sentence.text}".strip()
    if case.notes is not None:
        taken_up = dict.fromkeys(s.text for _, s in topics_in(case.notes, reading.sentences))
        found[Part.KEY_POINTS] = " ".join(taken_up)
    return {part.value: found[part] for part in LAYOUTS[case.kind].parts if found.get(part)}
