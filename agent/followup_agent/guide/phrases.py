"""Words with their places, and phrases found among them: one dictionary, one linear pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import product
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from followup_agent.guide.frame import Span
from followup_agent.guide.memo import per_notes
from followup_agent.notes.model import InterviewNotes

# Letters and digits, joined by apostrophes or hyphens that stand inside the word. The loop can
# match in one way only, so that it is linear.
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)*")
_CANON = str.maketrans("’‐‑", "'--")
_Tree: TypeAlias = "dict[str, _Tree]"
_END = ""  # the branch of a phrase that ends here; no word is empty


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


_START, _STOP = itemgetter(Token._fields.index("start")), itemgetter(Token._fields.index("end"))


def tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """The words of a text, or of a stretch of it."""
    found = _all_tokens(text)
    if span is None:
        return found
    low = bisect_left(found, span[0], key=_STOP)
    high = bisect_left(found, span[1], key=_START)
    found = found[low:high]
    # Only a stretch that cuts a word in two holds others than the text does.
    cut = found and (found[0].start < span[0] or found[-1].end > span[1])
    return _tokens_between(text, *span) if cut else found


@lru_cache(maxsize=64)
def _all_tokens(text: str) -> tuple[Token, ...]:
    return _tokens_between(text, 0, len(text))


def _tokens_between(text: str, start: int, end: int) -> tuple[Token, ...]:
    return tuple(
        [Token(word := m.group(), _key(word), *m.span()) for m in _WORD.finditer(text, start, end)]
    )


def _key(word: str) -> str:
    return word.lower() if word.isascii() else word.translate(_CANON).casefold()


@per_notes
def _said(notes: InterviewNotes) -> tuple[frozenset[str], str]:
    facts = [fact.text for fact in notes.facts]
    keys = [[t.key for t in _tokens_between(text, 0, len(text))] for text in facts]
    keys += [[part for key in fact for part in key.split("-")] for fact in keys]
    return frozenset(k for fact in keys for k in fact), f" {' . '.join(map(' '.join, keys))} "


def words_of(notes: InterviewNotes | None) -> frozenset[str]:
    """Every word that the notes use, in caseless form."""
    return _said(notes)[0] if notes else frozenset()


def stands_in(notes: InterviewNotes | None, phrase: str) -> bool:
    """Whether the notes use these words, in this order or as another form of a single word."""
    if notes is None:
        return False
    words, text = _said(notes)
    keys = " ".join(t.key for t in tokens(phrase))
    return f" {keys} " in text or any(
        f"{keys[: len(keys) - n]}" in words for n in (1, 2) if len(keys) > n + 4
    )


class Phrases:
    """A list of phrases. Each word may give several forms: ``circle|circling back``.

    The phrases are a tree of words, so that a text is followed only as far as one goes on.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._tree: _Tree = {}
        for line in lines:
            for words in product(*(word.split("|") for word in line.casefold().split())):
                node = self._tree
                for word in (*words, _END):
                    node = node.setdefault(word, {})

    @classmethod
    def load(cls, name: str) -> Phrases:
        """The phrases of a data file."""
        return cls(data_lines(name))

    def find(self, text: str, found: Sequence[Token]) -> Iterator[Span]:
        """The longest phrase at each place, left to right, without overlaps."""
        after = 0
        for at in [n for n, token in enumerate(found) if token.key in self._tree]:
            size = self._match(text, found, at) if at >= after else 0
            if size:
                yield found[at].start, found[at + size - 1].end
                after = at + size

    def _match(self, text: str, found: Sequence[Token], at: int) -> int:
        """How many words from ``at`` on are a phrase, the longest there is; 0 for none."""
        node, size = self._tree, 0
        for n in range(at, len(found)):
            below = node.get(found[n].key)
            if below is None or (n > at and not is_joined(text, found[n - 1], found[n])):
                break
            node = below
            if _END in node:
                size = n + 1 - at
        return size


def is_joined(text: str, one: Token, two: Token) -> bool:
    """Whether only white space or a comma stands between two words."""
    return not text[one.end : two.start].strip(" \t\r\n,")


def data_lines(name: str) -> list[str]:
    """The lines of a data file, without comments."""
    text = (files("followup_agent.guide") / "data" / name).read_text("utf-8")
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
