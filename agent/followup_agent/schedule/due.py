"""The plan of one interview: each kind of message for each interviewer, with its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel, ConfigDict

from followup_agent.kinds import Kind
from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.schedule.clock import Now, check_reach, day_of, zone_of
from followup_agent.schedule.contradictions import concerning
from followup_agent.schedule.correspondence import refusers
from followup_agent.schedule.situation import Friday, Situation, Status, Verdict
from followup_agent.schedule.windows import judge

#: Where the guide (G) speaks of each kind.
PLACES: Final = {
    Kind.THANK_YOU: "Steps to Mastering the Follow-Up, 1. Send a Thank-You Email",
    Kind.REMINDER: "Key Soft Skills, 5. Persistence and Professionalism",
    Kind.STATUS: "Steps to Mastering the Follow-Up, 3. Follow Up on Specific Points",
    Kind.VALUE_ADD: "Steps to Mastering the Follow-Up, 4. Offer Value",
    Kind.LINKEDIN: "Steps to Mastering the Follow-Up, 2. Connect on LinkedIn",
    Kind.KEEP_IN_TOUCH: "The Importance of Follow-Up, 4. Opens Doors for Future Opportunities",
}


class Due(BaseModel):
    """One kind of message for one interviewer.

    Attributes:
        kind: The kind of message.
        to: The interviewer's name.
        opens: The first moment (with the interview's zone) or day of the window; None when
            it cannot be told yet, or nothing is to be sent.
        closes: The last moment or day of the good window; None also when it never closes.
        status: ``not yet``; ``due``; ``late``, which is still sent; ``done``: sent, answered
            or over; ``blocked``: the notes lack what it needs, or contradict themselves.
        reason: Why, in a sentence with the dates.
        guide: The place in the guide.
        send_on: The day to send it on, today or later; None when there is none.
    """

    kind: Kind
    to: str
    opens: dt.datetime | dt.date | None
    closes: dt.datetime | dt.date | None
    status: Status
    reason: str
    guide: str
    send_on: dt.date | None = None

    model_config = ConfigDict(frozen=True, extra="forbid")


def plan(notes: InterviewNotes, today: dt.date, *, friday: Friday = "within-24h") -> list[Due]:
    """Say what is due to whom, and when.

    Every interviewer has one entry for each kind; `keep-in-touch` is there only after a
    rejection, for those who wrote it, else for everybody. What the Log shows as sent is
    ``done``. After an offer or withdrawal everything is, after a rejection all but
    `keep-in-touch`. Where the Log contradicts itself about a person, all their entries
    are ``blocked``, and say by which line. Windows are in the interview's time zone
    (without one, the machine's) and in business days of the notes' country (without one,
    weekends only).

    Args:
        notes: The interview.
        today: A day, or a moment; without an offset it is in the interview's zone. With a
            day, the hours of a window count as days.
        friday: When to thank for an interview on the eve of a weekend or holiday:
            ``within-24h`` as always (G, the default), or on the ``next-business-day``.

    Returns:
        By the day that a window opens, unknown days last; then by interviewer and kind.

    Raises:
        NotesError: A date of the notes is not in the years 1971 to 2999.
        SettingsError: ``today`` is not.
    """
    check_reach(notes)
    now = Now.of(today, zone_of(notes))
    dues = [due for person in notes.interviewers for due in dues_for(notes, person, now, friday)]
    return sorted(dues, key=_opening)


def dues_for(notes: InterviewNotes, person: Interviewer, now: Now, friday: Friday) -> Iterator[Due]:
    """One person's entries, in the order of the kinds."""
    situation = Situation.of(notes, person, now, friday)
    faults = concerning(notes, now, person)
    contradicted = (
        Verdict("blocked", f"The Log contradicts itself: {faults[0]}.") if faults else None
    )
    refused = person.name in refusers(notes)
    for kind in Kind:
        if kind is Kind.KEEP_IN_TOUCH and not refused:
            continue
        yield _due(kind, person, contradicted or judge(situation, kind))


def _due(kind: Kind, person: Interviewer, found: Verdict) -> Due:
    return Due(
        kind=kind,
        to=person.name,
        opens=found.opens,
        closes=found.closes,
        status=found.status,
        reason=found.reason,
        guide=PLACES[kind],
        send_on=found.send_on,
    )


def _opening(due: Due) -> dt.date:
    return day_of(due.opens) if due.opens else dt.date.max
