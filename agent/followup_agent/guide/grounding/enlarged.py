"""Claims that make more of a line of My fit than it says: "led" of "helped", "hold" of "studying".

A claim is held against the clause of My fit that shares most with it, so that "drove a van for five
years, planned routes for eight months" is two. Where two clauses fit it equally well, the one that
bears it out is believed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from followup_agent.guide.grounding.claim_words import DEEDS, GENERIC, KIN, STOP
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import PEOPLES
from followup_agent.guide.grounding.units import ONES, TENS
from followup_agent.guide.grounding.words import Word
from followup_agent.guide.wordforms import is_verb

_CLAUSE = re.compile(r"[,;:()–—]|\s-+\s")
_NEAR = 0.3  # a word of any claim; clauses that differ by no more fit a claim equally well
_LEAST = 0.9  # what a claim must share with a clause to be of the same thing


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Being at the head of a thing, or at its origin.
_AUTHORITY = _set("""
    led managed ran run supervised headed directed oversaw chaired charge built created founded
    established launched introduced initiated pioneered spearheaded designed invented developed
    devised masterminded owned
""")
_HEADS = _set("""
    lead leader head heads chief manager director owner founder supervisor principal captain
    sergeant foreman forewoman chef president chair managing running leading supervising
    manage manages runs oversee oversees own build rebuilt set organised organized opened
    in-charge responsible deputy
""")
_MODEST = _set("""
    helped helping assisted assisting supported supporting shadowed contributed watched observed
    sat attended joined accompanied involved participated part kept tested
""")
_JUNIOR = _set("""
    hand junior intern interned internship trainee apprentice assistant volunteer member placement
    student temp clerk
""")
SPANS = _set("years year months month summers summer seasons season harvests winters weeks")
_SHARED = re.compile(
    r" (?:member of|part of|one of (?:\w+ ){1,3}who|group that|team that|co-(?!op)\w+|joint)"
)
_SHARES = _set("""
    we us our team part member one group together jointly joint with among colleagues helped others
    co-author co-authored co-wrote crew
""")
_FIRST_AUTHOR = re.compile(r" (?:first|sole|lead|main|principal|single) author")
_ALONE = re.compile(
    r" (?:single-handed(?:ly)?|by myself|on my own|alone|solely|without (?:any )?help) "
)
#: What bears out that a thing was done alone.
_SOLE = re.compile(
    r" (?:single-handed(?:ly)?|myself|on my own|alone|sole(?:ly)?|solo|one-\w+|only) "
)
#: Being at a thing's origin or its head, in other words.
_AT_THE_HEAD = re.compile(
    r" (?:set|put) (?:up|together) | as (?:the |its |their )?(?:lead|head|chief|main) "
    r"| responsible for | in charge of | i (?:now |also )?(?:run|lead|head|manage|own|oversee) "
)
#: People whom one may be at the head of.
_COMMAND = re.compile(
    r" (?:led|managed|supervised|headed|oversaw|directed) "
    r"(?:(?:an?|the|my|our|their|\d+|\w+teen|two|"
    r"three|four|five|six|seven|eight|nine|ten|whole|entire|small|large) )*(?:[\w-]+ ){0,2}?"
    r"(?:teams?|crews?|staff|people|department|squad|colleagues|nurses|engineers|developers) "
)
#: Levels of a language under which nobody is fluent in it.
_LEVELS = _set("a1 a2 b1 b2")
_LITTLE = _LEVELS | _set(
    "basic some beginner beginner's elementary conversational learning studying rusty "
    "little bit learn familiar limited modest"
)
_MASTERY = _set("""
    fluent expert advanced proficient qualified certified native native-level mastered perfect
    fluently extensive extensively chartered licensed bilingual specialist expertise seasoned
    veteran accomplished mastery deep
""")
_FEW = _set("some few handful one once single couple occasional occasionally small slightly")
_MANY = _set("""
    dozens scores hundreds thousands eliminated regularly often always countless numerous every
    entire whole nationwide across routinely constantly frequently
""")
_UNDER_WAY = _set("""
    studying progress nearly almost learning towards pending underway expected enrolled part-way
    part-qualified finishing completing
""")
_NOT_YET = _UNDER_WAY | _set("""
    still yet soon finish way course exam exams will working final when once student study
    half due until
""")
_POSSESSED = _set("""
    hold have i've holding held completed earned obtained gained passed finished qualified certified
    am i'm possess got belt
