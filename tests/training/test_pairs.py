"""The specialist is trained on the prompts that drafting sends, and on nothing they do not tell."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from followup_agent.asking.specialist import specialist_turns
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from followup_agent.prompts import PromptLibrary
from training.specialist import corpus
from training.specialist.corpus import Example
from training.specialist.pairs import Pairs, untold


def example(**parts: str) -> Example:
    """A thank-you of two topics, with some of its parts."""
    return Example(
        id="a-0001",
        kind=Kind.THANK_YOU,
        to="Omar Bey",
        today=dt.date(2026, 3, 4),
        notes={
            "candidate": "Ewa Lind",
            "company": "Tarn Optics",
            "role": "Lens Grinder",
            "interviewed": "2026-03-03",
            "interviewers": ["Omar Bey"],
            "topics": ["grinding aspheric lenses by hand", "the kiln that cracked in 2019"],
        },
        parts=parts,
    )


def test_a_pair_has_the_prompt_that_drafting_sends() -> None:
    """The first ask's."""
    of = example(gratitude="Thank you for seeing me yesterday at Tarn Optics, Omar.")
    (pair,) = Pairs.of([of]).kept
    assert pair.turns == specialist_turns(of.brief(), Part.GRATITUDE, PromptLibrary())
    assert "Tarn Optics" in pair.turns[-1].content


def test_a_text_that_says_more_than_its_prompt_is_left_out() -> None:
    """The model would learn to make such things up."""
    of = example(gratitude="Thank you for telling me yesterday of the kiln that cracked.")
    pairs = Pairs.of([of])
    assert (pairs.kept, pairs.dropped) == ([], {Part.GRATITUDE: 1})


def test_parts_that_retell_are_not_taught_by_messages() -> None:
    """The jottings teach them."""
    of = example(key_points="I liked hearing about grinding aspheric lenses by hand.")
    pairs = Pairs.of([of])
    assert (pairs.kept, pairs.dropped) == ([], {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The kiln is a worry.", {"kiln"}),
        ("I have ground 40 of them.", {"40"}),
        ("I met Ewa there.", {"ewa", "Ewa"}),
        ("I'd like that, and I’ve thought of Omar's words.", set()),
    ],
)
def test_words_numbers_and_names_that_the_prompt_lacks_are_found(
    text: str, found: set[str]
) -> None:
    """The notes' own words count, and every number and name; contractions are no names."""
    assert untold(text, "to: Omar\ntopic: aspheric lenses", example(key_points=text)) == found


def test_few_pairs_are_left_out() -> None:
    """The prompts tell nine tenths of what was written by hand."""
    pairs = Pairs.of(corpus.load())
    assert pairs.dropped.total() < 0.1 * len(pairs.kept)
