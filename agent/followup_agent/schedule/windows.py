"""The window of each kind, and how today stands to it (GUIDE.md, "Kinds of message")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from followup_agent.english_dates import at, on
from followup_agent.kinds import Kind
from followup_agent.notes.model import Event, LogEntry
from followup_agent.schedule.business_days import (
    add_business_days,
    is_business_day,
    next_business_day,
    previous_business_day,
)
from followup_agent.schedule.clock import day_of, interview_end, later, zone_of
from followup_agent.schedule.correspondence import outcome, refusers
from followup_agent.schedule.situation import Situation, Verdict
from followup_agent.schedule.timeline import decision

#: Not in the first two hours after the end (R).
THANK_YOU_FROM_HOURS: Final = 2
#: Within 24 hours of the end (G).
THANK_YOU_BY_HOURS: Final = 24
#: Late after 48 hours, but still sent (R).
THANK_YOU_LATE_HOURS: Final = 48
#: After that many days a thank-you is over: the reminder's "week or two" (G) are, too.
THANK_YOU_OVER_DAYS: Final = 14
_THANK_YOU_OVER = dt.timedelta(days=THANK_YOU_OVER_DAYS)
#: "Wait a week or two" (G), counted from the last message.
REMINDER_DAYS: Final = (7, 14)
#: At most two, then stop (R). That they are 7 days apart follows from `REMINDER_DAYS`.
REMINDERS_AT_MOST: Final = 2
#: "Shortly after that period" (G); one to two business days (R).
STATUS_BUSINESS_DAYS: Final = (1, 2)
#: Two to five business days after the thank-you (R).
VALUE_ADD_BUSINESS_DAYS: Final = (2, 5)
#: A day after the interview or later (R).
LINKEDIN_FROM_HOURS: Final = 24
#: A gracious answer within 48 hours of the "no" (R); the Log knows days, so two of them.
KEEP_IN_TOUCH_DAYS: Final = 2


def thank_you(s: Situation) -> Verdict:
    """Within 24 h of the interview's end (G), not in the first 2 h, late after 48 h (R).

    The end is the start and an hour. With a day only, in the notes or as today, whole
    days count: due from the interview's day to the second day after it, late from the third.
    """
    opens, closes, late_after = _thank_you_window(s)
    held = s.notes.interview_date
    over_on = max(day_of(late_after), held + _THANK_YOU_OVER)
    when = f"The interview was on {on(held)}"
    if not s.begun:
        return Verdict(
            "not yet",
            f"The interview is on {on(held)}: thank for it from {at(opens)} to {at(closes)}.",
            opens,
            closes,
            day_of(opens),
        )
    if not s.reached(opens):
        two_hours = isinstance(opens, dt.datetime)
        why = "not in the first two hours" if two_hours else "after the weekend or holiday"
        return Verdict(
            "not yet",
            f"{when}: send the thank-you from {at(opens)} on ({why}), by {at(closes)}.",
            opens,
            closes,
            day_of(opens),
        )
    if s.now.day > over_on:
        return Verdict(
            "done",
            f"{when}, more than two weeks ago, and no thank-you to {s.to.name} is in the Log: "
            "it is too late for one.",
        )
    missing = f"{when} and no thank-you to {s.to.name} is in the Log"
    if s.passed(late_after):
        reason = f"{missing}: it is late (the good time ended on {at(closes)}), but still send it."
        return Verdict("late", reason, opens, closes, s.now.day)
    late = s.passed(closes)
    advice = "the best time is over, so send it now" if late else f"send it by {at(closes)}"
    return Verdict("due", f"{missing}: {advice}.", opens, closes, s.now.day)


def _thank_you_window(s: Situation) -> tuple[dt.date, dt.date, dt.date]:
    """Opens, closes, late after."""
    held, country = s.notes.interview_date, s.notes.country
    tomorrow = held + dt.timedelta(days=1)
    if s.friday == "next-business-day" and not is_business_day(tomorrow, country):
        back = next_business_day(tomorrow, country)
        return back, back, add_business_days(back, 1, country)
    end, zone = interview_end(s.notes), zone_of(s.notes)
    if end is None:
        return held, tomorrow, held + dt.timedelta(days=2)
    return (
        later(end, THANK_YOU_FROM_HOURS, zone),
        later(end, THANK_YOU_BY_HOURS, zone),
        later(end, THANK_YOU_LATE_HOURS, zone),
    )


def reminder(s: Situation) -> Verdict:
    """7 to 14 days after the last message without a reply (G), on a business day, at most 2 (R).

    Without a message in the Log the interview's day counts. Every kind of message counts
    as one, a connection request too. The window closes on the last business day of the 14.
    """
    last = s.letters.sent[-1] if s.letters.sent else None
    since = last.on if last else s.notes.interview_date
    if reply := s.letters.reply_since(since):
        return Verdict("done", f"{s.to.name} replied on {on(reply.on)}: no reminder is needed.")
    reminders = s.letters.of_kind(Kind.REMINDER)
    if len(reminders) >= REMINDERS_AT_MOST:
        return Verdict(
            "done",
            f"{len(reminders)} reminders went to {s.to.name}, the last on "
            f"{on(reminders[-1].on)}: that is the most, so stop here.",
        )
    first, final = (since + dt.timedelta(days=n) for n in REMINDER_DAYS)
    opens = s.business(first)
    closes = max(opens, previous_business_day(final, s.notes.country))
    told = (
        f"The last message to {s.to.name}, a {last.kind}, went on {on(since)} and no reply is in "
        "the Log"
        if last
        else f"The interview was on {on(since)} and the Log holds no message to or from {s.to.name}"
    )
    if opens < s.now.day < closes and s.business(s.now.day) != s.now.day:
        back = s.business(s.now.day)
        reason = f"{told}: today is not a business day, so remind them on {at(back)}."
        return Verdict("not yet", reason, opens, closes, back)
    found = _by_day(s, opens, closes, told, "a gentle reminder")
    return replace(found, reason=f"{found.reason[:-1]}{_instead(s, last)}.")


def _instead(s: Situation, last: LogEntry | None) -> str:
    """What may be better than a reminder just now."""
    if last is None and s.now.day <= s.notes.interview_date + _THANK_YOU_OVER:
        return "; if no thank-you went yet, that comes first"
    day = decision(s.notes).day
    if day is not None and s.now.day <= day:
        return f"; they will decide by {on(day)}, so waiting for that is fine, too"
    return ""


def status(s: Situation) -> Verdict:
    """1 to 2 business days after the decision was due (G: "shortly after"; R), once.

    The decision is due on ``decision_by``, else on the Timeline's one simple date. A
    message from the person after that day answers the question.
    """
    found = decision(s.notes)
    if found.day is None:
        return Verdict("blocked", f"A status check needs the day they named: {found.missing}.")
    day = found.day
    if reply := s.letters.reply_since(day + dt.timedelta(days=1)):
        return Verdict(
            "done",
            f"{s.to.name} wrote on {on(reply.on)}, after the decision was due on {on(day)}: "
            "there is nothing to ask.",
        )
    opens, closes = (add_business_days(day, n, s.notes.country) for n in STATUS_BUSINESS_DAYS)
    tense = "would" if s.now.day > day else "will"
    told = f"They said they {tense} decide by {on(day)}"
    return _by_day(s, opens, closes, told, "the status check")


def value_add(s: Situation) -> Verdict:
    """2 to 5 business days after the thank-you (R), once; needs a resource."""
    if not s.notes.resources:
        return Verdict(
            "blocked",
            "A value-add message shares a resource, and the notes hold none: add one under "
            "`## Resources` as `- [title](https://…) — why it fits`.",
        )
    thanks = s.letters.of_kind(Kind.THANK_YOU)
    if not thanks:
        reason = f"It comes after the thank-you, and the Log shows none to {s.to.name}."
        return Verdict("not yet", reason)
    sent = thanks[-1].on
    opens, closes = (add_business_days(sent, n, s.notes.country) for n in VALUE_ADD_BUSINESS_DAYS)
    told = f"The thank-you to {s.to.name} went on {on(sent)} and the notes hold a resource"
    return _by_day(s, opens, closes, told, "the value-add message")


def linkedin(s: Situation) -> Verdict:
    """24 h after the interview's end or later (R), once; the window never closes."""
    end = interview_end(s.notes)
    opens: dt.date = (
        later(end, LINKEDIN_FROM_HOURS, zone_of(s.notes))
        if end
        else s.notes.interview_date + dt.timedelta(days=1)
    )
    held = f"The interview {'was' if s.begun else 'is'} on {on(s.notes.interview_date)}"
    if not s.reached(opens):
        reason = f"{held}: ask {s.to.name} to connect from {at(opens)}."
        return Verdict("not yet", reason, opens, None, day_of(opens))
    reason = f"{held}, and the Log shows no connection request to {s.to.name} yet."
    return Verdict("due", reason, opens, None, s.now.day)


