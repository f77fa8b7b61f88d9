"""Jottings become phrases that fit into a sentence to their reader."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.asking.wording import (
    calendar_day,
    claim,
    decision,
    lower_first,
    shape,
    to_you,
    unaddressed,
    when,
)
from followup_agent.notes.model import Interviewer, InterviewNotes

PRIYA = Interviewer(name="Priya Nair")


@pytest.mark.parametrize(
    ("jotting", "phrase"),
    [
        ("they change the menu every fortnight", "you change the menu every fortnight"),
        (
            "They're moving to Kafka, and their team is small",
            "you're moving to Kafka, and your team is small",
        ),
        ("She said that the on-call rota is brutal", "the on-call rota is brutal"),
        ("Priya Nayar said that alerts fell by half", "alerts fell by half"),
        ("Prya Nair mentioned the rota", "the rota"),
        ("Dev Nair said that alerts fell", "Dev Nair said that alerts fell"),
        ("she wants fewer alerts", "you want fewer alerts"),
        ("wants scripts gone by summer", "you want scripts gone by summer"),
        ("worries about the roof", "you worry about the roof"),
        ("works in pairs", "you work in pairs"),
        ("was I planning to move", "was I planning to move"),
        ("works on the A14", "works on the A14"),
        (
            "she trained here and the mix surprised her",
            "you trained here and the mix surprised you",
        ),
        ("she says it taught her that it pays", "you say it taught you that it pays"),
        ("she told her team to wait", "you told your team to wait"),
        ("he's running two wards", "you're running two wards"),
        ("how she'd run the place in winter", "how you'd run the place in winter"),
        (
            "she met an old man, and the agent calmed him",
            "you met an old man, and the agent calmed him",
        ),
        ("she told me how he ran the ward", "how he ran the ward"),
        ("he quoted a client and his wife", "you quoted a client and his wife"),
        ("how Priya's team cut alerts", "how your team cut alerts"),
        ("Moving the claims service to events.", "moving the claims service to events"),
        ("Kafka migration", "Kafka migration"),
        ("NHS targets for discharge", "NHS targets for discharge"),
        ("the patients said she was kind", "the patients said she was kind"),
        ("about nine in ten of them are newsletters", "about nine in ten of them are newsletters"),
        ("patients say they wait too long", "patients say they wait too long"),
        ("pianos go out on their side, never flat", "pianos go out on their side, never flat"),
        (
            "pumps were stolen, so now they're welded in",
            "pumps were stolen, so now they're welded in",
        ),
        ("whoever does not open their curtains", "whoever does not open their curtains"),
        (
            "treat the family too, they are the ones at home",
            "treat the family too, they are the ones at home",
        ),
        ("they see families too, they live far", "you see families too, they live far"),
        ("two ovens; they fire both", "two ovens; you fire both"),
        ("paid in 21 days, they want 7", "paid in 21 days, you want 7"),
        ("unsold pianos, they give them to schools", "unsold pianos, you give them to schools"),
        ("the first two minutes of their level", "the first two minutes of your level"),
        ("moving their claims service to events", "moving your claims service to events"),
    ],
)
def test_to_you_speaks_to_the_reader(jotting: str, phrase: str) -> None:
    """What the notes say of the interviewers is said to one of them."""
    assert to_you(jotting, PRIYA) == phrase


@pytest.mark.parametrize(
    ("jotting", "phrase"),
    [
        ("brokers say her quotes take 3 days", "brokers say your quotes take 3 days"),
        ("her ASM is on leave", "your ASM is on leave"),
        ("60 boreholes, she drives out herself", "60 boreholes, you drive out yourself"),
        ("clinics in schools; she always watches", "clinics in schools; you always watch"),
        ("casting or not, she's old school", "casting or not, you're old school"),
        ("a nurse told her boss that she quits", "a nurse told her boss that she quits"),
        ("Lin said that her shift is full", "Lin said that her shift is full"),
    ],
)
def test_what_the_reader_raised_is_of_the_reader(jotting: str, phrase: str) -> None:
    """A "she" of their own topic is "you", unless it may be said of somebody else in it."""
    assert to_you(jotting, PRIYA, own=True) == phrase


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("you change the menu every fortnight", "clause"),
        ("the freezer inventory is moving to barcodes", "clause"),
        ("how juniors lose time on disclosure", "question"),
        ("moving handover to the bedside", "noun"),
        ("onboarding drops 38% at the selfie step", "other"),
        ("the children who arrive mid-year and have no English", "noun"),
        ("repairs to the west front of a priory", "noun"),
        ("night shift cover", "noun"),
        ("the reading room used to be a bank", "clause"),
        ("soybean rust arrived three weeks earlier last season", "other"),
        ("transaction monitoring throws 11,000 alerts a month", "other"),
        ("cash or kind? In the last flood you gave both", "other"),
        ("discharge targets are missed every winter", "other"),
    ],
)
def test_shape_tells_how_a_topic_stands_in_a_sentence(phrase: str, form: str) -> None:
    """A clause needs "hearing that", a noun phrase "hearing about"."""
    assert shape(phrase) == form


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("moved a billing system to Kafka", "I moved a billing system to Kafka"),
        ("Ran the night shift rota for 40 nurses", "I ran the night shift rota for 40 nurses"),
        ("five years on boilers", "I have five years on boilers"),
        ("teaching a bilingual class", "I have experience of teaching a bilingual class"),
        ("licensed hygienist in Oregon, renewed in May", "I am a licensed hygienist in Oregon"),
        ("qualified in first aid", "I qualified in first aid"),
        ("A.A.S. in construction", "My background includes A.A.S. in construction"),
        ("two-year apprenticeship", "I have a two-year apprenticeship"),
        ("8-week placement", "I have an 8-week placement"),
        ("nine yrs in tailings", "I have nine yrs in tailings"),
        ("fluent in Portuguese", "I am fluent in Portuguese"),
        ("speak Polish", "I speak Polish"),
        ("I led the audit", "I led the audit"),
        ("my thesis was on corrosion", "My thesis was on corrosion"),
        ("labour law and tribunals", "My background includes labour law and tribunals"),
    ],
)
def test_claim_begins_a_sentence_in_the_first_person(line: str, sentence: str) -> None:
    """A line of My fit is said by the candidate, no larger than it stands there."""
    assert claim(line) == sentence


@pytest.mark.parametrize(
    ("interviewed", "today", "phrase"),
    [
        (dt.datetime(2026, 5, 12, 10), dt.date(2026, 5, 12), "this morning"),
        (dt.datetime(2026, 5, 12, 14), dt.date(2026, 5, 12), "this afternoon"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 12), "today"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 13), "yesterday"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 15), "on Tuesday"),
        (dt.date(2026, 5, 12), dt.date(2026, 5, 22), "on 12 May"),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 8), "on 30 December 2026"),
    ],
)
def test_when_speaks_of_the_interview_from_a_later_day(
    interviewed: dt.date, today: dt.date, phrase: str
) -> None:
    """A near day has a word or a weekday, a far one a date, another year its number."""
    assert when(interviewed, today, "GB") == phrase


def test_americans_write_the_month_first() -> None:
    """Dates follow the country of the notes."""
    day, today = dt.date(2026, 5, 12), dt.date(2026, 5, 30)
    assert calendar_day(day, today, "US") == "May 12"
    assert calendar_day(day, dt.date(2027, 1, 2), "US") == "May 12, 2026"
    assert calendar_day(day, today, None) == "12 May"


def _notes(**more: object) -> InterviewNotes:
    return InterviewNotes.model_validate(
        {
            "candidate": "Daniel Okafor",
            "company": "Lumen Health",
            "role": "Engineer",
            "interviewed": "2026-05-12",
            "interviewers": ["Priya Nair"],
            "topics": ["events"],
            **more,
        }
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"decision_by": "2026-05-26"}, "by 26 May"),
        ({"timeline": ["They will decide within two weeks; HR will write."]}, "within two weeks"),
        ({"timeline": ["Two weeks, HR letter either way"]}, "in about two weeks"),
        ({"timeline": ["calls when the x-ray is back, then one week"]}, "in about one week"),
        ({"timeline": ["HR will write", "a decision by the end of June"]}, "by the end of June"),
        ({"timeline": ["soon, they hope"]}, None),
        ({}, None),
    ],
)
def test_decision_names_the_date_or_span_they_gave(more: dict[str, object], words: str) -> None:
    """The decision date wins; else the Timeline's own words are used."""
    assert decision(_notes(**more), dt.date(2026, 5, 28)) == words


def test_names_and_acronyms_keep_their_capitals() -> None:
    """Only a common word at the front loses its capital."""
    assert lower_first("Edinburgh Marathon training") == "Edinburgh Marathon training"
    assert lower_first("The move") == "the move"
    assert lower_first("A rota of six") == "a rota of six"
    assert lower_first("AWS costs") == "AWS costs"


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ana, thank you for the talk.", "Thank you for the talk."),
        ("Hello Ana, I hope you are well.", "I hope you are well."),
        ("I hope, Ana, that you are well.", "I hope that you are well."),
        ("Thank you for your time, Ana.", "Thank you for your time."),
        (
            "I thank you for the talk, Ana, and for your time.",
            "I thank you for the talk, and for your time.",
        ),
        ("You told me how Ana, the dog, came.", "You told me how Ana, the dog, came."),
    ],
)
def test_the_reader_is_not_addressed_again(text: str, without: str) -> None:
    """The greeting has just said the name; a name that is no address stays."""
    assert unaddressed(text, "Ana") == without
