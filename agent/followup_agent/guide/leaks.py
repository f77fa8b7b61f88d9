"""Where a text tells something of the Private section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_agent.guide.frame import Span
    from followup_agent.notes.model import InterviewNotes

_WORD = re.compile(r"\w+")


def leaked(notes: InterviewNotes | None, text: str) -> tuple[Span, ...]:
    """The places that stood in the Private section and nowhere else in the notes."""
    if notes is None or not notes.private:
        return ()
    leaks = list(notes.private.leaks(text))
    if not leaks:
        return ()
    # What the public notes say too is no secret; each gram is asked before they are merged.
    public = "\n".join(_plain(fact.text) for fact in notes.facts)
    secret = (span for span in leaks if _plain(text[span[0] : span[1]]) not in public)
    return tuple(_merged(secret))


def _plain(text: str) -> str:
    """Words alone, each with a space on both sides, so that 20 is not found in 2026."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _merged(spans: Iterator[Span]) -> Iterator[Span]:
    """Overlapping spans as one, in reading order."""
    start = end = -1
    for low, high in sorted(spans):
        if low > end:
            if end >= 0:
                yield start, end
            start, end = low, high
        else:
            end = max(end, high)
    if end >= 0:
        yield start, end


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a place shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)
