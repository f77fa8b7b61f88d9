"""Apply the guide's rules to one case."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from followup_agent.guide.case import Case
from followup_agent.guide.registry import Rule, Source, Violation, rules


class Report(BaseModel):
    """What the guide says about one text.

    Attributes:
        violations: In the order of the guide, required and advice.
        sources: Words of the text with the line of the notes behind them.
        passed: Ids of the rules that found nothing.
        unchecked: Ids of the rules that could not be applied (no notes, no proofreader).
    """

    model_config = ConfigDict(frozen=True)

    violations: tuple[Violation, ...] = ()
    sources: tuple[Source, ...] = ()
    passed: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Violation, ...]:
        """The violations that refuse a message."""
        return tuple(v for v in self.violations if v.severity == "required")

    @property
    def valid(self) -> bool:
        """Whether no required rule is broken."""
        return not self.required


def judge(case: Case) -> Report:
    """Apply every rule of the case's kind."""
    violations: list[Violation] = []
    passed: list[str] = []
    unchecked: list[str] = []
    for entry in rules(case.kind):
        if not applicable(entry, case):
            unchecked.append(entry.id)
            continue
        found = [_violation(entry, *finding) for finding in entry.check(case)]
        violations += found
        if not found:
            passed.append(entry.id)
    grounding = case.grounding
    return Report(
        violations=tuple(violations),
        sources=grounding.sources if grounding else (),
        passed=tuple(passed),
        unchecked=tuple(unchecked),
    )


def applicable(entry: Rule, case: Case) -> bool:
    """Whether a rule can say anything about the case."""
    if entry.needs_notes and case.notes is None:
        return False
    return entry.applies is None or entry.applies(case)


def _violation(entry: Rule, message: str, span: tuple[int, int] | None, part: Any) -> Violation:
    return Violation(
        rule=entry.id,
        part=part or entry.part,
        severity=entry.severity,
        message=message,
        span=span,
    )
