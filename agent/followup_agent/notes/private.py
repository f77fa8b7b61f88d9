"""What remains of a Private section: enough to notice a leak, never its words."""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic_core import to_jsonable_python

from followup_agent.notes.gist import NAME, is_faint, public_gist, public_meanings, weights
from followup_agent.notes.matters import Matter, matters_of

# Scripts written without spaces count by the character: \w+ would take a whole
# sentence of them as one word, and no part of it would ever be recognised.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_SHINGLE = 4  # words; shorter runs recur by chance in any two English texts
_SHINGLE_CHARACTERS = 8
_MOST_ROWS = 50_000  # values in a list or mapping

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:)")
_TWO_DIGITS = re.compile(r"\d\D*\d")  # str.isdigit also takes ², which is no number here

# A line retold: this share of what its content words weigh, in one sentence.
_MOST_OF = 0.55
_NEAR = 60  # characters within which two words alone tell a line again
_CLAUSES = re.compile(r"[,;]|[.!?]\s")
_SENTENCE = re.compile(r"[^.!?\n]+")

_Span = tuple[int, int]
_Gram = tuple[str, ...]


class PrivateFingerprint:
    """Keyed hashes of a private text's word sequences, short lines and numbers.

    The value (a text, or texts in lists and mappings) is dropped in the
    constructor. What is kept are Python's own hashes of its word runs, which depend on
    the process's secret, together with a key that is random for each object, and which
    sensitive matters it touches (health, pay), out of a short list. None of it is
    ever serialised, so nothing that leaves this process can be tested against guesses.
    """

    __slots__ = ("_facts", "_hashes", "_key", "_matters", "_open", "_public", "_starts", "_told")

    def __init__(self, value: Any = "") -> None:
        self._key = secrets.randbits(64)
        self._public: tuple[Any, ...] = ()
        text = flat_text(value)
        lines = [_words(line) for line in text.splitlines()]
        grams = {*_grams([word for line in lines for word in line])}
        grams.update(tuple(line) for line in lines if _is_short(line))
        self._hashes = frozenset(map(self._hash, grams))
        # What the content words of each line stand for and weigh, for a leak in other words.
        self._facts = tuple(
            {self._hash((token,)): weight for token, weight in weights(clause).items()}
            for line in text.splitlines()
            for clause in dict.fromkeys((line, *_CLAUSES.split(line)))
        )
        self._told = frozenset().union(*self._facts)
        self._matters: tuple[Matter, ...] = matters_of(text)
        self._open: frozenset[str] = frozenset()  # what the public notes say of these matters
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
        less._facts, less._told = self._facts, self._told
        less._matters, less._open = self._matters, self._open
        less._public = (*self._public, public) if self._hashes else ()
        return less

    def leaks(self, text: str) -> Iterator[_Span]:
        """Yield the spans (code points) of ``text`` that stood in the private text."""
        hashes = self._left()
        if not hashes:
            return
        words = _words(text)
        runs = [(n, len(gram)) for n, gram in self._runs(words) if self._hash(gram) in hashes]
        if runs:  # few messages: only then is it asked where the words stand
            places = [match.span() for match in _WORD.finditer(text)]
            yield from ((places[n][0], places[n + size - 1][1]) for n, size in runs)
        yield from self._retold(text)
        matters = [m for m in self._matters if not m.cues.isdisjoint(words)]
        if matters:
            yield from self._touched(matters, text)

    def _touched(self, matters: list[Matter], text: str) -> Iterator[_Span]:
        """Sentences that tell of a private line's matter, in whatever words."""
        for sentence in _SENTENCE.finditer(text):
            places = list(_WORD.finditer(text, *sentence.span()))
            words = [place.group().casefold() for place in places]
            for matter in matters:
                for first, last in matter.find(words, self._open):
                    yield places[first].start(), places[last].end()

    def _retold(self, text: str) -> Iterator[_Span]:
        """Sentences that hold most content words of one private line, whatever their order."""
        hashes = ((token, self._hash((token,))) for token in public_meanings(text))
        told = {token: hashed for token, hashed in hashes if hashed in self._told}
        if not told:
            return
        for sentence in _SENTENCE.finditer(text):
            found: dict[int, _Span] = {}
            for token, start, end in public_gist(sentence.group()):
                if (hashed := told.get(token)) is not None:
                    found.setdefault(hashed, (sentence.start() + start, sentence.start() + end))
            for fact in self._facts if found else ():
                spans = sorted(span for hashed, span in found.items() if hashed in fact)
                if spans and _tells(fact, [fact[h] for h in found if h in fact], spans):
                    yield spans[0][0], spans[-1][1]

    def _left(self) -> frozenset[int]:
        if self._public:
            # Of a moment the day is a word, as it is in a message: not "18T09".
            text = _MOMENT.sub(r"\1 \2", flat_text(to_jsonable_python(self._public)))
            words = _words(text)
            known = {self._hash(gram) for _, gram in self._runs(words)}
            # In this order: another thread that comes in between only does the work again.
            self._hashes -= known
            plain = {self._hash((token,)) for token in public_meanings(text) if not is_faint(token)}
            facts = ({h: w for h, w in fact.items() if h not in plain} for fact in self._facts)
            # One word, or a few faint ones, recur by chance.
            self._facts = tuple(f for f in facts if sum(f.values()) > 1 and max(f.values()) >= 1)
            self._told = frozenset().union(*self._facts)
            self._open = frozenset().union(*(m.cues for m in self._matters)).intersection(words)
            self._public = ()
        return self._hashes

    def _runs(self, words: list[str]) -> Iterator[tuple[int, _Gram]]:
        """Runs of these words that begin as something private does, with the first one's place."""
        starts = self._starts
        heads = {word for word in set(words) if self._hash((word,)) in starts}
        for n, word in enumerate(words):
            if word in heads:
                for gram in _grams_at(words, n):
                    yield n, gram

    def _hash(self, gram: _Gram) -> int:
        return hash((self._key, gram))


def _tells(fact: dict[int, float], said: list[float], spans: list[_Span]) -> bool:
    """Whether the words of a sentence tell a private line: its name, or most of it."""
    if max(said) == NAME:
        return True
    if len(said) < 2 or sum(said) < _MOST_OF * sum(fact.values()):
        return False
    return len(said) > 2 or spans[-1][0] - spans[0][1] <= _NEAR


def _words(text: str) -> list[str]:
    return list(map(str.casefold, _WORD.findall(text)))


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
