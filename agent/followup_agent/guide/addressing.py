"""Names as greetings and sign-offs use them, held against those of the notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto

from followup_agent.guide.grounding.spelling import distance
from followup_agent.guide.grounding.words import fold, plain, uncased
from followup_agent.names import TITLES
from followup_agent.notes.model import Candidate, Interviewer

_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ.·-]*[^\W\d_]+)*")
_CONTACT = re.compile(r"\S*(?:@|://|www\.|linkedin)\S*", re.IGNORECASE)
#: Whoever is greeted so is not addressed by name.
_NOBODY = frozenset(
    """
    sir sirs madam madams madame ma'am maam hiring manager managers recruiter recruiters
    recruitment recruiting team committee all everyone everybody folks there whom whomsoever it
    may concern human resources hr resource selection search panel interviewer interviewers
    friend friends colleague colleagues ladies gentlemen gentleman board department company
    employer talent acquisition people staff chairperson chair director head principal reader
    recipient ms mr mrs or and the both again to dear hi hello hey good morning afternoon
    evening day greetings respected esteemed attn hiya namaste aloha bonjour hola ciao g'day
    gday kia ora sat sri akal assalamu alaikum salaam vanakkam moin servus guten tag my very
    once more everybody yall you guys sender
    """.split()
)
_SMALL = frozenset(
    "van von der den de da do dos das del della di du la le el al bin ibn bint ter zu y e".split()
)


class Address(Enum):
    """What a greeting makes of the one it should address."""

    RIGHT = auto()
    NEARLY = auto()  # misspelled: the rule `wrong_name` says so
    OTHER = auto()
    NOBODY = auto()


def name_words(text: str) -> list[str]:
    """The words of a greeting or signature that can be names, folded."""
    found = [fold(match.group()) for match in _NAME_WORD.finditer(_CONTACT.sub(" ", text[:400]))]
    return [word for word in found if word and word.rstrip(".") not in TITLES]


def addressed(greeting: str, people: Iterable[Interviewer]) -> Address:
    """Whether a greeting names one of ``people``."""
    words = [word for word in name_words(greeting) if word not in _NOBODY]
    if not words:
        return Address.NOBODY
    verdicts = {_addresses(words, person) for person in people}
    for verdict in (Address.RIGHT, Address.NEARLY):
        if verdict in verdicts:
            return verdict
    return Address.OTHER


def _addresses(words: list[str], person: Interviewer) -> Address:
    own = set(name_words(f"{person.name} {person.preferred or ''}")) - _SMALL
    own |= {part for word in own for part in word.split("-") if len(part) > 1}
    if any(word in own for word in words):
        return Address.RIGHT
    if any(part in own for word in words for part in word.split("-") if len(part) > 1):
        return Address.RIGHT
    near = any(is_near(word, name) for word in words for name in own)
    return Address.NEARLY if near else Address.OTHER


def is_near(word: str, name: str) -> bool:
    """Whether a word is a name misspelled: another accent, a letter or two amiss."""
    one, two = plain(word), plain(name)
    if one == two:
        return True
    if min(len(one), len(two)) < 3 or max(len(one), len(two)) > 40:
        return False
    if abs(len(one) - len(two)) > 2:
        return False
    return distance(one, two) <= (1 if len(two) < 7 else 2)


def some_name(text: str) -> bool:
    """Whether a greeting holds a word that can be a person's name."""
    for match in _NAME_WORD.finditer(_CONTACT.sub(" ", text[:400])):
        word = match.group()
        key = fold(word).rstrip(".")
        if key in _NOBODY or key in TITLES or key in _SMALL:
            continue
        if word[0].isupper() or uncased(word[0]):
            return True
    return False


def signed(signature: str, candidate: Candidate) -> bool:
    """Whether a signature holds the candidate's name: full, first, or initials and surname."""
    words = name_words(signature)
    own = [word for word in name_words(candidate.name) if word not in _SMALL]
    parts = {part for word in own for part in (word, *word.split("-")) if len(part) > 1}
    parts |= {word for word in own if len(own) == 1}
    if any(word == part or is_near(word, part) for word in words for part in parts):
        return True
    # "Arun" for Arunkumar, "Mohd." for Mohammed is the business of `wrong_name`.
    if any(len(word) > 2 and part.startswith(word) for word in words[:2] for part in parts):
        return True
    # "N. T. Lan" or "NTL"
    return "".join(word[0] for word in own) in {word.replace(".", "") for word in words[:2]}
