"""Which topics of the notes a text takes up, in its own words.

A word counts by how seldom it stands in follow-up messages at large: "team" or
"challenge" would fit any interview and proves nothing, "eelgrass" proves all. The counts
are those of the sentences that the role classifier is trained on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.words import plain
from followup_agent.guide.memo import per_notes
from followup_agent.guide.reading import Sentence
from followup_agent.notes.model import InterviewNotes

_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_YOURS = re.compile(r"\byour ((?:[\w'’-]+ ?){1,3})", re.IGNORECASE)
_ENOUGH = 1.0  # one rare word, or two that are not common
_BESIDE = 0.4  # two words of the topic side by side, as they stand in the notes
_COVERED = 0.6  # share of a topic's words that is enough without a rare one
_OF_YOURS = 0.3  # after "your"
_OWN = 0.5  # what a word that also stands in My fit is worth where the writer may be meant
_WRITER = re.compile(r"\b(?:I|me|my|mine|we|our)\b", re.IGNORECASE)
#: What the writer heard is the reader's, whatever else the writer is in the sentence for.
_HEARD = re.compile(
    r"\b(?:you|your)\b.{0,30}\b(?:told|said|mentioned|described|explained|showed)\b"
    r"|\b(?:hear|heard|hearing|learn|learnt|learned|learning) (?:about|of|that|how|why|what)\b",
    re.IGNORECASE,
)

_LONGEST_WORD = 40  # characters

#: Sections of the notes that hold what was talked about.
TALKED_OF = ("topics", "needs", "personal", "promised")
SECTIONS = (*TALKED_OF, "resources")


class _Read(NamedTuple):
    """What counts of a sentence: its stems, neighbours among them, and if its writer is in it."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    of_writer: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that was talked about: the weight of each of its stems, in order.

    ``own`` are the stems that stand in My fit as well.
    """

    section: str
    text: str
    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]
    own: frozenset[str] = frozenset()

    def score(self, read: _Read) -> float:
        """What the stems that it shares with a text prove."""
        met = self.weights.keys() & read.stems
        if read.of_writer:
            worth = sum(self.weights[w] * (_OWN if w in self.own else 1) for w in met)
        else:
            worth = sum(self.weights[w] for w in met)
        return worth + _BESIDE * len(self.pairs & read.pairs)

    def found_in(self, read: _Read) -> bool:
        """Whether a sentence is about it."""
        met = self.weights.keys() & read.stems
        if not met:
            return False
        score = self.score(read)
        if score >= _ENOUGH:
            return True
        # A topic of common words ("team culture") is met when it is all there.
        covered = len(met) / len(self.weights)
        plain_topic = not any(self.weights.values())
        return covered == 1 if plain_topic else score > 0 and len(met) > 1 and covered >= _COVERED


def topics_in(
    notes: InterviewNotes, sentences: Iterable[Sentence], sections: Iterable[str] = SECTIONS
) -> Iterator[tuple[Topic, Sentence]]:
    """Each topic that a sentence, or two neighbours together, take up."""
    wanted = [topic for topic in _topics(notes) if topic.section in set(sections)]
    before: frozenset[str] = frozenset()
    for sentence in sentences:
        read = _read(sentence.text)
        both = read._replace(stems=read.stems | before)
        for topic in wanted:
            if topic.found_in(read) or (topic.weights.keys() & read.stems and topic.found_in(both)):
                yield topic, sentence
        before = read.stems


def theirs_in(notes: InterviewNotes, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences that name a thing of the reader's that was talked about: "your Saturday shifts".

    "Your" says whose it is, so that less has to be shared with the topic than elsewhere.
    """
    wanted = [topic for topic in _topics(notes) if topic.section in TALKED_OF]
    for sentence in sentences:
        phrases = (_read(match[1]) for match in _YOURS.finditer(sentence.text))
        if any(topic.score(phrase) >= _OF_YOURS for phrase in phrases for topic in wanted):
            yield sentence


