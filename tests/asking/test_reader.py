"""What is jotted about the interviewers is spoken to one of them."""

from __future__ import annotations

import pytest

from followup_agent.asking.reader import to_you
from followup_agent.notes.model import Interviewer

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
        ("she's brought in number talks", "you've brought in number talks"),
        (
            "she alone understands it, she hasn't a day off",
            "you alone understand it, you haven't a day off",
        ),
        ("they have a shared calendar", "you have a shared calendar"),
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
        ("took over in May", "you took over in May"),
        ("lost three leads since Christmas", "you lost three leads since Christmas"),
        ("split class, 27 kids", "split class, 27 kids"),
    ],
)
def test_what_the_reader_raised_is_of_the_reader(jotting: str, phrase: str) -> None:
    """A "she" of their own topic is "you", unless it may be said of somebody else in it."""
    assert to_you(jotting, PRIYA, own=True) == phrase


@pytest.mark.parametrize(
    "jotting", ["Sarah's two rigs", "Dr Chen's two rigs", "Dr Sarah Chen's two rigs"]
)
def test_a_title_is_no_first_name(jotting: str) -> None:
    """Whatever Dr Sarah Chen is called is "your" to her, and Dr Osei's stays another's."""
    doctor = Interviewer(name="Dr Sarah Chen")
    assert to_you(jotting, doctor) == "your two rigs"
    assert to_you("what Dr Osei's rigs cost", doctor) == "what Dr Osei's rigs cost"


def test_what_the_reader_wishes_by_name() -> None:
    """What Dr. Menon wants is "you want" to him, and nothing else is."""
    doctor = Interviewer(name="Dr. Ravi Menon")
    for name in ("Dr. Menon", "Dr. Ravi Menon", "Ravi"):
        assert to_you(f"{name} hates long forms", doctor) == "you hate long forms"
    assert to_you("Dr. Menon would like a form", doctor) == "you would like a form"
    assert to_you("Ravi can't stand forms", doctor) == "you can't stand forms"
    pip = Interviewer(name="Philippa Ashdown", preferred="Pip")
    assert to_you("Pip and Tom do not agree", pip) == "Pip and Tom do not agree"
    assert to_you("Ravi house hates long forms", doctor) == "Ravi house hates long forms"
