"""How people are addressed, and found by what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from followup_agent.errors import RecipientError
from followup_agent.notes.attribution import TITLES, answering, fold
from followup_agent.notes.model import Interviewer, Tone

__all__ = [
    "TITLES",
    "bare_name",
    "called",
    "fold",
    "forms_of_name",
    "match_person",
    "surname",
    "words_of_name",
]

_ALIKE = 0.7  # difflib's ratio: Bekcer is Becker, Xavier is not Priya


def bare_name(name: str) -> list[str]:
    """The words of a name without a title."""
    words = name.split()
    while len(words) > 1 and fold(words[0].rstrip(".")) in TITLES:
        words = words[1:]
    return words


def words_of_name(person: Interviewer) -> frozenset[str]:
    """The words that a person is called by: of their name and the preferred one, without titles."""
    return frozenset((*bare_name(person.name), *bare_name(person.preferred or "")))


def forms_of_name(person: Interviewer) -> frozenset[str]:
    """All that a sentence may call a person: ``Dr Sarah Chen``, ``Dr Chen``, ``Sarah``."""
    forms = (person.name, _with_title(person), bare_name(person.name)[0], person.preferred)
    return frozenset(form for form in forms if form)


def called(person: Interviewer, tone: Tone) -> str:
    """How a greeting addresses a person: ``preferred``, else by tone.

    A formal message needs a title to use the surname; without one the full name is
    the form that can't be wrong (a gender or title is never guessed).
    """
    if person.preferred:
        return person.preferred
    bare = bare_name(person.name)
    titled = _with_title(person)
    if titled and len(bare) == 1:  # "Ms Nair": no first name is known
        return person.name
    if tone is Tone.WARM:
        return bare[0]
    if titled:
        return titled
    return person.name if tone is Tone.FORMAL else bare[0]


def _with_title(person: Interviewer) -> str | None:
    """``Dr Chen``; None where no title is known."""
    words, bare = person.name.split(), bare_name(person.name)
    return f"{words[0]} {surname(bare)}" if len(words) > len(bare) else None


def surname(bare: Sequence[str]) -> str:
    """The last name, with the particles (van der, de la, al) that belong to it."""
    for position, word in enumerate(bare[1:], start=1):
        if word.islower():
            return " ".join(bare[position:])
    return bare[-1]


def match_person(wanted: str, people: Sequence[Interviewer], source: str) -> Interviewer:
    """The interviewer that ``wanted`` names, in full or in part.

    Raises:
        RecipientError: Nobody fits, or several do; the message names who is there.
    """
    found = answering(wanted, people)
    if len(found) == 1:
        return found[0]
    names = ", ".join(p.name for p in people)
    if found:
        raise RecipientError(f"{source}: “{wanted}” fits several interviewers; they are: {names}")
    known = {
        fold(word): person
        for person in people
        for word in (*bare_name(person.name), person.preferred or person.name, person.name)
    }
    near = get_close_matches(fold(wanted), known, n=1, cutoff=_ALIKE)
    hint = f"; did you mean {known[near[0]].name}?" if near else ""
    raise RecipientError(
        f"{source}: “{wanted}” is not an interviewer in these notes ({names}){hint}"
    )
