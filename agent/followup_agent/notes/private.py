"""What remains of a Private section: enough to notice a leak, never its words."""

from __future__ import annotations

import math
import re
import secrets
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Self

from pydantic_core import to_jsonable_python

# Scripts written without spaces count by the character: \w+ would take a whole
# sentence of them as one word, and no part of it would ever be recognised.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_SHINGLE = 4  # words; shorter runs recur by chance in any two English texts
_SHINGLE_CHARACTERS = 8
_MOST_ROWS = 50_000  # values in a list or mapping

_TWO_DIGITS = re.compile(r"\d\D*\d")  # str.isdigit also takes ², which is no number here

# A line retold: this share of its content words in one sentence.
_MOST_OF = 0.6
_STOP = re.compile(r"[.!?\n]")
_ENDINGS = ("ing", "en", "ed", "es", "s", "e")
# Words that say nothing of what a private line is about, or that any follow-up may hold.
_PLAIN = frozenset(
    """
        the and but for from with without about after before into over under than then that this
        these those there here which who whom whose what when where why how because since while
        until not no nor also too very just only still yet again more most less much many some any
        all both each every few other another such same own will would shall should can could
        might must have has had having does did doing done been being was were are is am they them
        their she her hers him his its our ours you your yours mine get gets got give gives gave
        take takes took make makes made like likes want wants wanted need needs needed would know
        think feel hope really currently current present last next first second week weeks month
        months year years day days time job jobs role roles post position work works working
        worked company interview interviews interviewed interviewer application applied apply
        offer offers start starts team manager office people person one two three
    """.split()
)

_Span = tuple[int, int]
_Gram = tuple[str, ...]


class PrivateFingerprint:
    """Keyed hashes of a private text's word sequences, short lines and numbers.

    The value (a text, or texts in lists and mappings) is dropped in the
    constructor. What is kept are Python's own hashes of its word runs, which depend on
    the process's secret, together with a key that is random for each object. Neither is
    ever serialised, so nothing that leaves this process can be tested against guesses.
    """

    __slots__ = ("_facts", "_hashes", "_key", "_public", "_roots", "_starts")

    def __init__(self, value: Any = "") -> None:
        self._key = secrets.randbits(64)
        self._public: tuple[Any, ...] = ()
        lines = [_words(line) for line in flat_text(value).splitlines()]
        grams = {*_grams([word for line in lines for word in line])}
        grams.update(tuple(line) for line in lines if _is_short(line))
        self._hashes = frozenset(map(self._hash, grams))
        # The content words of each line, for a leak in other words.
        facts = (frozenset(map(self._hash, _told(line))) for line in lines)
        self._facts = tuple(fact for fact in facts if fact)
        self._roots = frozenset[int]().union(*self._facts)
        # Of each run's first word: most words of a message begin none, and cost one look-up.
        self._starts = frozenset(self._hash(gram[:1]) for gram in grams)

    def __bool__(self) -> bool:
        return bool(self._left())

    def __eq__(self, other: object) -> bool:
        # Two keys cannot be compared; two empty ones are alike.
        return self is other or (isinstance(other, PrivateFingerprint) and not self and not other)

    def __hash__(self) -> int:
        return id(self) if self else 0

    def __repr__(self) -> str:
        return "PrivateFingerprint(…)"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), ()

    def without(self, public: Any) -> Self:
        """This fingerprint less what also stands in public values, as a year does.

        They are only looked at when a leak is first asked for, and must not change before:
        a plan over thousands of notes never asks.
        """
        less = object.__new__(type(self))  # another key would not fit the hashes
        less._key, less._hashes, less._starts = self._key, self._hashes, self._starts
        less._facts, less._roots = self._facts, self._roots
        less._public = (*self._public, public) if self._hashes else ()
        return less

    def leaks(self, text: str) -> Iterator[_Span]:
        """Yield the spans (code points) of ``text`` that stood in the private text."""
        hashes = self._left()
        if not hashes:
            return
        words = _words(text)
        heads = {word for word in set(words) if self._hash((word,)) in self._starts}
        roots = {
            word: root
            for word in set(words)
            if len(word) > 2 and (root := self._hash((_root(word),))) in self._roots
        }
        runs = [
            (n, len(gram))
            for n, word in enumerate(words)
            if word in heads
            for gram in _grams_at(words, n)
            if self._hash(gram) in hashes
        ]
        told = [(n, roots[word]) for n, word in enumerate(words) if word in roots]
        if runs or len(told) > 1:  # few messages: only then is it asked where the words stand
            places = [match.span() for match in _WORD.finditer(text)]
            yield from ((places[n][0], places[n + size - 1][1]) for n, size in runs)
            yield from self._retold(text, [(root, places[n]) for n, root in told])

    def _retold(self, text: str, told: list[tuple[int, _Span]]) -> Iterator[_Span]:
        """Sentences that hold most content words of one private line, whatever their order."""
        stops = [match.start() for match in _STOP.finditer(text)]
        for _, words in groupby(told, lambda word: bisect(stops, word[1][0])):
            found: dict[int, _Span] = {}
            for root, place in words:
                found.setdefault(root, place)
            for fact in self._facts if len(found) > 1 else ():
                spans = [found[root] for root in fact if root in found]
                if len(spans) >= max(2, math.ceil(_MOST_OF * len(fact))):
                    yield min(spans)[0], max(spans)[1]

    def _left(self) -> frozenset[int]:
        if self._public:
            text = flat_text(to_jsonable_python(self._public))
            words = _words(text)
            known = {self._hash(g) for n in range(len(words)) for g in _grams_at(words, n)}
            # In this order: another thread that comes in between only does the work again.
            self._hashes -= known
            plain = {self._hash((_root(word),)) for word in words}
            self._facts = tuple(fact - plain for fact in self._facts if len(fact - plain) > 1)
            self._roots = frozenset[int]().union(*self._facts)
            self._public = ()
        return self._hashes

    def _hash(self, gram: _Gram) -> int:
        return hash((self._key, gram))


