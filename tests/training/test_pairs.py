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
    """The first ask's prompt, where it tells all that the text says."""
    of = example(key_points="I liked hearing about grinding aspheric lenses by hand.")
    (pair,) = Pairs.of([of]).kept
    assert pair.turns == specialist_turns(of.brief(), Part.KEY_POINTS, PromptLibrary())
    assert "grinding aspheric lenses" in pair.turns[-1].content


def test_a_text_on_another_topic_gets_that_topics_prompt() -> None:
    """A re-ask brings the next topic: the text is paired with the ask that brings its own."""
    of = example(key_points="It stayed with me that the kiln cracked in 2019.")
    (pair,) = Pairs.of([of]).kept
    assert pair.turns == specialist_turns(of.brief(), Part.KEY_POINTS, PromptLibrary(), 1)


def test_a_text_on_both_topics_is_left_out() -> None:
    """No prompt tells both, so that the model would learn to make one of them up."""
    of = example(key_points="You grind aspheric lenses by hand since the kiln cracked.")
    pairs = Pairs.of([of])
    assert (pairs.kept, pairs.dropped) == ([], {Part.KEY_POINTS: 1})


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
