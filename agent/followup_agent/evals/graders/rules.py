"""Each required part and each required rule of the guide, at the end and at the first ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from followup_agent.evals.graders.base import PASSED, SILENT, Context, Grade, Grader
from followup_agent.guide.message import LAYOUTS
from followup_agent.guide.registry import Violation, rules
from followup_agent.kinds import Kind

PART, RULE, FIRST = "part/", "rule/", "first/"


def part_graders(kind: Kind) -> Iterator[Grader]:
    """A part passes when it is there and no rule that guards it is broken."""
    for part in LAYOUTS[kind].required:
        yield Grader(f"{PART}{part.value}", partial(_part, part.value, False))
        yield Grader(f"{FIRST}{PART}{part.value}", partial(_part, part.value, True))


def rule_graders(kind: Kind, proofread: bool) -> Iterator[Grader]:
    """A rule passes when it is not broken; without a draft nothing is said of it."""
    for rule in rules(kind):
        if rule.severity == "required" and (proofread or not rule.id.startswith("proofreading")):
            yield Grader(f"{RULE}{rule.id}", partial(_rule, rule.id, False))
            yield Grader(f"{FIRST}{RULE}{rule.id}", partial(_rule, rule.id, True))


def _part(part: str, first: bool, context: Context) -> Grade:
    if context.draft is None:
        return Grade(False, reason="there is no draft")
    faults = _faults(context, first)
    fault = next((v for v in faults.values() if v.part == part), None)
    if fault is None and not first and not context.draft.parts.get(part):
        return Grade(False, reason="the part is missing")
    return PASSED if fault is None else Grade(False, reason=fault.message)


def _rule(rule: str, first: bool, context: Context) -> Grade:
    if context.draft is None:
        return SILENT
    fault = _faults(context, first).get(rule)
    return PASSED if fault is None else Grade(False, reason=fault.message)


def _faults(context: Context, first: bool) -> Mapping[str, Violation]:
    return context.first_faults if first else context.faults
