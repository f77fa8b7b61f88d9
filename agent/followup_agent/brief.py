"""What is to be written, for whom: the input of drafting."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from followup_agent.errors import KindError, RecipientError
from followup_agent.guide.case import Case
from followup_agent.guide.message import Composition
from followup_agent.guide.promise import gives_time
from followup_agent.guide.reading import Reading
from followup_agent.guide.topics import rarity, stems_of
from followup_agent.kinds import Kind
from followup_agent.names import match_person, words_of_name
from followup_agent.notes.model import Event, Interviewer, InterviewNotes, Item, Resource, Tone

#: The weight of a word that many notes have, and of a note's beside a title's.
_COMMON, _OF_THE_NOTE = 0.1, 0.6


@dataclass(frozen=True)
class Brief:
    """One message to write.

    Attributes:
        notes: The interview.
        kind: What the message is for.
        to: Who it is written to.
        today: The day it is written.
        siblings: Texts of the panel's other messages, which it must not copy.
        paid_linkedin: 300 characters instead of 200 for a connection request.
        proofread: Whether spelling and grammar are checked.
    """

    notes: InterviewNotes
    kind: Kind
    to: Interviewer
    today: dt.date
    siblings: tuple[str, ...] = ()
    paid_linkedin: bool = False
    proofread: bool = True

    def __post_init__(self) -> None:
        missing_need(self.notes, self.kind)

    @property
    def tone(self) -> Tone:
        """How this interviewer came across."""
        return self.notes.tone_for(self.to)

    @property
    def topics(self) -> tuple[Item, ...]:
        """What the recipient raised first, then what nobody in particular did.

        What another interviewer raised is left out, unless nothing else is there.
        """
        own = tuple(t for t in self.notes.topics if t.by == self.to.name)
        shared = tuple(t for t in self.notes.topics if t.by is None)
        return own + shared or self.notes.topics

    @cached_property
    def resource(self) -> Resource | None:
        """What is shared with the recipient: of several the one that is noted for them.

        It names them, or has most rare words in common with what they raised, or with what nobody
        in particular did; else the first.
        """
        told = set(stems_of(" ".join(topic.text for topic in self.topics)))

        def fitness(resource: Resource) -> tuple[bool, float]:
            named = bool(words_of_name(self.to) & _words_of(resource))
            return named, common_weight(resource, told)

        return max(self.notes.resources, key=fitness, default=None)

    def case(self, composition: Composition) -> Case:
        """The composed message before the guide's rules."""
        return Case(
            reading=Reading.of(composition),
            kind=self.kind,
            notes=self.notes,
            to=self.to,
            today=self.today,
            siblings=self.siblings,
            paid_linkedin=self.paid_linkedin,
            proofread=self.proofread,
        )


def common_weight(resource: Resource, stems: set[str]) -> float:
    """The weight of what words a resource has in common with others, its title's before its note's.

    A common word weighs little, and more than none.
    """
    title, note = set(stems_of(resource.title)), set(stems_of(resource.note or ""))
    of_title, of_note = (sum(max(rarity(s), _COMMON) for s in each & stems)
                         for each in (title, note - title))  # fmt: skip
    return of_title + of_note * _OF_THE_NOTE


def _said_of(resource: Resource) -> str:
    return f"{resource.title} {resource.note or ''}"


def _words_of(resource: Resource) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", _said_of(resource)))


def missing_need(notes: InterviewNotes, kind: Kind) -> None:
    """Raise KindError when the notes lack what a kind is made of, and say what to add."""
    if kind is Kind.VALUE_ADD and not notes.resources:
        raise KindError(
            f"{notes.source}: a value-add message shares a resource, and the notes hold none; "
            "add one under `## Resources` as `- [title](https://…) — why it fits`"
        )
    if kind is Kind.STATUS and notes.decision_by is None and not notes.timeline:
        raise KindError(
            f"{notes.source}: a status check names when they said they would decide; add "
            "`decision_by: YYYY-MM-DD` to the front matter, or a `## Timeline` section"
        )
    if kind is Kind.STATUS and not gives_time(notes):
        raise KindError(
            f"{notes.source}: a status check names when they said they would decide, and the "
            "Timeline gives no day and no span; add `decision_by: YYYY-MM-DD` to the front matter, "
            "or write a reminder"
        )


def recipients(notes: InterviewNotes, kind: Kind, to: str | None) -> tuple[Interviewer, ...]:
    """Who is written to: the one that ``to`` names, else every interviewer.

    A keep-in-touch message answers whoever wrote the "no", if the Log says who.

    Raises:
        RecipientError: ``to`` is nobody's name in the notes, or fits several.
    """
    if to is not None:
        return (match_person(to, notes.interviewers, notes.source),)
    if kind is Kind.KEEP_IN_TOUCH:
        for entry in reversed(notes.log):
            known = [p for p in notes.interviewers if p.name == entry.person]
            if entry.event is Event.REJECTED and known:
                return (known[0],)
    return notes.interviewers


def only(people: tuple[Interviewer, ...], source: str) -> Interviewer:
    """The one recipient; several are the caller's mistake."""
    if len(people) == 1:
        return people[0]
    names = ", ".join(p.name for p in people)
    raise RecipientError(f"{source}: several interviewers ({names}); name one with `to`")
