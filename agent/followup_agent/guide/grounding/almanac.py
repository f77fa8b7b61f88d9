"""Dates of a message held against the notes: the interview, the decision, the log, the text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from followup_agent.english_dates import WEEKDAYS, month, weekday
from followup_agent.guide.grounding.known import Day, Known, Line
from followup_agent.guide.grounding.ledger import Ledger, at_line
from followup_agent.guide.grounding.mention import Mention
from followup_agent.guide.grounding.terms import SEASONS
from followup_agent.guide.grounding.words import Word, Zone

if TYPE_CHECKING:
    from followup_agent.guide.case import Case

Talk = Literal["meeting", "deadline", "message", ""]
_OPEN_WINDOW = 60  # days after the decision in which an undated message may be sent
# What a date is said of: the nearest of these words before it decides, else one soon after it.
_MEETING = frozenset(
    """
        interview interviews interviewed interviewing meeting meetings met meet spoke speak
        speaking spoken conversation talk talked talking discussion discussed chat chatted call
        visit visited visiting discuss saw see seeing session round panel chatting interviewers
    """.split()
)
_DEADLINE = frozenset(
    """
        decide decided decision deciding hear heard choose chosen chose answer expected due update
        by until before within announce finalise finalize timeline mind outcome result deadline
        let inform ring telephone start starts begin launch launched opening open opens available
        free send
    """.split()
)
_MESSAGE = frozenset(
    """
        wrote write writing sent email e-mail mail message note letter reply replied answered
        responded response applied application coming came news telling article read ringing rang
        calling phoning letting e-mailing emailing replying
    """.split()
)
_DECIDING = frozenset(
    "decide decided decision hear heard answer update back let announce ring call choose".split()
)
_FORWARD = frozenset("next coming following upcoming forward".split())
_AHEAD = frozenset("forward will shall second next upcoming again we'll i'll final".split())
_THANKS = frozenset({"thank", "thanks", "grateful", "appreciated"})
_WISHES = frozenset(
    """
        happy enjoy lovely great good nice pleasant wonderful every each monday sunday saturday
        friday
    """.split()
)


class Almanac:
    """Judges the mentions of one message."""

    def __init__(self, case: Case, known: Known, ledger: Ledger) -> None:
        self.today, self.known, self.ledger = case.today, known, ledger

    def person(self, mention: Mention, zone: Zone) -> bool:
        """Whether a month is somebody of the notes: "Thank you, June"; not "in June"."""
        words, i = zone.words, mention.first
        named = mention.kind == "month" and not mention.year and words[i].cap
        before = words[i - 1].key if i else ""
        return named and words[i].key in self.known.people_by and before not in _MONTHLY

    def judge(self, mention: Mention, zone: Zone) -> None:
        """File a mention as traced or invented."""
        talk = talk_of(mention, zone)
        if mention.kind in {"date", "day"}:
            self._date(mention, zone, talk)
        elif mention.kind == "weekday":
            self._weekday(mention, zone, talk)
        elif mention.kind == "month":
            self._month(mention, talk)
        elif mention.kind == "year":
            self._year(mention)
        elif mention.kind == "time":
            self._time(mention)
        elif mention.kind == "holiday":
            self._holiday(mention, zone.words)
        elif mention.kind == "season":
            self._season(mention)
        else:
            self._relative(mention, zone, talk)

    def _wrong(self, mention: Mention, why: str) -> None:
        words = self.ledger.quote(mention.start, mention.end)
        self.ledger.wrong("date", f"{words} {why}", mention.start, mention.end)

    def _traced(self, mention: Mention, line: Line) -> None:
        self.ledger.source(mention.start, mention.end, line)

    def _met(self) -> str:
        day = self.known.interview
        told = f"{weekday(day.date)} {day.date.day} {month(day.date)}"
        return f"the interview was on {told} {at_line(day.line)}"

    def _days(self, talk: Talk, zone: Zone) -> list[Day]:
        """The dates that this kind of talk can be about: no interview was on the day of a note."""
        if talk != "meeting":
            return self.known.days
        ahead = not _AHEAD.isdisjoint(zone.keys)
        return [
            day for day in self.known.days
            if day.event in {"interview", "answer"} or (ahead and day.event == "text")
        ]  # fmt: skip

    def _date(self, mention: Mention, zone: Zone, talk: Talk) -> None:
        matching = [
            day for day in self._days(talk, zone)
            if any(day.date.day == d and m in {0, day.date.month} for d, m in mention.choices)
            and mention.year in {0, day.date.year}
        ] or self._week(mention, zone)  # fmt: skip
        if not matching and self.today and self._is(self.today, mention):
            return
        day_of_month = mention.choices[0][0] if mention.kind == "day" else 0
        if not matching and talk != "meeting" and day_of_month in self.known.month_days:
            self._traced(mention, self.known.month_days[day_of_month])
            return
        if not matching:
            if mention.sure:
                end = self._met() if talk == "meeting" else "the notes give no such date"
                self._wrong(
                    mention, f"does not follow from the notes: {end}. Mend or drop the date"
                )
            return
        fitting = [d for d in matching if mention.weekday in {None, d.date.weekday()}]
        if not fitting:
            day = matching[0].date
            self._wrong(mention, f"is a {weekday(day)}{self._also(matching[0])}")
            return
        self._part(mention, talk, fitting[0])

    def _week(self, mention: Mention, zone: Zone) -> list[Day]:
        """The dates of the notes in "the week commencing the 18th"; none of another phrase."""
        keys = [word.key for word in zone.words[max(0, mention.first - 3) : mention.first]]
        keys = keys[:-1] if keys[-1:] == ["the"] else keys
        if keys[-2:] not in (["week", verb] for verb in ("commencing", "beginning", "starting")):
            return []
        return [
            day for day in self.known.days
            if any(self._is(day.date - dt.timedelta(n), mention) for n in range(7))
        ]  # fmt: skip

    def _also(self, day: Day) -> str:
        return f"; {self._met()}" if day.event == "interview" else f" {at_line(day.line)}"

    @staticmethod
    def _is(date: dt.date, mention: Mention) -> bool:
        return (
            mention.weekday in {None, date.weekday()}
            and mention.year in {0, date.year}
            and any(date.day == d and m in {0, date.month} for d, m in mention.choices)
        )

    def _part(self, mention: Mention, talk: Talk, day: Day) -> None:
        """Check a "morning" or "afternoon" of the interview's day against its hour."""
        at = self.known.at_minutes
        if mention.part and talk == "meeting" and day.event == "interview" and at is not None:
            low, high = mention.part
            if not low <= at / 60 < high + 0.5:
                clock = f"{at // 60:02}:{at % 60:02}"
                self._wrong(
                    mention,
                    f"is the wrong time of day: the interview was at {clock} {at_line(day.line)}",
                )
                return
        self._traced(mention, day.line)

    def _weekday(self, mention: Mention, zone: Zone, talk: Talk) -> None:
        known, weekday, words = self.known, mention.weekday, zone.words
        before = words[mention.first - 1].key if mention.first else ""
        plural = mention.word.endswith("s") and mention.word not in {"thurs", "tues", "weds"}
        forward = before in _FORWARD
        days = self._days("" if forward or plural else talk, zone)
        if talk == "meeting" and not (forward or plural or before in {"a", "an", "every", "each"}):
            on = [day for day in days if day.date.weekday() == weekday]
            if on:
                self._part(mention, talk, on[0])
            elif weekday in known.weekdays and before not in {"on", "last"}:
                self._traced(mention, known.weekdays[weekday])
            else:
                self._wrong(mention, f"does not follow from the notes: {self._met()}")
            return
        on = [day for day in days if day.date.weekday() == weekday]
        if on:
            self._traced(mention, on[0].line)
        elif weekday in known.weekdays:
            self._traced(mention, known.weekdays[weekday])
        elif (talk or zone.kind != "body" or not _THANKS.isdisjoint(zone.keys)) and not self._idiom(
            mention, words
        ):
            self._wrong(
                mention, "is a day that the notes do not give; name a date of theirs or drop it"
            )

    def _idiom(self, mention: Mention, words: list[Word]) -> bool:
        """``Happy Friday``, ``Monday to Friday``, ``a great Sunday``, or today's name."""
        before = words[mention.first - 1].key if mention.first else ""
        after = words[mention.last + 1].key if mention.last + 1 < len(words) else ""
        after_next = words[mention.last + 2].key if mention.last + 2 < len(words) else ""
        two_before = words[mention.first - 2].key if mention.first > 1 else ""
        if before in _WISHES or (after in {"to", "through"} and after_next in _LOWER_DAYS):
            return True
        if before in {"to", "through"} and two_before in _LOWER_DAYS:
            return True
        return bool(self.today and before == "this" and self.today.weekday() == mention.weekday)

    def _month(self, mention: Mention, talk: Talk) -> None:
        known, month = self.known, mention.month
        if mention.year and mention.year not in known.years:
            self._wrong(mention, "names a year that the notes do not give")
        elif talk == "meeting" and month == known.interview.date.month:
            self._traced(mention, known.interview.line)
        elif month in known.months:
            self._traced(mention, known.months[month])
        elif not self._passed(month):
            self._wrong(mention, "is a month that the notes do not give; name theirs or drop it")

    def _passed(self, month: int) -> bool:
        """Whether the month lies between the interview and the day of sending, or the decision."""
        first, last = self.known.interview.date, self.known.days[0].date
        if self.known.decision:
            last = max(last, self.known.decision.date)
        if self.today:
            last = max(last, self.today)
        span = (last.year - first.year) * 12 + last.month - first.month
        return any((first.month + n - 1) % 12 + 1 == month for n in range(min(span, 12) + 1))

    def _year(self, mention: Mention) -> None:
        if mention.year in self.known.years:
            self._traced(mention, self.known.years[mention.year])
        elif not (self.today and mention.year == self.today.year):
            self._wrong(mention, "is a year that the notes do not give; take theirs or drop it")

    def _time(self, mention: Mention) -> None:
        for minute in mention.minutes:
            if minute in self.known.minutes:
                self._traced(mention, self.known.minutes[minute])
                return
        self._wrong(mention, "is a time that the notes do not give; take theirs or drop it")

    def _holiday(self, mention: Mention, words: list[Word]) -> None:
        keys = {word.key for word in words}
        before = words[mention.first - 1].key if mention.first else ""
        if mention.word in self.known.day_words:
            self._traced(mention, self.known.day_words[mention.word])
        elif before in {"by", "before", "until", "till"} and not _DECIDING.isdisjoint(keys):
            self._wrong(mention, "is a date that the notes do not give; name theirs or drop it")

    def _season(self, mention: Mention) -> None:
        """A season that the notes name, or in which one of their months lies."""
        word, low_high = mention.word, SEASONS[mention.word]
        for twin in ("autumn", "fall") if word in {"autumn", "fall"} else (word,):
            if twin in self.known.words:
                self._traced(mention, self.known.words[twin].line)
                return
        months = set(self.known.months) | ({self.today.month} if self.today else set())
        if not any(low_high[0] <= m <= low_high[1] or m + 12 <= low_high[1] for m in months):
            self._wrong(mention, "is a season that the notes do not give; take theirs or drop it")

    def _relative(self, mention: Mention, zone: Zone, talk: Talk) -> None:
        if self.today is None:
            if mention.part and talk == "meeting":
                self._part(mention, talk, self.known.interview)
            return
        before = zone.words[mention.first - 1].key if mention.first else ""
        if before in _COUNTED:
            return  # "a week today": the span is judged by itself
        offset = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(mention.word)
        if offset is None:
            self._span(mention, talk)
            return
        date = self.today + dt.timedelta(days=offset)
        on = [day for day in self.known.days if day.date == date]
        thanking = not _THANKS.isdisjoint(zone.keys)
        held = [day for day in on if day.event in {"interview", "answer"}]
        about = talk == "meeting" or (thanking and talk != "message" and zone.kind != "signature")
        if not about or offset > 0:
            if on:
                self._traced(mention, on[0].line)
        elif held:
            self._part(mention, talk, held[0])
        elif not (on and talk != "meeting"):
            self._wrong(mention, f"does not follow from the notes: {self._met()}")

    def _span(self, mention: Mention, talk: Talk) -> None:
        """``last week``, ``this month``: the interview must lie there when it is meant."""
        which, _, unit = mention.word.partition(" ")
        day = self.known.interview
        if (
            talk != "meeting"
            or which == "next"
            or self.today is None
            or unit not in {"week", "month"}
        ):
            if mention.word in self.known.day_words:
                self._traced(mention, self.known.day_words[mention.word])
            return
        ago = (self.today - day.date).days
        if unit == "week":
            past = self.today.weekday()
            fits = past < ago <= past + 7 or 4 < ago < 11 if which == "last" else ago < 7
        else:
            months = (self.today.year - day.date.year) * 12 + self.today.month - day.date.month
            fits = months == (which == "last")
        if fits:
            self._traced(mention, day.line)
        else:
            self._wrong(mention, f"does not follow from the notes: {self._met()}")

    def ago(self, days: float, slack: float, talk: Talk) -> bool:
        """Whether something of the notes lay so many days before the day of sending."""
        if self.today is None:
            first = self.known.interview.date
            last = max([d.date for d in self.known.days] + [first])
            return days - slack <= (last - first).days + _OPEN_WINDOW
        return any(
            abs((self.today - day.date).days - days) <= slack
            for day in self.known.days
            if talk != "meeting" or day.event in {"interview", "answer", "text"}
        )


