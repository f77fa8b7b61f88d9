"""One interviewer on one day, and the answer about one kind of message."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.schedule.business_days import next_business_day
from followup_agent.schedule.clock import Now, day_of, interview_start
from followup_agent.schedule.correspondence import Correspondence

Status = Literal["not yet", "due", "late", "done", "blocked"]
#: When to thank for an interview on the eve of a weekend or holiday. The sources for R
#: disagree; the default follows G, which knows no exception to its 24 hours.
Friday = Literal["within-24h", "next-business-day"]


@dataclass(frozen=True, slots=True)
class Situation:
    """One interviewer, on one day.

    Attributes:
        notes: The interview.
        to: The interviewer.
        now: When the question is asked.
        letters: What went to and fro between the candidate and them.
        friday: Whether a thank-you waits for the end of a weekend.
    """

    notes: InterviewNotes
    to: Interviewer
    now: Now
    letters: Correspondence
    friday: Friday = "within-24h"

    @classmethod
    def of(
        cls, notes: InterviewNotes, to: Interviewer, now: Now, friday: Friday = "within-24h"
    ) -> Situation:
        """Look up what the Log says about the person."""
        return cls(notes, to, now, Correspondence.of(notes, to), friday)

    @property
    def begun(self) -> bool:
        """Whether the interview has begun; with days only, whether its day has."""
        start = interview_start(self.notes)
        return self.reached(start or self.notes.interview_date)

    def reached(self, edge: dt.date) -> bool:
        """Whether an edge is here: its moment if both are known, else its day."""
        # Two moments of one zone compare by the wall clock, which repeats an hour in autumn.
        if isinstance(edge, dt.datetime) and self.now.moment is not None:
            return self.now.moment.timestamp() >= edge.timestamp()
        return self.now.day >= day_of(edge)

    def passed(self, edge: dt.date) -> bool:
        """Whether an edge is over; the whole of an edge that is a day counts as before."""
        if isinstance(edge, dt.datetime) and self.now.moment is not None:
            return self.now.moment.timestamp() > edge.timestamp()
        return self.now.day > day_of(edge)

    def business(self, day: dt.date) -> dt.date:
        """The day, or the first business day after it."""
        return next_business_day(day, self.notes.country)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How today stands to one window.

    Attributes:
        status: The answer in a word.
        reason: The answer in a sentence.
        opens: The first moment or day of the window; None when it can't be told.
        closes: The last moment or day of the good window; None when it never closes.
        send_on: The day to send it on; None when there is nothing to send, or no day known.
    """

    status: Status
    reason: str
    opens: dt.datetime | dt.date | None = None
    closes: dt.datetime | dt.date | None = None
    send_on: dt.date | None = None