def _words(text: str) -> list[str]:
    return list(map(str.casefold, _WORD.findall(text)))


def _root(word: str) -> str:
    """A word without its usual endings, cut to what its forms share."""
    for ending in _ENDINGS if word.endswith(_ENDINGS) else ():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)]
            break
    return word[:6]


def _told(line: list[str]) -> Iterator[_Gram]:
    """The roots of a line's content words."""
    for word in line:
        if len(word) > 2 and word not in _PLAIN and not word.isdecimal():
            yield (_root(word),)


def _grams(words: list[str]) -> Iterator[_Gram]:
    """Word runs of the usual length, and words with two digits or more."""
    for n, word in enumerate(words):
        yield from _run(words, n, _size(word))
        if _TWO_DIGITS.search(word):
            yield (word,)


def _grams_at(words: list[str], n: int) -> Iterator[_Gram]:
    """All that a private text may be kept as and that begins with the n-th word."""
    word = words[n]
    if _TWO_DIGITS.search(word):
        yield (word,)
    for size in {2, 3, _size(word)}:
        yield from _run(words, n, size)


def _size(word: str) -> int:
    unspaced = not word.isascii() and _CHARACTER.match(word)
    return _SHINGLE_CHARACTERS if unspaced else _SHINGLE


def _run(words: list[str], n: int, size: int) -> Iterator[_Gram]:
    """The run of ``size`` words from the n-th on, if there are so many."""
    run = words[n : n + size]
    if len(run) == size:
        yield tuple(run)


def _is_short(line: list[str]) -> bool:
    """Whether a line is kept whole, as "Globex offer"; one word recurs anywhere."""
    return 2 <= len(line) < _SHINGLE and not _CHARACTER.match(line[0])


def flat_text(value: Any) -> str:
    """All texts and numbers in a value, however nested; cycles end with the bound."""
    rows: list[str] = []
    waiting: deque[Any] = deque([value])
    while waiting and len(rows) < _MOST_ROWS:
        held = waiting.popleft()
        if isinstance(held, str):  # first, for nearly all are: the check of a Mapping is slow
            rows.append(str(held))
        elif isinstance(held, list | tuple | set | frozenset):
            rows.append("")
            waiting.extend(held)
        elif isinstance(held, Mapping):
            waiting.extend(part for pair in held.items() for part in pair)
        elif held is not None:
            rows.append(str(held))
    return "\n".join(rows)
