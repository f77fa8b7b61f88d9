"""The words of a text with their places, folded so that spellings compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from followup_agent.guide.frame import Span
    from followup_agent.guide.reading import Reading

ZoneKind = Literal["subject", "greeting", "body", "closing", "signature"]

# Everything that separates words: spaces, punctuation, symbols, surrogates. Marks and zero-width
# joiners stay inside a word: Indic and Persian names need them, and `fold` removes the rest.
_BREAK = (
    r"\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    r"\u02b9-\u02bf\u2000-\u200a\u2010-\u205f\u2061-\u206f\u20a0-\u20cf\u2100\u2120-\u2bff"
    r"\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\u30fb\ufe10-\ufe1f\ufe30-\ufe6f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff9-\uffff"
    r"\ud800-\udfff\ue000-\uf8ff\U0001f000-\U0001faff"
)
_APOSTROPHE = "'’ʼ‘`´′＇"
_HYPHEN = "-‐‑"
# An apostrophe or hyphen joins only before a letter, a hyphen never after a digit ("75-minute").
_WORD = re.compile(
    rf"[^{_BREAK}]+(?:(?:[{_APOSTROPHE}]|(?<!\d)[{_HYPHEN}])(?=[^\W\d_])[^{_BREAK}]+)*"
)
# The same for a text of ASCII alone; measured a third faster.
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+(?:(?:['`]|(?<![0-9])-)(?=[A-Za-z])[0-9A-Za-z]+)*")
_CANON = {ord(c): "'" for c in _APOSTROPHE} | {ord(c): "-" for c in _HYPHEN}
_CANON |= dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF], "")
# Letters that no Unicode decomposition takes apart, as they are written without their stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_STROKES |= {ord("ı"): "i", ord("ħ"): "h", ord("ŋ"): "n"}
_NEW_SENTENCE = frozenset('.!?:;…\n\r•*|>"“‘«([–—')
_CACHED_LENGTH = 48  # longer words are no words; keeping them out bounds the caches' memory


@dataclass(slots=True)
class Word:
    """A word of the text.

    Attributes:
        key: Folded: composed, caseless, plain apostrophes, no possessive.
        first: Whether a capital says nothing here (start of a sentence, list item, quotation).
        cap: Whether it starts with a capital, or its script has none.
        joined: Whether only spaces stand between it and the word before.
        digit: Whether it starts with a digit.
    """

    text: str
    start: int
    end: int
    key: str
    first: bool
    cap: bool
    joined: bool
    digit: bool = False

    @property
    def possessive(self) -> bool:
        """Whether it ends in ’s; what follows is then no part of the name."""
        return self.text[-2:-1] in _APOSTROPHE if len(self.text) > 2 else False


@dataclass(slots=True)
class Zone:
    """A subject, greeting, sentence, sign-off or signature, and its words.

    ``shouting`` is True where capitals say nothing: a title, or a text in capitals. ``keys`` are
    those of its words.
    """

    kind: ZoneKind
    start: int
    end: int
    words: list[Word] = field(default_factory=list)
    shouting: bool = False
    keys: frozenset[str] = frozenset()


def _fold(text: str) -> str:
    if text.isascii():
        key = text.lower()
    else:
        key = unicodedata.normalize("NFC", text).translate(_CANON).casefold()
        key = unicodedata.normalize("NFC", key)
    key = key.removesuffix("'s")
    return key.strip("'-")


_fold_cached = lru_cache(maxsize=8192)(_fold)


def fold(text: str) -> str:
    """A word's key: composed, caseless, plain apostrophe and hyphen, no possessive ``'s``."""
    return _fold_cached(text) if len(text) <= _CACHED_LENGTH else _fold(text)


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A key without diacritics: ``søren`` → ``soren``."""
    if key.isascii():
        return key
    bare = unicodedata.normalize("NFD", key)
    bare = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare.translate(_STROKES))


def uncased(char: str) -> bool:
    """Whether a letter's script knows no capitals: CJK, Arabic, Devanagari, Hebrew and more."""
    return char > "\u024f" and char.isalpha() and not char.isupper() and not char.islower()


def words_in(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two places of a text."""
    found: list[Word] = []
    place, stop = start, len(text) if end is None else end
    pattern = _ASCII_WORD if text[start:stop].isascii() else _WORD
    for match in pattern.finditer(text, start, stop):
        word, at = match.group(), match.start()
        key, cap, digit = _seen(word) if len(word) <= _CACHED_LENGTH else _look(word)
        if at == place + 1 and found and text[place] == " ":
            first, joined = False, True
        else:
            gap = text[place:at]
            first = not found or not _NEW_SENTENCE.isdisjoint(gap)
            joined = bool(found) and gap.isspace() and "\n" not in gap
        place = at + len(word)
        found.append(Word(word, at, place, key, first, cap, joined, digit))
    return found


def _look(word: str) -> tuple[str, bool, bool]:
    head = word[0]
    cap = head.isupper() or (head > "\x7f" and (uncased(head) or head.istitle()))
    return _fold(word), cap, head.isdecimal()


_seen = lru_cache(maxsize=8192)(_look)


def _places(reading: Reading) -> Iterator[tuple[ZoneKind, Span]]:
    if reading.subject:
        yield "subject", reading.subject
    if reading.greeting:
        yield "greeting", reading.greeting
    for sentence in reading.sentences:
        yield "body", sentence.span
    if reading.closing:
        yield "closing", reading.closing
    if reading.signature:
        yield "signature", reading.signature


def _shouts(words: list[Word]) -> bool:
    """Whether most of the longer words are capitalised, so that a capital is no evidence."""
    longer = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    return len(longer) > 2 and sum(word.cap for word in longer) > 0.7 * len(longer)


def zones_of(reading: Reading) -> list[Zone]:
    """A message's subject, greeting, sentences, sign-off and signature with their words."""
    zones = []
    for kind, (start, end) in _places(reading):
        words = words_in(reading.text, start, end)
        shouting = kind in {"subject", "closing"} or _shouts(words)
        keys = frozenset([word.key for word in words])
        zones.append(Zone(kind, start, end, words, shouting, keys))
    return zones


def shape(text: str) -> str:
    """How a word is written: composed, plain apostrophes, no possessive, no zero-width marks."""
    if text.isascii():
        return text.removesuffix("'s")
    text = unicodedata.normalize("NFC", text).translate(_PLAIN_MARKS)
    return text.removesuffix("'s")


_PLAIN_MARKS = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], "") | {
    ord(c): "'" for c in "’ʼ‘`´′＇"
} | {0x2010: "-", 0x2011: "-"}  # fmt: skip
