"""Where the words of a message come from, and how a finding tells what is wrong."""

from __future__ import annotations

import gc
import weakref

import pytest
from people import HELD, case_of, grounded

from followup_agent.guide.case import Case
from followup_agent.guide.grounding import analysis, ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes import load_notes

NOTES = """---
candidate:
  name: Daniel Okafor
company: Lumen Health
role: Senior Backend Engineer
interviewed: 2026-05-12T14:00
interviewers:
  - name: Priya Nair
    title: Engineering Manager
---

## Topics
- the move of 40 services to Kafka

## My fit
- ran Kafka at a bank for six years

## Resources
- [Outbox patterns](https://example.org/outbox)

## Private
- an offer of 91,000 from Zephyr Payments expires next Friday
- the knee operation
"""


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return load_notes(path)


def read(notes, text):
    return ground(Case(Reading.of(text), Kind.THANK_YOU, notes))


def test_each_word_is_traced_to_its_line(notes):
    """Sources come in reading order, each with the words as in the message and the notes' line."""
    text = (
        "Subject: Thank you\n\nDear Priya,\n\nOn Tuesday we spoke about forty services and Kafka. I ran "
        "Kafka at a bank for six years. See https://example.org/outbox.\n\nBest,\nDaniel Okafor"
    )
    traced = [(s.text, s.line) for s in read(notes, text).sources]
    assert traced == [
        ("Priya", 8), ("Tuesday", 6), ("forty", 13), ("Kafka", 13),
        ("I ran Kafka at a bank for six years", 16), ("six years", 16),
        ("https://example.org/outbox", 19), ("Daniel Okafor", 3),
    ]  # fmt: skip


def test_a_repeat_is_listed_once(notes):
    """The same words from the same line make one source."""
    traced = [s.text for s in read(notes, "Kafka, and Kafka again, and Kafka.").sources]
    assert traced == ["Kafka"]


def test_a_wrong_weekday_names_the_right_one(notes):
    """The message says which day it was, and where the notes say when the interview was."""
    (finding,) = read(notes, "Thank you for Tuesday 13 May.").inventions["date"]
    assert "the notes give no such date" in finding.message or "12 May" in finding.message
    (finding,) = read(notes, "Our interview on Monday 12 May was fun.").inventions["date"]
    assert finding.message == (
        "“Monday 12 May” is a Tuesday; the interview was on Tuesday 12 May (notes, line 6)"
    )


def test_a_misspelling_names_the_right_spelling(notes):
    """The mend and its line stand in the message."""
    (finding,) = read(notes, "Dear Prija,\n\nThank you.").inventions["spelling"]
    assert finding.message == "“Prija” is “Priya” (notes, line 8); spell it so"


def test_a_number_with_another_unit_says_so(notes):
    """The number stands in the notes, but counts something else."""
    (finding,) = read(notes, "I ran it for 40 months.").inventions["number"]
    assert "40 months" in finding.message
    assert "servic" in finding.message


def test_notes_without_lines_have_sources_without_lines():
    """A mapping has no lines; the words are traced all the same."""
    sources = grounded("backend", "Dear Priya,\n\nThank you for Tuesday.\n\nDaniel").sources
    assert {s.line for s in sources} == {None}


def test_the_analysis_is_made_once_and_dropped_with_the_notes():
    """One analysis an object; none is left when the object is gone."""
    notes = HELD["backend"].model_copy()
    assert analysis.known(notes) is analysis.known(notes)
    analysed = weakref.ref(analysis.known(notes).near)
    del notes
    gc.collect()
    assert analysed() is None


def test_nothing_can_be_traced_without_notes():
    """Grounding without notes is the caller's mistake; a case without notes has none."""
    case = Case(Reading.of("Dear Priya"), Kind.THANK_YOU)
    assert case.grounding is None
    with pytest.raises(ValueError, match="without notes"):
        ground(case)


def test_many_names_do_not_fill_the_memory():
    """The verdicts kept with the notes are bounded."""
    text = " ".join(f"Xq{chr(97 + n % 26)}{n:05d}" for n in range(6_000))
    case = case_of("backend", f"I liked it very much and thought of you often. {text}")
    ground(case)
    assert len(analysis.known(case.notes).verdicts) <= 4_096
