"""What a message is for, when nobody says; and the remembering of notes."""

from __future__ import annotations

import datetime as dt
import gc

import pytest
from parts_case import NOTES

from followup_agent.guide.kind import detect_kind
from followup_agent.guide.memo import per_notes
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

MESSAGES = [
    ("Hi Priya, I enjoyed our talk on Tuesday. May I add you to my network? Dan", Kind.LINKEDIN),
    ("Hi Priya, it was a joy to meet you. Good luck with the marathon. Dan", Kind.LINKEDIN),
    ("Subject: x\n\nHi Priya,\n\nHere is an article on outboxes: https://a.example/x\nIt may help your team.\n\nBest,\nDan", Kind.VALUE_ADD),
    ("Subject: x\n\nHi Priya,\n\nI thought of you when I read an essay on outboxes.\n\nBest,\nDan", Kind.VALUE_ADD),
    ("Subject: x\n\nHi Priya,\n\nThank you for letting me know. I am sorry it was not to be, and I hope you will keep me in mind.\n\nBest,\nDan", Kind.KEEP_IN_TOUCH),
    ("Subject: x\n\nHi Priya,\n\nAlthough I was not selected, I am grateful for your time.\n\nBest,\nDan", Kind.KEEP_IN_TOUCH),
    ("Subject: x\n\nHi Priya,\n\nYou said that you would decide by Friday. Is there any news?\n\nBest,\nDan", Kind.STATUS),
    ("Subject: x\n\nHi Priya,\n\nI hope you are well. Is there any news on the role?\n\nBest,\nDan", Kind.REMINDER),
    ("Subject: x\n\nHi Priya,\n\nI hope you are well. I still want the job.\n\nBest,\nDan", Kind.REMINDER),
    ("Subject: x\n\nHi Priya,\n\nThank you for yesterday. I would love to join you.\n\nBest,\nDan", Kind.THANK_YOU),
    ("", Kind.LINKEDIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), MESSAGES)
def test_kind_is_worked_out_from_what_a_message_does(text, kind):
    """Sharing, asking, answering a no, inviting and thanking are told apart."""
    assert detect_kind(Reading.of(text)) is kind


def test_resource_of_the_notes_makes_it_value_add():
    """A link that the notes hold as a resource decides, whatever stands around it."""
    text = "Subject: x\n\nHi Priya,\n\nThank you. I would love the job.\nhttps://example.org/outbox\n\nBest,\nDan"
    assert detect_kind(Reading.of(text), NOTES) is Kind.VALUE_ADD
    assert detect_kind(Reading.of(text)) is Kind.THANK_YOU


def test_link_beside_a_question_is_no_resource():
    """A profile's link in a message that asks for news makes it no value-add."""
    text = "Subject: x\n\nHi Priya,\n\nIs there any news on the role? My work is on https://dan.example\n\nBest,\nDan"
    assert detect_kind(Reading.of(text)) is Kind.REMINDER


@pytest.mark.parametrize(
    ("today", "kind"),
    [(dt.date(2026, 5, 20), Kind.REMINDER), (dt.date(2026, 5, 28), Kind.STATUS)],
)
def test_calendar_tells_a_reminder_from_a_status_check(today, kind):
    """Whether the date of their decision has passed decides, whatever the message names."""
    text = "Subject: x\n\nHi Priya,\n\nI hope you are well. Is there any news?\n\nBest,\nDan"
    due = NOTES.model_copy(update={"decision_by": dt.date(2026, 5, 26)})
    assert detect_kind(Reading.of(text), due, today) is kind


def test_thanks_long_after_the_interview_answer_a_no():
    """A message that only thanks, two weeks on, is no thank-you."""
    text = "Subject: x\n\nHi Priya,\n\nThank you for your kindness.\n\nBest,\nDan"
    day = NOTES.interview_date
    assert detect_kind(Reading.of(text), NOTES, day + dt.timedelta(days=1)) is Kind.THANK_YOU
    assert detect_kind(Reading.of(text), NOTES, day + dt.timedelta(days=14)) is Kind.KEEP_IN_TOUCH


def test_notes_are_worked_out_once_and_forgotten_with_them():
    """Equal notes are worked out each, the same object once, and nothing outlives it."""
    made = []

    @per_notes
    def count(notes):
        made.append(notes.company)
        return len(made)

    one, two = NOTES.model_copy(), NOTES.model_copy()
    assert (count(one), count(one), count(two)) == (1, 1, 2)
    del one
    gc.collect()
    assert count(two) == 2
