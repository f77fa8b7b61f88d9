"""Each kind's window is the guide's."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from followup_agent.errors import NotesError, SettingsError
from followup_agent.schedule import Due, plan

THANKS = "2026-05-12 sent thank-you to Priya Nair"


def entry(notes, today: str, kind: str, to: str = "Priya Nair", **options) -> Due:
    """The plan's one entry of a kind for a person."""
    when = dt.datetime.fromisoformat(today)
    moment = when if "T" in today else when.date()
    found = [d for d in plan(notes, moment, **options) if (d.kind, d.to) == (kind, to)]
    assert len(found) == 1
    return found[0]


def day(text: str) -> dt.date:
    """A day."""
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    """A moment."""
    return dt.datetime.fromisoformat(text)


class TestThankYou:
    def test_window(self, interview):
        """It opens 2 hours after an interview of an hour and closes after 24."""
        due = entry(interview(), "2026-05-12T17:30", "thank-you")
        assert due.opens == moment("2026-05-12T17:00+01:00")
        assert due.closes == moment("2026-05-13T15:00+01:00")
        assert due.guide == "Steps to Mastering the Follow-Up, 1. Send a Thank-You Email"
        assert due.send_on == day("2026-05-12")

    @pytest.mark.parametrize(
        ("today", "status", "words"),
        [
            ("2026-05-11", "not yet", "The interview is on 12 May 2026: thank for it from Tuesday"),
            ("2026-05-12T13:59", "not yet", "The interview is on"),
            ("2026-05-12T14:00", "not yet", "from Tuesday 12 May 2026, 17:00 on (not in the first"),
            ("2026-05-12T16:59:59", "not yet", "not in the first two hours"),
            ("2026-05-12T17:00", "due", "send it by Wednesday 13 May 2026, 15:00."),
            ("2026-05-12T16:00+00:00", "due", "send it by"),
            ("2026-05-13T15:00", "due", "send it by"),
            ("2026-05-13T15:01", "due", "the best time is over, so send it now"),
            ("2026-05-14T15:00", "due", "the best time is over"),
            ("2026-05-14T15:01", "late", "it is late"),
            ("2026-05-12", "due", "send it by"),
            ("2026-05-14", "due", "the best time is over"),
            ("2026-05-15", "late", "but still send it"),
            ("2026-05-26", "late", "but still send it"),
            ("2026-05-27", "done", "too late"),
        ],
    )
    def test_status(self, interview, today: str, status: str, words: str):
        """Hours count when today has an hour, else days; after two weeks it is over."""
        due = entry(interview(), today, "thank-you")
        assert due.status == status
        assert words in due.reason

    @pytest.mark.parametrize(
        ("today", "status"),
        [
            ("2026-05-11", "not yet"),
            ("2026-05-12T00:01", "due"),
            ("2026-05-14", "due"),
            ("2026-05-15", "late"),
        ],
    )
    def test_without_an_hour(self, interview, today: str, status: str):
        """An interview whose hour is not known has whole days."""
        due = entry(interview(interviewed="2026-05-12"), today, "thank-you")
        assert (due.opens, due.closes) == (day("2026-05-12"), day("2026-05-13"))
        assert due.status == status

    def test_late_evening(self, interview):
        """After an evening interview the window opens on the next day."""
        due = entry(interview(interviewed="2026-05-12T21:30"), "2026-05-12", "thank-you")
        assert due.status == "not yet"
        assert due.send_on == day("2026-05-13")

    def test_sent(self, interview):
        """What the Log shows as sent is done."""
        due = entry(interview(THANKS), "2026-05-12", "thank-you")
        assert (due.status, due.reason) == ("done", "Sent to Priya Nair on 12 May 2026.")
        assert due.opens is due.closes is due.send_on is None

    def test_a_line_without_a_name_counts_for_all(self, interview):
        """Rather one message too few than one sent twice."""
        notes = interview("2026-05-12 sent thank-you", interviewers=["Priya Nair", "Tom Becker"])
        assert {
            entry(notes, "2026-05-13", "thank-you", p).status for p in ("Priya Nair", "Tom Becker")
        } == {"done"}

    def test_a_line_to_somebody_else_counts_for_nobody(self, interview):
        """A message to HR is none to the interviewer."""
        notes = interview("2026-05-12 sent thank-you to Lena Fischer")
        assert entry(notes, "2026-05-13", "thank-you").status == "due"

    def test_the_clock_goes_forward(self, interview):
        """24 hours are 24 hours when the night is an hour short."""
        notes = interview(interviewed="2026-03-28T14:00")
        due = entry(notes, "2026-03-28", "thank-you")
        assert due.closes == moment("2026-03-29T16:00+01:00")

    def test_the_repeated_hour(self, interview):
        """In the hour that comes twice the second pass is later than the first."""
        notes = interview(interviewed="2026-10-24T22:30")  # ends 23:30, opens 01:30 the first time
        first = moment("2026-10-25T01:29+01:00")
        second = moment("2026-10-25T01:10+00:00")
        statuses = [
            next(d.status for d in plan(notes, m) if d.kind == "thank-you") for m in (first, second)
        ]
        assert statuses == ["not yet", "due"]

    def test_local_zone(self, interview, monkeypatch: pytest.MonkeyPatch):
        """Without a zone in the notes the machine's own holds."""
        monkeypatch.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        try:
            notes = interview(timezone=None)
            due = entry(notes, "2026-05-12T11:30+00:00", "thank-you")
            assert due.opens == moment("2026-05-12T17:00+05:30")
            assert due.status == "due"
        finally:
            monkeypatch.undo()
            time.tzset()


