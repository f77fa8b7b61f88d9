"""Whether a valid draft came out, when, and after how many re-asks."""

from __future__ import annotations

from followup_agent.evals.graders.base import Context, Grade, Grader


def valid(context: Context) -> Grade:
    """The draft was returned as valid."""
    return Grade(context.draft is not None and context.draft.valid)


def valid_first(context: Context) -> Grade:
    """It was so at the first ask: nothing had to be asked again."""
    draft = context.draft
    return Grade(draft is not None and draft.valid and not context.first_faults)


def reasks(context: Context) -> Grade:
    """How often the model was asked again."""
    if context.draft is None:
        return Grade()
    return Grade(score=float(max(0, len(context.draft.attempts) - 1)))


GRADERS = (
    Grader("valid", valid),
    Grader("valid_first", valid_first),
    Grader("reasks", reasks),
)
