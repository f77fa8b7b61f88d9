"""Claims about the candidate: what the writer says to have done, to hold or to know.

A claim's content words are weighed: those that the notes hold (by stem, or by a word of the same
trade) against those that they lack. Words of any claim ("experience", "led", "team") weigh a third
of a word of its own ("Kafka", "rye"). The weights and the share were set on the development half of
evals/messages.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from followup_agent.guide.grounding.claim_words import (
    ADVERBS,
    ALIKE,
    ANEW,
    DAILY,
    DAYS,
    DEEDS,
    ENDS,
    GENERIC,
    HAVE,
    KIN,
    OPINIONS,
    PAPERS,
    RAISED,
    STOP,
    STRONG,
    TALK,
    TURNS,
    VERBS,
)
from followup_agent.guide.grounding.enlarged import SPANS
from followup_agent.guide.grounding.frames import frames
from followup_agent.guide.grounding.known import Known, Line
from followup_agent.guide.grounding.ledger import Ledger
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import HEADS, LEVELS, PEOPLES
from followup_agent.guide.grounding.units import ONES, SMALL_WORDS, TENS
from followup_agent.guide.grounding.words import Word, Zone

_LIMIT = 40  # words that a clause may have; claims are shorter
_LIGHT_WEIGHT = 0.3
_SHARE = 0.55  # of a claim's weight, that the notes must hold
_HALF = 0.5  # … where a name or number in it has been told of already
_STOPS = frozenset(";:—–(?!…")
_NOUN_CLAIMS = frozenset({"my", "with"})
_NEW_CLAUSE = frozenset({"so", "because", "which", "but"})
#: Of a clause after the thing that it tells of, and how many words that thing may have.
_RELATIVES = frozenset({"that", "which"})
_THING_WORDS = 6
_NO_THINGS = STOP - _RELATIVES
_ARTICLES = frozenset("a an the my our".split())
_BEFORE_A_DEED = ADVERBS | {"have", "had"}
_NUMBERED = frozenset("part level grade phase stage tier class type".split())  # "FRM Part I"
_WRITER = frozenset({"i", "i'm", "i've", "i'd", "i'll"})


class Weight(NamedTuple):
    """What one word says for or against a claim.

    Attributes:
        weight: 0 for a function word.
        lines: The line that holds it, in a tuple; empty when the notes lack it.
        decides: Whether lacking it alone makes the claim an invention.
    """

    weight: float
    lines: tuple[Line, ...] = ()
    decides: bool = False


class Claims:
    """Reads the sentences of one message for claims."""

    def __init__(self, known: Known, ledger: Ledger) -> None:
        self.known, self.ledger = known, ledger

    def read(self, zone: Zone) -> None:
        """Judge each claim of a sentence."""
        words, last = zone.words, -1
        for start, own, *stop in frames(words):
            if start <= last:
                continue
            ends = VERBS if words[start].key in _NOUN_CLAIMS else frozenset()
            end = stop[0] if stop else self._clause(words, own, ends)
            self._judge(words[start:end], words[own:end])
            last = end - 1
        if not zone.keys.isdisjoint(_WRITER):
            for at in range(2, len(words)):
                if words[at].key in _WRITER and words[at].joined:
                    self._what_i_did(words, at)

    def _what_i_did(self, words: list[Word], at: int) -> None:
        """Report a deed that stands after what was done: "the committee that I run"."""
        before, done = at - 1, at + 1
        while done < len(words) and words[done].key in _BEFORE_A_DEED:
            done += 1
        if done == len(words) or not _does(words[done].key):
            return
        if words[before].key in _NO_THINGS:
            return
        first = before
        while first > 0 and words[first].joined and before - first < _THING_WORDS:
            if words[first].key in _ARTICLES:
                break  # "in the design system I put together" tells of the design system
            first -= 1
        claim = words[first : self._clause(words, at, frozenset())]
        thing = [word for word in words[first:at] if word.key not in _RELATIVES]
        if any(word.key in SPANS for word in thing):
            return  # "For two seasons I ran …" tells how long, and not what
        if self._holds(thing) and self.known.fit.enlarged(claim, thing):
            self._report(claim)

    def _clause(self, words: list[Word], own: int, ends: frozenset[str]) -> int:
        """Where the clause of a claim ends: at a stop, or before a clause of another thing."""
        for end in range(own + 1, min(len(words), own + _LIMIT)):
            gap = self.ledger.text[words[end - 1].end : words[end].start]
            if gap != " " and not _STOPS.isdisjoint(gap):
                return end
            key = words[end].key
            following = words[end + 1].key if end + 1 < len(words) else ""
            numbered = key == "i" and words[end - 1].key in _NUMBERED
            if key in ends or (key in _WRITER and not numbered) or key in _NEW_CLAUSE:
                return end
            if "," in gap and (key in ENDS or key in TURNS):
                return end
            if (key in ENDS and following in ANEW) or (key == "and" and _predicate(following)):
                return end
        return min(len(words), own + _LIMIT)

    def _judge(self, claim: list[Word], own: list[Word]) -> None:
        """Report a claim that the notes lack, with whatever else is wrong inside it.

        Where a name, number or date alone is wrong ("ten years on a dryer" for four), the
        reader of names or numbers has said so, and the claim is not told again.
        """
        start, end = claim[0].start, claim[-1].end
        told = self.ledger.within(start, end)
        spared = [w for w in own if not any(a <= w.start < b for a, b in told)] if told else own
        if told and self._holds(spared) and not self._invented(claim, spared, _HALF, trace=False):
            return
        if self._invented(claim, own) or self.known.fit.enlarged(claim, own):
            self._report(claim)

    def _report(self, claim: list[Word]) -> None:
        start, end = claim[0].start, claim[-1].end
        words = self.ledger.quote(start, end)
        why = "the notes hold no such claim; say only what stands under My fit"
        self.ledger.drop(start, end)
        self.ledger.wrong("claim", f"{words}: {why}", start, end)

    def _invented(
        self, claim: list[Word], own: list[Word], least: float = _SHARE, *, trace: bool = True
    ) -> bool:
        held, lacking, rare, decided = 0.0, 0.0, False, False
        lines: defaultdict[Line, float] = defaultdict(float)
        office = any(w.key in {"was", "as", "being"} for w in claim[:5])
        offices = HEADS | LEVELS if office else frozenset()
        for word in own:
            if value := self._number(word):
                held += value
                continue
            for key in word.key.split("-"):
                found = self._weigh(key, word)
                if found.lines:
                    held += found.weight
                    lines[found.lines[0]] += found.weight
                else:
                    lacking += found.weight
                    rare = rare or found.weight == 1 or stem(key) in STRONG
                    decided = decided or found.decides or key in offices
        keys = {w.key for w in claim}
        told = {w.key for w in own}
        strong = any(stem(key) in STRONG for key in told)
        if not decided and _of_the_talk(told - DAYS if strong else told):
            return False
        line = max(lines, key=lines.__getitem__, default=None)
        if decided or (rare and held < least * (held + lacking)) or self._raised(keys, line):
            return True
        if held >= 1 and trace:
            self.ledger.source(claim[0].start, claim[-1].end, line)
        return False

    def _holds(self, words: list[Word]) -> bool:
        """Whether the notes hold anything of a claim: else it is no true one with a wrong name."""
        found = (self._weigh(key, word) for word in words for key in word.key.split("-"))
        return any(weight.lines for weight in found)

    def _raised(self, keys: set[str], line: Line) -> bool:
        """Whether a claim says more than its line: "fluent" for "basic", "led" for "helped"."""
        said = self.known.hedged.get(line, frozenset()) if line is not None else frozenset()
        return any(
            not hedges.isdisjoint(said) and hedges.isdisjoint(keys) and not more.isdisjoint(keys)
            for hedges, more in RAISED
        )

    def _number(self, word: Word) -> float:
        """How much a number that the notes hold speaks for a claim; 0 for any other word."""
        value: float | None = ONES.get(word.key) or TENS.get(word.key)
        if word.text.isdecimal() and len(word.text) < 9:
            value = float(word.text)
        if not value or value not in self.known.amounts:
            return 0.0
        return 1.0 if value > 4 else 0.7  # small numbers recur by chance

    def _weigh(self, key: str, word: Word) -> Weight:
        if len(key) < 2 or key in STOP or key in SMALL_WORDS or not key[0].isalpha():
            return Weight(0.0)
        root, stems = stem(key), self.known.own_stems
        if root in PAPERS or (key in PEOPLES and word.cap):
            stems = self.known.fit_stems  # a need of theirs is no paper of the writer's
        weight = _LIGHT_WEIGHT if root in GENERIC or key in DEEDS else 1.0
        for kin in (root, *KIN.get(root, ())):
            if kin in stems:
                return Weight(weight, (stems[kin],))
        return Weight(weight, decides=root in PAPERS or (key in PEOPLES and word.cap))


def _of_the_talk(keys: set[str]) -> bool:
    """Whether a clause is about the interview or the reader, and so claims nothing."""
    yours = not keys.isdisjoint({"you", "your", "yours"}) and keys.isdisjoint(ALIKE)
    return yours or not keys.isdisjoint(TALK)


def _does(key: str) -> bool:
    """Whether a word after "I" may be a deed."""
    return key in DEEDS or key in DAILY or key in {"put", "set"} or key.endswith("ed")


def _predicate(key: str) -> bool:
    """Whether "and" before the word opens another predicate, a claim of its own."""
    return key in DEEDS or key in HAVE or key in OPINIONS
