"""The notes of one interview, as one frozen pydantic model.

Markdown, YAML, JSON and Python mappings all end here (`parse.py`). Every value
remembers the line it came from, so that each fact of a message can be traced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from followup_agent.kinds import Kind
from followup_agent.notes.attribution import match_person, split_prefix
from followup_agent.notes.dates import parse_date, parse_moment
from followup_agent.notes.facts import Fact, facts_of
from followup_agent.notes.items import text_items
from followup_agent.notes.log import parse_kind, parse_log_line
from followup_agent.notes.private import PrivateFingerprint
from followup_agent.notes.resources import parse_resource
from followup_agent.notes.values import Country, Email, Free, Line, Name, Text, Url, Zone

__all__ = [
    "Candidate",
    "Event",
    "Fact",
    "InterviewNotes",
    "Interviewer",
    "Item",
    "LogEntry",
    "Resource",
    "Tone",
]


class Tone(StrEnum):
    """How the interview felt."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    WARM = "warm"


class Strict(BaseModel):
    """Frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _small(value: Any) -> Any:
    """``Warm`` is as good as ``warm``."""
    return value.strip().casefold() if isinstance(value, str) else value


def _kind(value: Any) -> Any:
    return (parse_kind(value) or value) if isinstance(value, str) else value


Date = Annotated[dt.date, BeforeValidator(parse_date)]
Feeling = Annotated[Tone, BeforeValidator(_small)]


class Candidate(Strict):
    """Who writes."""

    name: Name
    email: Email | None = None
    phone: Line | None = None
    linkedin: Url | None = None


class Interviewer(Strict):
    """Who is written to. ``preferred`` is how the greeting addresses them."""

    name: Name
    preferred: Line | None = None
    title: Line | None = None
    email: Email | None = None
    tone: Feeling | None = None


class Item(Strict):
    """One bullet or paragraph; ``by`` is the interviewer who raised it."""

    text: Text
    by: Line | None = None
    line: int | None = Field(default=None, exclude=True)


class Resource(Strict):
    """Something worth sharing: ``[title](url) — note``."""

    title: Line
    url: Url
    note: Text | None = None
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

    on: Date
    event: Annotated[Event, BeforeValidator(_small)]
    kind: Annotated[Kind | None, BeforeValidator(_kind)] = None
    person: Line | None = None
    text: Free = ""
    line: int | None = Field(default=None, exclude=True)


def _day(at: dt.datetime | dt.date) -> dt.date:
    return at.date() if isinstance(at, dt.datetime) else at


def _bare_name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _bare_text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


def _split(section: str = "") -> BeforeValidator:
    """A text in a section's place holds bullets and paragraphs, as the section would."""

    def split(value: Any) -> Any:
        return text_items(value, section) if isinstance(value, str) else _one_or_more(value)

    return BeforeValidator(split)


def _people(info: ValidationInfo) -> tuple[Interviewer, ...]:
    """The interviewers, if they were valid: they are declared before every section."""
    people: tuple[Interviewer, ...] = info.data.get("interviewers", ())
    return people


def _attributed(item: Item, info: ValidationInfo) -> Item:
    """Make ``by`` an interviewer's full name, from a ``Name:`` prefix if it is not given."""
    people = _people(info)
    if item.by is None:
        person, text = split_prefix(item.text, people)
        return item.model_copy(update={"text": text, "by": person.name}) if person else item
    person = match_person(item.by, people)
    if person is None and people:
        raise ValueError("has a `by` that is no interviewer's name, or more than one's")
    return item.model_copy(update={"by": person.name}) if person else item


def _with_person(entry: LogEntry, info: ValidationInfo) -> LogEntry:
    """Write an interviewer's name in full; anyone else's stays as it was."""
    person = match_person(entry.person, _people(info)) if entry.person else None
    return entry.model_copy(update={"person": person.name}) if person else entry


def _read(parse: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


Items = Annotated[
    tuple[Annotated[Item, BeforeValidator(_bare_text), AfterValidator(_attributed)], ...],
    _split(),
]
Resources = Annotated[tuple[Annotated[Resource, _read(parse_resource)], ...], _split("resources")]
Log = Annotated[
    tuple[Annotated[LogEntry, _read(parse_log_line), AfterValidator(_with_person)], ...],
    _split("log"),
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
    interviewed: Annotated[dt.datetime | dt.date, BeforeValidator(parse_moment)]
    timezone: Zone | None = None
    format: Line | None = None
    interviewers: Annotated[
        tuple[Annotated[Interviewer, BeforeValidator(_bare_name)], ...],
        BeforeValidator(_one_or_more),
        Field(min_length=1),
    ]
    tone: Feeling = Tone.NEUTRAL
    decision_by: Date | None = None
    country: Country | None = None
    topics: Annotated[Items, Field(min_length=1)]
    needs: Items = ()
    fit: Items = ()
    personal: Items = ()
    timeline: Items = ()
    resources: Resources = ()
    promised: Items = ()
    log: Log = ()
    private: Annotated[PrivateFingerprint, Field(exclude=True, repr=False)] = Field(
        default_factory=PrivateFingerprint, exclude=True, repr=False
    )
    source: str = Field(default="notes", exclude=True, repr=False)
    lines: dict[str, int] = Field(default_factory=dict, exclude=True, repr=False)

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @field_validator("private", mode="before")
    @classmethod
    def _drop_private(cls, value: Any) -> PrivateFingerprint:
        return value if isinstance(value, PrivateFingerprint) else PrivateFingerprint(value)

    @field_validator("private")
    @classmethod
    def _less_public(cls, value: PrivateFingerprint, info: ValidationInfo) -> PrivateFingerprint:
        """What the rest of the notes says too, such as a year, is no leak."""
        return value.without(dict(info.data))  # pydantic goes on filling its own

    @field_validator("decision_by")
    @classmethod
    def _later(cls, value: dt.date | None, info: ValidationInfo) -> dt.date | None:
        interviewed = info.data.get("interviewed")
        if value and interviewed and value < _day(interviewed):
            raise ValueError("is before the interview; check both dates")
        return value

    @property
    def interview_date(self) -> dt.date:
        """The day of the interview."""
        return _day(self.interviewed)

    def tone_for(self, to: Interviewer) -> Tone:
        """The interviewer's own tone, else the file's."""
        return to.tone or self.tone

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything a message may draw on, in file order of its sections."""
        return tuple(facts_of(self))
