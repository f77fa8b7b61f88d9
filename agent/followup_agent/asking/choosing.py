"""Which topics a message tells, and whose they are."""

from __future__ import annotations

import re

from followup_agent.asking.noun_phrase import TELLING
from followup_agent.asking.phrases import is_sound, things
from followup_agent.asking.pieces import topic_told
from followup_agent.asking.reader import to_you
from followup_agent.asking.speech import said, unquoted
from followup_agent.asking.wording import begins_with_deed
from followup_agent.brief import Brief, common_weight
from followup_agent.guide.topics import names_in, stems_of
from followup_agent.kinds import Kind
from followup_agent.names import bare_name
from followup_agent.notes.model import Interviewer, Item

#: A topic that is nearly as much about the resource as the nearest is told as readily.
_AS_NEAR = 0.7
#: What another told is taken where it is so much nearer.
_NEARER = 2.0
_MINE = re.compile(
    r"\b(?:I|me|my|mine|we both|both of us)\b|\basked (?:if|how|why|whether|about|what)\b"
)
#: The interview itself, and what was seen or done there: no news that the reader told.
_PROCEEDINGS = re.compile(
    r"^(?:\w+ )?(?:tour|walk(?:ed|through)?|visit(?:ed)?|looked|saw|shown|mock|demo|exercise"
    r"|trial (?:day|shift|lesson)"
    r"|(?:the )?(?:line|call|connection|video|sound|audio) (?:dropped|froze|broke|cut|was)"
    r"|(?:live|bench|weld|written|practical|trade|typing|skills) (?:coding|test)|live coding"
    r"|whiteboard|test task|case study|round|scenario|question|had a (?:look|go|walk|chat|tour))\b"
    r"(?! (?:of|for) (?:the )?(?:new|old|next))",
    re.IGNORECASE,
)
#: A line that leads to others: "Well we mostly talked about".
_UNENDED = re.compile(r"(?:\b(?:about|of|on|with|and|for|to)|:)\s*$", re.IGNORECASE)
#: Their very words to the candidate may be too frank for a letter: "a bit embarrassing now".
_QUOTE = re.compile(r"[\"“”]")
_NAMES = re.compile(r"[^\W\d_][\w'’-]*[\w]")


def topics_to_tell(brief: Brief) -> tuple[Item, ...]:
    """The brief's topics that go into a message; where something is shared, those that it is about.

    What they asked of the candidate ("how I coach") or heard from them is nothing that they told,
    nor is what another of the panel said, or a deed of nobody in particular ("taught a trial
    lesson"), which may be the candidate's: such topics are taken only where there is no other.
    """
    topics = tuple(topic for topic in brief.topics if _is_told(topic, brief)) or brief.topics
    near = [near_resource(brief, topic.text) for topic in topics]
    if brief.kind is Kind.VALUE_ADD and (other := _nearest_of_others(brief, max(near))):
        return (other,)
    enough = max(near) * _AS_NEAR
    return tuple(t for t, nearness in zip(topics, near, strict=True) if nearness >= enough)


def _nearest_of_others(brief: Brief, near: float) -> Item | None:
    """What another told that the resource is about, and more than what the reader told."""
    others = [
        topic
        for topic in brief.notes.topics
        if _teller(brief, topic) and _fits(topic, brief) and _has_a_form(brief, topic)
    ]
    nearest = max(others, key=lambda topic: near_resource(brief, topic.text), default=None)
    return nearest if nearest and near_resource(brief, nearest.text) > near * _NEARER else None


def _has_a_form(brief: Brief, topic: Item) -> bool:
    """Whether a topic, or the thing that it begins with, fits into a sentence."""
    jotting = told_to(brief, topic)
    names = names_in(brief.notes)
    return is_sound(topic_told(jotting)) or bool(things([jotting], telling_in(brief), names))


def _teller(brief: Brief, topic: Item) -> Interviewer | None:
    """The one other than the reader who told a topic; None where the reader did, or nobody."""
    by = said(topic, brief.notes.interviewers).by
    return by[0] if by and brief.to not in by else None


def told_by(brief: Brief) -> Interviewer | None:
    """Who told what a message with a resource tells of, if that was not the reader."""
    return _teller(brief, topics_to_tell(brief)[0]) if brief.kind is Kind.VALUE_ADD else None


def told_to(brief: Brief, topic: Item) -> str:
    """A topic, spoken to the reader."""
    text, by = said(topic, brief.notes.interviewers)
    own = brief.to in by
    return to_you(unquoted(text, own=own) or text, brief.to, own=own)


def is_raised_by(brief: Brief, topic: Item) -> bool:
    """Whether the reader raised a topic, alone or with others."""
    return brief.to in said(topic, brief.notes.interviewers).by


def _is_told(topic: Item, brief: Brief) -> bool:
    """Whether a topic surely is what the reader told, or what they talked about."""
    return _teller(brief, topic) is None and _fits(topic, brief)


def _fits(topic: Item, brief: Brief) -> bool:
    """Whether a topic is what somebody told: not of the candidate, the panel or the interview."""
    people = brief.notes.interviewers
    text, by = said(topic, people)
    told = unquoted(text, own=brief.to in by)
    if told is None or any(found.search(told) for found in (_MINE, _PROCEEDINGS, _UNENDED, _QUOTE)):
        return False
    names = {name for person in people for name in (*bare_name(person.name), person.preferred)}
    if names & set(_NAMES.findall(told)):
        return False  # "Brian and Vandana do not agree"
    return bool(by) or not begins_with_deed(told)


def telling_in(brief: Brief) -> float:
    """How rare a thing's words must be: what a resource is about may be said in a common word."""
    return TELLING if brief.kind is not Kind.VALUE_ADD else TELLING / 2


def near_resource(brief: Brief, topic: str) -> float:
    """The weight of what words a topic has in common with what is shared; 0 where nothing is."""
    if brief.kind is not Kind.VALUE_ADD:
        return 0.0
    return common_weight(brief.resource, set(stems_of(topic))) if brief.resource else 0.0
