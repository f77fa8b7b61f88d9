"""Split a text into paragraphs, sentences and clauses, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

# A stop that ends one of these ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms mx dr prof st sr jr rev fr hon no nos vs etc approx dept est inc ltd co corp e.g
    i.e p.s p.p.s a.m p.m ph.d m.a b.a m.sc b.sc u.s u.k viz cf ext tel ref fig jan feb mar apr
    jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    """.split()
)
# These do end a sentence when a capital follows.
_MAY_END = frozenset("etc inc ltd co corp a.m p.m ph.d m.a b.a m.sc b.sc u.s u.k".split())
# A dotted acronym ("I.T.", "R.N.") is mostly part of a name, but not before one of these.
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OPENERS = frozenset(
    """
    i i'm i've i'd i'll it it's the a an this that these those there my your our his her their we
    you he she they as if in on at for to with from after since when while please thank thanks
    what how and but so
    """.split()
)
# A run of stops is only looked at from its start, and none of these can match empty or
# try a character twice: the time stays linear in texts of nothing but stops.
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|[。！？]++[”」』)]*+"
    r"|\n[ \t]*+(?:[-*•–]|\d{1,2}[.)])[ \t]"
)
_BLANK = re.compile(r"(?:\n|\r(?!\n))[ \t]*+\r?\n\s*+|\r[ \t]*+\r\s*+")
# Where a clause may end: what stands on either side can do something of its own.
_JOINT = re.compile(
    r"[;:—–](?=\s)|\s-(?=\s)"
    r"|,?\s(?=(?:and|but|so|because|since|as|while|though|although|yet)\s(?:I|we|you|it|my|to)\b)"
    r"|,(?=\s(?:and|but|so|because|since|as|while|though|although|yet)\b)",
    re.IGNORECASE,
)
_FEWEST = 3  # words of a clause that says something
_CAPITAL = re.compile(r"\s*[\"'“‘(\[]?([^\W\d_])([\w'’]{0,5})")


def split(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield (paragraph, start, end) of each sentence, white space trimmed."""
    start, stop = span
    paragraph = 0
    for gap in [*_BLANK.finditer(text, start, stop), None]:
        end = gap.start() if gap else stop
        some = False
        for first, last in _sentences(text, start, end):
            some = True
            yield paragraph, first, last
        paragraph += some
        if gap:
            start = gap.end()


def clauses(text: str) -> list[str]:
    """The clauses of a compound sentence, in order; none of a sentence that is one clause."""
    ends = [match.start() for match in _JOINT.finditer(text)]
    if not ends:
        return []
    pieces = [text[a:b].strip(" ,;:—–-") for a, b in pairwise([0, *ends, len(text)])]
    return [piece for piece in pieces if len(piece.split()) >= _FEWEST]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start, end):
        if stop.group()[0] in ".…" and not _ends_sentence(text, stop, end):
            continue
        cut = stop.start() if stop.group()[0] == "\n" else stop.end()
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    follows = _CAPITAL.match(text, stop.end(), end)
    capital = bool(follows and follows[1].isupper())
    if stop.group().startswith(("…", "..")):
        return capital or follows is None  # an ellipsis in mid-sentence ends nothing
    word = text[_word_start(text, stop.start()) : stop.start()].casefold()
    if word in _ABBREVIATIONS:
        return word in _MAY_END and capital
    if _DOTTED.fullmatch(word):
        opener = f"{follows[1]}{follows[2]}".casefold().replace("’", "'") if follows else ""
        return follows is None or (capital and opener in _OPENERS)
    initial = len(word) == 1 and word.isalpha() and word != "i"
    return not (initial and capital)


def _word_start(text: str, end: int) -> int:
    """Where the word before ``end`` starts; a word has at most 12 characters to matter."""
    start = end
    while start > 0 and end - start < 12 and not text[start - 1].isspace():
        start -= 1
    while start < end and text[start] in "([\"'“‘":
        start += 1
    return start


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and any(map(str.isalnum, text[start:end])):
        yield start, end
