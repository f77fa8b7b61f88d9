"""What the notes hold, analysed once: names, dates, quantities, links and stems with their lines."""

from __future__ import annotations

import datetime as dt
import threading
import unicodedata
import weakref
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from followup_agent.guide.grounding import numbers
from followup_agent.guide.grounding.dates import Mention, mentions
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.links import link_key, links_in
from followup_agent.guide.grounding.spelling import Near
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import (
    FEMALE, HONORIFICS, LABELS, LEARNED, LEGAL, MALE, SHORT_TITLES, SMALL, WEEKDAYS,
)  # fmt: skip
from followup_agent.guide.grounding.words import Word, plain, uncased, words_in
from followup_agent.notes.model import Event, Fact, InterviewNotes

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
    acronyms: dict[str, Line] = field(default_factory=dict)
    uncased_names: list[tuple[str, Line]] = field(default_factory=list)
    near: Near = field(default_factory=lambda: Near(()))
    stems: dict[str, Line] = field(default_factory=dict)
    own_stems: dict[str, Line] = field(default_factory=dict)
    days: list[Day] = field(default_factory=list)
    month_days: dict[int, Line] = field(default_factory=dict)
    weekdays: dict[int, Line] = field(default_factory=dict)
    months: dict[int, Line] = field(default_factory=dict)
    years: dict[int, Line] = field(default_factory=dict)
    minutes: dict[int, Line] = field(default_factory=dict)
    holidays: dict[str, Line] = field(default_factory=dict)
    relatives: dict[str, Line] = field(default_factory=dict)
    amounts: defaultdict[float, list[Amount]] = field(default_factory=lambda: defaultdict(list))
    sized: defaultdict[tuple[str, float], list[Amount]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counted: defaultdict[str, set[float]] = field(default_factory=lambda: defaultdict(set))
    labels: defaultdict[str, dict[float, Line]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, Line] = field(default_factory=dict)
    phones: dict[str, Line] = field(default_factory=dict)
    verdicts: dict[str, tuple[str, str, Line]] = field(default_factory=dict)


_CACHE: dict[int, tuple[weakref.ref[InterviewNotes], Known]] = {}
_LOCK = threading.Lock()


def known(notes: InterviewNotes) -> Known:
    """The notes' analysis: made once for an object, dropped with it."""
    entry = _CACHE.get(id(notes))
    if entry is not None and entry[0]() is notes:
        return entry[1]
    made, place = _Analysis(notes).known, id(notes)

    def forget(dead: weakref.ref[InterviewNotes]) -> None:
        with _LOCK:
            if place in _CACHE and _CACHE[place][0] is dead:
                del _CACHE[place]

    with _LOCK:
        _CACHE[place] = (weakref.ref(notes, forget), made)
    return made


def shape(text: str) -> str:
    """How a word is written: composed, plain apostrophes, no possessive, no zero-width marks."""
    if text.isascii():
        return text[:-2] if text.endswith("'s") else text
    text = unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS)
    return text[:-2] if text.endswith("'s") else text


_PLAIN_MARKS = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], "") | {
    ord(c): "'" for c in "’ʼ‘`´′＇"
} | {0x2010: "-", 0x2011: "-"}  # fmt: skip


