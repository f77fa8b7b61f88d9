"""Private stays private: nothing of the Private section in a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from followup_agent.guide.registry import Finding, rule

if TYPE_CHECKING:
    from followup_agent.guide.case import Case


@rule(
    "private",
    needs_notes=True,
    place="Required of every message: Private stays private",
    ask="Leave out everything that the notes do not give you.",
)
def private(case: Case) -> Iterator[Finding]:
    """Something of the Private section. The words are pointed at, never quoted."""
    for span in case.leaks:
        yield Finding("this stands only in the Private section; take it out", span)
