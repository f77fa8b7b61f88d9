"""The days that words of the Timeline mean, counted from the interview: "Friday", "next week"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from followup_agent.english_dates import WEEKDAY_WORDS


class Stretch(NamedTuple):
    """Days that some words mean.

    Attributes:
        first, last: The first and the last of them.
        due: The day that a letter would name: of an end of the week its Friday.
        start, end: The place of the words.
    """

    first: dt.date
    last: dt.date
    due: dt.date
    start: int
    end: int

    @property
    def dates(self) -> Iterator[dt.date]:
        """Every day of it."""
        for days in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(days=days)


_DAY = re.compile(
    rf"(?<!\bthe )(?<!\bevery )(?<!\beach )\b(?P<next>next |the following )?"
    rf"(?P<day>{'|'.join(sorted(WEEKDAY_WORDS, key=len, reverse=True))})\b(?!s\b| week\b|['’])",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:(?P<part>end|middle|start|beginning|early|mid|late|sometime|some time)(?: of| in)?[ -])?"
    r"(?P<which>this|the|next|the following|the coming|following|coming) (?:wk|week)\b"
    r"(?P<after> after\b)?(?P<or_next> or (?:the )?next\b)?",
    re.IGNORECASE,
)
TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_WITHIN_A_WEEK = re.compile(r"\bwithin (?:the|a|one) (?:wk|week)\b", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:end of (?:the |this )?month|month[ -]end|end of (?P<next>next) month)\b", re.IGNORECASE
)
#: Of a part of a week the first and the last day and the one that a letter names, from Monday.
_PARTS = {
    "end": (3, 6, 4), "late": (3, 6, 4), "middle": (1, 3, 2), "mid": (1, 3, 2),
    "start": (0, 1, 0), "beginning": (0, 1, 0), "early": (0, 2, 0),
}  # fmt: skip
_WHOLE, _TO_ITS_END = (0, 6, 0), (0, 6, 4)
_FRIDAY = 4
_LAST_WEEK = 7  # days of a month's end


def stretches(text: str, interview: dt.date) -> Iterator[Stretch]:
    """The days that a line of the Timeline means, where it counts them from the interview."""
    monday = interview - dt.timedelta(days=interview.weekday())
    for found in _WEEK.finditer(text):
        which, part = found["which"].lower(), (found["part"] or "").lower()
        if which == "the" and not (part or found["after"]):
            continue  # "in the week of half-term"
        later = which not in {"this", "the"} or found["after"] is not None
        start = monday + dt.timedelta(weeks=later)
        whole = _TO_ITS_END if which == "this" else _WHOLE
        first, last, due = (start + dt.timedelta(days=n) for n in _PARTS.get(part, whole))
        if found["or_next"]:
            last, due = last + dt.timedelta(weeks=1), start + dt.timedelta(weeks=1, days=_FRIDAY)
        yield Stretch(first, last, due, *found.span())
    for found in TOMORROW.finditer(text):
        day = interview + dt.timedelta(days=1)
        yield Stretch(day, day, day, *found.span())
    for found in _WITHIN_A_WEEK.finditer(text):
        days = dt.timedelta(days=1), dt.timedelta(weeks=1)
        yield Stretch(interview + days[0], interview + days[1], interview + days[1], *found.span())
    for found in _DAY.finditer(text):
        ahead = (WEEKDAY_WORDS[found["day"].lower()] - interview.weekday()) % 7 or 7
        day = interview + dt.timedelta(days=ahead)
        if found["next"] and day < monday + dt.timedelta(weeks=1):
            day += dt.timedelta(weeks=1)
        yield Stretch(day, day, day, *found.span())
    for found in _MONTH.finditer(text):
        month = interview.replace(day=28) + dt.timedelta(days=4) if found["next"] else interview
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        yield Stretch(last - dt.timedelta(days=_LAST_WEEK), last, last, *found.span())
