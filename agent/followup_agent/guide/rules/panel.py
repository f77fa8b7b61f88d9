"""A panel's messages: each its own, none a copy of another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from followup_agent.guide.case import Case
from followup_agent.guide.phrases import Token, tokens
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import Finding, rule

_GRAM = 5
_MOST_SHARED = 0.5

Gram = tuple[str, ...]


@rule(
    "near_copy",
    ask="Write it afresh for this interviewer, about what they raised: it repeats another message "
    "of the panel.",
    place="Required of every message: One recipient",
)
def near_copy(case: Case) -> Iterable[Finding]:
    """More than half of the body's 5-word sequences stand in another message of the panel."""
    if not case.siblings:
        return
    words = _words(case.reading)
    own = _grams(words)
    for number, sibling in enumerate(case.siblings, 1):
        other = _grams_of(sibling)
        smaller = min(len(set(own)), len(other))
        shared = len(other.intersection(own))
        if smaller and shared / smaller > _MOST_SHARED:
            yield Finding(
                f"{shared} of {smaller} five-word sequences stand in another message of the panel "
                f"(number {number})",
                _longest_run(words, own, other),
            )


def _words(reading: Reading) -> list[Token]:
    return [token for s in reading.sentences for token in tokens(reading.text, s.span)]


def _grams(words: list[Token]) -> list[Gram]:
    keys = [word.key for word in words]
    return list(zip(*(keys[n:] for n in range(_GRAM)), strict=False))


@lru_cache(maxsize=64)
def _grams_of(text: str) -> frozenset[Gram]:
    return frozenset(_grams(_words(Reading.of(text))))


def _longest_run(words: list[Token], own: list[Gram], other: frozenset[Gram]) -> tuple[int, int]:
    """The longest stretch of words that both messages share."""
    best, start = (0, 0), None
    for at, gram in enumerate([*own, None]):
        if gram in other:
            start = at if start is None else start
        elif start is not None:
            best = max(best, (at - start, -start))
            start = None
    first = -best[1]
    return words[first].start, words[first + best[0] + _GRAM - 2].end
