"""Who said what was jotted, and their own words spoken to them."""

from __future__ import annotations

import pytest

from followup_agent.asking.speech import said, unquoted
from followup_agent.notes.model import Interviewer, Item

PEOPLE = (
    Interviewer(name="Seun Adeyemi"),
    Interviewer(name="Carol Whitfield", preferred="Ms. Whitfield"),
    Interviewer(name="Sister Lindiwe Dlamini"),
)


@pytest.mark.parametrize(
    ("jotting", "text", "by"),
    [
        ("Seun + Carol: nobody finds old studies", "nobody finds old studies", [0, 1]),
        ("Seun/Carol: the depot", "the depot", [0, 1]),
        ("Ms. Whitfield talked about translations, a week each", "translations, a week each", [1]),
        ("Carol and Sister both spoke about load shedding", "load shedding", [1, 2]),
        ("CW: nobody reads the file", "nobody reads the file", [1]),
        ("Both said that repairs never call", "repairs never call", []),
        ("Seun told me that he is alone", "he is alone", [0]),
        ("Seun – nobody finds old studies", "nobody finds old studies", [0]),
        ("Carol -> 9 plans in the year group", "9 plans in the year group", [1]),
        ("Ms Whitfield wants short forms", "Ms. Whitfield wants short forms", [1]),
        ("Seun would like short forms", "Seun Adeyemi would like short forms", [0]),
        ("Seun never wants short forms", "Seun never wants short forms", []),
        ("The client wants short forms", "The client wants short forms", []),
        ("the rota – nobody keeps to it", "the rota – nobody keeps to it", []),
        ("Seun and the team said no", "Seun and the team said no", []),
        ("Ratio: one nurse for six beds", "Ratio: one nurse for six beds", []),
        ("Carol and Seun do not agree", "Carol and Seun do not agree", []),
    ],
)
def test_a_jotting_may_name_its_speakers(jotting: str, text: str, by: list[int]) -> None:
    """Names before a colon or a verb of speech are taken off, if they are all interviewers'."""
    told = said(Item(text=jotting), PEOPLE)
    assert told == (text, tuple(PEOPLE[n] for n in by))


def test_a_bullets_own_prefix_tells_who_said_it() -> None:
    """What the notes file has attributed already stays so."""
    assert said(Item(text="the rota", by="Seun Adeyemi"), PEOPLE).by == (PEOPLE[0],)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"the codes are driving us mad"', "the codes are driving you mad"),
        ('"I have four dashboards."', "you have four dashboards"),
        ('cages not cleared, "we\'re an hour behind"', "cages not cleared, you're an hour behind"),
        ('the whaling hour is "a bit embarrassing"', 'the whaling hour is "a bit embarrassing"'),
        ('"our people in the US say so"', "your people in the US say so"),
        ('exit interviews say "my supervisor"', None),
        ('the new maths, said "it was chaos till May"', "the new maths"),
        ('he said "I would be angry too"', "he said you would be angry too"),
        ('said "this is why you are here"', None),
    ],
)
def test_quoted_words_are_spoken_to_whoever_said_them(text: str, told: str | None) -> None:
    """The speaker's "we" is the reader's "you"; what was said to the candidate cannot be told."""
    assert unquoted(text, own=True) == told


def test_anothers_quoted_words_cannot_be_told_to_the_reader() -> None:
    """Nobody knows who "we" are where the speaker is another."""
    assert unquoted('"we start an hour behind"', own=False) is None
    assert unquoted("the rota", own=False) == "the rota"