""")
_DENIED = _set("no not never without none lack lacks lacking don't")
# What a deed was done to stands before these, where and how long behind.
_BESIDE = _set("at in for from during since as with")
# Before "years" these tell a long time: not "I taught Years 4 and 5".
_VAGUE = _set("spent for many several over of long my")
# What came to one's notice was no work: "I ran across a study".
_CHANCES = {("ran", "across"), ("ran", "into")}
_YOURS = _set("you your yours")
_SEVERAL = _set("years decades decade")
_TRIGGERS = _AUTHORITY | _MASTERY | _MANY | _POSSESSED | _SEVERAL | {"alone", "solely", "own",
    "single-handedly", "single-handed", "myself", "author", "help", "set", "put", "lead", "head",
    "chief", "responsible", "charge", "run", "manage", "oversee"}  # fmt: skip
#: What says that people worked under somebody, or with them.
_PEOPLE = _set("team teams crew crews staff people colleagues reports department apprentices")
#: What no thing of a list is called: the word goes on another way.
_NO_THING = ("ed", "ing", "ly")


class Clause(NamedTuple):
    """A clause of My fit.

    Attributes:
        said: Its words, folded, each with a space on both sides.
        line: The words of its whole line, in the same form.
    """

    keys: frozenset[str]
    stems: frozenset[str]
    said: str
    line: str


class Claim(NamedTuple):
    """The words of a claim, and the same in their order, as a clause's."""

    keys: frozenset[str]
    said: str


@dataclass(slots=True)
class Fit:
    """What My fit says, clause by clause."""

    clauses: list[Clause] = field(default_factory=list)
    shared: bool = False  # whether anything was done together with others
    commands: bool = False  # whether anybody may have worked under the writer
    _by_stem: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, text: str, words: Sequence[Word]) -> None:
        """File one line of My fit."""
        line = _said(words)
        for part in _parted(text, words):
            keys = frozenset(w.key for w in part)
            stems = frozenset(stem(key) for w in part for key in (w.key, *w.key.split("-")))
            for root in stems:
                self._by_stem[root].append(len(self.clauses))
            self.clauses.append(Clause(keys, stems, _said(part), line))
            self.shared = self.shared or bool(_SHARED.search(line))
            self.commands = self.commands or not keys.isdisjoint(_AUTHORITY | _HEADS | _PEOPLE)

    def enlarged(self, claim: Sequence[Word], own: Sequence[Word]) -> bool:
        """Whether a claim says more than each clause that it may come from."""
        keys = {w.key for w in claim}
        if self._longer_list(own):
            return True
        if not self.shared and _TRIGGERS.isdisjoint(keys):
            return False
        if tuple(w.key for w in own[:2]) in _CHANCES:
            return False
        if self._unpossessed(own, keys):
            return True
        beside = next((n for n, w in enumerate(own) if n and w.key in _BESIDE), len(own))
        nearest = self._nearest(own[:beside]) or self._nearest(own)
        if not nearest:  # deeds of their topics: "I have run sessions for older drivers"
            return _YOURS.isdisjoint(keys) and _deed_of_a_thing(own)
        told = Claim(frozenset(keys), _said(claim))
        if not self.commands and _COMMAND.search(told.said):
            return True
        if not _MASTERY.isdisjoint(keys) and self._of_a_low_level(own, keys):
            return True
        nearest += self._as_long(told.said, own)
        return all(any(raised(told, clause) for raised in _RAISED) for clause in nearest)

    def _nearest(self, own: Sequence[Word]) -> list[Clause]:
        shared: defaultdict[int, float] = defaultdict(float)
        for root in {stem(key) for w in own for key in w.key.split("-") if _tells(key)}:
            for n in self._places(root):
                shared[n] += _NEAR if root in GENERIC else 1.0
        most = max(shared.values(), default=0.0)
        if most < _LEAST:
            return []
        return [self.clauses[n] for n, weight in shared.items() if weight > most - _NEAR]

    def _places(self, root: str) -> set[int]:
        """The clauses that hold a stem, or that of a word of the same trade."""
        return {n for kin in (root, *KIN.get(root, ())) for n in self._by_stem.get(kin, ())}

    def _as_long(self, said: str, own: Sequence[Word]) -> list[Clause]:
        """Clauses of lines that give the span which a claim of several things opens with."""
        found = _YEARS.search(said)
        number = _value(found.group(1)) if found else None
        if not number:
            return []
        roots = {stem(w.key) for w in own if _tells(w.key)} - GENERIC
        return [
            clause
            for clause in self.clauses
            if any(_value(n) == number for n, _ in _PERIOD.findall(clause.line))
            and not roots.isdisjoint(clause.stems)
        ]

    def _longer_list(self, own: Sequence[Word]) -> bool:
        """Whether a list goes on with a thing that My fit lacks: "hip and knee", and "shoulder"."""
        for at in range(1, len(own) - 1):
            if own[at].key not in {"and", "or"} or not (own[at].joined and own[at + 1].joined):
                continue
            before, after = own[at - 1], own[at + 1]
            if not (_is_thing(before) and _is_thing(after)) or before.cap != after.cap:
                continue
            if self._holds(before) and not self._holds(after) and self._is_list(own, at):
                return True
        return False

    def _is_list(self, own: Sequence[Word], at: int) -> bool:
        """Whether the "and" there ends a list of three, or joins two words before a held one."""
        if at > 1 and not own[at - 1].joined and self._holds(own[at - 2]):
            return True  # "hip, knee and shoulder"
        # "UK and Irish ferries"
        return at + 2 < len(own) and own[at + 2].joined and self._holds(own[at + 2])

    def _holds(self, word: Word) -> bool:
        """Whether My fit has a word, or a part of it."""
        return any(self._places(stem(part)) for part in (word.key, *word.key.split("-")))

    def _of_a_low_level(self, own: Sequence[Word], keys: set[str]) -> bool:
        """Whether a language is held to be fluent that the notes have at B2 or under."""
        if not _LITTLE.isdisjoint(keys):
            return False
        for word in own:
            places = self._by_stem.get(stem(word.key), ()) if word.key in PEOPLES else ()
            if places and all(not _LEVELS.isdisjoint(self.clauses[n].keys) for n in places):
                return True
        return False

    def _unpossessed(self, own: Sequence[Word], keys: set[str]) -> bool:
        """Whether it holds as its own what stands only as unfinished or denied."""
        if _POSSESSED.isdisjoint(keys) or not _NOT_YET.isdisjoint(keys):
            return False
        if not _DENIED.isdisjoint(keys):
            return False
        for word in own:
            places = self._by_stem.get(stem(word.key), ()) if _tells(word.key) else ()
            if places and stem(word.key) not in GENERIC:
                clauses = [self.clauses[n] for n in places]
                if all(not _WITHHELD.isdisjoint(clause.keys) for clause in clauses):
                    return True
        return False


