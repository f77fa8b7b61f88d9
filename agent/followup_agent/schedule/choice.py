"""Which kind of message is due to one person today: what ``--kind auto`` means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from followup_agent.english_dates import at, on
from followup_agent.errors import NotesError, NothingDue
from followup_agent.kinds import Kind
from followup_agent.notes.model import Event, Interviewer, InterviewNotes
from followup_agent.schedule.clock import Now, check_reach, zone_of
from followup_agent.schedule.contradictions import concerning
from followup_agent.schedule.correspondence import outcome, refusers
from followup_agent.schedule.due import Due, dues_for
from followup_agent.schedule.situation import Friday, Situation
from followup_agent.schedule.windows import ending

#: The most pressing kind first.
PRECEDENCE: Final = (
    Kind.KEEP_IN_TOUCH,
    Kind.STATUS,
    Kind.THANK_YOU,
    Kind.REMINDER,
    Kind.VALUE_ADD,
    Kind.LINKEDIN,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The kind that is due.

    Attributes:
        kind: The kind of message.
        why: Why it is this one, in a sentence with the dates.
        due: Its entry of the plan.
    """

    kind: Kind
    why: str
    due: Due


def choose(
    notes: InterviewNotes, today: dt.date, to: Interviewer, *, friday: Friday = "within-24h"
) -> Choice:
    """Choose the kind of message that is due to a person today.

    After a rejection `keep-in-touch`; a status check once the decision is a business day
    late; a thank-you that the Log does not show, up to 14 days after the interview; a
    reminder, a value-add message, a connection request. A late one is chosen too, and
    says so. No kind is chosen twice, but a reminder may be (at most two). From the
    beginning of the interview on a thank-you can be written, even while the first two
    hours last: ``why`` then says from when to send it.

    Args:
        notes: The interview.
        today: A day, or a moment; without an offset it is in the interview's zone.
        to: One of the notes' interviewers.
        friday: As in `plan`.

    Raises:
        NothingDue: Nothing is; the message names the next date, if there is one.
        NotesError: What the Log says about the person contradicts itself, or a date is
            not in the years 1971 to 2999.
        SettingsError: ``today`` is not.
    """
    check_reach(notes)
    now = Now.of(today, zone_of(notes))
    if faults := concerning(notes, now, to):
        raise NotesError(faults)
    dues = {due.kind: due for due in dues_for(notes, to, now, friday)}
    begun = Situation.of(notes, to, now, friday).begun
    for kind in PRECEDENCE:
        due = dues.get(kind)
        if due and (due.status in {"due", "late"} or (_can_be_written(due) and begun)):
            return Choice(kind, due.reason, due)
    raise _nothing(notes, to, now, list(dues.values()))


def _can_be_written(due: Due) -> bool:
    return due.kind is Kind.THANK_YOU and due.status == "not yet"


def _nothing(notes: InterviewNotes, to: Interviewer, now: Now, dues: list[Due]) -> NothingDue:
    """Say that nothing is due, and what comes next or why nothing will."""
    told = f"{notes.source}: nothing is due to {to.name} on {on(now.day)}"
    coming = [(due.send_on, due.kind) for due in dues if due.send_on]
    if coming:
        day, kind = min(coming, key=lambda entry: entry[0])
        return NothingDue(f"{told}; next is the {kind} message on {at(day)}", day, kind)
    end = outcome(notes)
    if end is None:
        return NothingDue(f"{told}, and nothing more is planned")
    if end.event is Event.REJECTED and to.name not in refusers(notes):
        writers = " and ".join(refusers(notes))
        return NothingDue(
            f"{told}: the rejection came from {writers}, so the keep-in-touch message goes "
            f"there; `--kind keep-in-touch` writes to {to.name} all the same"
        )
    return NothingDue(f"{told}: {ending(end)[:-1]}")
