"""Work out what a message is for, when nobody says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.reading import Reading
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

#: After this a thank-you is late beyond use (GUIDE.md: late after 48 hours; a weekend more).
_LATEST_THANKS = dt.timedelta(days=5)
#: A connection request has no subject line and no room for more (LinkedIn's paid bound,
#: and some over: a note that is too long is still one).
_NOTE_CHARACTERS = 450
_REJECTED = Anycase(
    r"\b(?:not (?:been )?(?:selected|successful|chosen|offered|a yes|to offer|to be)|unsuccessful|"
    r"(?:another|other|different|a stronger) (?:candidate|applicant|person|direction)"
    r"|someone else|somebody else|"
    r"your (?:decision|answer|reply|note|message|email|e-mail|news|call|letter)"
    r"|letting me (?:know|down)"
    r"|ringing (?:me )?yesterday|answering me|(?:phoned|telephoned|rang) me|"
    r"for (?:coming|getting) back to me|(?:a )?(?:different|another|happier|better)"
    r" (?:answer|outcome|result|ending|news)|(?:not|n['’]t) (?:to be|meant to be|this time|for me)"
    r"|this time|on this occasion|bummer|bummed|gutted"
    r"|no worries|missed out|pipped|runner[- ]up|second place"
    r"|(?:place|post|job|role|position) (?:is|was|has been) (?:filled|taken|gone)"
    r"|promot\w+ (?:from within|internally)"
    r"|went with|gone with|chose (?:another|someone|somebody)|better suited|turned (?:me )?down"
    r"|had hoped|would have (?:liked|loved)|hoped for|anything else come up|comes? up|sing out"
    r"|(?:place|post|door|vacancy|something)(?: \w+){0,2} (?:opens?|arises?|falls? vacant)"
    r"|further vacanc(?:y|ies)|needs? (?:a )?(?:spare |another )?(?:pair of )?hands"
    r"|(?:I )?wish (?:the|your|her|him|whoever)|congratulat\w+|taking the trouble to"
    r"|blow|bad news|hard news|feedback|"
    r"(?:disappointed|sorry|sad|regret)|if (?:another|a (?:similar|new|different)|something"
    r"|anything)|"
    r"(?:another|other|future|similar) (?:post|posts|role|roles|vacanc(?:y|ies)|opening|openings"
    r"|opportunit(?:y|ies)|position|positions|brief)|"
    r"should (?:a|another|you ever)|(?:should|might|if you|you) ever|respect (?:it|your|the)"
    r"|(?:keep|bear|have) me in mind|with (?:the|your) news|(?:is )?not the (?:answer|result"
    r"|outcome|news|one)"
    r"|informing me|(?:later|further) opening|if you ever need|you ever need"
    r"|(?:you|they|the panel) chose|has my number|ways (?:will )?cross(?:ed)?"
    r"|the other candidate|think of me|my name in mind|"
    r"paths (?:will )?cross|no hard feelings|the other way|in (?:the )?future)\b",
)
_TO_COME = Anycase(
    r"\b(?:before|until) then\b|\b(?:aren['’]t|are not|isn['’]t|is not|not) (?:yet )?(?:up|over"
    r"|due|here)\b"
    r"|\bstill (?:some |a few )?(?:time|days) (?:away|left|to go)\b",
)
#: A day or a span that is over: "The fortnight was up yesterday", "Friday came and went".
_UP = Anycase(
    r"\b(?:day|days|week|weeks|fortnight|month|that|which|time) (?:is|was|are|were) (?:now )?up\b"
    r"|\b(?:came?|come|gone?) and (?:went|gone?)\b",
)
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_SHARED = Anycase(
    r"\b(?:article|guide|handbook|report|stud(?:y|ies)|essay|book|podcast|video|paper|tutorial"
    r"|digest|dataset|walk-through|"
    r"webinar|toolkit|talk|resource|attach(?:ed|ing)?|reading|read)\b",
)


@dataclass(frozen=True, slots=True)
class _Days:
    """What the calendar says of a message; None where it cannot say.

    Attributes:
        late: Whether it is too late for a thank-you.
        overdue: Whether the date of their decision has passed.
    """

    late: bool | None = None
    overdue: bool | None = None

    @classmethod
    def of(cls, notes: InterviewNotes | None, today: dt.date | None) -> _Days:
        if notes is None or today is None:
            return cls()
        due = notes.decision_by
        return cls(
            late=today - notes.interview_date > _LATEST_THANKS,
            overdue=None if due is None else due < today,
        )


def detect_kind(
    reading: Reading, notes: InterviewNotes | None = None, today: dt.date | None = None
) -> Kind:
    """The kind that a message most looks like.

    Args:
        reading: The message.
        notes: Its interview, if known: a shared resource is then told from other links.
        today: The day it is sent, if known: with the notes it tells whether the date that
            they gave for their decision has passed.
    """
    said = _said(reading)
    days = _Days.of(notes, today)
    if reading.subject is None and said[Role.INVITATION] and len(reading.text) <= _NOTE_CHARACTERS:
        return Kind.LINKEDIN
    if _shares(reading, notes, said):
        return Kind.VALUE_ADD
    if _is_answer(reading, said) or (days.late and _only_thanks(said)):
        return Kind.KEEP_IN_TOUCH
    if said[Role.ASK] or said[Role.PRESSURE] > 1:
        return _asking(reading, said, days.overdue)
    if said[Role.COURTESY] and not said[Role.GRATITUDE]:
        return _asking(reading, said, days.overdue)
    if (
        reading.subject is None
        and reading.closing is None
        and len(reading.text) <= _NOTE_CHARACTERS
    ):
        return Kind.LINKEDIN
    return Kind.THANK_YOU


def _asking(reading: Reading, said: Counter[Role], overdue: bool | None) -> Kind:
    """A status check names the date that has passed; a reminder may name one to come."""
    if overdue is not None:
        return Kind.STATUS if overdue else Kind.REMINDER
    passed = (said[Role.TIMELINE] or _UP.search(reading.body)) and not _TO_COME.search(reading.body)
    return Kind.STATUS if passed else Kind.REMINDER


def _only_thanks(said: Counter[Role]) -> bool:
    """Whether nothing is asked for or wished: long after the interview, that answers a "no"."""
    return bool(said[Role.GRATITUDE]) and not (said[Role.ASK] or said[Role.INTEREST])


def _said(reading: Reading) -> Counter[Role]:
    return Counter(
        role
        for sentence in reading.sentences
        for role, sure in certainty_of(sentence.text).items()
        if sure >= 0.5
    )


def _shares(reading: Reading, notes: InterviewNotes | None, said: Counter[Role]) -> bool:
    if notes is not None and any(r.url in reading.body for r in notes.resources):
        return True
    if said[Role.ASK]:
        return False
    if _LINK.search(reading.body):
        shared = said[Role.RESOURCE] and not said[Role.GRATITUDE]
        return bool(shared or said[Role.RELEVANCE]) or not said[Role.INTEREST]
    offered = said[Role.RESOURCE] or (
        said[Role.RELEVANCE] and _SHARED.search(reading.words(reading.subject))
    )
    return bool(offered) and not said[Role.INTEREST]


def _is_answer(reading: Reading, said: Counter[Role]) -> bool:
    """Whether the message answers a "no": two of its signs, or one and no wish for the job."""
    text = f"{reading.words(reading.subject)}\n{reading.body}"
    signs = {match.group().casefold() for match in _REJECTED.finditer(text)}
    return not said[Role.ASK] and (len(signs) > 1 or (bool(signs) and not said[Role.INTEREST]))
