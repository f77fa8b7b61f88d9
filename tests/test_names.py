"""People are addressed as they would wish, and found by any part of their name."""

from __future__ import annotations

import pytest

from followup_agent.errors import RecipientError
from followup_agent.names import bare_name, called, fold, match_person, words_of_name
from followup_agent.notes.model import Interviewer, Tone

PEOPLE = tuple(
    Interviewer(name=name, preferred=preferred)
    for name, preferred in [
        ("Dr. Priya Nair", "Pri"),
        ("Zoë van der Meer", None),
        ("Tom Becker", None),
        ("Tom Brown", None),
    ]
)


@pytest.mark.parametrize(
    ("name", "formal", "neutral", "warm"),
    [
        ("Anna Lim", "Anna Lim", "Anna", "Anna"),
        ("Dr. Anna Lim", "Dr. Lim", "Dr. Lim", "Anna"),
        ("Prof. Dr. Anna Lim", "Prof. Lim", "Prof. Lim", "Anna"),
        ("Ms Nair", "Ms Nair", "Ms Nair", "Ms Nair"),
        ("Herr Weiß", "Herr Weiß", "Herr Weiß", "Herr Weiß"),
        ("Dr. Anna van der Meer", "Dr. van der Meer", "Dr. van der Meer", "Anna"),
        ("Ms María de la Cruz", "Ms de la Cruz", "Ms de la Cruz", "María"),
        ("Sukarno", "Sukarno", "Sukarno", "Sukarno"),
        ("Dr", "Dr", "Dr", "Dr"),
    ],
)
def test_how_a_person_is_addressed(name: str, formal: str, neutral: str, warm: str) -> None:
    """By surname only with a title, which is never guessed; warmly by the first name."""
    person = Interviewer(name=name)
    assert [called(person, tone) for tone in (Tone.FORMAL, Tone.NEUTRAL, Tone.WARM)] == [
        formal,
        neutral,
        warm,
    ]


@pytest.mark.parametrize("tone", Tone)
def test_the_preferred_name_wins(tone: Tone) -> None:
    """What a person asked to be called stands in every tone."""
    assert called(PEOPLE[0], tone) == "Pri"


def test_a_name_without_its_titles() -> None:
    """Titles before the name are dropped, all of them, and never the whole name."""
    assert bare_name("Prof. Dr. Anna Lim") == ["Anna", "Lim"]
    assert bare_name("Dr") == ["Dr"]
    assert bare_name("Ing. Marisol Quesada") == ["Marisol", "Quesada"]
    assert bare_name("Chef Anaïs Delmotte") == ["Anaïs", "Delmotte"]


def test_the_words_that_a_person_is_called_by() -> None:
    """Each word of the name and of the preferred one, and no title, which others have too."""
    person = Interviewer(name="Dr Anna Lim", preferred="Annie Lim")
    assert words_of_name(person) == {"Anna", "Annie", "Lim"}
    assert words_of_name(Interviewer(name="Dr Anna Lim")) == {"Anna", "Lim"}


@pytest.mark.parametrize(
    ("text", "folded"), [(" ZOË ", "zoe"), ("Straße", "strasse"), ("Nguyễn", "nguyen")]
)
def test_fold_forgets_case_and_accents(text: str, folded: str) -> None:
    """People are found however their name was typed."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Priya", "Dr. Priya Nair"),
        ("pri", "Dr. Priya Nair"),
        ("dr. priya nair", "Dr. Priya Nair"),
        ("nair priya", "Dr. Priya Nair"),
        ("zoe", "Zoë van der Meer"),
        ("der Meer", "Zoë van der Meer"),
        ("Tom Becker", "Tom Becker"),
        ("brown", "Tom Brown"),
    ],
)
def test_a_person_is_found(wanted: str, name: str) -> None:
    """By the whole name, any words of it, or what they are called."""
    assert match_person(wanted, PEOPLE, "notes.md").name == name


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Tom", "notes.md: “Tom” fits several interviewers; they are: .*Tom Becker, Tom Brown"),
        (
            "Tom Beker",
            r"is not an interviewer in these notes \(Dr. Priya.*\); did you mean Tom Becker\?",
        ),
        ("Bekcer", r"; did you mean Tom Becker\?$"),
        ("Xavier", r"“Xavier” is not an interviewer in these notes \(.*Tom Brown\)$"),
        ("", "is not an interviewer"),
        ("  ", "is not an interviewer"),
    ],
)
def test_nobody_or_several_is_an_error(wanted: str, said: str) -> None:
    """The error names who is there, and the nearest."""
    with pytest.raises(RecipientError, match=said):
        match_person(wanted, PEOPLE, "notes.md")


SEVERAL = tuple(
    Interviewer(name=name)
    for name in ("Marie Curie", "Anne Marie Smith", "Tom", "Tom Brown", "Dr Nair", "Mr Nair")
)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Tom", "Tom"),
        ("Marie", "Marie Curie"),
        ("Anne Marie", "Anne Marie Smith"),
        ("Dr. Nair", "Dr Nair"),
        ("Ms Curie", "Marie Curie"),
        ("Señora Smith", "Anne Marie Smith"),
    ],
)
def test_the_better_fit_is_meant(wanted: str, name: str) -> None:
    """A whole name goes before a first name or surname, and that before any other word."""
    assert match_person(wanted, SEVERAL, "notes.md").name == name


@pytest.mark.parametrize("wanted", ["Nair", "Dr", "Mr", "van", "van der"])
def test_a_title_or_particle_is_nobodys_name(wanted: str) -> None:
    """What many people share finds none of them, nor does a surname of two."""
    with pytest.raises(RecipientError):
        match_person(wanted, (*SEVERAL, *PEOPLE[:2]), "notes.md")
