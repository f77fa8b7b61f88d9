"""What a specialist's sentence says that its prompt did not tell it.

The guide's rules find invented names, numbers, dates, links and claims. A small model also
adds what no rule can know to be wrong: a reason, a mood, a word of another trade. But the
specialist learnt to write from a known set of texts; a word that neither those texts share nor
the prompt holds is one that it made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from followup_agent.guide.grounding.stems import stem

_WORD = re.compile(r"[^\W_]+")
NEGATION = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
#: "a eager", but "a user", "a European", "a one-off"
A_VOWEL = re.compile(r"\ba (?:[ai]|e(?!u)|o(?!ne))", re.IGNORECASE)
#: A common word of so many letters that stands twice in a sentence makes a stammer.
_LONG = 7
#: What it begins and does not end, or mixes up: "thank you for letting me.", "you have had well",
#: "I'd be happy to hear how the day is going".
_BROKEN = re.compile(
    r"\bletting me\b[.,]|\bhad well\b|^me\b|\bhear how (?:the|your) (?:day|week)\b", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_]{3,}")
VOCABULARY = "vocabulary.txt"


def facts(prompt: str) -> str:
    """What a specialist's prompt tells: its lines are ``name: value``."""
    return "\n".join(line.partition(": ")[2] for line in prompt.splitlines())


def departures(text: str, told: str, whole: Iterable[str] = ()) -> Iterator[str]:
    """In what a text departs from what its writer was told; nothing for a faithful one.

    Args:
        text: A specialist's answer.
        told: The `facts` of its prompt.
        whole: Names that may be said as they are or not at all, never in pieces.

    Yields:
        A word that was not told; a word said too often; "a" for "an"; a "not" lost or
        added; a piece of a name.
    """
    said, known = Counter(stems(text)), Counter(stems(told))
    for word, count in said.items():
        common = word in vocabulary()
        if word not in known and not common:
            yield f"new word: {word}"
        elif count > max(known[word], 1) and (len(word) >= _LONG or not common):
            yield f"said {count} times: {word}"
    if A_VOWEL.search(text):
        yield "a for an"
    if broken := _BROKEN.search(text):
        yield f"broken: {broken.group()}"
    if bool(NEGATION.search(text)) != bool(NEGATION.search(told)):
        yield "a negation lost or added"
    for name in whole:
        if name not in text and set(_NAME.findall(name)) & set(_NAME.findall(text)):
            yield f"a piece of a name: {name}"


def stems(text: str) -> list[str]:
    """The stems of a text's words and numbers, in order."""
    return [stem(word.casefold()) for word in _WORD.findall(text)]


@cache
def vocabulary() -> frozenset[str]:
    """Stems that the specialist's texts share beyond what their prompts tell.

    Written by ``training/specialist/vocabulary.py``.
    """
    data = resources.files("followup_agent.asking") / "data" / VOCABULARY
    return frozenset(data.read_text(encoding="utf-8").split())
