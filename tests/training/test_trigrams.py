"""The turns of phrase that the specialist may use are those of the corpus."""

from __future__ import annotations

from training.specialist.corpus import load
from training.specialist.pairs import Pairs
from training.specialist.trigrams import FILE, trigrams


def test_the_packaged_turns_are_those_of_the_corpus() -> None:
    """`python -m training.specialist.trigrams` writes the file anew."""
    found = [" ".join(line) for line in trigrams(Pairs.of(load()).kept)]
    assert FILE.read_text(encoding="utf-8").splitlines() == found


def test_no_number_or_day_is_among_them() -> None:
    """They are facts, however often they are written."""
    assert not {"seven", "twelve", "monday", "april", "2026"} & set(FILE.read_text().split())
