"""The word sequences of a message that would tell it from another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

#: Words in a sequence, as in the guide's own rule on near-copies.
LENGTH: Final = 5

_WORD = re.compile(r"[\w'’]+")
_FRAME = frozenset({"subject", "greeting", "closing"})


def phrases(parts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every five-word sequence of a draft's parts, the frame aside."""
    for part, text in parts.items():
        if part not in _FRAME:
            words = _WORD.findall(text.casefold())
            yield from zip(*(words[n:] for n in range(LENGTH)), strict=False)
