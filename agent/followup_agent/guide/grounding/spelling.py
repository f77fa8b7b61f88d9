"""Near misses: a word that is nearly, but not quite, a name of the notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

_LONGEST = 32  # names are shorter; the index stays small and a hostile word costs nothing


def _allowed(name: str) -> int:
    """Edits within which a word is a misspelling: Tim is not Tom's, Narayanen is Narayanan's."""
    return 0 if len(name) < 3 else 1 if len(name) < 6 else 2


def _deletes(word: str, depth: int) -> set[str]:
    found = {word}
    edge = found
    for _ in range(depth):
        edge = {w[:i] + w[i + 1 :] for w in edge for i in range(len(w))}
        found = found | edge
    return found


def distance(one: str, two: str) -> int:
    """Edits between two words; a swap of neighbours is one (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


class Near:
    """An index of names by their deletions: a look-up costs no more for more names.

    It is made when first asked for: most messages misspell nothing.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [name for name in dict.fromkeys(names) if 2 < len(name) <= _LONGEST]

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for variant in _deletes(name, _allowed(name)):
                index[variant].append(name)
        return index

    def find(self, word: str) -> str | None:
        """The nearest name within its allowed edits, or None."""
        if not 2 < len(word) <= _LONGEST + 2 or not self._names:
            return None
        best: tuple[int, str] | None = None
        seen: set[str] = set()
        for variant in _deletes(word, 2 if len(word) > 5 else 1):
            for name in self._index.get(variant, ()):
                if name in seen:
                    continue
                seen.add(name)
                edits = distance(word, name)
                if edits <= _allowed(name) and (len(name) > 3 or word[0] == name[0]):
                    best = min(best or (edits, name), (edits, name))
        return best[1] if best else None
