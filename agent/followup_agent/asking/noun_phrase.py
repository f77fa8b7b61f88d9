"""The thing that a jotting begins with: "class size" of "class size 38, smartboard works".

What was jotted after it may be anything, and fits into no sentence that is sure to be right; the
thing itself does. Where a word may be a noun or a verb, less is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from enum import Enum, auto
from itertools import pairwise

from followup_agent.asking.articles import articled, uncounted
from followup_agent.asking.broken import breaks
from followup_agent.asking.wording import STOP
from followup_agent.english_dates import MONTHS
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import LABELS
from followup_agent.guide.grounding.units import SMALL_WORDS
from followup_agent.guide.topics import rarity, stems_of
from followup_agent.guide.wordforms import labels, parts_of_speech, plain_form
from followup_agent.notes.attribution import TITLES

_MARK = re.compile(
    r"[,;:()\[\]–—?!…\"“”→<>=~+]|\s[-/]\s"
    rf"|{STOP}(?:\s|$)|->",
    re.IGNORECASE,
)
_DETERMINERS = frozenset(
    "the a an your our their his her its this these every each some any all".split()
)
_PREPOSITIONS = frozenset("of for in on at with without from between about against to by".split())
_NUMBER = re.compile(r"\d[\d.,]*(?:st|nd|rd|th|%|k|m)?", re.IGNORECASE)
_NUMBERS = SMALL_WORDS | {"both"}
#: Where the thing ends for sure: another clause, or what is said of it.
_ENDS = frozenset(
    """
    or but nor so because coz cos since as if when while until till unless though although than
    that which who whom whose where how why what whether is are was were be been being am isn't
    aren't wasn't weren't has have had hasn't haven't will won't would can can't cannot could should
    must may might do does did don't doesn't didn't gets got goes went gone i you he she it we they
    me him us them not no never nobody nothing still already now then here there too also even only
    just again back away up down out off over under per via vs versus after before during esp both v
    once twice thrice double half round
    """.split()
)
#: Before these stands who says it, which is no thing that was talked about.
_SPEECH = frozenset(
    """
    say says said tell tells told think thinks thought know knows knew reckon reckons ask asks asked
    mention mentions mentioned explain explains explained want wants wanted hope hopes feel feels
    felt
    """.split()
)
#: Somebody's name or initials before what they said.
_LABELLED = re.compile(r"(?:[A-Z]\S* )?[A-Z]\S*(?::|\s+[–—-])\s")
#: Titles that are nothing else; a chef's knife is a thing.
_BEFORE_NAMES = TITLES - {"chef", "captain", "pastor", "principal"}
_CONTRACTED = re.compile(r"'(?:ve|re|ll|d|m)$")  # "you've", no thing
_OF_THE_WRITER = frozenset({"my", "mine", "me"})
#: Verbs that are said of things as nouns: "agency spend", "the new build".
_NOUNS_TOO = frozenset("spend build rebuild hire read fix use".split())
#: Said of a thing, and none itself; with the endings of such words.
_QUALITIES = frozenset(
    """
    late new old big small short long high low good bad full empty tired keen calm sore open free
    ready broken down weak strong slow fast hard soft wet dry hot cold early cheap dear due next
    last same other worse better best worst more most less few own sure fine ok okay done shut
    lost set
    """.split()
)
_QUALITY = re.compile(r"\w{3,}(?:ful|less|ous|ive|able|ible|ical|ish|est)$")
#: The endings of what is not counted, and several without an "s".
_MASS_ENDING = re.compile(r"\w{3,}(?:ing|ness|ism|ics|hood|ship|graphy|nomy)$")
_MANY = frozenset(
    "people children men women staff police sheep cattle deer fish mice teeth".split()
)
#: Plurals that are said before the name of a thing: "claims data".
_NAMING = frozenset(
    "sales times tables claims systems operations sports goods news maths economics customs"
    " logistics arms accounts communications facilities careers admissions resources costs".split()
)
#: What several do, and none alone.
_OF_SEVERAL = frozenset("are were have aren't weren't haven't do don't come go stay get".split())
#: How rare the words must be together, for the thing to be of this talk and no other.
TELLING = 0.9
_MONTHS = frozenset(name.casefold() for name in MONTHS)
_ORDINALS = frozenset("first last next".split())
_UNIT_WORDS = 2  # "83 ppm"


def noun_phrase(
    jotting: str, telling: float = TELLING, worthless: Set[str] = frozenset()
) -> str | None:
    """What a jotting begins with, where that surely is a thing; None where it is not sure.

    A single thing has "the" before it: what was talked about is known to both.

    Args:
        jotting: What was jotted, spoken to the reader.
        telling: How rare its words must be together (`rarity`).
        worthless: Stems that prove nothing: those of the role and the company.
    """
    words = (_MARK.split(jotting, maxsplit=1)[0]).split()
    taken = _thing(words)
    phrase = " ".join(words[:taken])
    if _LABELLED.match(jotting) and not phrase.isupper():
        return None  # "Chef: my butter is too warm"
    if not _OF_THE_WRITER.isdisjoint(map(_key, words[:taken])) or _ends_in_a_name(words[:taken]):
        return None
    if phrase.isupper() and len(phrase) < len("GSM"):
        return None  # "BV got bought"
    if not taken or sum(map(rarity, {*stems_of(phrase)} - worthless)) < telling:
        return None
    if _counts_no_several(words[:taken]):
        return None
    return None if any(breaks(f"about {phrase}.")) else _articled(words[:taken])


def _counts_no_several(words: Sequence[str]) -> bool:
    """Whether a number counts what is no plural: "180 seasonal"."""
    keys = [_key(word) for word in words]
    if not _is_number(keys[0]) or keys[0] in {"one", "1"}:
        return False
    head = next((n for n, key in enumerate(keys) if key in _PREPOSITIONS), len(keys)) - 1
    return "@plurals" not in labels(keys[head], name=False) and keys[head] not in _MANY


def counts_oddly(phrase: str) -> bool:
    """Whether a thing has its number after it, as jottings have: "waiting list 61 weeks"."""
    words = phrase.split()
    return any(
        two[:1].isdigit() and one.isalpha() and not _is_labelled(one)
        and _key(one) not in _PREPOSITIONS | _DETERMINERS | _ENDS | {"and"} | _QUALITIES | _MONTHS
        for one, two in pairwise(words)
    )  # fmt: skip


def _articled(words: Sequence[str]) -> str:
    """A thing with the article that its jotting left out."""
    phrase = " ".join(words)
    keys = [_key(word) for word in words]
    head = next((n for n, key in enumerate(keys) if key in _PREPOSITIONS), len(keys)) - 1
    if _is_number(keys[0]) and keys[0] not in {"one", "both"}:
        return articled(f"the {phrase}")  # "the 94 rooms"
    named = keys[0] in _DETERMINERS or keys[0][:1].isdigit()
    if named or "and" in keys or head < 0 or words[head][:1].isupper() or _is_number(keys[head]):
        return articled(phrase)
    several = "@plurals" in labels(keys[head], name=False) or keys[head] in _MANY
    if keys[0] in _ORDINALS:
        return articled(f"the {phrase}")
    if several or keys[head] in uncounted() or _MASS_ENDING.search(keys[head]):
        return articled(phrase)
    return articled(f"the {phrase}")


def _thing(words: Sequence[str]) -> int:
    """How many of the words belong to it."""
    taken, joined, at = 0, 0, 0
    for at in range(len(words)):
        kind = _kind_of(words, at, ended=taken == at > 0)
        if kind is _Kind.SPEECH and at:
            return 0
        if kind is _Kind.OTHER:
            break
        if kind is _Kind.AND:
            joined = joined or taken
        if kind is _Kind.THING:
            taken = at + 1
    else:
        at = len(words)
    # What an "and" joins is sure only where nothing comes after it.
    if joined and taken < len(words):
        taken = joined
    if taken == at == 1 < len(words) and not _begins_anew(words[0], _key(words[1])):
        return 0
    if taken == _UNIT_WORDS and _is_number(_key(words[0])) and len(words[1]) <= len("ppm"):
        return 0
    return _surely(words, taken)


class _Kind(Enum):
    """What a word does in the name of a thing; OTHER ends it."""

    THING = auto()
    BESIDE = auto()  # an article, a number, a quality, a preposition: it goes on
    AND = auto()
    SPEECH = auto()
    OTHER = auto()


def _kind_of(words: Sequence[str], at: int, *, ended: bool) -> _Kind:
    """What the word at a place is; ``ended`` where the words before it are a thing."""
    key, before = _key(words[at]), _key(words[at - 1]) if at else ""
    first = at == 0 or before in _PREPOSITIONS | _DETERMINERS | {"and"}
    if key in _SPEECH:
        return _Kind.SPEECH
    if key in _PREPOSITIONS | {"and"} and (ended or (at == 1 and _is_number(before))):
        return _Kind.AND if key == "and" else _Kind.BESIDE
    if at and _is_number(key) and (_is_labelled(words[at - 1]) or before == "no"):
        return _Kind.THING  # "bay 3", "ISO 9001", "dam no. 3"
    if key == "no" and ended and words[at].endswith("."):
        return _Kind.BESIDE
    if "/" in key and at:
        return _Kind.OTHER  # "brunch Fri/Sat"
    if key in _DETERMINERS or key[:1].isdigit() or _is_number(key):
        return _Kind.BESIDE if first else _Kind.OTHER
    if key in _BEFORE_NAMES | _ENDS | _PREPOSITIONS or (key in {"last", "next"} and not first):
        return _Kind.OTHER
    if not _may_be_of_a_thing(key, first=first):
        return _Kind.OTHER
    if key.endswith("ing") and before.endswith("s"):
        return _Kind.OTHER  # "colour scrollers dying"
    return _Kind.THING if _is_thing(words[at]) else _Kind.BESIDE


def _ends_in_a_name(words: Sequence[str]) -> bool:
    """Whether a name stands after a word of the thing: "stockman Terry", "outreach Cherbourg"."""
    if len(words) < _UNIT_WORDS or not _is_name(words[-1]) or len(words[-1]) < len("Ali"):
        return False
    return words[-2].islower() and _key(words[-2]) not in _DETERMINERS | _PREPOSITIONS


def _begins_anew(word: str, key: str) -> bool:
    """Whether what follows a thing's one word surely is no part of its name: not "prayer break"."""
    if _is_name(word):
        return False  # "Marg walked me round"
    past = "@ed" in labels(key, name=False) or plain_form(key) != key
    return past or key in _ENDS | _PREPOSITIONS or key[:1].isdigit()