class TestFriday:
    def test_default(self, interview):
        """On a Friday the 24 hours hold as on any day."""
        due = entry(interview(interviewed="2026-05-15T14:00"), "2026-05-15", "thank-you")
        assert due.closes == moment("2026-05-16T15:00+01:00")

    @pytest.mark.parametrize(
        ("today", "status"),
        [
            ("2026-05-22", "not yet"),
            ("2026-05-25", "not yet"),
            ("2026-05-26", "due"),
            ("2026-05-27", "due"),
            ("2026-05-28", "late"),
            ("2026-06-05", "late"),
            ("2026-06-06", "done"),
        ],
    )
    def test_next_business_day(self, interview, today: str, status: str):
        """The option waits for the end of a long weekend."""
        notes = interview(interviewed="2026-05-22T14:00")
        due = entry(notes, today, "thank-you", friday="next-business-day")
        assert due.status == status
        if status != "done":
            assert due.opens == due.closes == day("2026-05-26")

    def test_other_days(self, interview):
        """The option changes nothing in the middle of a week."""
        due = entry(interview(), "2026-05-12", "thank-you", friday="next-business-day")
        assert due.closes == moment("2026-05-13T15:00+01:00")


class TestReminder:
    @pytest.mark.parametrize(
        ("today", "status", "send_on"),
        [
            ("2026-05-18", "not yet", "2026-05-19"),
            ("2026-05-19", "due", "2026-05-19"),
            ("2026-05-23", "not yet", "2026-05-26"),
            ("2026-05-25", "not yet", "2026-05-26"),
            ("2026-05-26", "due", "2026-05-26"),
            ("2026-05-27", "late", "2026-05-27"),
            ("2026-05-30", "late", "2026-06-01"),
        ],
    )
    def test_7_to_14_days_after_the_last_message(self, interview, today, status, send_on):
        """It is due on business days; a late one names the next."""
        due = entry(interview(THANKS), today, "reminder")
        assert (due.opens, due.closes) == (day("2026-05-19"), day("2026-05-26"))
        assert (due.status, due.send_on) == (status, day(send_on))

    def test_edges_on_free_days(self, interview):
        """The window opens after a weekend and closes before a holiday."""
        notes = interview("2026-05-16 sent thank-you to Priya Nair", interviewed="2026-05-15")
        due = entry(notes, "2026-05-20", "reminder")
        assert (due.opens, due.closes) == (day("2026-05-26"), day("2026-05-29"))

    def test_nothing_logged(self, interview):
        """Then the interview's day counts, and the thank-you comes first."""
        due = entry(interview(), "2026-05-20", "reminder")
        assert (due.opens, due.status) == (day("2026-05-19"), "due")
        assert due.reason.endswith("; if no thank-you went yet, that comes first.")

    def test_a_decision_to_come(self, interview):
        """A promised day that is still to come is named."""
        due = entry(interview(THANKS, decision_by="2026-05-26"), "2026-05-20", "reminder")
        assert due.reason.endswith(
            "; they will decide by 26 May 2026, so waiting for that is fine, too."
        )
        late = entry(interview(THANKS, decision_by="2026-05-26"), "2026-05-27", "reminder")
        assert late.reason.endswith("but still send it.")

    @pytest.mark.parametrize("reply", ["2026-05-12", "2026-05-20"])
    def test_a_reply_ends_it(self, interview, reply: str):
        """One who answered, even on the same day, is not reminded."""
        due = entry(interview(THANKS, f"{reply} reply from Priya"), "2026-05-22", "reminder")
        assert due.status == "done"
        assert "replied" in due.reason

    def test_a_reply_without_a_message(self, interview):
        """Who wrote first has answered, too."""
        due = entry(interview("2026-05-13 reply from Priya Nair"), "2026-05-22", "reminder")
        assert due.status == "done"

    def test_a_message_after_the_reply(self, interview):
        """A later message without an answer may be followed up again."""
        notes = interview(
            "2026-05-18 sent value-add to Priya Nair", "2026-05-14 reply from Priya Nair", THANKS
        )
        due = entry(notes, "2026-05-20", "reminder")
        assert (due.opens, due.status) == (day("2026-05-26"), "not yet")

    def test_a_second_one(self, interview):
        """It comes 7 days after the first at the soonest."""
        notes = interview(THANKS, "2026-05-19 sent reminder to Priya Nair")
        assert entry(notes, "2026-05-25", "reminder").status == "not yet"
        assert entry(notes, "2026-05-26", "reminder").status == "due"

    def test_no_third_one(self, interview):
        """After two it stops."""
        notes = interview(
            THANKS,
            "2026-05-19 sent reminder to Priya Nair",
            "2026-05-27 sent reminder to Priya Nair",
        )
        due = entry(notes, "2026-06-10", "reminder")
        assert due.status == "done"
        assert "2 reminders went to Priya Nair, the last on 27 May 2026" in due.reason


