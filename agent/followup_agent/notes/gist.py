"""What a line is about, so that it is known again in other words: roots, synonyms, a negation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ing", "en", "ed", "er", "es", "s", "e")
_NOT = "¬"
_NEGATIONS = frozenset("not no never cannot nobody none without t".split())  # don't: "don", "t"
# Words that say nothing of what a private line is about, or that any follow-up may hold.
_PLAIN = frozenset(
    """
        the and but for from with about after before into over under than then that this
        these those there here who which whom whose what when where why how because since while
        until nor also too very just only still yet again more most less much many some any
        all both each every few other another such same own will would shall should can could
        might must has have had having does did doing done been being was were are is am they them
        their she her hers him his its our ours you your yours mine get gets got give gives gave
        take takes took make makes made like likes want wants wanted need needs needed know knows
        think thought feel felt find found hope really currently current present last next first
        second week weeks month months year years day days time job jobs role roles position work
        works working worked interview interviews interviewed interviewer application applied
        apply start starts team people person one two three out off down said
        say says told tell asked able
        don doesn didn isn wasn aren won couldn wouldn little bit back
        office manager post offer offers
    """.split()
)
# Words of one meaning in a candidate's private matters; the first stands for all.
_ALIKE = (
    "baby child pregnant pregnancy expecting maternity paternity",
    "wife husband partner spouse fiancé fiancée girlfriend boyfriend",
    "firm company employer",
    "boss superior",
    "salary pay wage wages income earnings",
    "quit left leave leaving resigned resign resigning",
    "sacked fired dismissed dismissal sacking",
    "redundant redundancy redundancies retrenched layoff",
    "row quarrel quarrelled quarreled quarrelling argument argued dispute fight clash",
    "ill illness sick sickness unwell",
    "operation surgery op",
    "prefer preferred preference rather better favour",
    "permit visa",
    "end ends ending expire expires expired expiring expiry ended lapse",
    "sale sold sell selling",
    "nervous anxious worried afraid uneasy",
    "move moving relocate relocating relocation",
    "divorce divorced separated separation marriage split",
    "rent lease tenancy",
    "reference referee references",
    "late delayed delay overdue",
    "burnout burnt burned exhausted",
    "hours shift shifts",
    "night nights nightly",
    "debt debts loan loans mortgage",
    "dried dry dries drying",
)
_FAINT = frozenset(
    """
        firm end move due small big good place old new long soon free way part ready another
        further main come part term prefer
    """.split()
)
_FAINT_WEIGHT = 0.4
NAME = 1.5  # weight of a name, whose mention alone tells a line


def _root(word: str) -> str:
    """A word without its usual endings, cut to what its forms share."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)]
            break
    return word[:6]


_FIRST = {_root(word): _root(row.split()[0]) for row in _ALIKE for word in row.split()}
_LIGHT = frozenset(map(_root, _FAINT))
_CALENDAR = frozenset(
    _root(word)
    for word in """
        january february march april june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
        fridays saturdays sundays christmas easter english french german
    """.split()
)


def _meaning(word: str) -> str:
    """What a word stands for; "" for one of no content."""
    word = word.casefold()
    if word in _NEGATIONS:
        return _NOT
    if len(word) < 3 or word in _PLAIN or word.isdecimal():
        return ""
    root = _root(word)
    return _FIRST.get(root, root)


_remembered = lru_cache(maxsize=8192)(_meaning)


def gist(text: str) -> Iterator[tuple[str, int, int]]:
    """What the words of a text stand for, each with its place; words of no content left out.

    Nothing of the text is remembered: it may be private.
    """
    return _gist(text, _meaning)


def public_gist(text: str) -> Iterator[tuple[str, int, int]]:
    """The same of a text that is not private, several times as fast: words are remembered."""
    return _gist(text, _remembered)


def public_meanings(text: str) -> set[str]:
    """What the words of a text that is not private stand for, wherever they are."""
    return set(map(_remembered, _WORD.findall(text))) - {""}


def _gist(text: str, meaning: Callable[[str], str]) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        if token := meaning(match.group()):
            yield token, match.start(), match.end()


def weights(line: str) -> dict[str, float]:
    """What a line stands for, and how much each of it tells: a name tells it by itself."""
    found: dict[str, float] = {}
    for token, start, end in gist(line):
        named = line[start].isupper() and end - start > 3 and not _opens(line, start)
        if named and token not in _CALENDAR:
            found[token] = NAME
        else:
            found.setdefault(token, _FAINT_WEIGHT if is_faint(token) else 1.0)
    return found


def is_faint(token: str) -> bool:
    """Whether a word stands in so many lines that it tells little of any."""
    return token in _LIGHT or token == _NOT


def _opens(line: str, start: int) -> bool:
    """Whether a word opens a sentence of the line, where any word has a capital."""
    before = line[:start].rstrip()
    return not _WORD.search(before) or before[-1] in ".!?"
