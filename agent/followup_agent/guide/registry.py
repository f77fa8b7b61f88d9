"""The guide as data: one list of rules that everything else is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from followup_agent.guide.message import Part
from followup_agent.kinds import Kind

if TYPE_CHECKING:
    from followup_agent.guide.case import Case

Severity = Literal["required", "advice"]


class Finding(NamedTuple):
    """What a rule found: what is wrong and how to mend it, and the words meant.

    ``span`` is in code points of the text that was read, None where something
    is missing altogether. ``part`` overrides the rule's own part where the fault
    can stand anywhere.
    """

    message: str
    span: tuple[int, int] | None = None
    part: Part | None = None


class Violation(BaseModel):
    """A finding with the rule that it breaks. Spans are code points of the text read."""

    model_config = ConfigDict(frozen=True)

    rule: str
    part: str | None
    severity: Severity
    message: str
    span: tuple[int, int] | None = None


class Source(BaseModel):
    """Words of the message and the 1-based line of the notes that they stand on."""

    model_config = ConfigDict(frozen=True)

    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the guide.

    Attributes:
        id: Its name in reports.
        kinds: The kinds that it holds for.
        part: The part that it guards, or None for the whole message.
        severity: ``required`` refuses a message, ``advice`` never does.
        check: Yields what is wrong; nothing when all is well.
        ask: What a re-ask tells the model to do.
        place: Where the guide says so.
        needs_notes: Whether nothing can be said without the notes.
        applies: Whether the rule can say anything of a case; None: of every case.
    """

    id: str
    kinds: frozenset[Kind]
    part: Part | None
    severity: Severity
    check: Callable[[Case], Iterable[Finding]]
    ask: str
    place: str
    needs_notes: bool = False
    applies: Callable[[Case], bool] | None = None


_RULES: dict[str, Rule] = {}


def rule(
    id: str,
    *,
    ask: str,
    place: str,
    kinds: Iterable[Kind] = Kind,
    part: Part | None = None,
    severity: Severity = "required",
    needs_notes: bool = False,
    applies: Callable[[Case], bool] | None = None,
) -> Callable[[Callable[[Case], Iterable[Finding]]], Callable[[Case], Iterable[Finding]]]:
    """Enter a check function into the guide. Raises ValueError for an id twice."""

    def enter(check: Callable[[Case], Iterable[Finding]]) -> Callable[[Case], Iterable[Finding]]:
        if id in _RULES:
            raise ValueError(f"two rules are called {id!r}")
        _RULES[id] = Rule(
            id, frozenset(kinds), part, severity, check, ask, place, needs_notes, applies
        )
        return check

    return enter


def rules(kind: Kind | None = None) -> Iterator[Rule]:
    """The guide's rules, of one kind or of all, in the order of the guide."""
    import followup_agent.guide.rules  # noqa: F401  (entering them is the import's effect)

    for entry in _RULES.values():
        if kind is None or kind in entry.kinds:
            yield entry
