"""Days as a letter speaks of them: "yesterday", "on 12 May", "within two weeks"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain

from followup_agent.asking.longhand import written_out
from followup_agent.asking.wording import NUMBER
from followup_agent.english_dates import MONTHS, WEEKDAYS, month, weekday
from followup_agent.guide.grounding.coming import TOMORROW, stretches
from followup_agent.guide.promise import FEASTS, PERIODS
from followup_agent.names import words_of_name
from followup_agent.notes.model import Interviewer, InterviewNotes


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
        return f"on {weekday(date)}"
    return f"on {calendar_day(date, today, country)}"


def calendar_day(date: dt.date, today: dt.date, country: str | None) -> str:
    """12 May, or May 12 in America; with the year where it is another."""
    american = country in {"US", "PH", "CA"}
    text = f"{month(date)} {date.day}" if american else f"{date.day} {month(date)}"
    if date.year == today.year:
        return text
    return f"{text}, {date.year}" if american else f"{text} {date.year}"


SEASONS = ("winter", "spring", "summer", "autumn", "fall")
_NORTHERN = frozenset(
    "GB IE US CA FR DE AT CH NL BE LU DK SE NO FI IS EE LV LT PL CZ SK HU SI HR RS IT ES PT GR RO"
    " BG UA TR JP KR CN".split()
)
_SOUTHERN = frozenset("AU NZ ZA AR CL UY".split())


def seasons(day: dt.date, country: str | None) -> tuple[str, ...]:
    """What the season of a day is called in a country; nothing where it has not all four."""
    quarter = day.month % 12 // 3
    if country in _SOUTHERN:
        quarter = (quarter + 2) % 4
    elif country not in _NORTHERN:
        return ()
    return SEASONS[quarter:] if quarter == SEASONS.index("autumn") else (SEASONS[quarter],)


def decision(notes: InterviewNotes, today: dt.date) -> str | None:
    """When they said they would decide, as words for after "you would decide".

    What was counted from the interview ("next week") is told by its date once that week is over.
    """
    if notes.decision_by is not None:
        return f"by {calendar_day(notes.decision_by, today, notes.country)}"
    told = _of_the_decision(notes)
    same_week = today.isocalendar()[:2] == notes.interview_date.isocalendar()[:2]

    def forms(text: str) -> Iterator[str | None]:
        # A "tomorrow" is another day on the next one.
        if not same_week or TOMORROW.search(text):
            yield _coming(text, notes, today)
        yield _named(text)

    named = (form for text in told for form in forms(text))
    dates = (_coming(text, notes, today) for text in told)
    return next(filter(None, chain(named, map(_bare, told), dates)), None)


def _named(text: str) -> str | None:
    """A day, a feast or a span that a sentence names with how it is meant: "by", "within"."""
    if match := _PART_OF_A_MONTH.search(text):
        return f"in the {match['part'].lower()} of {match['month'].capitalize()}"
    if match := _ABOUT_A_MONTH.search(text):
        part, day = match["part"].lower(), match["month"].capitalize()
        return f"in {part}{'-' if part == 'mid' else ' '}{day}"
    if match := _AROUND_A_FEAST.search(text):
        return f"{match['how'].lower()} {match['feast']}"
    if match := _SPAN.search(text):
        return _MONTHS.sub(lambda name: name.group().capitalize(), match.group().strip())
    return None


def _bare(text: str) -> str | None:
    """A span of which a sentence does not say how it is meant."""
    if match := _BARE_END.search(text):
        return f"at the {match['end']} of {match['which'] or 'the '}{match['span']}".lower()
    if match := _VAGUE_SPAN.search(text):
        return f"in a {match['some'].lower()} {match['span'].lower()}"
    if match := _BARE_SPAN.search(text):
        return f"in about {match.group().lower()}"
    return None


def decision_by_another(notes: InterviewNotes, reader: Interviewer) -> bool:
    """Whether somebody else of the interview told when they would decide, and not the reader."""
    told = " ".join(_of_the_decision(notes)[:1])
    words = set(re.findall(r"[\w'’-]+", told))
    said = [person for person in notes.interviewers if words_of_name(person) & words]
    return bool(said) and reader not in said


def _of_the_decision(notes: InterviewNotes) -> list[str]:
    """The Timeline's sentences, those first that tell of the decision, others' interviews last."""
    sentences = [
        part for item in notes.timeline for part in _SENTENCE.split(written_out(item.text))
    ]
    return sorted(
        sentences, key=lambda text: (not _DECIDES.search(text), bool(_OTHER.search(text)))
    )


def _coming(text: str, notes: InterviewNotes, today: dt.date) -> str | None:
    """The date of a day or week that is counted from the interview."""
    met = notes.interview_date
    found = None
    for stretch in sorted(stretches(text, met), key=lambda stretch: stretch.start):
        # Of "Mon or Tues" it is the later.
        if found is None or _OR.fullmatch(text, found.end, stretch.start):
            found = stretch
    if found is None:
        return None
    day = calendar_day(found.due, today, notes.country)
    if found.due == found.last or (found.last.weekday() == _SUNDAY and found.due != found.first):
        return f"by {day}"
    return f"in the week of {day}" if found.last.weekday() == _SUNDAY else f"around {day}"


_OR = re.compile(r"\s*(?:or|/|–|-|to)\s*(?:on )?", re.IGNORECASE)
_SUNDAY = 6
_MONTH, _WEEKDAY = "|".join(MONTHS), "|".join(WEEKDAYS)
_MONTHS = re.compile(rf"\b(?:{_MONTH})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|,\s+")
_DECIDES = re.compile(
    r"\b(?:deci\w+|done|locked|settled|sorted|hear|know|answer|choose|choice|outcome|result|confirm"
    r"|final|letter|call|ring|phone|e?-?mail|write|text|whatsapp|contact|let me|reply|news"
    r"|feedback|back to)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:see(?:ing|s)?|interview(?:s|ing)?|candidates?|meet(?:s|ing)?|start(?:s|ing)?|round|trial"
    r"|second|holiday|leave)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:within|in|by|before|after|around|on|at|early|mid|late|next|this)\s+"
    r"(?:(?!from|until|till|to|so|and|in|by|before|at|on)[\w-]+\s+){0,4}?"
    rf"(?:days?|weeks?|weekends?|fortnight|months?|(?:{_WEEKDAY})s?|{_MONTH}|"
    r"\d{1,2}(?:st|nd|rd|th)?(?! ?(?:to|or|-) ?\d)"
    r"(?! (?:working |business )?(?:days?|weeks?|months?)\b)"
    rf"(?:\s+(?:of\s+)?(?:{_MONTH}))?)\b",
    re.IGNORECASE,
)
#: A span that nothing says the beginning of: "two weeks, letter either way".
_BARE_SPAN = re.compile(
    rf"\b(?:an? (?!day\b)|{NUMBER}(?:(?: to |[–-]| or ){NUMBER})? )(?:working |business )?"
    r"(?:days?|weeks?|wks?|fortnight|months?)\b",
    re.IGNORECASE,
)
_PART_OF_A_MONTH = re.compile(
    r"\b(?P<part>(?:first|second|third|last) (?:half|week)) of "
    rf"(?P<month>{_MONTH})\b",
    re.IGNORECASE,
)
_ABOUT_A_MONTH = re.compile(
    rf"\b(?P<part>early|mid|late)[ -](?:in )?(?P<month>{_MONTH})\b", re.IGNORECASE
)
_AROUND_A_FEAST = re.compile(
    r"\b(?P<how>(?:right |just )?(?:before|after)|by|around|at|over|during|towards"
    r"|(?:early |late )?in|at the (?:end|start|beginning) of) "
    rf"(?P<feast>(?:(?:the|next|this) )?(?:(?:school|festive|{FEASTS}|{PERIODS}) )?"
    rf"(?:{FEASTS}|{PERIODS}))\b(?! (?:starts|begins|ends|is|are)\b)",
    re.IGNORECASE,
)
_VAGUE_SPAN = re.compile(
    r"\b(?P<some>couple of|few) (?P<span>(?:working |business )?(?:days|weeks|wks|months))\b",
    re.IGNORECASE,
)
_BARE_END = re.compile(
    r"\b(?P<end>end|start|beginning|middle) of (?P<which>the |this |next )?"
    r"(?P<span>week|month|quarter|term|year)\b",
    re.IGNORECASE,
)
