"""Invented facts, in what was returned and in what the model first wrote.

A valid draft has none that the guide's rules can see, by construction: the rate at
the first ask tells models and prompts apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from followup_agent.evals.graders.base import Context, Grade, Grader
from followup_agent.guide.registry import Violation

_INVENTED = "invented_"


def grounded(context: Context) -> Grade:
    """No name, number, date, link or claim that the notes don't hold."""
    return Grade() if context.draft is None else _none_of(context.faults)


def grounded_first(context: Context) -> Grade:
    """The same after the first ask."""
    return Grade() if context.draft is None else _none_of(context.first_faults)


def _none_of(faults: Mapping[str, Violation]) -> Grade:
    found = [v for rule, v in faults.items() if rule.startswith(_INVENTED)]
    return Grade(not found, reason="; ".join(v.message for v in found))


GRADERS = (Grader("grounded", grounded), Grader("grounded_first", grounded_first))
