"""Where a sentence claims something of its writer: "I led …", "having built …", "my degree in …".

Each function looks at one word and yields (start, own): where the claim begins, and where the words
begin that the notes must hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.guide.grounding.claim_words import (
    ADVERBS,
    ASKED,
    DAILY,
    DEEDS,
    FOLLOWED,
    HAVE,
    HELD,
    LIGHT,
    MINE,
    MUCH,
    NO_OBJECT,
    NOT_HELD,
    OFFICES,
    ONGOING,
    PAPERS,
    PARTICIPLES,
    SMALL_TALK,
    STATES,
    STOP,
    YEARS,
)
from followup_agent.guide.grounding.statements import READERS, Statement, statements
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.tellings import tellings
from followup_agent.guide.grounding.terms import PEOPLES
from followup_agent.guide.grounding.words import Word

Frame = Iterator[tuple[int, int]]
_I = frozenset({"i", "i've", "i'd"})
_SUBJECTS = frozenset("i i've i'd you we they he she it this that who which there what i'm".split())
_ABLE = frozenset("qualified certified licensed chartered".split())
_ARTICLES = frozenset({"a", "an", "the"})
_BELT = ["under", "my", "belt"]  # "with FRM Part I under my belt"


def frames(words: list[Word]) -> Iterator[Statement]:
    """Where claims start in a sentence, where their own words do, and (if known) where they end."""
    if _OPENERS.isdisjoint(word.key for word in words):
        return
    mine = False  # whether the writer is the subject of the last deed
    for i, word in enumerate(words):
        key = word.key
        if i and not mine and key not in _NOTED:
            continue
        if i + 1 == len(words):
            yield from statements(words, i)
            return
        if mine and key in {"and", "then"} and _deed(words, i + 1):
            yield i + 1, i + 1
        if key in _SUBJECTS:
            after = words[i + 1].key
            mine = key in _I and (after in DEEDS or after in ADVERBS or after == "have")
        found = list(_STARTS[key](words, i)) if key in _STARTS else []
        found = found or list(tellings(words, i) if key in _OPENERS else ())
        yield from found or statements(words, i)


def _at(words: list[Word], i: int) -> str:
    return words[i].key if 0 <= i < len(words) else ""


def _after(words: list[Word], i: int, count: int) -> list[str]:
    return [word.key for word in words[i + 1 : i + 1 + count]]


def _past_adverbs(words: list[Word], i: int, more: frozenset[str] = frozenset()) -> int:
    while i < len(words) and (words[i].key in ADVERBS or words[i].key in more):
        i += 1
    return i


def _deed(words: list[Word], i: int) -> bool:
    """Whether the word is a deed at work: not "I took away", "I wrote to you", "managed to"."""
    key, after = _at(words, i), _after(words, i, 6)
    if key not in DEEDS or (key == "managed" and after[:1] == ["to"]):
        return False
    if key not in LIGHT or SMALL_TALK.isdisjoint(after) or not HELD.isdisjoint(after):
        return True
    # "I brought scrap down from 14 % to 9 %": a result, whatever words of small talk are in it.
    return sum(word.digit for word in words[i + 1 : i + 10]) > 1


def _first_person(words: list[Word], i: int) -> Frame:
    """``I led``, ``I have run``, ``I hold a diploma``, ``I speak Dutch``."""
    j = _past_adverbs(words, i + 1)
    perfect = words[i].key == "i've"
    if _at(words, j) in {"have", "had"}:
        following = _past_adverbs(words, j + 1)
        if _at(words, following) in DEEDS or _at(words, following) in PARTICIPLES:
            j, perfect = following, True
    key = _at(words, j)
    if _deed(words, j) or (perfect and _done(words, j)):
        yield i, j
    elif key in HAVE or words[i].key == "i've":
        if _holds(words, j):
            yield i, j
    elif key in DAILY and j < i + 3 and _habit(words, i, j):
        yield i, j


def _done(words: list[Word], j: int) -> bool:
    key, after = _at(words, j), _at(words, j + 1)
    if key == "been":
        return after in ONGOING or after in STATES
    return key in PARTICIPLES


def _holds(words: list[Word], j: int) -> bool:
    """``have five years of``, ``hold a diploma``: possession of something claimable."""
    after = _after(words, j, 8)
    if after[:1] in (["to"], ["not"], ["no"], ["thought"], ["always"]) or "question" in after[:4]:
        return False
    if not NOT_HELD.isdisjoint(after[:3]) or "ahead" in after:
        return False
    held = next((n for n, key in enumerate(after[:6]) if key in HELD), None)
    if held is None:
        return False
    # "I have a better understanding now" is of the talk.
    return not (
        after[held] in {"understanding", "knowledge", "grasp"}
        and {"better", "clearer", "deeper"}.intersection(after[:held])
    )


def _habit(words: list[Word], i: int, j: int) -> bool:
    """``I manage a team``, ``I speak Dutch``; not ``I know that``, ``if I work``."""
    if _at(words, i - 1) in ASKED or j + 1 >= len(words):
        return False
    key, after = words[j].key, words[j + 1]
    if key == "know":
        beyond = _at(words, j + 2) or "and"
        return after.cap and after.key != "i" and beyond in {"and", "well", "inside", "from"}
    if key in {"speak", "read"}:
        return after.cap or any(w.cap and w.key in PEOPLES for w in words[j + 1 : j + 7])
    if key in {"specialise", "specialize"}:
        return after.key == "in"
    return key in {"hold", "possess"} or after.key not in NO_OBJECT


def _am(words: list[Word], i: int) -> Frame:
    """``I'm certified in``, ``I am a qualified``, ``when I was head chef``."""
    start = i if words[i].key == "i'm" else i - 1
    if start < i and _at(words, start) != "i":
        return
    j = _past_adverbs(words, i + 1, _ARTICLES | {"fully", "both", "highly", "very"})
    able = _at(words, j) in _ABLE  # "qualified to drive"; "born to", "adept to" claim nothing
    if _at(words, j) in STATES and (able or _at(words, j + 1) not in {"", "to"}):
        yield start, j
    elif words[i].key == "was" and not OFFICES.isdisjoint(_after(words, j - 1, 3)):
        when = _at(words, start - 1) in {"when", "while", "where", "since"}
        if when or words[i + 1].key in _ARTICLES:
            yield start, j


