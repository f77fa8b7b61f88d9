"""Which topics a message tells, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from followup_agent.asking.noun_phrase import TELLING
from followup_agent.asking.phrases import is_sound, things
from followup_agent.asking.pieces import topic_told
from followup_agent.asking.reader import to_you
from followup_agent.asking.speech import Said, said, unquoted
from followup_agent.asking.wording import begins_with_deed
from followup_agent.brief import Brief, common_weight
from followup_agent.guide.topics import names_in, rarity, stems_of
from followup_agent.kinds import Kind
from followup_agent.names import words_of_name
from followup_agent.notes.model import Interviewer, Item

#: A topic that is nearly as much about the resource as the nearest is told as readily.
_AS_NEAR = 0.7
#: What another told is taken where it is so much nearer, and near at all.
_NEARER, _LEAST = 2.0, 0.4
#: A claim of so much in common is about the resource, and a topic through it so much less.
_ABOUT, _THROUGH_A_CLAIM = 1.0, 0.4
_MINE = re.compile(
    r"\b(?:I|me|my|mine|we both|both of us)\b|\basked (?:if|how|why|whether|about|what)\b"
)
#: The interview itself, and what was seen or done there: no news that the reader told.
_PROCEEDINGS = re.compile(
    r"^(?:\w+ )?(?:tour|walk(?:ed|through)?|visit(?:ed)?|looked|saw|shown|showed (?:me|us)|mock"
    r"|demo|exercise|obs|lesson observation"
    r"|(?:lesson|presentation|pitch|interview) (?:was|went|felt)"
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
_NAMES = re.compile(r"(?:(?!['’]s\b)[\w'’-])+")


@dataclass(frozen=True)
class Topic:
    """A topic of the notes, as one reader may be told of it.

    Attributes:
        jotted: What the notes have.
        said: The same without who said it, and who that was.
        reader: Whom the message is written to.
    """

    jotted: Item
    said: Said
    reader: Interviewer

    @property
    def is_readers(self) -> bool:
        """Whether the reader raised it, alone or with others."""
        return self.reader in self.said.by

    @property
    def teller(self) -> Interviewer | None:
        """The one other than the reader who told it; None where the reader did, or nobody."""
        return self.said.by[0] if self.said.by and not self.is_readers else None

    @cached_property
    def told(self) -> str:
        """The topic, spoken to the reader."""
        return to_you(self.unquoted or self.said.text, self.reader, own=self.is_readers)

    @cached_property
    def unquoted(self) -> str | None:
        """What was said, with what is quoted in it spoken to the reader; None if it cannot be."""
        return unquoted(self.said.text, own=self.is_readers)


def topics_to_tell(brief: Brief) -> tuple[Topic, ...]:
    """The brief's topics that go into a message; where something is shared, those that it is about.

    What they asked of the candidate ("how I coach") or heard from them is nothing that they told,
    nor is what another of the panel said, or a deed of nobody in particular ("taught a trial
    lesson"), which may be the candidate's: such topics are taken only where there is no other.
    """
    people = brief.notes.interviewers
    found = (Topic(item, said(item, people), brief.to) for item in brief.topics)
    raised = sorted(found, key=lambda topic: not topic.is_readers)
    topics = [topic for topic in raised if not topic.teller and _fits(topic, people)] or raised
    near = [near_resource(brief, topic.jotted.text) for topic in topics]
    if brief.kind is Kind.VALUE_ADD and (other := _nearest_of_others(brief, max(near))):
        return (other,)
    enough = max(near) * _AS_NEAR
    return tuple(t for t, nearness in zip(topics, near, strict=True) if nearness >= enough)


def _nearest_of_others(brief: Brief, near: float) -> Topic | None:
    """What another told that the resource is about, and more than what the reader told."""
    people = brief.notes.interviewers
    topics = (Topic(item, said(item, people), brief.to) for item in brief.notes.topics)
    others = [
        (near_resource(brief, topic.jotted.text), topic)
        for topic in topics
        if topic.teller and _fits(topic, people) and _has_a_form(brief, topic)
    ]
    nearness, nearest = max(others, key=itemgetter(0), default=(0.0, None))
    return nearest if nearness > max(near * _NEARER, _LEAST) else None


def _has_a_form(brief: Brief, topic: Topic) -> bool:
    """Whether a topic, or the thing that it begins with, fits into a sentence."""
    sound = is_sound(topic_told(topic.told))
    return sound or bool(things([topic.told], telling_in(brief), names_in(brief.notes)))


def _fits(topic: Topic, people: Sequence[Interviewer]) -> bool:
    """Whether a topic is what somebody told: not of the candidate, the panel or the interview."""
    told = topic.unquoted
    if told is None or any(found.search(told) for found in (_MINE, _PROCEEDINGS, _UNENDED, _QUOTE)):
        return False
    others = frozenset[str]().union(*map(words_of_name, {*people} - {topic.reader}))
    if not others.isdisjoint(_NAMES.findall(told)):
        return False  # "Brian and Vandana do not agree"
    if not words_of_name(topic.reader).isdisjoint(_NAMES.findall(topic.told)):
        return False  # what "you" says of the reader may be told
    return bool(topic.said.by) or not begins_with_deed(told)


def telling_in(brief: Brief) -> float:
    """How rare a thing's words must be: what a resource is about may be said in a common word."""
    return TELLING if brief.kind is not Kind.VALUE_ADD else TELLING / 2


def near_resource(brief: Brief, topic: str) -> float:
    """How much a topic is about what is shared; 0 where it is not, or nothing is.

    The weight of the words that they have in common; of those that the topic has in common with a
    claim which is about the resource ("no-shows halved with text reminders"), a part.
    """
    if brief.kind is not Kind.VALUE_ADD or brief.resource is None:
        return 0.0
    stems, resource = set(stems_of(topic)), brief.resource
    claims = [set(stems_of(claim.text)) for claim in brief.notes.fit]
    near = [claim for claim in claims if common_weight(resource, claim) >= _ABOUT]
    by_claims = max((sum(map(rarity, stems & claim)) for claim in near), default=0.0)
    return max(common_weight(resource, stems), by_claims * _THROUGH_A_CLAIM)
