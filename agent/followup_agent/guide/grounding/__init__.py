"""Trace every checkable word of a message to the notes, or report it as invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from followup_agent.guide.registry import Finding, Source

if TYPE_CHECKING:
    from followup_agent.guide.case import Case

Matter = Literal["name", "number", "date", "link", "claim", "spelling"]


@dataclass(frozen=True, slots=True)
class Grounding:
    """What was traced and what was not.

    Attributes:
        sources: Words of the message with the line they follow from, in reading order.
        inventions: Findings by what was invented; ``spelling`` holds the names of the
            notes that are misspelled or altered (rule ``wrong_name``).
    """

    sources: tuple[Source, ...]
    inventions: dict[Matter, tuple[Finding, ...]]


def ground(case: Case) -> Grounding:
    """Trace the message of ``case``; its notes must be there."""
    raise NotImplementedError
