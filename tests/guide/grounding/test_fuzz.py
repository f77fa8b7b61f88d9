"""Any text at all: no exception, no hang, spans inside the text."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import HELD, case_of, grounded

from followup_agent.guide.case import Case
from followup_agent.guide.grounding import ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

FRAGMENTS = [
    "Dear", "Priya", "Nair", "Nayar", "Lumen", "Health", "Healthcare", "Senior", "Backend", "Engineer",
    "Developer", "role", "I", "I've", "led", "built", "my", "master's", "degree", "in", "having", "with",
    "as a certified", "40", "1,200", "1.2", "12k", "£", "%", "per cent", "forty", "twenty-five", "hundred",
    "and", "weeks", "ago", "yesterday", "last", "week", "Tuesday", "12", "May", "2026-05-12", "12/05/2026",
    "the 12th", "14:00", "2 pm", "by", "a half", "https://example.org/outbox", "a@b.example", "www.x.org",
    "Karen", "Mr", "Dr.", "ap", "van der", "O'Neil’s", "Ольга", "中村さん", "علي", "प्रिया", "é", "İ", "ß",
    "\u200b", "\u202e", "\x00", "\ud800", "\u0301", "\n", "\n\n", "Subject: ", "Best regards,\n", ".", ",", "!",
    "-", "–", "“", "”", "(", ")", "&", "St", "Ward 7", "Year", "in the spring", "before Christmas", "o'clock",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(codec=None, categories=None), max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(sorted(HELD)), st.sampled_from(list(Kind)), st.booleans())
def test_any_text_is_read_and_spans_lie_in_it(text, name, kind, dated):
    """Every finding points into the text; every source quotes it."""
    found = grounded(name, text, "2026-05-13" if dated else None, kind)
    for findings in found.inventions.values():
        for finding in findings:
            assert finding.message
            assert finding.span is not None
            start, end = finding.span
            assert 0 <= start < end <= len(text)
    for source in found.sources:
        assert source.text in text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=3),
    st.text(min_size=1, max_size=60),
)
def test_any_notes_are_analysed(topics, text):
    """Odd topics and names of the notes break nothing."""
    try:
        notes = InterviewNotes.model_validate(
            {"candidate": "A", "company": "B & C", "role": "D", "interviewed": dt.date(2026, 5, 12),
             "interviewers": ["E F"], "topics": topics}
        )  # fmt: skip
    except ValueError:
        return
    ground(Case(Reading.of(text), Kind.THANK_YOU, notes))


LONG = {
    "letters": "a" * 64_000, "capitals": "Xqzv " * 12_800, "English capitals": "Very " * 12_800,
    "dots": "a." * 32_000, "at signs": "a@" * 32_000, "links": "https://a.b/c " * 4_500,
    "brackets": "https://a.b/" + ")" * 64_000, "apostrophes": "o'" * 32_000, "hyphens": "A-" * 32_000,
    "claims": "I led a team and managed " * 2_500, "dates": "I met you yesterday on 12 May " * 2_000,
    "numbers": "forty five 5 " * 4_500, "digits": "1 2 3 4 5 6 7 8 " * 2_000,
    "titles": "the Senior Backend Developer role " * 1_900,
    "signature": "Best,\n" + "Xyzzyq " * 9_000, "marks": "e\u0301" * 32_000, "spaces": " " * 64_000,
    "sentences": "Karlu. " * 9_000, "one word names": "Dear " + "Priya " * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_linear_time(name):
    """64 KB take less than four times 16 KB and a bit: nothing backtracks, nothing is quadratic."""
    text = LONG[name]

    def seconds(case):
        start = time.process_time()
        ground(case)
        return time.process_time() - start

    short, long = case_of("backend", text[: len(text) // 8]), case_of("backend", text)
    small = min(seconds(short), seconds(short))
    assert min(seconds(long), seconds(long)) < 24 * small + 0.5
