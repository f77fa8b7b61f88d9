"""Days as a letter speaks of them: "yesterday", "on 12 May", "within two weeks"."""

from __future__ import annotations

import datetime as dt
import re

from followup_agent.notes.model import InterviewNotes

#: A small number, in digits or words, as a regular expression.
NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)


def when(interviewed: dt.date | dt.datetime, today: dt.date, country: str | None) -> str:
    """How to speak of the interview on a later day: "yesterday", "on Tuesday", "on 12 May"."""
    date = interviewed.date() if isinstance(interviewed, dt.datetime) else interviewed
    days = (today - date).days
    if days == 0:
        if isinstance(interviewed, dt.datetime):
            return "this morning" if interviewed.hour < 12 else "this afternoon"
        return "today"
    if days == 1:
        return "yesterday"
    if 1 < days < 7:
        return f"on {date:%A}"
    return f"on {calendar_day(date, today, country)}"


def calendar_day(date: dt.date, today: dt.date, country: str | None) -> str:
    """12 May, or May 12 in America; with the year where it is another."""
    american = country in {"US", "PH", "CA"}
    text = f"{date:%B} {date.day}" if american else f"{date.day} {date:%B}"
    if date.year == today.year:
        return text
    return f"{text}, {date.year}" if american else f"{text} {date.year}"


def decision(notes: InterviewNotes, today: dt.date) -> str | None:
    """When they said they would decide, as words for after "you would decide"."""
    if notes.decision_by is not None:
        return f"by {calendar_day(notes.decision_by, today, notes.country)}"
    for item in notes.timeline:
        if match := _SPAN.search(item.text):
            return match.group().strip()
    for item in notes.timeline:
        if match := _BARE_END.search(item.text):
            return f"at the {match['end']} of {match['which'] or 'the '}{match['span']}".lower()
        if match := _BARE_SPAN.search(item.text):
            return f"in about {match.group().lower()}"
    return None


_SPAN = re.compile(
    r"\b(?:within|in|by|before|after|around|on|at|early|mid|late|next|this)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:days?|weeks?|weekends?|fortnight|months?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december))?)\b",
    re.IGNORECASE,
)
#: A span that nothing says the beginning of: "two weeks, letter either way".
_BARE_SPAN = re.compile(
    rf"\b(?:an? |{NUMBER}(?:(?: to |[–-]| or ){NUMBER})? )(?:working |business )?"
    r"(?:days?|weeks?|wks?|fortnight|months?)\b",
    re.IGNORECASE,
)
_BARE_END = re.compile(
    r"\b(?P<end>end|start|beginning|middle) of (?P<which>the |this |next )?"
    r"(?P<span>week|month|quarter|term|year)\b",
    re.IGNORECASE,
)
