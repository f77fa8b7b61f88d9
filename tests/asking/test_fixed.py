"""Subject, greeting and sign-off come from the notes, in the right tone and length."""

from __future__ import annotations

import pytest

from followup_agent.asking.fixed import SUBJECT_MAX, closing, greeting, subject
from followup_agent.kinds import Kind
from followup_agent.notes.model import Interviewer, InterviewNotes, Tone
from good_messages import NOTES, brief

WITH_SUBJECT = [kind for kind in Kind if kind is not Kind.LINKEDIN]


def noted(**fields: object) -> InterviewNotes:
    """The notes with some fields changed."""
    return NOTES.model_copy(update=fields)


@pytest.mark.parametrize("kind", WITH_SUBJECT)
def test_a_subject_names_the_role(kind: Kind) -> None:
    """It is short enough to be read whole on a phone."""
    words = subject(brief(kind))
    assert "Senior Backend Engineer" in words
    assert len(words) < 50


@pytest.mark.parametrize(
    ("role", "company", "expected"),
    [
        ("Cook", "Acme", "Thank you – Cook interview"),
        (
            "Head of Regulatory Affairs in Asia",
            "Acme",
            "Thank you – Head of Regulatory Affairs in Asia",
        ),
        ("R" * 52, "Acme", "Acme: Daniel Okafor"),
        ("R" * 52, "C" * 60, "Thank you from Daniel Okafor"),
        ("Registered Nurse, Surgical Intensive Care (nights)", "Acme",
         "Thank you – Registered Nurse interview"),
        ("Cook {company}", "Acme", "Thank you – Cook {company} interview"),
    ],
)  # fmt: skip
def test_a_long_subject_falls_back(role: str, company: str, expected: str) -> None:
    """Names are never cut: a shorter form is taken instead, and braces are words."""
    assert subject(brief(notes=noted(role=role, company=company))) == expected


def test_a_subject_over_every_bound_is_cut_at_the_end() -> None:
    """Where even the candidate's name is too long, the bound holds."""
    candidate = NOTES.candidate.model_copy(update={"name": "N" * 90})
    notes = noted(role="R" * 90, company="C" * 90, candidate=candidate)
    assert subject(brief(notes=notes)) == "N" * SUBJECT_MAX


@pytest.mark.parametrize(
    ("kind", "tone", "line"),
    [
        (Kind.THANK_YOU, Tone.WARM, "Hi Anna,"),
        (Kind.THANK_YOU, Tone.NEUTRAL, "Dear Anna,"),
        (Kind.THANK_YOU, Tone.FORMAL, "Dear Anna Lim,"),
        (Kind.LINKEDIN, Tone.NEUTRAL, "Hi Anna,"),
        (Kind.LINKEDIN, Tone.FORMAL, "Dear Anna Lim,"),
    ],
)
def test_a_greeting_follows_the_tone(kind: Kind, tone: Tone, line: str) -> None:
    """Warm and LinkedIn are Hi; formal is Dear and the full name."""
    person = Interviewer(name="Anna Lim", tone=tone)
    assert greeting(brief(kind, noted(interviewers=(person,)), to=person)) == line


@pytest.mark.parametrize(
    ("country", "tone", "words"),
    [
        ("US", Tone.FORMAL, "Sincerely,"),
        ("GB", Tone.FORMAL, "Yours sincerely,"),
        ("CA", Tone.NEUTRAL, "Best regards,"),
        (None, Tone.NEUTRAL, "Kind regards,"),
        ("US", Tone.WARM, "Best wishes,"),
    ],
)
def test_a_closing_follows_tone_and_country(country: str | None, tone: Tone, words: str) -> None:
    """The sign-off is what that country writes, over the candidate's name."""
    person = Interviewer(name="Anna Lim", tone=tone)
    of = brief(notes=noted(country=country, interviewers=(person,)), to=person)
    assert closing(of) == f"{words}\nDaniel Okafor"
