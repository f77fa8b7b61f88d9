"""Words with their places, and phrases found among them: one dictionary, one linear pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product
from typing import NamedTuple

from followup_agent.guide.frame import Span
from followup_agent.notes.model import InterviewNotes

# Letters and digits, joined by apostrophes or hyphens that stand inside the word. The loop can
# match in one way only, so that it is linear.
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
_CANON = str.maketrans("’‐‑", "'--")
_LONGEST = 12


class Token(NamedTuple):
    """A word of the text; ``key`` is its caseless form with plain apostrophes and hyphens."""

    text: str
    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return (self.start, self.end)


@lru_cache(maxsize=512)
def tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """The words of a text, or of a stretch of it."""
    start, end = span or (0, len(text))
    return tuple(
        [
            Token(m.group(), _key(m.group()), m.start(), m.end())
            for m in _WORD.finditer(text, start, end)
        ]
    )


def _key(word: str) -> str:
    return word.lower() if word.isascii() else word.translate(_CANON).casefold()


@lru_cache(maxsize=256)
def _said(facts: tuple[tuple[str, str, int | None], ...]) -> tuple[frozenset[str], str]:
    keys = [[t.key for t in tokens(fact[1])] for fact in facts]
    keys += [[part for key in fact for part in key.split("-")] for fact in keys]
    return frozenset(k for fact in keys for k in fact), f" {' . '.join(map(' '.join, keys))} "


def words_of(notes: InterviewNotes | None) -> frozenset[str]:
    """Every word that the notes use, in caseless form."""
    return _said(notes.facts)[0] if notes else frozenset()


def stands_in(notes: InterviewNotes | None, phrase: str) -> bool:
    """Whether the notes use these words, in this order or as another form of a single word."""
    if notes is None:
        return False
    words, text = _said(notes.facts)
    keys = " ".join(t.key for t in tokens(phrase))
    return f" {keys} " in text or any(
        f"{keys[: len(keys) - n]}" in words for n in (1, 2) if len(keys) > n + 4
    )


class Phrases:
    """A list of phrases. Each word may give several forms: ``circle|circling back``."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._phrases: set[tuple[str, ...]] = set()
        self._first: dict[str, int] = {}
        for line in lines:
            for words in product(*(word.split("|") for word in line.casefold().split())):
                self._phrases.add(words)
                self._first[words[0]] = max(self._first.get(words[0], 0), len(words))

    @classmethod
    def load(cls, name: str) -> Phrases:
        """The phrases of a data file."""
        return cls(data_lines(name))

    def find(self, text: str, found: Sequence[Token]) -> Iterator[Span]:
        """The longest phrase at each place, left to right, without overlaps."""
        after = 0
        # Few words begin a phrase: the look-up of the first one decides for the others.
        for at in [n for n, token in enumerate(found) if token.key in self._first]:
            size = self._match(text, found, at) if at >= after else 0
            if size:
                yield found[at].start, found[at + size - 1].end
                after = at + size

    def _match(self, text: str, found: Sequence[Token], at: int) -> int:
        most = min(self._first[found[at].key], len(found) - at, _LONGEST)
        for size in range(most, 0, -1):
            words = found[at : at + size]
            if tuple(w.key for w in words) in self._phrases and all(
                is_joined(text, one, two) for one, two in pairwise(words)
            ):
                return size
        return 0


def is_joined(text: str, one: Token, two: Token) -> bool:
    """Whether only white space or a comma stands between two words."""
    return not text[one.end : two.start].strip(" \t\r\n,")


def data_lines(name: str) -> list[str]:
    """The lines of a data file, without comments."""
    text = (files("followup_agent.guide") / "data" / name).read_text("utf-8")
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