# Before a month's word these tell the month, and not somebody who is called so.
_MONTHLY = frozenset(
    """
        in by until till since during early late mid last next this before after of
        between throughout
    """.split()
)
# What these tell is said at the meeting, and is not its date: "you named 30 March".
_TOLD = frozenset("named gave mentioned quoted set indicated suggested expected".split())
# Before "meet", "call" or "talk" they make it one to come: "I can call on Friday".
_OFFERING = frozenset("can could will would may might shall i'll we'll can't couldn't".split())
_COUNTED = frozenset("ago fortnight week weeks month months year years days".split())
_LOWER_DAYS = frozenset(day.lower() for day in WEEKDAYS)


def talk_of(mention: Mention, zone: Zone) -> Talk:
    """What a date is said of: the conversation, a deadline, a message, or nothing known."""
    words, nearest = zone.words, mention.first - 1
    nearest -= nearest > 0 and words[nearest].key == "the"
    told = nearest >= 0 and words[nearest].key in _TOLD
    for i in () if told else range(mention.first - 1, max(-1, mention.first - 10), -1):
        if talk := _talk(words[i].key):
            return talk if i == 0 or words[i - 1].key not in _OFFERING else ""
    for i in range(mention.last + 1, min(len(words), mention.last + 6)):
        if talk := _talk(words[i].key):
            return talk
    return ""


def _talk(key: str) -> Talk:
    if key in _MEETING:
        return "meeting"
    if key in _DEADLINE:
        return "deadline"
    return "message" if key in _MESSAGE else ""
