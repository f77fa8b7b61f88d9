"""What remains of a Private section: enough to notice a leak, never its words."""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Self

# Scripts written without spaces count by the character: \w+ would take a whole
# sentence of them as one word, and no part of it would ever be recognised.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_SHINGLE = 4  # words; shorter runs recur by chance in any two English texts
_SHINGLE_CHARACTERS = 8
_MOST_ROWS = 50_000  # values in a list or mapping

_TWO_DIGITS = re.compile(r"\d\D*\d")  # str.isdigit also takes ², which is no number here

_Span = tuple[int, int]
_Word = tuple[str, int, int]  # folded, and its place


class PrivateFingerprint:
    """Keyed hashes of a private text's word sequences, short lines and numbers.

    The value (a text, or texts in lists and mappings) is dropped in the
    constructor. The key is random for each
    object and neither it nor the hashes are ever serialised, so nothing that
    leaves this process can be tested against guesses.
    """

    __slots__ = ("_hashes", "_key", "_public")

    def __init__(self, value: Any = "") -> None:
        text = flat_text(value)
        self._key = secrets.token_bytes(16)
        self._public = ""
        words = _words(text)
        grams = {gram for gram, _ in _grams(words)}
        grams.update(gram for line in text.splitlines() for gram in _whole_short_line(line))
        self._hashes = frozenset(map(self._hash, grams))

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

    def without(self, public: str) -> Self:
        """This fingerprint less what also stands in a public text, as a year does."""
        less = type(self)()
        less._key, less._hashes = self._key, self._hashes
        if self._hashes:
            # Hashed when first asked for a leak: a plan over thousands of notes never asks.
            less._public = f"{self._public}\n{public}"
        return less

    def leaks(self, text: str) -> Iterator[_Span]:
        """Yield the spans (code points) of ``text`` that stood in the private text."""
        hashes = self._left()
        if hashes:
            for gram, span in _all_grams(text):
                if self._hash(gram) in hashes:
                    yield span

    def _left(self) -> frozenset[bytes]:
        if self._public:
            known = {self._hash(gram) for gram, _ in _all_grams(self._public)}
            # In this order: another thread that comes in between only does the work again.
            self._hashes -= known
            self._public = ""
        return self._hashes

    def _hash(self, gram: str) -> bytes:
        return blake2b(gram.encode("utf-8", "replace"), key=self._key, digest_size=8).digest()


def _words(text: str) -> list[_Word]:
    return [(w.group().casefold(), w.start(), w.end()) for w in _WORD.finditer(text)]


def _grams(words: list[_Word]) -> Iterator[tuple[str, _Span]]:
    """Word runs of the usual length, and words with two digits or more."""
    for n, (word, start, end) in enumerate(words):
        size = _SHINGLE_CHARACTERS if _CHARACTER.match(word) else _SHINGLE
        if n + size <= len(words):
            yield _gram(words[n : n + size])
        if _TWO_DIGITS.search(word):
            yield word, (start, end)


def _all_grams(text: str) -> Iterator[tuple[str, _Span]]:
    """As `_grams`, with the shorter runs that a short private line is kept as."""
    words = _words(text)
    yield from _grams(words)
    for size in range(2, _SHINGLE):
        for n in range(len(words) - size + 1):
            yield _gram(words[n : n + size])


def _whole_short_line(line: str) -> Iterator[str]:
    """Keep a line of two or three words whole, as "Globex offer"; one word recurs anywhere."""
    words = _words(line)
    if 2 <= len(words) < _SHINGLE and not _CHARACTER.match(words[0][0]):
        yield _gram(words)[0]


def _gram(words: list[_Word]) -> tuple[str, _Span]:
    return " ".join([word for word, _, _ in words]), (words[0][1], words[-1][2])


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