class _Analysis:
    """Reads each fact once and files what it holds."""

    def __init__(self, notes: InterviewNotes) -> None:
        at, where = notes.interviewed, notes.lines.get
        interview = Day(notes.interview_date, where("interviewed"), "interview")
        decision = notes.decision_by and Day(notes.decision_by, where("decision_by"), "decision")
        minutes = at.hour * 60 + at.minute if isinstance(at, dt.datetime) else None
        self.known = Known(
            interview, minutes, decision or None,
            notes.company, where("company"), notes.role, where("role"),
        )  # fmt: skip
        self._names: dict[str, None] = {}
        self._texts: list[str] = []
        self._people(notes)
        self._firm(notes)
        for fact in notes.facts:
            self._fact(fact)
        self._calendar(notes)
        self._index()

    def _people(self, notes: InterviewNotes) -> None:
        known = self.known
        facts = {fact.field: fact for fact in notes.facts}
        people = [("candidate", notes.candidate.name, "")]
        people += [
            (f"interviewers.{n}", person.name, person.preferred or "")
            for n, person in enumerate(notes.interviewers)
        ]
        people += [("", entry.person, "") for entry in notes.log if entry.person]
        for base, name, preferred in people:
            line = facts[f"{base}.name"].line if base else None
            names = words_in(name), words_in(preferred)
            keys = [w.key for group in names for w in group if w.key not in HONORIFICS]
            address = next(
                (_address(w.key) for w in (*names[1], *names[0]) if _address(w.key)), None
            )
            if base:
                known.people.append(Person(name, tuple(dict.fromkeys(keys)), line, address))
            for word in (w for group in names for w in group):
                if word.key not in HONORIFICS:
                    self._person_word(word, len(known.people) - 1 if base else None)

    def _person_word(self, word: Word, person: int | None) -> None:
        parts = [word.key, *word.key.split("-")] if "-" in word.key else [word.key]
        for part in parts:
            if person is not None:
                self.known.people_by[part].add(person)
            self.known.initials.add(part[:1])
            if len(part) > 2:
                self._names[part] = None

    def _firm(self, notes: InterviewNotes) -> None:
        known = self.known
        words = [w for w in words_in(notes.company) if w.key not in LEGAL or len(notes.company) < 4]
        known.firm = tuple(w.key for w in words)
        for word in words:
            if len(word.key) > 2 and word.key not in SMALL:
                self._names[word.key] = None
        keys = [w.key for w in words_in(notes.role)]
        known.role_keys = tuple(SHORT_TITLES.get(key, key) for key in keys)
        if len(known.firm) > 1:
            known.plains["".join(known.firm)] = notes.company

    def _fact(self, fact: Fact) -> None:
        if fact.field in {"interviewed", "decision_by"}:
            return
        if fact.field == "candidate.phone":
            self.known.phones["".join(c for c in fact.text if c.isdecimal())] = fact.line
            return
        links = list(links_in(fact.text))
        for link in links:
            self.known.links.setdefault(link.key, fact.line)
        if fact.field.endswith((".email", ".linkedin", ".url")):
            self.known.links.setdefault(link_key(fact.text), fact.line)
            return
        words = words_in(fact.text)
        self._words(fact, words)
        if fact.field == "log":
            return
        dated = mentions(fact.text, words)
        for mention in dated:
            self._mention(mention, fact)
        taken = {i for m in dated for i in range(m.first, m.last + 1)}
        stems = frozenset(stem(part) for w in words for part in w.key.split("-"))
        found = list(numbers.quantities(fact.text, words, taken))
        beside = frozenset(quantity.dimension for quantity in found)
        for quantity in found:
            if not self._label(quantity, words, fact.line):
                amount = Amount(
                    quantity.dimension, quantity.unit, quantity.nouns, stems, fact.line, beside
                )
                self._amount(quantity, amount)

    def _words(self, fact: Fact, words: list[Word]) -> None:
        known = self.known
        self._texts.append(" ".join(w.key for w in words))
        for n, word in enumerate(words):
            parts = [word.key, *word.key.split("-")] if "-" in word.key else [word.key]
            for key in parts:
                origin = known.words.get(key)
                naming = fact.field.endswith(_NAMING)
                cased = word.cap and (naming or not word.first)
                if origin is None:
                    known.words[key] = Origin(fact.line, {shape(word.text)}, cased, fact.field)
                else:
                    origin.shown.add(shape(word.text))
                    if cased and not origin.cased:
                        origin.cased, origin.line = True, fact.line
                known.stems.setdefault(stem(key), fact.line)
                if not fact.field.startswith("interviewers"):
                    known.own_stems.setdefault(stem(key), fact.line)
            if word.cap and len(word.key) > 2 and not is_english(word.key):
                self._names[word.key] = None
            if uncased(word.text[0]):
                known.uncased_names.append((word.key, fact.line))
            if n:
                self._acronyms(words[max(0, n - 4) : n + 1], fact.line)

    def _acronyms(self, words: list[Word], line: Line) -> None:
        for size in range(2, len(words) + 1):
            run = [p for w in words[-size:] for p in w.key.split("-") if p and p not in {"&"}]
            self.known.acronyms.setdefault("".join(p[0] for p in run), line)
            content = [p for p in run if p not in SMALL]
            if len(content) > 1:
                self.known.acronyms.setdefault("".join(p[0] for p in content), line)

    def _mention(self, mention: Mention, fact: Fact) -> None:
        known, line = self.known, fact.line
        if mention.kind == "date":
            for day, month in mention.choices[:1]:
                date = _nearest(day, month, mention.year, known.interview.date)
                if date:
                    known.days.append(
                        Day(date, line, "promise" if fact.field == "promised" else "text")
                    )
        elif mention.kind == "day":
            known.month_days.setdefault(mention.choices[0][0], line)
        elif mention.kind == "month":
            known.months.setdefault(mention.month, line)
        elif mention.kind == "time":
            for minute in mention.minutes:
                known.minutes.setdefault(minute, line)
        elif mention.kind == "holiday":
            known.holidays.setdefault(mention.word, line)
        elif mention.kind == "relative":
            known.relatives.setdefault(mention.word, line)
        if mention.weekday is not None:
            known.weekdays.setdefault(mention.weekday, line)
        if mention.year:
            known.years.setdefault(mention.year, line)

    def _label(self, quantity: numbers.Quantity, words: list[Word], line: Line) -> bool:
        """``Ward 7``: a number that names something and counts nothing."""
        before = words[quantity.first - 1] if quantity.first else None
        if before is None or quantity.spelled or not words[quantity.first].joined or before.digit:
            return False
        for value in quantity.values:
            self.known.labels[stem(before.key)].setdefault(value, line)
        return stem(before.key) in LABELS and quantity.dimension in {"count", "time"}

    def _amount(self, quantity: numbers.Quantity, amount: Amount) -> None:
        known = self.known
        for value in quantity.values:
            known.amounts[value].append(amount)
            known.sized[quantity.dimension, round(value * quantity.size, 4)].append(amount)
            if quantity.dimension == "count":
                for noun in quantity.nouns[:1]:
                    known.counted[noun].add(value)

    def _calendar(self, notes: InterviewNotes) -> None:
        known = self.known
        days = [known.interview, *([known.decision] if known.decision else [])]
        for entry in notes.log:
            sent = entry.event is Event.SENT
            days.append(Day(entry.on, entry.line, "sent" if sent else "answer"))
        known.days = days + known.days
        if known.at_minutes is not None:
            known.minutes.setdefault(known.at_minutes, known.interview.line)
        for day in known.days:
            known.years.setdefault(day.date.year, day.line)
            known.months.setdefault(day.date.month, day.line)
            known.month_days.setdefault(day.date.day, day.line)
        if known.decision:
            span = (known.decision.date - known.interview.date).days
            given = Amount("time", "days", (), frozenset(), known.decision.line)
            for days_off in {span, round(span / 7) * 7 if span > 5 else span}:
                known.sized["time", 1440.0 * days_off].append(given)

    def _index(self) -> None:
        known = self.known
        known.sequences = "\n" + "\n".join(f" {text} " for text in self._texts) + "\n"
        for name in self._names:
            bare = plain(name)
            if bare != name:
                known.plains.setdefault(bare, name)
        known.near = Near(name for name in self._names if name not in WEEKDAYS)


_NAMING = ("company", "role", ".name", ".preferred")  # fields where a first capital is a name's


def _address(key: str) -> frozenset[str] | None:
    return next((group for group in (MALE, FEMALE, LEARNED) if key in group), None)


def _nearest(day: int, month: int, year: int, interview: dt.date) -> dt.date | None:
    """The date in the given year, or in the year that brings it nearest to the interview."""
    found = []
    for choice in [year] if year else [interview.year + n for n in (-1, 0, 1)]:
        try:
            found.append(dt.date(choice, month, day))
        except ValueError:
            continue
    return min(found, key=lambda date: abs((date - interview).days), default=None)
