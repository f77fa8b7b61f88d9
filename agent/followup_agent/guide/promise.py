"""Whether a sentence names when they said they would decide."""

from __future__ import annotations

import datetime as dt
import re

from followup_agent.english_dates import MONTH_WORDS
from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.grounding.coming import stretches
from followup_agent.guide.grounding.dates import mentions
from followup_agent.guide.grounding.mention import Mention
from followup_agent.guide.grounding.words import words_in
from followup_agent.guide.memo import per_notes
from followup_agent.guide.reading import Sentence
from followup_agent.notes.model import InterviewNotes

_COUNT = (
    r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|"
    r"twenty|thirty|sixty|couple of|few|several)"
)
_PERIOD = (
    "day|week|month|year|quarter|season|term|holiday|holidays|summer|winter|spring|autumn|fall"
)
_MONTH = "|".join(MONTH_WORDS)
_SPAN = Anycase(
    rf"\b{_COUNT}[ -](?:(?:or \w+|to \w+|business|working|calendar|more|full|short"
    rf"|and a half)[ -])*"
    r"(?:day|week|fortnight|month|hour)s?\b"
    r"|\b(?:calendar )?week \d{1,2}\b|\bfortnight\b|\b\d{1,2}[ -]day\b"
    rf"|\b(?:end|start|beginning|middle|close|course|turn|half|part) of (?:the |this |that |next "
    rf"|last )?(?:\w+ )?(?:{_PERIOD}|{_MONTH})\b"
    r"|\b(?:close|end) of (?:business|play|day)\b|\b(?:mid-?|month[ -]|week[ -]?)(?:month|end)\b"
    rf"|\b(?:before|until|till|when|once) (?:the )?(?:\w+ )?(?:{_PERIOD}|{_MONTH})"
    r" (?:is|was|were|had|has)?(?: \w+)? ?(?:out|over|up|ended|through)\b"
    rf"|\b(?:{_PERIOD}|{_MONTH})[’']?s end\b|\b(?:C\.?O\.?B|E\.?O\.?D|E\.?O\.?W)\b"
    r"|\b(?:mid|early|late)[ -](?:\w+)\b|\b(?:this|next|last|that|same|following) (?:day|week"
    r"|month|quarter|term)\b"
    r"|\b(?:first|second|third|fourth|last) (?:week|half|day|days|part) of\b",
)
#: Words of the decision itself, not of who told of it.
_CHOOSE = Anycase(
    r"\b(?:deci(?:de|ded|sion|sions|ding)|hear|heard|answer|choos\w+|chose|chosen|choice|verdict"
    r"|outcome|results?|conclu\w+|finali[sz]\w+|(?:get|got|come|coming) back|be in touch"
    r"|(?:made?|make|making) (?:up )?(?:your|their|his|her|its) minds?|settled?|pick(?:ed|ing)?"
    r"|appoint\w*|give you|allow|know|news|word|your (?:call|reply|response)|tell (?:me|us)|ring"
    r"|phone|call)\b",
)
_DECIDE = Anycase(
    r"\b(?:deci(?:de|ded|sion|sions|ding)|hear|heard|answer|choose|chosen|choice|verdict|outcome"
    r"|results?|"
    r"conclu\w+|finali[sz]\w+|get back|got back|be in touch|let (?:me|us|everyone|candidates"
    r"|applicants) know|tell|inform|"
    r"due|(?:been|came?|come|gone?) and (?:went|gone?)|timeline|deadline|expect\w*|aim\w*|hoped"
    r"|planned|promised|indicated|said|mentioned"
    r"|told)\b",
)
#: When they met, said in passing: not when they decide.
_MET_WHEN = Anycase(
    r"\b(?:earlier|met|spoke|talked|discussed|interview(?:ed)?|conversation|meeting|call|visited"
    r"|saw you)"
    r"(?: \w+){0,6}? (?:this|last|in) \w+",
)
#: Below this the classifier is sure that a sentence says nothing of when they decide.
_UNLIKELY = 0.12
_POSSIBLE = 0.25  # is enough beside a word of the decision