def _is_number(key: str) -> bool:
    return key in _NUMBERS or _NUMBER.fullmatch(key) is not None


def _is_labelled(word: str) -> bool:
    """Whether a number after the word is its name's: "bay", "ISO"."""
    return stem(_key(word)) in LABELS or (len(word) > 1 and word.isupper())


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _surely(words: Sequence[str], taken: int) -> int:
    """Without a last word that may be what the thing does: "claims data lands 45 days late"."""
    for at in range(taken - 1):  # "permit amendments cost them 90k"
        key, after = _key(words[at]), _key(words[at + 1])
        several = "@plurals" in labels(key, name=False) and key not in _NAMING
        if several and after not in _PREPOSITIONS | {"and"}:
            return at + 1
    if taken < 2 or taken == len(words):
        return taken
    last, before, after = (_key(words[at]) for at in (taken - 1, taken - 2, taken))
    several = "@plurals" in labels(last, name=False)
    does = "@third" in labels(last, name=False) or after not in _PREPOSITIONS
    named = not _is_number(before) and before not in _DETERMINERS | _PREPOSITIONS | _QUALITIES
    person = last.removesuffix("s") in parts_of_speech()["person"]
    of_several = after in _OF_SEVERAL or (
        "@verb" in labels(after, name=False) and plain_form(after) == after
    )
    if not (several and does and named) or person or of_several:
        return taken
    # "phone calls the day after", "cell counts up since May": it may be done, or be what is so.
    if after in _DETERMINERS or after in {"up", "down"}:
        return 0
    within = next((at for at in range(taken - 1) if _key(words[at]) in _PREPOSITIONS), 0)
    return within or (taken - 1 if taken > _UNIT_WORDS else 0)


def _may_be_of_a_thing(key: str, *, first: bool) -> bool:
    """Whether a word may stand in the name of a thing: no verb, no adverb."""
    found = set(labels(key, name=False))
    if _CONTRACTED.search(key):
        return False
    if key in _NOUNS_TOO:
        return not first
    if found & {"@verb", "@notdone"} or key.endswith("ly"):
        return False
    if plain_form(key) != key and "@noun" not in found:  # "taught"
        return False
    if found & {"@ed", "@edlike", "@ing", "@inglike"}:
        return first and "@noun" in found
    return not (found & {"@base", "@third"}) or first or bool(found & {"@noun", "@plurals"})


def _is_thing(word: str) -> bool:
    """Whether a thing's name may end with a word."""
    key = _key(word)
    if not any(map(str.isalpha, key)) or key in _QUALITIES or _QUALITY.match(key):
        return False
    return key not in _DETERMINERS | _NUMBERS


def _key(word: str) -> str:
    return word.casefold().replace("’", "'").strip(".'")