_WITHHELD = _UNDER_WAY | _DENIED


def _is_thing(word: Word) -> bool:
    """Whether a word names something of its own, as one of a list would."""
    key = word.key
    if len(key) < (2 if word.cap else 4) or not key.isalpha():
        return False
    if key in STOP or key in DEEDS or key.endswith(_NO_THING):
        return False
    return stem(key) not in GENERIC and not is_verb(key)


def _parted(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """A line's clauses; a level in brackets belongs to its language."""
    part: list[Word] = []
    for word in words:
        if part and word.key not in _LEVELS and _CLAUSE.search(text, part[-1].end, word.start):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _said(words: Sequence[Word]) -> str:
    return f" {' '.join(w.key for w in words)} "


def _tells(key: str) -> bool:
    """Whether a word is one by which a clause is known again."""
    return len(key) > 1 and key not in STOP and key not in ONES and key[0].isalpha()


def _deed_of_a_thing(own: Sequence[Word]) -> bool:
    """Whether a claim has authority over something particular."""
    things = (key for w in own[1:] for key in w.key.split("-") if _tells(key))
    return own[0].key in _AUTHORITY and any(stem(key) not in GENERIC for key in things)


def _authority(claim: Claim, clause: Clause) -> bool:
    """``led``, ``built`` of a clause that only helped, or only was there for years."""
    if _AUTHORITY.isdisjoint(claim.keys) and not _AT_THE_HEAD.search(claim.said):
        return False
    if not clause.keys.isdisjoint(_AUTHORITY | _HEADS):
        return False
    if not claim.keys.isdisjoint(_MODEST):
        return False
    modest = not clause.keys.isdisjoint(_MODEST | _JUNIOR)
    return modest or (not SPANS.isdisjoint(clause.keys) and DEEDS.isdisjoint(clause.keys))


def _alone(claim: Claim, clause: Clause) -> bool:
    """Alone what was done together: ``I won`` of ``member of the team that won``."""
    together = _SHARED.search(clause.said) or _SHARED.search(clause.line)
    if together and _FIRST_AUTHOR.search(claim.said):
        return True
    if _ALONE.search(claim.said) and not _SOLE.search(clause.line):
        return True
    return (
        bool(_SHARED.search(clause.said)) and _SHARES.isdisjoint(claim.keys) and "i" in claim.keys
    )


def _outgrown(claim: Claim, clause: Clause, much: frozenset[str], little: frozenset[str]) -> bool:
    """Much of what a clause tells little of, and nothing of the clause's own to bear it out."""
    return (
        not much.isdisjoint(claim.keys)
        and not little.isdisjoint(clause.keys)
        and little.isdisjoint(claim.keys)
        and much.isdisjoint(clause.keys)
    )


def _mastery(claim: Claim, clause: Clause) -> bool:
    """``fluent`` of ``basic``."""
    return _outgrown(claim, clause, _MASTERY, _LITTLE)


def _extent(claim: Claim, clause: Clause) -> bool:
    """``dozens`` of ``a handful``."""
    return _outgrown(claim, clause, _MANY, _FEW)


def _span(claim: Claim, clause: Clause) -> bool:
    """Years of a thing that the notes give no years, or another number of them."""
    found = _YEARS.search(claim.said)
    if not found:
        return False
    if not SPANS.isdisjoint(clause.line.split()):
        number = _value(found.group(1))
        spans = _PERIOD.findall(clause.said)
        return bool(number and spans) and all(_value(n) != number for n, _ in spans)
    return found.group(1) in _VAGUE


_YEARS = re.compile(r" ([\w-]+) (?:years|decades) ")
_PERIOD = re.compile(r" ([\w-]+) (years|year|yrs|months|month|weeks) ")


def _value(key: str) -> int | None:
    return int(key) if key.isdecimal() and len(key) < 4 else ONES.get(key) or TENS.get(key)


_RAISED: tuple[Callable[[Claim, Clause], bool], ...] = (
    _authority, _alone, _mastery, _extent, _span,
)  # fmt: skip
