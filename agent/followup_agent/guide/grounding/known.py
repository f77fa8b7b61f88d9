"""What the notes hold, in the shape in which a message is held against it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from followup_agent.guide.grounding.acronyms import Acronyms
from followup_agent.guide.grounding.enlarged import Fit
from followup_agent.guide.grounding.relations import Relations
from followup_agent.guide.grounding.spelling import Near

Line = int | None
Event_ = Literal["interview", "decision", "sent", "answer", "text", "promise"]


@dataclass(slots=True)
class Origin:
    """Where a word of the notes stands, and how it is written there."""

    line: Line
    shown: set[str]
    cased: bool
    part: str


@dataclass(slots=True)
class Person:
    """Somebody in the notes; ``address`` is the set of honorifics that suit them, if known."""

    name: str
    keys: tuple[str, ...]
    line: Line
    address: frozenset[str] | None = None


@dataclass(slots=True)
class Day:
    """A date that the notes give, and what happened then."""

    date: dt.date
    line: Line
    event: Event_


@dataclass(slots=True)
class Amount:
    """A number of the notes with the stems of the words of its sentence."""

    dimension: str
    unit: str
    nouns: tuple[str, ...]
    stems: frozenset[str]
    line: Line
    beside: frozenset[str] = frozenset()  # dimensions of its sentence's numbers
    rate: str = ""  # per which time it is counted


class Times(NamedTuple):
    """How often something happened: "twice", "3 times", with the stems of its sentence."""

    number: float
    stems: frozenset[str]


@dataclass(slots=True)
class Known:
    """Everything that a message may draw on."""

    interview: Day
    at_minutes: int | None
    decision: Day | None
    company: str
    company_line: Line
    role: str
    role_line: Line
    words: dict[str, Origin] = field(default_factory=dict)
    plains: dict[str, str] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    people_by: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    initials: set[str] = field(default_factory=set)
    firm: tuple[str, ...] = ()
    role_keys: tuple[str, ...] = ()
    sequences: str = ""
    acronyms: Acronyms = field(default_factory=Acronyms)
    uncased_names: list[tuple[str, Line]] = field(default_factory=list)
    bare: dict[str, str] = field(default_factory=dict)  # without diacritics: as in the notes
    near: Near = field(default_factory=lambda: Near(()))
    stems: dict[str, Line] = field(default_factory=dict)
    own_stems: dict[str, Line] = field(default_factory=dict)
    fit_stems: dict[str, Line] = field(default_factory=dict)
    hedged: dict[Line, frozenset[str]] = field(default_factory=dict)
    fit: Fit = field(default_factory=Fit)
    days: list[Day] = field(default_factory=list)
    month_days: dict[int, Line] = field(default_factory=dict)
    weekdays: dict[int, Line] = field(default_factory=dict)
    months: dict[int, Line] = field(default_factory=dict)
    years: dict[int, Line] = field(default_factory=dict)
    minutes: dict[int, Line] = field(default_factory=dict)
    day_words: dict[str, Line] = field(default_factory=dict)
    amounts: defaultdict[float, list[Amount]] = field(default_factory=lambda: defaultdict(list))
    sized: defaultdict[tuple[str, float], list[Amount]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counted: defaultdict[str, set[float]] = field(default_factory=lambda: defaultdict(set))
    times: list[Times] = field(default_factory=list)
    relations: Relations = field(default_factory=Relations)
    labels: defaultdict[str, dict[float, Line]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, Line] = field(default_factory=dict)
    phones: dict[str, Line] = field(default_factory=dict)
    verdicts: dict[str, tuple[str, str, Line]] = field(default_factory=dict)
