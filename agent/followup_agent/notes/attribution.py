"""Whose name is this? A bullet's ``Name:`` prefix, and the people of the Log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame herr frau mme mlle m sr sra srta".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md mba esq".split())
_MARKS = re.compile("[\u0300-\u036f]")
_EMPHASIS = "*_` "


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
    """The one person that a name means without doubt, or None.

    Understood: the full name, the first name, the preferred name, the surname, and a
    title with the surname ("Dr Nair"); without case, accents or dots. A name that
    two people answer to means neither.
    """
    wanted = _fold(name)
    found = [person for person in people if wanted and wanted in _answers_to(person)]
    return found[0] if len(found) == 1 else None


def split_prefix(text: str, people: Sequence[Person]) -> tuple[Person | None, str]:
    """Take an interviewer's ``Name:`` off the front of a text.

    Returns:
        The person and the text without the prefix; None and the text as it was when
        the prefix is nobody's name, or more than one person's.
    """
    colon = text.find(":", 0, 100)
    wide = text.find("：", 0, 100)
    at = min((n for n in (colon, wide) if n > 0), default=0)
    rest = text[at + 1 :].lstrip(_EMPHASIS)
    person = match_person(text[:at].strip(_EMPHASIS), people) if at and rest else None
    return (person, rest) if person else (None, text)


def _answers_to(person: Named) -> set[str]:
    full = _fold(person.name)
    words = full.split()
    core = words
    while len(core) > 1 and core[0] in _HONORIFICS:
        core = core[1:]
    while len(core) > 2 and core[-1] in _SUFFIXES:
        core = core[:-1]
    names = {full, " ".join(core), core[0], core[-1]} if core else set()
    if person.preferred:
        names.add(_fold(person.preferred))
    return names | {f"{title} {core[-1]}" for title in _HONORIFICS if len(words) > 1}


def _fold(name: str) -> str:
    """Compare as people do: José is jose, "Dr." is dr."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return " ".join(bare.replace(".", " ").replace(",", " ").split())
