"""A topic as a phrase that fits into a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from followup_agent.asking.broken import breaks
from followup_agent.asking.longhand import written_out
from followup_agent.asking.noun_phrase import TELLING, counts_oddly, noun_phrase
from followup_agent.asking.pieces import is_in_pieces, topic_told
from followup_agent.asking.wording import STOP, shape
from followup_agent.guide.topics import rarity, stems_of

#: A topic of more words makes a sentence that nobody finishes; 18 is three lines of a phone.
TOPIC_WORDS = 18
#: What stands for words in a jotting, and in no sentence: "retries = double debits", "Fri/Sat".
#: "A/B tests" and "CI/CD" are words.
_SYMBOL = re.compile(
    r"[=<>~*→]|->|\s[+/|]\s|[^\WA-Z]/\w|\w/[^\WA-Z]|\?\?|!!|\((?:yay|ha|lol|ugh|mad)\W*\)"
)
_MARK = re.compile(rf"[,;:?!]\s|\s[–—-]\s|{STOP}\s", re.IGNORECASE)


class Phrase(NamedTuple):
    """A topic, or the thing that it begins with, and what that is in a sentence."""

    text: str
    shape: str


class Choice(NamedTuple):
    """What may be told: of the best sort that there is, and what is left to be told after that."""

    best: list[Phrase]
    rest: list[Phrase]


def phrases(jottings: Sequence[str], telling: float, worthless: Set[str]) -> Choice:
    """What of some jottings fits into a sentence.

    Those that fit as they are; then the things that others begin with ("class size" of "class size
    38, smartboard works in 2 of 6 rooms"); then what stands before a first mark. Only where there
    is none, a first clause, which goes after a colon, where any form can stand.

    Args:
        jottings: Topics, spoken to the reader.
        telling: How rare a thing's words must be together (`noun_phrase`).
        worthless: Stems that prove nothing: those of the role and the company.
    """
    whole = [topic_told(jotting) for jotting in jottings]
    short = [told for told in whole if _is_short(told)]
    if sound := [Phrase(named(told), shape(told)) for told in short if is_sound(told)]:
        others = [j for j, told in zip(jottings, whole, strict=True) if not is_sound(told)]
        after_a_colon = [Phrase(told, "other") for told in short if not is_sound(told)]
        return Choice(sound, things(others, telling, worthless) or after_a_colon)
    if found := things(jottings, telling, worthless):
        return Choice(found, [])
    heads = _heads(whole)
    own = [head for head in heads if _weight(head.text, worthless) >= TELLING]
    after_a_colon = [Phrase(told, "other") for told in short]
    return Choice(own or after_a_colon or heads or [_beginning(told) for told in whole], [])


def things(jottings: Sequence[str], telling: float, worthless: Set[str]) -> list[Phrase]:
    """The things that jottings begin with; those with a number last."""
    found = (noun_phrase(written_out(jotting), telling, worthless) for jotting in jottings)
    short = [thing for thing in found if thing and _is_short(thing)]
    # "hear about 96 buses" says little of them.
    return [Phrase(thing, "noun") for thing in sorted(short, key=lambda t: t[:1].isdigit())]


def named(topic: str) -> str:
    """A sound topic, with the article that a single thing's name lacks: "temp housing bill"."""
    articled = noun_phrase(topic, telling=0.0)
    return articled if articled == f"the {topic}" else topic


def is_sound(phrase: str) -> bool:
    """Whether a topic surely fits into a sentence as it is."""
    form = shape(phrase)
    if _SYMBOL.search(phrase):
        return False
    if form in {"clause", "question"}:
        return not any(breaks(f"that {phrase}."))
    return (
        form == "noun"
        and not counts_oddly(phrase)
        and not is_in_pieces(phrase)
        and " only " not in phrase
        and not any(breaks(f"about {phrase}."))
    )


def _heads(topics: Sequence[str]) -> list[Phrase]:
    """What stands before a topic's first mark, where it may be a thing."""
    heads = (_MARK.split(topic, maxsplit=1)[0] for topic in topics)
    return [
        Phrase(head, "noun")
        for head in heads
        if _is_short(head) and is_sound(head) and shape(head) == "noun" and not head[:1].isdigit()
    ]


def _weight(phrase: str, worthless: Set[str]) -> float:
    """How much a phrase is of this talk alone: no other has "shutdowns" of a shutdown crew."""
    return sum(map(rarity, {*stems_of(phrase)} - worthless))


def _beginning(topic: str) -> Phrase:
    """The first clause of a long topic, which stands by itself more often than its first words."""
    heads = (topic.partition(mark)[0] for mark in ("; ", " — ", " – ", ". ", "? ", ", "))
    head = next((h for h in heads if 2 < len(h.split()) <= TOPIC_WORDS), None)
    head = head or " ".join(topic.split()[:TOPIC_WORDS])
    return Phrase(head, shape(head))


def _is_short(phrase: str) -> bool:
    return len(phrase.split()) <= TOPIC_WORDS
