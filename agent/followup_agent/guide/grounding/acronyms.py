"""Initials by which the notes' words may be called: SRE for "site reliability engineering"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from followup_agent.guide.grounding.terms import SMALL

_LONGEST = 5  # words


class Acronyms:
    """The initials of neighbouring words.

    Few messages hold initials that the notes lack: they are worked out when first asked for.
    """

    def __init__(self) -> None:
        self._texts: list[tuple[Sequence[str], int | None]] = []

    def add(self, keys: Sequence[str], line: int | None) -> None:
        """Take in the words of one text, by their keys, and the line that they stand on."""
        self._texts.append((keys, line))

    @cached_property
    def lines(self) -> dict[str, int | None]:
        """Each run's initials, small words with and without, and the first line that has it."""
        found: dict[str, int | None] = {}
        for keys, line in self._texts:
            parts = [[part for part in key.split("-") if part and part != "&"] for key in keys]
            for end in range(2, len(parts) + 1):
                for start in range(end - 2, max(0, end - _LONGEST) - 1, -1):
                    run = [part for word in parts[start:end] for part in word]
                    found.setdefault("".join(part[0] for part in run), line)
                    content = [part[0] for part in run if part not in SMALL]
                    if len(content) > 1:
                        found.setdefault("".join(content), line)
        return found