def own_claims_in(notes: InterviewNotes, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences that use a claim of My fit."""
    claims = _claims(notes)
    for sentence in sentences:
        if any(claim.found_in(_read(sentence.text)) for claim in claims):
            yield sentence


@per_notes
def _claims(notes: InterviewNotes) -> tuple[Topic, ...]:
    return tuple(_topic("fit", item.text, frozenset(), frozenset()) for item in notes.fit)


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    stems = list(stems_of(text))
    return _Read(frozenset(stems), frozenset(pairwise(stems)), _is_of_writer(text))


def _is_of_writer(text: str) -> bool:
    return bool(_WRITER.search(text)) and not _HEARD.search(text)


def stems_of(text: str) -> Iterator[str]:
    """The stems of a text's words; links and function words are left out."""
    if "@" in text or "www" in text or "://" in text:
        text = _LINK.sub(" ", text)
    for match in _WORD.finditer(text):
        yield from _stems_of_word(match.group()[:_LONGEST_WORD])


@lru_cache(maxsize=8192)
def _stems_of_word(word: str) -> tuple[str, ...]:
    """A word's stem; of a compound its parts' and its own: "on-call" is more than "call"."""
    parts = word.split("-")
    stems = [_stem(part) for part in (*parts, *(["".join(parts)] if len(parts) > 1 else []))]
    return tuple(s for s in stems if s and s not in _function())


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    key = plain(word.casefold())
    return stem(key) if len(key) > 1 or not key.isascii() else ""


@per_notes
def _topics(notes: InterviewNotes) -> tuple[Topic, ...]:
    """Everything of the notes that was talked about."""
    worthless = names_in(notes)
    own = {s for item in notes.fit for s in stems_of(item.text)}
    found = [
        _topic(section, item.text, worthless, own)
        for section in TALKED_OF
        for item in getattr(notes, section)
    ]
    found += [
        _topic("resources", f"{r.title}. {r.note or ''}", worthless, own) for r in notes.resources
    ]
    return tuple(topic for topic in found if topic.weights)


@per_notes
def names_in(notes: InterviewNotes) -> frozenset[str]:
    """Stems of the company, the role and the people: they stand in any message of these notes."""
    people = (f"{person.name} {person.title or ''}" for person in notes.interviewers)
    return frozenset(stems_of(" ".join((notes.company, notes.role, notes.candidate.name, *people))))


def _topic(section: str, text: str, worthless: Set[str], own: Set[str]) -> Topic:
    stems = list(stems_of(text))
    weights = {s: 0.0 if s in worthless else rarity(s) for s in stems}
    pairs = frozenset((one, two) for one, two in pairwise(stems) if weights[one] + weights[two] > 0)
    return Topic(section, text, weights, pairs, frozenset(own & weights.keys()))


def rarity(stem: str) -> float:
    """What meeting a stem proves: 1 for a rare one, 0 for one that fits any interview."""
    if stem.isdecimal():
        return 0.7 if len(stem) > 1 else 0.2
    if stem in _anywhere():
        return 0.0
    count = _counts().get(stem, 0)
    for most, weight in ((10, 1.0), (25, 0.6), (60, 0.35), (150, 0.15)):
        if count < most:
            return weight
    return 0.0


@cache
def _counts() -> dict[str, int]:
    """In how many training sentences a stem stands, where in three or more."""
    counts: dict[str, int] = json.loads(_data("background.json"))
    return counts


@cache
def _anywhere() -> frozenset[str]:
    """Stems of words that would fit any interview."""
    return _stems_listed("anywhere.txt")


@cache
def _function() -> frozenset[str]:
    return _stems_listed("function.txt")


def _stems_listed(name: str) -> frozenset[str]:
    lines = [line for line in _data(name).splitlines() if not line.startswith("#")]
    return frozenset(_stem(word) for line in lines for word in line.split())


def _data(name: str) -> str:
    file = resources.files("followup_agent.guide").joinpath(f"data/{name}")
    return file.read_text(encoding="utf-8")
