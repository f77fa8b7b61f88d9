"""Private stays private: nothing of the Private section in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from followup_agent.guide.registry import Finding, rule

if TYPE_CHECKING:
    from followup_agent.guide.case import Case
    from followup_agent.guide.reading import Span

_WORD = re.compile(r"\w+")


@rule(
    "private",
    needs_notes=True,
    place="Required of every message: Private stays private",
    ask="Leave out everything that the notes do not give you.",
)
def private(case: Case) -> Iterator[Finding]:
    """Something of the Private section. The words are pointed at, never quoted."""
    if case.notes is None or not case.notes.private:
        return
    text, public = case.reading.text, ""
    # What the public notes say too is no secret; each gram is asked before they are merged.
    leaks = list(case.notes.private.leaks(text))
    if leaks:
        public = "\n".join(_plain(fact.text) for fact in case.notes.facts)
    secret = (span for span in leaks if _plain(text[span[0] : span[1]]) not in public)
    for span in _merged(secret):
        yield Finding("this stands only in the Private section; take it out", span)


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
