"""Two numbers of one line: from which to which it goes, and which is told of which name.

Each number of a sentence may stand in the notes and the sentence still be wrong: "from 8% to 11%"
of what falls from 11 to 8, "six years in Lagos" of six years, four of them in Lagos.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from followup_agent.guide.grounding.ledger import Ledger
from followup_agent.guide.grounding.quantities import Quantity
from followup_agent.guide.grounding.words import Word

#: What stands before the number that something goes to, in a message and in jotted notes.
_TO = re.compile(
    r"(?:\bto(?: (?:about|around|below|under|over|just|only))?"
    r"|→|[-–=]+>|\b(?:aims? (?:for|at)|target(?: is| of)?|goal(?: is| of)?|now))[\s:£$€₹~]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|was|were)(?: (?:about|around|over))?[\s:£$€₹~]*$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()–—]")
_PLACED = frozenset({"at", "in", "with", "for", "as"})  # after a number whose unit is left out


class Course(NamedTuple):
    """Something goes from one number to another."""

    start: float
    end: float


class Shares(NamedTuple):
    """Numbers of one sort on one line, with the names that only one of them is told of."""

    dimension: str
    names: dict[str, float]
    values: frozenset[float]


class Relations:
    """The relations of all lines of the notes."""

    def __init__(self) -> None:
        self._courses: set[Course] = set()
        self._shares: list[Shares] = []

    def add(self, text: str, words: Sequence[Word], found: Sequence[Quantity]) -> None:
        """File what one line relates."""
        if len(found) > 1:
            self._courses.update(course for course, _ in _courses(text, found))
            self._shares += _shares(text, words, found)

    def judge(self, words: Sequence[Word], found: Sequence[Quantity], ledger: Ledger) -> None:
        """File the numbers of a sentence that the notes relate otherwise."""
        if self._courses:
            for course, (start, end) in _courses(ledger.text, found):
                turned = Course(course.end, course.start)
                if turned in self._courses and course not in self._courses:
                    told = f"from {turned.start:g} to {turned.end:g}"
                    message = f"{ledger.quote(start, end)}: in the notes it goes {told}"
                    ledger.wrong("number", message, start, end)
        if self._shares:
            for clause in _clauses(ledger.text, words):
                self._judge_shares(clause, found, ledger)

    def _judge_shares(
        self, clause: Sequence[Word], found: Sequence[Quantity], ledger: Ledger
    ) -> None:
        inside = _inside(clause, found)
        if len(inside) != 1:
            return
        (quantity,) = inside
        for shares in self._shares:
            value = next((v for v in quantity.values if v in shares.values), None)
            if value is None or quantity.dimension != shares.dimension:
                continue
            told = {shares.names[w.key] for w in clause if w.cap and w.key in shares.names}
            if len(told) == 1 and value not in told:
                start, end = quantity.start, clause[-1].end
                message = f"{ledger.quote(start, end)}: the notes tell {told.pop():g} of this"
                ledger.wrong("number", message, quantity.start, quantity.end)


def _courses(text: str, found: Sequence[Quantity]) -> Iterator[tuple[Course, tuple[int, int]]]:
    """Where a text says from which number to which something goes."""
    for first, second in pairwise(found):
        between = text[first.end : second.start]
        if "." in between or "\n" in between or first.values == second.values:
            continue
        span = first.start, second.end
        ends = first.values[0], second.values[0]
        if _TO.search(between):
            yield Course(*ends), span
        elif _FROM.search(between) and _TO.search(text[: first.start]):
            yield Course(*ends[::-1]), span  # "to 8% from 11%"


def _shares(text: str, words: Sequence[Word], found: Sequence[Quantity]) -> Iterator[Shares]:
    """For each sort of number on a line, which name belongs to which."""
    left = list(found)
    while left:
        alike = [each for each in left if each is left[0] or _alike(words, left[0], each)]
        left = [each for each in left if each not in alike]
        names: dict[str, float] = {}
        for clause in _clauses(text, words):
            match _inside(clause, found):
                case [own] if own in alike:
                    names |= {w.key: own.values[0] for w in clause if w.cap and not w.first}
        values = frozenset(each.values[0] for each in alike)
        if names and len(values) > 1:
            yield Shares(alike[0].dimension, names, values)


def _alike(words: Sequence[Word], first: Quantity, second: Quantity) -> bool:
    """Whether two numbers count the same: "6 years" and "4 at Lagos", "8 nurses" and "3 nurses"."""
    after = words[second.last + 1].key if second.last + 1 < len(words) else ""
    if second.dimension == "count" and after in _PLACED:
        return True
    if first.dimension != second.dimension:
        return False
    return first.dimension != "count" or first.nouns[:1] == second.nouns[:1] != ()


def _clauses(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words between two marks of punctuation."""
    clause: list[Word] = []
    for word in words:
        if clause and _CLAUSE.search(text, clause[-1].end, word.start):
            yield clause
            clause = []
        clause.append(word)
    if clause:
        yield clause


def _inside(clause: Sequence[Word], found: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in found if clause[0].start <= q.start < clause[-1].end]