def keep_in_touch(s: Situation) -> Verdict:
    """Within 48 h of the "no" (R), once: to those who wrote it, else to each interviewer."""
    refusal = refusers(s.notes)[s.to.name]
    closes = refusal.on + dt.timedelta(days=KEEP_IN_TOUCH_DAYS)
    told = f"The “no” came on {on(refusal.on)}"
    if s.passed(closes):
        reason = f"{told}: an answer was due by {at(closes)}; it is late, but still send it."
        return Verdict("late", reason, refusal.on, closes, s.now.day)
    reason = f"{told}: answer graciously by {at(closes)}."
    return Verdict("due", reason, refusal.on, closes, s.now.day)


def _by_day(s: Situation, opens: dt.date, closes: dt.date, told: str, what: str) -> Verdict:
    """The verdict on a window of business days."""
    if not s.reached(opens):
        reason = f"{told}: {what} is due from {at(opens)} to {at(closes)}."
        return Verdict("not yet", reason, opens, closes, opens)
    send_on = s.business(s.now.day)
    wait = "" if send_on == s.now.day else f" (today is not a business day: on {at(send_on)})"
    if s.passed(closes):
        reason = f"{told}: {what} was due by {at(closes)}; it is late, but still send it{wait}."
        return Verdict("late", reason, opens, closes, send_on)
    return Verdict("due", f"{told}: send {what} by {at(closes)}{wait}.", opens, closes, send_on)


