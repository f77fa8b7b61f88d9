"""The notes of one interview, as one frozen pydantic model.

Markdown, YAML, JSON and Python mappings all end here (`parse.py`). Every value
remembers the line it came from, so that each fact of a message can be traced.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from followup_agent.kinds import Kind
from followup_agent.notes.private import PrivateFingerprint


def _single_line(value: str) -> str:
    """Refuse control characters: names and addresses end up in mail headers."""
    for char in value:
        if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}:
            raise ValueError(f"holds a control character (U+{ord(char):04X}); remove it")
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(_single_line),
]
_EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\].]+")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("is not an e-mail address like name@example.org")
    return value


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError("is not a link that starts with https:// or http://")
    return value


Email = Annotated[Line, AfterValidator(_email)]
Url = Annotated[Line, AfterValidator(_url)]


class Tone(StrEnum):
    """How the interview felt."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    WARM = "warm"


class Strict(BaseModel):
    """Frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Candidate(Strict):
    """Who writes."""

    name: Line
    email: Email | None = None
    phone: Line | None = None
    linkedin: Url | None = None


class Interviewer(Strict):
    """Who is written to. ``preferred`` is how the greeting addresses them."""

    name: Line
    preferred: Line | None = None
    title: Line | None = None
    email: Email | None = None
    tone: Tone | None = None


class Item(Strict):
    """One bullet or paragraph; ``by`` is the interviewer who raised it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    by: Line | None = None
    line: int | None = Field(default=None, exclude=True)


class Resource(Strict):
    """Something worth sharing: ``[title](url) — note``."""

    title: Line
    url: Url
    note: str | None = None
    line: int | None = Field(default=None, exclude=True)


class Event(StrEnum):
    """What a Log line says happened."""

    SENT = "sent"
    REPLY = "reply"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NOTE = "note"


class LogEntry(Strict):
    """One dated line of the Log."""

    on: dt.date
    event: Event
    kind: Kind | None = None
    person: Line | None = None
    text: str = ""
    line: int | None = Field(default=None, exclude=True)


class Fact(NamedTuple):
    """A piece of the notes that a message may use, and its 1-based line."""

    field: str
    text: str
    line: int | None


def _bare_name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _bare_text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


Items = Annotated[
    tuple[Annotated[Item, BeforeValidator(_bare_text)], ...], BeforeValidator(_one_or_more)
]


class InterviewNotes(Strict):
    """What a candidate wrote down after one interview (the contract: docs/notes.md).

    Attributes:
        interviewed: A date, or a date and time in ``timezone``.
        country: ISO 3166-1 alpha-2, for holidays and spelling; None means neither.
        private: A fingerprint only; the text was dropped while parsing.
        source: The file's name for messages, ``-`` for standard input.
        lines: Dotted path of a key, as ``interviewers.0.name``, to its line.
    """

    candidate: Annotated[Candidate, BeforeValidator(_bare_name)]
    company: Line
    role: Line
    interviewed: dt.datetime | dt.date
    timezone: Line | None = None
    format: Line | None = None
    interviewers: Annotated[
        tuple[Annotated[Interviewer, BeforeValidator(_bare_name)], ...],
        BeforeValidator(_one_or_more),
        Field(min_length=1),
    ]
    tone: Tone = Tone.NEUTRAL
    decision_by: dt.date | None = None
    country: Line | None = None
    topics: Annotated[Items, Field(min_length=1)]
    needs: Items = ()
    fit: Items = ()
    personal: Items = ()
    timeline: Items = ()
    resources: tuple[Resource, ...] = ()
    promised: Items = ()
    log: tuple[LogEntry, ...] = ()
    private: Annotated[PrivateFingerprint, Field(exclude=True, repr=False)] = Field(
        default_factory=PrivateFingerprint, exclude=True, repr=False
    )
    source: str = Field(default="notes", exclude=True, repr=False)
    lines: dict[str, int] = Field(default_factory=dict, exclude=True, repr=False)

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @field_validator("private", mode="before")
    @classmethod
    def _drop_private(cls, value: Any) -> PrivateFingerprint:
        if isinstance(value, PrivateFingerprint):
            return value
        return PrivateFingerprint(value if isinstance(value, str) else repr(value))

    @field_validator("interviewed")
    @classmethod
    def _plain_time(cls, value: dt.datetime | dt.date) -> dt.datetime | dt.date:
        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            raise ValueError("must not carry an offset; name the zone under `timezone:`")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                ZoneInfo(value)
            except (ValueError, OSError, KeyError):
                raise ValueError("is not an IANA time zone such as Europe/London") from None
        return value

    @field_validator("country")
    @classmethod
    def _country_code(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z]{2}", value):
            raise ValueError("is not a two-letter country code such as GB or US")
        return value.upper() if value else value

    @model_validator(mode="before")
    @classmethod
    def _attribute(cls, data: Any) -> Any:
        """Turn a bullet's ``Name:`` prefix into ``by`` where the name is an interviewer's."""
        if not isinstance(data, dict):
            return data
        from followup_agent.notes.attribution import attribute

        return attribute(data)

    @property
    def interview_date(self) -> dt.date:
        """The day of the interview."""
        at = self.interviewed
        return at.date() if isinstance(at, dt.datetime) else at

    def tone_for(self, to: Interviewer) -> Tone:
        """The interviewer's own tone, else the file's."""
        return to.tone or self.tone

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything a message may draw on, in file order of its sections."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        where = self.lines.get
        for key in ("name", "email", "phone", "linkedin"):
            if value := getattr(self.candidate, key):
                yield Fact(f"candidate.{key}", value, where(f"candidate.{key}", where("candidate")))
        for key in ("company", "role", "format"):
            if value := getattr(self, key):
                yield Fact(key, value, where(key))
        yield Fact("interviewed", self.interviewed.isoformat(), where("interviewed"))
        if self.decision_by:
            yield Fact("decision_by", self.decision_by.isoformat(), where("decision_by"))
        for n, person in enumerate(self.interviewers):
            base = f"interviewers.{n}"
            for key in ("name", "preferred", "title", "email"):
                if value := getattr(person, key):
                    yield Fact(f"{base}.{key}", value, where(f"{base}.{key}", where(base)))
        for section in ("topics", "needs", "fit", "personal", "timeline", "promised"):
            for item in getattr(self, section):
                yield Fact(section, item.text, item.line)
        for resource in self.resources:
            yield Fact("resources", resource.title, resource.line)
            yield Fact("resources.url", resource.url, resource.line)
            if resource.note:
                yield Fact("resources", resource.note, resource.line)
        for entry in self.log:
            yield Fact("log", f"{entry.on.isoformat()} {entry.text}".rstrip(), entry.line)
