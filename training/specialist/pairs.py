"""Prompt and answer pairs: what the specialist is asked, as drafting asks it.

A text that uses what its prompt does not tell would teach the model to make things up:
such pairs are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from followup_agent.asking.specialist import RETOLD, specialist_turns
from followup_agent.chat.protocol import Turn
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.message import Part
from followup_agent.guide.topics import rarity, stems_of
from followup_agent.prompts import PromptLibrary
from training.specialist.corpus import Example

#: A word of the notes below this rarity stands in messages about anything.
RARE = 0.35

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITAL = re.compile(r"(?<![.?!:] )(?<!^)(?<![\w“‘(])[A-Z][\w’'-]*")
_FIRST_PERSON = re.compile(r"I(?:['’](?:m|ve|d|ll))?")
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class Pair:
    """One part of one message.

    Attributes:
        id: The message's.
        part: Which of its parts.
        turns: The prompt.
        answer: The text, written by hand; without the opening.
        opening: How the prompt begins the answer.
    """

    id: str
    part: Part
    turns: tuple[Turn, ...]
    answer: str
    opening: str = ""


@dataclass
class Pairs:
    """The pairs of some messages, and how many of each part were left out."""

    kept: list[Pair] = field(default_factory=list)
    dropped: Counter[Part] = field(default_factory=Counter)
    why: list[tuple[str, Part, frozenset[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, examples: Iterable[Example], library: PromptLibrary | None = None) -> Pairs:
        """Pair every part that is no jotting retold with its prompt, if that tells all it says."""
        library, pairs = library or PromptLibrary(), cls()
        for example in examples:
            for part, text in example.parts.items():
                if part not in RETOLD:
                    pairs._add(example, part, text, library)
        return pairs

    def _add(self, example: Example, part: Part, text: str, library: PromptLibrary) -> None:
        turns = specialist_turns(example.brief(), part, library)
        if missing := untold(text, turns[-1].content, example):
            self.dropped[part] += 1
            self.why.append((example.id, part, missing))
        else:
            self.kept.append(Pair(example.id, part, turns, text))


def untold(text: str, prompt: str, example: Example) -> frozenset[str]:
    """What a text says that its prompt does not: the notes' own words, numbers and names."""
    notes = set(stems_of(" ".join(_texts(example.notes))))
    told = set(stems_of(prompt))
    words = {s for s in set(stems_of(text)) & notes - told if rarity(s) >= RARE}
    numbers = set(_DIGITS.findall(text)) - set(_DIGITS.findall(prompt))
    known = _stems(prompt)
    capitals = {
        name for name in _CAPITAL.findall(text)
        if not _FIRST_PERSON.fullmatch(name) and not known.issuperset(_stems(_POSSESSIVE.sub("", name)))
    }  # fmt: skip
    return frozenset(words | numbers | capitals)


def _stems(text: str) -> set[str]:
    return {stem(word.casefold()) for word in _WORD.findall(text)}


def _texts(value: object) -> Iterator[str]:
    """All texts of a tree."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