_JUDGES: Final[dict[Kind, Callable[[Situation], Verdict]]] = {
    Kind.THANK_YOU: thank_you,
    Kind.REMINDER: reminder,
    Kind.STATUS: status,
    Kind.VALUE_ADD: value_add,
    Kind.LINKEDIN: linkedin,
    Kind.KEEP_IN_TOUCH: keep_in_touch,
}


_ENDS: Final = {
    Event.OFFER: "an offer",
    Event.REJECTED: "a rejection",
    Event.WITHDRAWN: "that you withdrew",
}


def judge(s: Situation, kind: Kind) -> Verdict:
    """Where a kind stands for a person: its window, unless it was sent or all is over.

    A kind is sent once, the reminder twice. An offer or a withdrawal ends everything, a
    rejection everything but `keep-in-touch`.
    """
    sent = s.letters.of_kind(kind)
    if sent and kind is not Kind.REMINDER:
        return Verdict("done", f"Sent to {s.to.name} on {on(sent[-1].on)}.")
    if (end := outcome(s.notes)) and not awaits_answer(end, kind):
        return Verdict("done", ending(end))
    return _JUDGES[kind](s)


def awaits_answer(end: LogEntry, kind: Kind) -> bool:
    """Whether a kind is still due after the process ended so."""
    return kind is Kind.KEEP_IN_TOUCH and end.event is Event.REJECTED


def ending(end: LogEntry) -> str:
    """Why nothing is due any more, in a sentence."""
    return f"The Log shows {_ENDS[end.event]} on {on(end.on)}: that ends the follow-up."
