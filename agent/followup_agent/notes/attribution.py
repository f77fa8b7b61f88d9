"""Whose name is this? A bullet's ``Name:`` prefix, the people of the Log, who is written to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol, TypeVar

#: Courtesy and academic titles that stand before a name and are no part of it.
TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame rev fr sr smt shri sri er adv hon "
    "madam herr frau m mme mlle señor senor señora senora sra srta don principal "
    "doña dona chef capt captain rabbi imam pastor ing ir drs mag dipl arq lic "
    "engr atty".split()
)
_SUFFIXES: Final = frozenset("jr sr ii iii iv phd md mba esq".split())
_PREFIX: Final = re.compile("([^:：]{1,99})[:：]")
#: "Alex (they/them): …": how somebody is spoken of is no part of their name.
_PRONOUNS: Final = re.compile(r"\s*\((?:they|she|he|xe|ze)(?:\s*/\s*\w{1,8}){0,3}\)", re.IGNORECASE)
_FAR: Final = 4
_EMPHASIS: Final = "*_` "


class Named(Protocol):
    """Anyone with a name, as an interviewer."""

    @property
    def name(self) -> str:
        """In full."""
        ...

    @property
    def preferred(self) -> str | None:
        """As they like to be called, if it is known."""
        ...


Person = TypeVar("Person", bound=Named)


def match_person(name: str, people: Iterable[Person]) -> Person | None:
    """The one person that a name means without doubt, or None."""
    found = answering(name, people)
    return found[0] if len(found) == 1 else None


def answering(name: str, people: Iterable[Person]) -> list[Person]:
    """The people whom a name may mean, in their order.

    Those whose full or preferred name it is; if nobody's, the same without the title that
    stands before it ("Dr Nair"); then those whose first name or surname it is; then those
    whose name has all of its words. Case, accents and dots make no difference.
    """
    wanted = _words(name)
    bare = _without_title(wanted)
    full, core, words = " ".join(wanted), " ".join(bare), frozenset(bare)

    def distance(parts: _Parts) -> int:
        if full in parts.whole:
            return 0
        if core in parts.whole:
            return 1
        if core in parts.ends:
            return 2
        return 3 if words <= parts.words and not words.isdisjoint(parts.telling) else _FAR

    known = [(distance(_parts(person.name, person.preferred)), person) for person in people]
    nearest = min((far for far, _ in known), default=_FAR)
    return [person for far, person in known if far == nearest < _FAR]


def split_prefix(text: str, people: Sequence[Person]) -> tuple[Person | None, str]:
    """Take an interviewer's ``Name:`` off the front of a text.

    Returns:
        The person and the text without the prefix; None and the text as it was when
        the prefix is nobody's name, or more than one person's.
    """
    prefix = _PREFIX.match(text)
    rest = text[prefix.end() :].lstrip(_EMPHASIS) if prefix else ""
    if not prefix or not rest:
        return None, text
    person = match_person(_PRONOUNS.sub("", prefix.group(1)).strip(_EMPHASIS), people)
    return (person, rest) if person else (None, text)


def fold(text: str) -> str:
    """Case- and accent-insensitive form, for finding people, never for spelling them."""
    if text.isascii():
        return text.casefold().strip()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).strip()


class _Parts(NamedTuple):
    """What a person answers to, folded.

    Attributes:
        whole: The full name, with its titles and without, and the preferred one.
        ends: The first name and the surname.
        words: Every word of the full name.
        telling: Those that tell people apart: no title, degree or particle (van, de la).
    """

    whole: frozenset[str]
    ends: frozenset[str]
    words: frozenset[str]
    telling: frozenset[str]


@lru_cache(maxsize=4096)
def _parts(name: str, preferred: str | None) -> _Parts:
    # Kept, for the same few people are looked for in each bullet and each line of a Log.
    words = _words(name)
    core = _without_title(words)
    while len(core) > 2 and core[-1] in _SUFFIXES:
        core = core[:-1]
    whole = {" ".join(words), " ".join(core)}
    if preferred:
        whole.add(" ".join(_words(preferred)))
    particles = {fold(word) for word in name.split() if word.islower()}
    return _Parts(
        frozenset(whole),
        frozenset((*core[:1], *core[-1:])),
        frozenset(words),
        frozenset(core) - particles or frozenset(core),
    )


def _words(name: str) -> list[str]:
    """José is jose, "Dr." is dr."""
    return fold(name).replace(".", " ").replace(",", " ").split()


def _without_title(words: list[str]) -> list[str]:
    first = 0
    while first + 1 < len(words) and words[first] in TITLES:
        first += 1
    return words[first:]
