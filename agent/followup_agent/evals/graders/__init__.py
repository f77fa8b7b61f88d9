"""Graders: small functions, one file a family; each says of one draft whether it passed.

A grader is added by writing a `Grader` and naming it in its family's tuple; see
docs/evals.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from followup_agent.evals.graders import copies, facts, length, rules, strings, validity
from followup_agent.evals.graders.base import Context, Grade, Grader, apply
from followup_agent.kinds import Kind

__all__ = ["Context", "Grade", "Grader", "apply", "grade", "graders"]


@lru_cache(maxsize=16)
def graders(kind: Kind, proofread: bool = True) -> tuple[Grader, ...]:
    """Every grader of a kind of message, in the order of reports."""
    return (
        *validity.GRADERS,
        *facts.GRADERS,
        *strings.GRADERS,
        *copies.GRADERS,
        *length.GRADERS,
        *rules.part_graders(kind),
        *rules.rule_graders(kind, proofread),
    )


def grade(context: Context, more: Iterable[Grader] = ()) -> dict[str, Grade]:
    """What every grader says of a draft; a crash is a failure with the crash as its reason."""
    every = (*graders(context.kind, context.proofread), *more)
    return {grader.name: apply(grader, context) for grader in every}
