"""What the Log says went between the candidate and one interviewer, and how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from followup_agent.kinds import Kind
from followup_agent.notes.attribution import answering, match_person
from followup_agent.notes.model import Event, Interviewer, InterviewNotes, LogEntry

#: Events that end the whole process, whoever wrote them.
OUTCOMES = frozenset({Event.OFFER, Event.REJECTED, Event.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The messages of one person, by day; the order of the Log does not matter.

    Attributes:
        sent: What was sent to them, oldest first.
        replies: What they wrote after the interview, oldest first.
    """

    sent: tuple[LogEntry, ...]
    replies: tuple[LogEntry, ...]

    @classmethod
    def of(cls, notes: InterviewNotes, person: Interviewer) -> Correspondence:
        """The Log's lines about one person.

        A line without a name is about every interviewer: rather one message too few than
        one sent twice. A line that names somebody else (HR, say) is about none.
        """
        own = sorted((e for e in notes.log if concerns(e, person, notes.interviewers)), key=_order)
        return cls(
            sent=tuple(e for e in own if e.event is Event.SENT),
            replies=tuple(e for e in own if e.event is Event.REPLY),
        )

    def of_kind(self, kind: Kind) -> tuple[LogEntry, ...]:
        """What was sent of one kind, oldest first."""
        return tuple(e for e in self.sent if e.kind is kind)

    def reply_since(self, day: dt.date) -> LogEntry | None:
        """Their last reply, when it came on that day or later."""
        last = self.replies[-1] if self.replies else None
        return last if last and last.on >= day else None


def concerns(entry: LogEntry, person: Interviewer, people: Sequence[Interviewer]) -> bool:
    """Whether a Log line is about a person: it names them, or nobody."""
    return entry.person is None or match_person(entry.person, people) == person


def namesakes(entry: LogEntry, people: Sequence[Interviewer]) -> tuple[Interviewer, ...]:
    """The interviewers that a line's name fits, when it fits several of them."""
    fitting = answering(entry.person, people) if entry.person else []
    return tuple(fitting) if len(fitting) > 1 else ()


def _order(entry: LogEntry) -> tuple[dt.date, str, str]:
    """By day; within one day the order of the lines must not matter."""
    return entry.on, entry.event, entry.kind or ""


def outcome(notes: InterviewNotes) -> LogEntry | None:
    """How the process ended: an offer or a withdrawal before a rejection, the first of each."""
    ends = sorted((e for e in notes.log if e.event in OUTCOMES), key=_order)
    return next((e for e in ends if e.event is not Event.REJECTED), ends[0] if ends else None)


def refusers(notes: InterviewNotes) -> dict[str, LogEntry]:
    """The interviewers whom a "no" calls for an answer to, with its first Log line each.

    Those who wrote it; everybody, when the Log names nobody or nobody of the interviewers.
    """
    noes = sorted((e for e in notes.log if e.event is Event.REJECTED), key=_order)
    wrote: dict[str, LogEntry] = {}
    for entry in noes:
        writer = match_person(entry.person, notes.interviewers) if entry.person else None
        if writer:
            wrote.setdefault(writer.name, entry)
    return wrote or {p.name: noes[0] for p in notes.interviewers if noes}
