"""In what language a message is written, as far as its names depend on it."""

from __future__ import annotations

from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.words import Zone, uncased

_SAMPLE = 40  # words by which a language is told


def reads_english(zones: list[Zone]) -> bool:
    """Whether most of the lower-case words are English: only then is an unknown capital a name."""
    seen = english = foreign = 0
    for zone in zones:
        if zone.kind != "body":
            continue
        longer = [w.key for w in zone.words if len(w.key) > 2 and w.key.isalpha()]
        seen += len(longer)
        english += sum(map(is_english, longer))
        foreign += sum(uncased(w.text[0]) for w in zone.words if not w.text.isascii())
        if seen > _SAMPLE:
            break
    if foreign > seen - english and foreign > english:
        return False
    return seen < 4 or english >= 0.6 * seen
