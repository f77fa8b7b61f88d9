"""The day by which they said they would decide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from followup_agent.notes.model import InterviewNotes
from followup_agent.schedule.business_days import add_business_days
from followup_agent.schedule.clock import LATEST

_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(\d{4})\b)?"
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_FIRST = re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}", re.IGNORECASE)
# Of "May 26-28" the last day counts.
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(?:\d{{1,2}}\s?[-–]\s?)?{_DAY}\b{_YEAR}", re.IGNORECASE)

_WORDS: Final = "a two three four five six seven eight nine ten eleven twelve".split()
_COUNTS: Final = {word: n for n, word in enumerate(_WORDS, 1)} | {
    "an": 1,
    "one": 1,
    "the next": 1,
    "a couple of": 2,
}
_COUNT: Final = rf"(\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_SPAN = re.compile(
    r"\b(?:within|in|over|after)\s+(?:about\s+|around\s+|roughly\s+|at\s+most\s+)?"
    r"(?:the\s+(?:next|coming)\s+(?!week|day|fortnight))?"
    rf"(?:{_COUNT}\s*(?:to|or|[-–])\s*)?{_COUNT}\s+"
    r"(?:((?:business|working)\s+)?(day|week)s?|(fortnight))\b",
    re.IGNORECASE,
)
# A date of something else says nothing about the decision, nor does a week's first day.
_ELSEWHERE = re.compile(
    r"\b(?:start|starts|starting|begin|begins|join|joining|onboarding|appl(?:y|ied)|trial|test|"
    r"assessment|task|visit|holiday|away|leave|week\s+(?:of|commencing|beginning)|(?:second|next|final|last|another|further|third)\s+"
    r"(?:interview|round|call|conversation|meeting|stage))\b",
    re.IGNORECASE,
)
# Not at the comma of "May 26, 2026".
_SENTENCE_END = re.compile(r"[;\n]|[.!?](?:\s|$)|,(?!\s*\d{4}\b)")


@dataclass(frozen=True, slots=True)
class Decision:
    """When they said they would decide.

    Attributes:
        day: The day, or None when the notes do not say it in a way that is simple to read.
        missing: What to add to the notes, where there is no day.
    """

    day: dt.date | None
    missing: str = ""


def decision(notes: InterviewNotes) -> Decision:
    """``decision_by``, else the one date that the Timeline names.

    Read are a date with its month in words or as 2026-05-26 (without a year: the first
    such day from the interview on), and a span from the interview, as "within two
    weeks" or "in 5 to 10 business days" (its longer end). Sentences about something
    else, as a second interview or the first day at work, are left out. Two
    different days are not chosen between.
    """
    if notes.decision_by is not None:
        return Decision(notes.decision_by)
    days = {
        day
        for item in notes.timeline
        for sentence in _SENTENCE_END.split(item.text)
        if not _ELSEWHERE.search(sentence)
        for day in _days(sentence, notes)
        if day >= notes.interview_date
    }
    if len(days) == 1:
        return Decision(days.pop())
    add = "add `decision_by: YYYY-MM-DD` to the front matter"
    if days:
        return Decision(None, f"the Timeline names several days; {add}")
    if notes.timeline:
        return Decision(None, f"the Timeline names no day that can be read; {add}")
    return Decision(None, f"the notes do not say when they will decide; {add}")


def _days(sentence: str, notes: InterviewNotes) -> Iterator[dt.date]:
    held = notes.interview_date
    for year, month, day in _ISO.findall(sentence):
        yield from _day(held, int(day), int(month), year)
    for day, month, year in _DAY_FIRST.findall(sentence):
        yield from _day(held, int(day), _month(month), year)
    for month, day, year in _MONTH_FIRST.findall(_DAY_FIRST.sub(" ", sentence)):
        yield from _day(held, int(day), _month(month), year)
    for _, count, business, unit, _fortnight in _SPAN.findall(sentence):
        yield _after(notes, _number(count), unit.casefold(), business=bool(business))


def _day(held: dt.date, day: int, month: int, year: str) -> Iterator[dt.date]:
    """That day, or none; without a year the first one from the interview on."""
    # Nine years on there has been a 29 February, even around 1900 or 2100.
    for number in (int(year),) if year else range(held.year, held.year + 9):
        try:
            found = dt.date(number, month, day)
        except ValueError:
            continue
        if year or found >= held:
            if found <= LATEST:
                yield found
            return


def _after(notes: InterviewNotes, count: int, unit: str, *, business: bool) -> dt.date:
    held = notes.interview_date
    if business and unit == "day":
        return add_business_days(held, count, notes.country)
    days = {"day": 1, "week": 7}.get(unit, 14)
    return held + dt.timedelta(days=days * count)


def _month(name: str) -> int:
    return _NAMES.index(name[:3].casefold()) + 1


def _number(count: str) -> int:
    return int(count) if count.isdigit() else _COUNTS[" ".join(count.casefold().split())]
