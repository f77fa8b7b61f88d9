"""Slips of grammar as patterns of words: data in ``grammar.txt``, one small matcher here.

Each pattern is a short row of word classes, so that a sentence is read in linear time. A word
with a capital inside a sentence may be a name and is only ever matched as itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from followup_agent.guide.phrases import Token, data_lines, tokens
from followup_agent.guide.reading import Sentence
from followup_agent.guide.wordforms import labels

Slip = tuple[str, tuple[int, int]]
Row = tuple[frozenset[str], ...]
#: How far from a word another one stands, and the labels of which it must have one.
Beside = tuple[int, frozenset[str]]

_ITEM = re.compile(r"\[|\]|\([^()]*\)\??|[^\s\[\]()]+")
_COMMON = frozenset("the your our my i we you they and to of for in is a it that . ^ _".split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of sets of labels; ``fault`` is the slice of the row that is wrong.

    ``right`` says what should stand there; None makes the pattern an exemption.
    """

    row: Row
    fault: tuple[int, int]
    right: str | None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, dict[Beside, list[tuple[int, Pattern]]]]:
    """The patterns by the labels of their rarest element, with its place in the row.

    Those that need the same word beside it are refused together where that is missing.
    """
    index: dict[str, dict[Beside, list[tuple[int, Pattern]]]] = {}
    classes: dict[str, frozenset[str]] = {}
    for line in data_lines("grammar.txt"):
        if line.startswith("@") and " = " in line:
            name, words = line.split(" = ")
            classes[name] = frozenset(words.casefold().split())
            continue
        for pattern in _parse(line, classes):
            anchor, *others = sorted(range(len(pattern.row)), key=lambda n: _weight(pattern.row[n]))
            second = others[0] if others else anchor
            beside = (second - anchor, pattern.row[second])
            for label in pattern.row[anchor]:
                index.setdefault(label, {}).setdefault(beside, []).append((anchor, pattern))
    return index


def _weight(labels: frozenset[str]) -> int:
    return sum(60 if label[0] == "@" or label in _COMMON else 1 for label in labels)


def _parse(line: str, classes: dict[str, frozenset[str]]) -> Iterator[Pattern]:
    exempt = line.startswith("!")
    before, _, rest = line.lstrip("! ").partition("[")
    fault, _, after = rest.partition("]")
    for wrong, right in _corrections(fault):
        rows = [_rows(part, classes) for part in (before, wrong, after)]
        for head, middle, tail in product(*rows):
            yield Pattern(
                row=(*head, *middle, *tail),
                fault=(len(head), len(head) + len(middle)),
                right=None if exempt else right,
            )


def _corrections(fault: str) -> Iterator[tuple[str, str]]:
    """``(a>b|c>d)`` holds several corrections, ``(a|c)>b`` one."""
    if fault.startswith("(") and fault.endswith(")"):
        for pair in fault[1:-1].split("|"):
            wrong, _, right = pair.partition(">")
            yield wrong, right
    else:
        wrong, _, right = fault.rpartition(">")
        yield wrong, right


def _rows(part: str, classes: dict[str, frozenset[str]]) -> list[Row]:
    """Every row of sets that a part of a pattern stands for."""
    choices: list[list[Row]] = []
    for item in _ITEM.findall(part):
        words = item.rstrip("?").strip("()").casefold().split("|")
        single = [classes.get(w, frozenset({w})) for w in words if " " not in w]
        rows: list[Row] = [(frozenset().union(*single),)] if single else []
        rows += [
            tuple(classes.get(x, frozenset({x})) for x in w.split()) for w in words if " " in w
        ]
        choices.append([*rows, ()] if item.endswith("?") else rows)
    return [tuple(s for row in combination for s in row) for combination in product(*choices)]


def slips(text: str, sentence: Sentence) -> list[Slip]:
    """What is wrong in a sentence, and the words meant; spans are of the whole text."""
    found = tokens(text, sentence.span)
    row, places = _labelled(text, found)
    faults: list[tuple[int, int, str]] = []
    exempt: set[int] = set()
    for first, pattern in _likely(row):
        if not _matches(pattern.row, row, first):
            continue
        if pattern.right is None:
            exempt.update(range(first, first + len(pattern.row)))
        else:
            faults.append((first + pattern.fault[0], first + pattern.fault[1], pattern.right))
    return list(_reported(text, faults, exempt, places))


def _likely(row: list[tuple[str, ...]]) -> Iterator[tuple[int, Pattern]]:
    """The patterns whose two rarest elements stand in a sentence, and where they would begin."""
    index, size = _patterns(), len(row)
    for at, here in enumerate(row):
        for label in here:
            for (away, wanted), group in index.get(label, {}).items():
                if 0 <= at + away < size and not wanted.isdisjoint(row[at + away]):
                    for anchor, pattern in group:
                        yield at - anchor, pattern


def _matches(pattern: Row, row: list[tuple[str, ...]], first: int) -> bool:
    if first < 0 or first + len(pattern) > len(row):
        return False
    return not any(map(frozenset.isdisjoint, pattern, row[first : first + len(pattern)]))


def _labelled(
    text: str, found: Sequence[Token]
) -> tuple[list[tuple[str, ...]], list[Token | None]]:
    """The labels of the sentence's words, with its start and its punctuation between them."""
    row: list[tuple[str, ...]] = [("^",)]
    places: list[Token | None] = [None]
    for number, token in enumerate(found):
        name = number > 0 and token.text[0].isupper() and token.key[:2] not in {"i", "i'"}
        # "An A level": a letter that names a thing is not the article.
        row.append(("_",) if name and token.text == "A" else labels(token.key, name=name))
        places.append(token)
        last = number + 1 == len(found)
        if last or text[token.end : found[number + 1].start].strip():
            row.append((".",))
            places.append(None)
    return row, places


def _reported(
    text: str, faults: list[tuple[int, int, str]], exempt: set[int], places: list[Token | None]
) -> Iterator[Slip]:
    told: set[int] = set()
    for first, last, right in sorted(faults):
        words = [token for token in places[first:last] if token]
        if not words or not exempt.isdisjoint(range(first, last)) or first in told:
            continue
        told.update(range(first, last))
        span = (words[0].start, words[-1].end)
        yield (
            f"“{text[slice(*span)]}” should be “{right}”"
            if _is_words(right)
            else (f"“{text[slice(*span)]}”: {right}"),
            span,
        )


def _is_words(right: str) -> bool:
    return len(right.split()) < 4 and not right.startswith(
        ("the participle", "the plain", "the -ing", "a singular", "the plural", "no ", "one ")
    )
