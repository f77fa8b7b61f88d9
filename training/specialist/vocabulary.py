"""The words that the specialist may use unasked: `python -m training.specialist.vocabulary`.

Stems that at least three texts of the corpus use beyond what their prompts tell. Numbers, weekdays
and months are left out: they are facts, however often they are written.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from followup_agent.asking import faithful
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.units import ORDINALS, SMALL_WORDS
from training.specialist.corpus import load
from training.specialist.pairs import Pair, Pairs

#: In fewer texts a word may be one writer's turn of phrase for one topic.
TEXTS = 3
FILE = Path(faithful.__file__).parent / "data" / faithful.VOCABULARY
_FACTS = {
    stem(word.casefold())
    for word in (*SMALL_WORDS, *ORDINALS, *calendar.day_name, *calendar.month_name[1:])
} - {stem("one"), stem("first"), stem("second"), stem("may")}


def shared_words(pairs: Iterable[Pair]) -> list[str]:
    """The stems in alphabetical order."""
    texts: Counter[str] = Counter()
    for pair in pairs:
        told = set(faithful.stems(faithful.facts(pair.turns[-1].content)))
        texts.update(set(faithful.stems(pair.answer)) - told - _FACTS)
    return sorted(word for word, count in texts.items() if count >= TEXTS and not word.isdecimal())


def main() -> None:
    """Write the file."""
    words = shared_words(Pairs.of(load()).kept)
    FILE.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words: {FILE.name}")


if __name__ == "__main__":
    main()
