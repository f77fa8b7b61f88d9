"""Where a message does what: the rules' common questions to its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.grounding.words import fold, plain
from followup_agent.guide.memo import per_notes
from followup_agent.guide.reading import Sentence
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.guide.sentences import clauses
from followup_agent.notes.model import InterviewNotes

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
#: Words of a company's name that many companies share.
_SHARED = frozenset(
    """
    the and of for in at ltd limited inc llc llp plc gmbh ag sa bv nv ab oy as pvt pty co corp
    corporation company companies group holdings holding international global national school
    primary secondary high academy college university institute hospital clinic health
    healthcare care medical dental services service solutions software systems technologies
    technology tech digital labs lab media energy bank insurance finance financial capital
    partners partner associates consulting consultants consultancy hotel restaurant studio
    studios pharmacy library trust foundation council city county department agency family
    restaurant table transit transport freight logistics engineering construction builders
    plumbing heating textiles motors foods packaging renewables museum theatre church society
    club new saint st house works & e
    """.split()
)
#: Words of a role's title that say only how senior it is.
_RANK = frozenset(
    """
    senior junior lead principal staff head chief deputy assistant associate trainee graduate
    intern of the and for in to a an i ii iii iv year full part time temporary permanent
    interim
    """.split()
)

#: How sure a clause must be: torn from its sentence it says less.
_ALONE = 0.75


def doing(case: Case, role: Role, least: float = 0.5) -> Iterator[Sentence]:
    """The sentences that play a role at least so surely."""
    for sentence in case.reading.sentences:
        if certainty_of(sentence.text)[role] >= least:
            yield sentence


def doing_in_part(case: Case, role: Role, least: float = 0.5) -> Iterator[Sentence]:
    """The sentences that play a role, and then the clauses of compound ones that do.

    A long sentence may do two things, of which the stronger hides the weaker: "I'd like to
    know if I'm still in with a chance, because I would love to work with you".
    """
    yield from doing(case, role, least)
    for sentence in case.reading.sentences:
        for clause in clauses(sentence.text):
            if certainty_of(clause)[role] >= max(least, _ALONE):
                yield Sentence(clause, sentence.span, sentence.paragraph)


def surest(sentence: Sentence, role: Role) -> float:
    """How sure a role is of a sentence or of its surest clause."""
    return max(certainty_of(text)[role] for text in (sentence.text, *clauses(sentence.text)))


def says(case: Case, pattern: Anycase) -> Iterator[Sentence]:
    """The sentences in which a pattern is found."""
    for sentence in case.reading.sentences:
        if pattern.search(sentence.text):
            yield sentence


def keys(text: str) -> list[str]:
    """The words of a text, folded and without accents."""
    return list(map(_key, _WORD.findall(text)))


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return plain(fold(word))


@per_notes
def company_words(notes: InterviewNotes) -> frozenset[str]:
    """The words any of which names the company: all of them when none is its own."""
    words = keys(notes.company)
    own = {word for word in words if word not in _SHARED and len(word) > 1}
    initials = "".join(word[0] for word in words if word not in {"the", "and", "of", "for"})
    return frozenset(own or words) | ({initials} if len(initials) > 2 else frozenset())


@per_notes
def role_words(notes: InterviewNotes) -> frozenset[str]:
    """The words any of which names the role, and its initials ("SRE")."""
    words = keys(notes.role)
    own = {word for word in words if word not in _RANK and len(word) > 1}
    initials = "".join(word[0] for word in words)
    return frozenset(own or words) | ({initials} if len(initials) > 1 else frozenset())


@per_notes
def candidate_words(notes: InterviewNotes) -> frozenset[str]:
    """The words of the candidate's name."""
    return frozenset(word for word in keys(notes.candidate.name) if len(word) > 1)
