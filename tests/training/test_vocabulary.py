"""The words that the specialist may use unasked are those of the corpus."""

from __future__ import annotations

from training.specialist.corpus import load
from training.specialist.pairs import Pairs
from training.specialist.vocabulary import FILE, shared_words


def test_the_packaged_words_are_those_of_the_corpus() -> None:
    """`python -m training.specialist.vocabulary` writes the file anew."""
    words = shared_words(Pairs.of(load()).kept)
    assert FILE.read_text(encoding="utf-8").split() == words


def test_no_number_or_day_is_among_them() -> None:
    """They are facts, however often they are written."""
    assert not {"seven", "twelv", "monday", "april", "2026"} & set(FILE.read_text().split())