def names_promise(case: Case, sentence: Sentence, sure: float) -> bool:
    """Whether a sentence gives the date or span of their decision.

    Args:
        case: The message.
        sentence: One of its sentences.
        sure: How sure the role ``timeline`` is.
    """
    named = mentions(case.reading.text, words_in(case.reading.text, *sentence.span))
    if case.notes is not None:
        given = _given(case.notes)
        likely = sure >= _POSSIBLE
        deciding = likely or (sure >= _UNLIKELY and _DECIDE.search(sentence.text))
        if deciding and any(_falls_on(m, given, case.today) for m in named):
            return True
        if deciding and _CHOOSE.search(sentence.text) and _as_noted(case.notes, sentence.text):
            return True
        named = [m for m in named if not _falls_on(m, {case.notes.interview_date}, case.today)]
    if sure < (_POSSIBLE if _CHOOSE.search(sentence.text) else 0.5):
        return False
    passing = [match.span() for match in _MET_WHEN.finditer(sentence.text)]
    at = sentence.span[0]
    times = [(m.start - at, m.end - at) for m in named if m.kind != "year" and m.word != "today"]
    times += [match.span() for match in _SPAN.finditer(sentence.text)]
    return any(not any(low <= t[0] and t[1] <= high for low, high in passing) for t in times)


#: Days of the calendar that are named, as a regular expression.
FEASTS = (
    r"halloween|thanksgiving|christmas|xmas|easter|diwali|eid|ramadan"
    r"|hanukkah|passover|holi|onam|pongal|new year|lunar new year|midsummer|whitsun|michaelmas"
    r"|bank holiday|(?:labou?r|memorial|national|independence|republic|anzac|canada|bastille) day"
    r"|half[ -]term"
)
#: Parts of a year that many have, as a regular expression.
PERIODS = r"holidays|break|weekend|spring|summer|autumn|winter|term|season|quarter"
_NAMED_TIME = re.compile(rf"\b(?:{_MONTH}|fortnight|{FEASTS}|{PERIODS})\b", re.IGNORECASE)


def _as_noted(notes: InterviewNotes, text: str) -> bool:
    """Whether a text names the month or the feast that the notes give for the decision."""
    given = {
        match.group().casefold() for t in notes.timeline for match in _NAMED_TIME.finditer(t.text)
    }
    said = [m for m in _NAMED_TIME.finditer(text) if m.group() != "may" and m.group() != "march"]
    passing = [match.span() for match in _MET_WHEN.finditer(text)]
    return any(
        m.group().casefold() in given and not any(a <= m.start() < b for a, b in passing)
        for m in said
    )


_SOME_TIME = re.compile(
    rf"\b(?:{_PERIOD.removeprefix('day|')}|weekend|wknd|wk|wks|weeks|days|months|tomorrow|tonight|today)\b",
    re.IGNORECASE,
)


def gives_time(notes: InterviewNotes) -> bool:
    """Whether the notes say, however roughly, when they would decide."""
    said = [item.text for item in notes.timeline]
    return notes.decision_by is not None or any(
        any(time.search(text) for time in (_SOME_TIME, _SPAN, _NAMED_TIME))
        or any(mentions(text, words_in(text)))
        or any(stretches(text, notes.interview_date))
        for text in said
    )


@per_notes
def _given(notes: InterviewNotes) -> set[dt.date]:
    """The days that the notes give for the decision."""
    given = {notes.decision_by} if notes.decision_by else set()
    for item in notes.timeline:
        coming = stretches(item.text, notes.interview_date)
        given.update(date for stretch in coming for date in stretch.dates)
        for mention in mentions(item.text, words_in(item.text)):
            for day, month in mention.choices:
                year = mention.year or notes.interview_date.year
                try:
                    given.add(dt.date(year, month or notes.interview_date.month, day))
                except ValueError:
                    continue  # 31 February: the notes' own slip, or a date read the other way
    return given


def _falls_on(mention: Mention, days: set[dt.date], today: dt.date | None) -> bool:
    """Whether a mention can mean one of ``days``."""
    if mention.kind in {"date", "day"}:
        pairs = {(d.day, d.month) for d in days} | {(d.day, 0) for d in days}
        return not pairs.isdisjoint(mention.choices)
    if mention.kind == "weekday":
        return any(d.weekday() == mention.weekday for d in days)
    if mention.kind == "month":
        return any(d.month == mention.month for d in days)
    offset = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(mention.word)
    return offset is not None and today is not None and today + dt.timedelta(days=offset) in days