def _my(words: list[Word], i: int) -> Frame:
    """``my master's in``, ``my ten years at``, ``my background in``."""
    for j in range(i + 1, min(i + 6, len(words))):
        key = words[j].key
        if key in MINE:
            joined = j + 1 == len(words) or words[j + 1].joined
            much = words[i + 1].key in MUCH
            if joined and (much or _at(words, j + 1) in FOLLOWED or stem(key) in PAPERS):
                yield i, i + 1
            return
        if key in STOP and key not in {"previous", "last", "first", "own"}:
            return


def _having(words: list[Word], i: int) -> Frame:
    """``having managed …``; ``having spoken with you`` is none."""
    j = _past_adverbs(words, i + 1)
    key = _at(words, j)
    talk = {"you", "your", "about", "from"}.intersection(_after(words, j, 3))
    if (key in DEEDS or key in PARTICIPLES - {"been"} or key == "interviewed") and not (
        talk and (key in LIGHT or key in PARTICIPLES)
    ):
        yield i, j


def _after_years(words: list[Word], i: int) -> Frame:
    """``after teaching for ten years``."""
    j = _past_adverbs(words, i + 1)
    if _at(words, j).endswith("ing") and YEARS.intersection(_after(words, j, 7)):
        yield i, j


def _with(words: list[Word], i: int) -> Frame:
    """``with ten years of nursing behind me``, ``with a background in``."""
    after = _after(words, i, 7)
    if not after or after[0] in {
        "you",
        "your",
        "the",
        "all",
        "best",
        "kind",
        "this",
        "that",
        "their",
    }:
        return
    if any(_after(words, i + n, 3) == _BELT for n in range(1, 7)):
        yield i, i + 1
        return
    for n, key in enumerate(after[:6]):
        if key in YEARS:
            if _at(words, i + n + 2) in FOLLOWED:
                yield i, i + 1
            return
        if key in {"and", "who", "that"}:
            return


def _being(words: list[Word], i: int) -> Frame:
    """``being certified in``."""
    j = _past_adverbs(words, i + 1, _ARTICLES | {"fully"})
    if _at(words, j) in STATES:
        yield i, j


def _as_a(words: list[Word], i: int) -> Frame:
    """``as a certified …``, ``as a former …`` at a clause's start."""
    if _at(words, i + 1) not in {"a", "an"}:
        return
    free = not i or words[i].first or not words[i].joined
    if not free and _at(words, i - 1) not in ADVERBS | {"and", "me", "years", "worked", "time"}:
        return
    if _at(words, i + 2) in STATES | {"former", "fellow", "seasoned"}:
        yield i, i + 2


_STARTS = {
    "i": _first_person,
    "i've": _first_person,
    "i'd": _first_person,
    "i'm": _am,
    "am": _am,
    "was": _am,
    "my": _my,
    "having": _having,
    "being": _being,
    "after": _after_years,
    "with": _with,
    "as": _as_a,
}
_OPENERS = (
    frozenset(_STARTS)
    | {"me", "something", "home", "that", "no", "a", "back", "in", "well", "handy"}
    | {"whizz", "whiz", "where", "what"}
)
_NOTED = _OPENERS | _SUBJECTS | READERS.keys()  # any other word inside a sentence says nothing
