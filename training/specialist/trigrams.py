"""The turns of phrase that the specialist was taught: `python -m training.specialist.trigrams`.

All three words running of its texts, with slots for what their prompts tell. Those with a number or
a day are left out, for they are facts, however often they are written. And those of sentences that
it says beside, and that were approved by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from followup_agent.asking import faithful
from followup_agent.english_dates import MONTHS, WEEKDAYS
from followup_agent.guide.grounding.units import ORDINALS, SMALL_WORDS
from followup_agent.guide.message import Part
from training.specialist.corpus import DATA, load
from training.specialist.pairs import Pair, Pairs

#: In fewer texts a word may be one writer's turn of phrase for one occasion.
TEXTS = 3
_FACTS = {word.casefold() for word in (*SMALL_WORDS, *ORDINALS, *WEEKDAYS, *MONTHS)} - {
    "one",
    "first",
    "second",
    "may",
}
TURNS = DATA / "turns.txt"
FILE = Path(faithful.__file__).parent / "data" / faithful.TRIGRAMS


def trigrams(pairs: Iterable[Pair]) -> list[tuple[str, str, str, str]]:
    """Each part with its triples, in alphabetical order."""
    texts = [
        (pair.part, faithful.words(pair.answer, faithful.facts(pair.turns[-1].content)))
        for pair in pairs
    ]
    count = Counter(word for _, text in texts for word in set(text))
    shared = {word for word, number in count.items() if number >= TEXTS} - _FACTS
    return sorted(
        {
            (part.value, *three)
            for part, text in texts
            for three in zip(text, text[1:], text[2:], strict=False)
            if shared.issuperset(three)
        }
    )


def approved() -> list[tuple[str, str, str, str]]:
    """The same of sentences that are in no text, and were read and found right."""
    lines = (line for line in TURNS.read_text("utf-8").splitlines() if not line.startswith("#"))
    texts = (line.split(" | ") for line in lines)
    return [
        (Part(part).value, *three)
        for part, text in texts
        for said in [faithful.words(text, {})]
        for three in zip(said, said[1:], said[2:], strict=False)
    ]


def main() -> None:
    """Write the file."""
    found = sorted({*trigrams(Pairs.of(load()).kept), *approved()})
    FILE.write_text("".join(f"{' '.join(line)}\n" for line in found), encoding="utf-8")
    print(f"{len(found)} triples: {FILE.name}")


if __name__ == "__main__":
    main()
