"""Claims told in other words than deeds and papers: "I used to …", "my time at …", "at home in …".

`frames.py` knows the verbs of work by name. Here any verb of doing will do, less those of talk,
thought, feeling and daily life, and the phrases by which a writer brings in a past or a skill.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from followup_agent.guide.grounding.claim_words import ADVERBS, QUIET
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.statements import opens
from followup_agent.guide.grounding.terms import PEOPLES
from followup_agent.guide.grounding.words import Word
from followup_agent.guide.phrases import data_lines

Frame = Iterator[tuple[int, int]]
_ARTICLES = frozenset({"a", "an"})
# Phrases that open a claim whatever comes after them; the claim's own words follow.
_CUES: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """
        i used to
        my way round
        my way around
        as someone who
        as somebody who
        as one who
        no stranger to
        a dab hand
        whizz with
        whiz with
        handy with
        a knack for
        my time at
        my time in
        my time as
        my time with
        my days as
        my days at
        my days in
        my years as
        my years at
        my years in
        my stint at
        my stint as
        my spell at
        my spell as
        i came up through
        i come from
        i came from
        i started out
        i cut my teeth
        i learned my trade
        i learnt my trade
        i grew up
        i went to university
        i went to college
        i look after a
        i look after the
        back when i
        in a past life
        in a former life
        well versed in
        i was the one who
        i was the person who
        i am a member of
        i'm a member of
        i belong to the
        i did my
        i did a
    """.strip().splitlines()
)
_BY_START: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _cue in _CUES:
    _BY_START.setdefault(_cue[:2], []).append(_cue)
_BEFORE = frozenset("and but because since where before so then also that there".split())
_PLEASURES = frozenset("pleasure privilege honour honor luck chance fortune opportunity".split())
_MET = frozenset(
    "meet meeting speak speaking talk talking hear hearing see seeing visit visiting join".split()
)
_REPORT = frozenset("report reports reported reporting answered worked".split())
_NAMED = frozenset(
    "named promoted voted appointed awarded won earned certified crowned elected hired recruited "
    "headhunted entrusted".split()
)
_TONGUE_FOLLOWED = frozenset(
    "is was isn't are and would has helps gets got goes comes makes carries will should".split()
)
_USED = frozenset(
    "use used know work worked speak run ran hold have programmed wrote write".split()
)


@lru_cache(maxsize=1)
def _pasts() -> frozenset[str]:
    """Pasts and participles of the irregular verbs."""
    lines = (line.split() for line in data_lines("verbs.txt"))
    return frozenset(word for line in lines if len(line) == 3 for word in line[1:])


@lru_cache(maxsize=4096)
def did(key: str) -> bool:
    """Whether a word is the past of a verb of doing."""
    if key in QUIET or len(key) < 3:
        return False
    if key in _pasts():
        return True
    return key.endswith("ed") and not key.endswith("eed") and is_english(key)


def tellings(words: list[Word], i: int) -> Frame:
    """The claims that begin at one word."""
    key = words[i].key
    for cue in _BY_START.get((key, _at(words, i + 1)), ()):
        if len(words) > i + len(cue) and all(
            words[i + n].key == part for n, part in enumerate(cue)
        ):
            yield i, i + len(cue)
            return
    if key in _TOLD_BY:
        yield from _TOLD_BY[key](words, i)


def _i(words: list[Word], i: int) -> Frame:
    yield from _did(words, i)
    yield from _pleasure(words, i)


def _something(words: list[Word], i: int) -> Frame:
    mine = _at(words, i + 1) in {"i", "i've"} and _at(words, i - 1) in {"is", "was", "are"}
    if mine and 0 < i < 6 and words[0].key not in {"it", "this", "that"}:
        yield 0, 0


def _having(words: list[Word], i: int) -> Frame:
    j = _past_adverbs(words, i + 1)
    if j < len(words) and did(words[j].key):
        yield i, j


def _being(words: list[Word], i: int) -> Frame:
    if _at(words, i + 1) in _ARTICLES and (not i or not words[i].joined):
        yield i, i + 2


def _my(words: list[Word], i: int) -> Frame:
    tongue = words[i + 1] if i + 1 < len(words) else None
    if tongue and tongue.key in PEOPLES and _at(words, i + 2) in _TONGUE_FOLLOWED:
        yield i, i + 1


def _home(words: list[Word], i: int) -> Frame:
    at_home = _at(words, i - 1) == "at" and _at(words, i + 1) in {"in", "with"}
    if at_home and i + 2 < len(words) and words[i + 2].cap:
        yield i - 1, i + 2


def _that(words: list[Word], i: int) -> Frame:
    if i and _at(words, i + 1) == "i":
        j = _past_adverbs(words, i + 2)
        if _at(words, j) in _USED and words[0].key not in {"the", "your", "it", "what", "i"}:
            yield 0, 0


def _did(words: list[Word], i: int) -> Frame:
    if not opens(words, i) and words[i - 1].key not in _BEFORE:
        return  # "the card I renewed", "while I fought"
    j = _past_adverbs(words, i + 1)
    perfect = words[i].key == "i've"
    if _at(words, j) in {"have", "had"}:
        j, perfect = _past_adverbs(words, j + 1), True
    if j < len(words) and did(words[j].key) and (perfect or j - i < 4):
        yield i, j


def _pleasure(words: list[Word], i: int) -> Frame:
    """``I've had the pleasure of opening two restaurants``."""
    keys = [word.key for word in words[i + 1 : i + 8]]
    for n, key in enumerate(keys[:-2]):
        if key in _PLEASURES and keys[n + 1] in {"of", "to"} and {"had", "have"} & set(keys[:n]):
            if keys[n + 2] not in _MET:
                yield i, i + n + 3
            return


def _of_me(words: list[Word], i: int) -> Frame:
    """``two clerks report to me``, ``my employer named me clerk of the year``."""
    if _at(words, i - 1) in {"to", "under"} and _at(words, i - 2) in _REPORT:
        yield max(0, i - 6), max(0, i - 6)
    elif _at(words, i - 1) in _NAMED:
        start = i - 1
        while start and words[start].joined and i - start < 7:
            start -= 1
        yield start, i + 1


def _at(words: list[Word], i: int) -> str:
    return words[i].key if 0 <= i < len(words) else ""


def _past_adverbs(words: list[Word], i: int) -> int:
    while i < len(words) and words[i].key in ADVERBS:
        i += 1
    return i


_TOLD_BY = {
    "i": _i,
    "i've": _i,
    "me": _of_me,
    "something": _something,
    "having": _having,
    "being": _being,
    "my": _my,
    "home": _home,
    "that": _that,
}
