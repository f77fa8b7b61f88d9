"""The word sequences of a message that would tell it from another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

W = TypeVar("W")

#: Words in a sequence, as in the guide's own rule on near-copies.
LENGTH: Final = 5

_WORD = re.compile(r"[\w'’]+")
_FRAME = frozenset({"subject", "greeting", "closing"})


def phrases(parts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every five-word sequence of a draft's parts, the frame aside."""
    return numbered_phrases(parts, str)


def numbered_phrases(parts: Mapping[str, str], name: Callable[[str], W]) -> Iterator[tuple[W, ...]]:
    """The same, of what ``name`` gives for each word."""
    for part, text in parts.items():
        if part not in _FRAME:
            words = [name(word) for word in _WORD.findall(text.casefold())]
            yield from zip(*(words[n:] for n in range(LENGTH)), strict=False)