class TestStatus:
    @pytest.mark.parametrize(
        ("today", "status", "send_on"),
        [
            ("2026-05-22", "not yet", "2026-05-26"),
            ("2026-05-25", "not yet", "2026-05-26"),
            ("2026-05-26", "due", "2026-05-26"),
            ("2026-05-27", "due", "2026-05-27"),
            ("2026-05-28", "late", "2026-05-28"),
            ("2026-05-30", "late", "2026-06-01"),
        ],
    )
    def test_1_to_2_business_days_after(self, interview, today, status, send_on):
        """Weekend and bank holiday do not count."""
        due = entry(interview(decision_by="2026-05-22"), today, "status")
        assert (due.opens, due.closes) == (day("2026-05-26"), day("2026-05-27"))
        assert (due.status, due.send_on) == (status, day(send_on))

    def test_a_weekend_within_the_window(self, interview):
        """It stays due, and names the day to send it on."""
        due = entry(interview(decision_by="2026-05-14"), "2026-05-16", "status")
        assert (due.status, due.send_on) == ("due", day("2026-05-18"))
        assert "today is not a business day: on Monday 18 May 2026" in due.reason

    def test_from_the_timeline(self, interview):
        """A span of the Timeline counts from the interview."""
        due = entry(interview(timeline="within two weeks"), "2026-05-27", "status")
        assert (due.opens, due.status) == (day("2026-05-27"), "due")

    def test_no_day(self, interview):
        """Without a day it is blocked, and says what to add."""
        due = entry(interview(), "2026-05-27", "status")
        assert due.status == "blocked"
        assert "add `decision_by: YYYY-MM-DD`" in due.reason

    def test_a_reply_after_the_decision(self, interview):
        """Who wrote after the day has said where things stand."""
        notes = interview("2026-05-27 reply from Priya Nair", decision_by="2026-05-26")
        assert entry(notes, "2026-05-28", "status").status == "done"

    def test_a_reply_before_the_decision(self, interview):
        """An earlier answer does not replace the decision."""
        notes = interview("2026-05-26 reply from Priya Nair", decision_by="2026-05-26")
        assert entry(notes, "2026-05-28", "status").status == "due"


class TestValueAdd:
    def test_2_to_5_business_days_after_the_thank_you(self, interview, resource):
        """The window counts from the day that it was sent."""
        notes = interview(THANKS, resources=[resource])
        due = entry(notes, "2026-05-14", "value-add")
        assert (due.opens, due.closes) == (day("2026-05-14"), day("2026-05-19"))
        assert due.status == "due"
        assert entry(notes, "2026-05-13", "value-add").status == "not yet"
        assert entry(notes, "2026-05-20", "value-add").status == "late"

    def test_before_the_thank_you(self, interview, resource):
        """It waits, and no day can be told."""
        due = entry(interview(resources=[resource]), "2026-05-14", "value-add")
        assert (due.status, due.opens, due.send_on) == ("not yet", None, None)

    def test_no_resource(self, interview):
        """Without a resource it is blocked, and says where to add one."""
        due = entry(interview(THANKS), "2026-05-14", "value-add")
        assert due.status == "blocked"
        assert "`## Resources`" in due.reason


class TestLinkedIn:
    def test_from_24_hours_on(self, interview):
        """It opens a day after the end and never closes."""
        due = entry(interview(), "2026-05-13T14:59", "linkedin")
        assert (due.opens, due.closes) == (moment("2026-05-13T15:00+01:00"), None)
        assert due.status == "not yet"
        assert entry(interview(), "2026-05-13T15:00", "linkedin").status == "due"
        assert entry(interview(), "2027-05-13", "linkedin").status == "due"

    def test_by_days(self, interview):
        """Without an hour it opens on the next day."""
        notes = interview(interviewed="2026-05-12")
        assert entry(notes, "2026-05-12", "linkedin").status == "not yet"
        assert entry(notes, "2026-05-13", "linkedin").status == "due"

    def test_once(self, interview):
        """A second request is never due."""
        notes = interview("2026-05-14 sent linkedin to Priya Nair")
        assert entry(notes, "2026-06-13", "linkedin").status == "done"


