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

#: Rules about the whole message: the words that they point at are only where it grew too long.
_OF_THE_WHOLE = frozenset({"length"})


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
    """Charge each violation to the parts that must be written again for it.

    A fault with words belongs to the part that holds them, or to each that lies mostly in them
    (a near-copy); a missing part to itself; one of the whole message (its length) to the longest
    part of the body, where a rewrite changes most.
    """
    charged: dict[Part, tuple[Violation, ...]] = {}
    for violation in violations:
        for part in parts_at_fault(violation, composition) or (_longest(composition),):
            charged[part] = (*charged.get(part, ()), violation)
    return charged


def parts_at_fault(violation: Violation, composition: Composition) -> tuple[Part, ...]:
    """The parts that a violation is about; none where it is about the whole message."""
    if violation.rule in _OF_THE_WHOLE:
        return ()
    if violation.span is not None:
        low, high = violation.span[0], max(violation.span[1], violation.span[0] + 1)
        held = {
            part: (min(high, end) - max(low, start), end - start)
            for part, (start, end) in composition.spans.items()
            if start < high and low < end
        }
        mostly = tuple(part for part, (common, size) in held.items() if 2 * common > size)
        if held:
            return mostly or (max(held, key=lambda part: held[part][0]),)
    if violation.part in LAYOUTS[composition.kind].parts:
        return (Part(violation.part),)
    return ()


def _longest(composition: Composition) -> Part:
    body = [part for paragraph in LAYOUTS[composition.kind].paragraphs for part in paragraph]
    return max(body, key=lambda part: len(composition.parts.get(part, "")))
