"""How much the repeats of one message differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from followup_agent.evals.statistics import mean


def edit_distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Levenshtein's distance: insertions, deletions and substitutions.

    V. I. Levenshtein, Soviet Physics Doklady 10 (1966).
    """
    row = list(range(len(second) + 1))
    for i, mine in enumerate(first, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(second, 1):
            step = before + (mine != other)
            before = row[j]
            row[j] = min(row[j] + 1, row[j - 1] + 1, step)
    return row[-1]


def spread(texts: Sequence[str]) -> float:
    """The mean word edit distance of all pairs, as a share of the longer one.

    0 means that every repeat is the same, 1 that they share no word; NaN for one text.
    """
    words = [text.split() for text in texts]
    pairs = list(combinations(words, 2))
    return mean([edit_distance(a, b) / max(len(a), len(b), 1) for a, b in pairs])
