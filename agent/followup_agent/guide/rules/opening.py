"""How a message begins: its subject line and its greeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from followup_agent.guide.addressing import Address, addressed, some_name
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import candidate_words, company_words, keys, role_words
from followup_agent.guide.message import Part
from followup_agent.guide.registry import Finding, rule
from followup_agent.kinds import Kind
from followup_agent.names import called
from followup_agent.notes.model import Interviewer

#: Longest subject, in characters: RFC 5322, 2.1.1, advises lines of at most 78.
LONGEST_SUBJECT = 78
#: A subject of nothing but these could stand over any message.
_EMPTY_WORDS = frozenset(
    """
    thank thanks you thankyou many much so very for your the a an my our of in on at to and
    with from re fwd fw hello hi hey following follow up followup interview interviews meeting
    conversation chat call discussion time today yesterday tomorrow note quick short message
    update status question checking check touching base reminder news next steps step regarding
    about opportunity appreciation gratitude kind warm best regards last week this morning
    afternoon monday tuesday wednesday thursday friday job position role application great good
    nice speaking talking us we i is it was be hear back again important urgent request
    information info subject no none test meet met see decision any there
    """.split()
)


_SHORT = 4  # letters of a short form
#: Short forms that do not begin the word.
_SHORTENED = {
    "mgr": "manager", "engr": "engineer", "eng": "engineer", "dev": "developer",
    "tech": "technician", "acct": "accountant", "admin": "administrator", "rep": "representative",
    "exec": "executive", "coord": "coordinator", "hygenist": "hygienist", "comms": "communications",
    "ops": "operations", "prof": "professor", "vet": "veterinarian", "physio": "physiotherapist",
}  # fmt: skip
#: "Ref. 26/114" or "Vacancy 3082" names the role too; `invented_number` checks the number.
_VACANCY = re.compile(
    r"\b(?:ref|reference|vacancy|post|position|job|role|requisition|req)\b[\s.:#-]{0,3}"
    r"(?:(?:no|nr|number|id|code|ref)\b[\s.:#]{0,3})?[A-Z]{0,6}[-/ ]?\d",
    re.IGNORECASE,
)


@rule(
    "subject",
    kinds=[kind for kind in Kind if kind is not Kind.LINKEDIN],
    part=Part.SUBJECT,
    ask=(
        f"Write one subject line of at most {LONGEST_SUBJECT} characters that names the role, "
        "the company or the sender."
    ),
    place="Structure of the Email: Subject Line",
)
def subject(case: Case) -> Iterable[Finding]:
    """No subject line, an empty or a long one, or one that could stand over any message."""
    # A composed subject may hold a line break that a reader of headers would not see.
    span = case.reading.parts.get(Part.SUBJECT, case.reading.subject)
    words = case.reading.words(span).strip()
    if not words:
        yield Finding("there is no subject line: add one that names the role or the sender")
    elif len(words) > LONGEST_SUBJECT:
        yield Finding(
            f"the subject has {len(words)} characters: cut it to {LONGEST_SUBJECT} or fewer", span
        )
    elif len(words.splitlines()) > 1:
        yield Finding("the subject runs over several lines: make it one", span)
    elif not (_identifies(case, set(keys(words))) or _VACANCY.search(words)):
        yield Finding(
            "the subject names neither the role, the company nor the sender: add one of them", span
        )


def _identifies(case: Case, words: set[str]) -> bool:
    if case.notes is None:
        return bool(words - _EMPTY_WORDS)
    telling = company_words(case.notes) | role_words(case.notes) | candidate_words(case.notes)
    if any(_same(word, other) for word in words for other in telling):
        return True
    # "Year 4" of "Year 4 Class Teacher": no word of it tells, the two together do.
    role = list(pairwise(keys(case.notes.role)))
    return any({one, two} <= words for one, two in role)


def _same(word: str, other: str) -> bool:
    """The word itself, its plural, or its short form: "Planners", "Postdoc", "Arun", "Mgr"."""
    if word == other or (len(other) > 3 and word in {other + "s", other + "es"}):
        return True
    short = word.removesuffix("s")
    if len(short) >= _SHORT and len(other) > len(short) and other.startswith(short):
        return short not in _EMPTY_WORDS
    return _SHORTENED.get(short, "") == other


@rule(
    "greeting",
    part=Part.GREETING,
    ask="Open by addressing the recipient by name, spelled exactly as in the notes.",
    place="Structure of the Email: Greeting",
)
def greeting(case: Case) -> Iterator[Finding]:
    """The recipient is not addressed by name."""
    span = case.reading.greeting
    words = case.reading.words(span)
    if not words:
        yield Finding(f"nobody is greeted: open with {_example(case)}")
    elif case.notes is None:
        if not some_name(words):
            yield Finding("the greeting names nobody: address the reader by name", span)
    else:
        yield from _against_notes(case, words)


def _against_notes(case: Case, words: str) -> Iterator[Finding]:
    people: tuple[Interviewer, ...] = case.notes.interviewers if case.notes else ()
    verdict = addressed(words, [case.to] if case.to else people)
    others = [person for person in people if person != case.to]
    if verdict is Address.NEARLY and addressed(words, others) is Address.RIGHT:
        verdict = Address.OTHER
    if verdict is Address.NOBODY:
        found = f"the greeting names nobody: write {_example(case)}"
    elif verdict is Address.OTHER:
        found = f"the greeting names somebody else: write {_example(case)}"
    else:
        return
    yield Finding(found, case.reading.greeting)


def _example(case: Case) -> str:
    return f"“Dear {called(case.to, case.tone)},”" if case.to else "the reader's name"