class TestEnd:
    PANEL = ("Priya Nair", "Tom Becker")

    @pytest.mark.parametrize("end", ["offer", "withdrawn"])
    def test_an_offer_or_withdrawal_ends_all(self, interview, end: str):
        """Nothing is left to send."""
        dues = plan(interview(f"2026-05-20 {end}"), day("2026-05-27"))
        assert {d.status for d in dues} == {"done"}
        assert "keep-in-touch" not in {d.kind for d in dues}
        assert "20 May 2026: that ends the follow-up." in dues[0].reason

    def test_a_rejection_leaves_keep_in_touch(self, interview):
        """The others are over; those who did not write the no are left in peace."""
        notes = interview("2026-05-20 rejected by Priya Nair", interviewers=self.PANEL)
        dues = plan(notes, day("2026-05-21"))
        left = [(d.kind, d.to, d.opens, d.closes) for d in dues if d.status != "done"]
        assert left == [("keep-in-touch", "Priya Nair", day("2026-05-20"), day("2026-05-22"))]

    @pytest.mark.parametrize("by", ["", " by Lena Fischer"])
    def test_a_no_from_nobody_in_the_room(self, interview, by: str):
        """When no interviewer wrote it, each is thanked."""
        notes = interview(f"2026-05-20 rejected{by}", interviewers=self.PANEL)
        left = [d.to for d in plan(notes, day("2026-05-21")) if d.kind == "keep-in-touch"]
        assert left == [*self.PANEL]

    @pytest.mark.parametrize(
        ("today", "status"),
        [("2026-05-20", "due"), ("2026-05-22", "due"), ("2026-05-23", "late")],
    )
    def test_48_hours(self, interview, today: str, status: str):
        """Days of the Log stand for hours."""
        due = entry(interview("2026-05-20 rejected"), today, "keep-in-touch")
        assert due.status == status

    def test_answered(self, interview):
        """One answer is enough."""
        notes = interview("2026-05-20 rejected", "2026-05-21 sent keep-in-touch to Priya Nair")
        assert entry(notes, "2026-05-22", "keep-in-touch").status == "done"

    def test_withdrawn_after_a_rejection(self, interview):
        """A withdrawal ends everything, an answer to the no included."""
        notes = interview("2026-05-20 rejected", "2026-05-21 withdrawn")
        assert {d.status for d in plan(notes, day("2026-05-22"))} == {"done"}


class TestPlan:
    def test_order(self, interview, resource):
        """Windows come as they open, unknown days last."""
        dues = plan(interview(decision_by="2026-05-26", resources=[resource]), day("2026-05-12"))
        assert [d.kind for d in dues] == [
            "thank-you",
            "linkedin",
            "reminder",
            "status",
            "value-add",
        ]

    def test_everybody(self, interview):
        """Each interviewer has each kind."""
        dues = plan(interview(interviewers=["Priya Nair", "Tom Becker"]), day("2026-05-12"))
        assert len({(d.kind, d.to) for d in dues}) == len(dues) == 10

    def test_json(self, interview):
        """An entry survives JSON unchanged, days and moments alike."""
        for due in plan(interview(THANKS, decision_by="2026-05-26"), day("2026-05-13")):
            assert Due.model_validate_json(due.model_dump_json()) == due

    def test_contradictions_block(self, interview):
        """What contradicts itself about a person is not planned with."""
        notes = interview(
            "2026-05-10 sent thank-you to Tom Becker", interviewers=["Priya Nair", "Tom Becker"]
        )
        dues = plan(notes, day("2026-05-13"))
        assert {d.status for d in dues if d.to == "Tom Becker"} == {"blocked"}
        assert all("notes.md:41:" in d.reason for d in dues if d.to == "Tom Becker")
        assert entry(notes, "2026-05-13", "thank-you").status == "due"

    def test_a_year_out_of_reach_in_the_notes(self, interview):
        """All such dates are told at once."""
        notes = interview("9999-12-31 offer", interviewed="0001-01-01", lines={"interviewed": 5})
        with pytest.raises(NotesError) as caught:
            plan(notes, day("2026-05-13"))
        assert [f.line for f in caught.value.faults] == [5, 41]
        assert "1971 to 2999" in str(caught.value)

    def test_a_year_out_of_reach_today(self, interview):
        """Today has to be a day, too."""
        with pytest.raises(SettingsError, match="out of range"):
            plan(interview(), dt.date.max)
