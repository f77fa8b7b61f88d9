"""What is asked in one round, and which parts a fault is charged to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from followup_agent.chat.protocol import Reply, Request
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.records import PromptRecord

Faults = Mapping[Part, tuple[Violation, ...]]


@dataclass(frozen=True)
class Ask:
    """The parts that are wanted, and all that helps to write them.

    Attributes:
        number: 0 for the first ask, then the re-asks.
        missing: The parts to write, in reading order.
        accepted: The good parts: frozen, sent as context only.
        faults: For each part that is asked again, what was wrong with it.
        rejected: The texts that were wrong.
    """

    number: int
    missing: tuple[Part, ...]
    accepted: Mapping[Part, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)
    rejected: Mapping[Part, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """Independent requests, to be answered side by side, and the ask behind them."""

    requests: tuple[Request, ...]
    ask: Ask


class Plan(Protocol):
    """A way of asking. Plans are pure: they make requests and read replies."""

    @property
    def prompt(self) -> PromptRecord:
        """The prompt that it asks with."""
        ...

    @property
    def model(self) -> str:
        """The name of the model that it asks, for the record."""
        ...

    def given(self) -> Mapping[Part, str]:
        """Parts that the notes decide, written by code."""
        ...

    def wanted(self) -> tuple[Part, ...]:
        """Parts that the model is asked for first, in reading order."""
        ...

    def ask(self, ask: Ask) -> tuple[Request, ...]:
        """The requests of one round."""
        ...

    def read(self, ask: Ask, replies: Sequence[Reply]) -> Mapping[Part, str]:
        """The asked parts that the replies hold; what is not there is still missing.

        Raises:
            ModelError: The model refused, or its answer was cut off.
        """
        ...


def blame(violations: Iterable[Violation], composition: Composition) -> Faults:
    """Charge each violation to the part that must be written again for it.

    A fault with words belongs to the part that holds them; a missing part to itself;
    one of the whole message (its length, a near-copy) to the longest part of the body,
    where a rewrite changes most.
    """
    charged: dict[Part, tuple[Violation, ...]] = {}
    for violation in violations:
        part = _part_of(violation, composition)
        charged[part] = (*charged.get(part, ()), violation)
    return charged


def _part_of(violation: Violation, composition: Composition) -> Part:
    if violation.span is not None:
        for part, (start, end) in composition.spans.items():
            if start <= violation.span[0] < end:
                return part
    if violation.part in LAYOUTS[composition.kind].parts:
        return Part(violation.part)
    body = [part for paragraph in LAYOUTS[composition.kind].paragraphs for part in paragraph]
    return max(body, key=lambda part: len(composition.parts.get(part, "")))
