"""How long a draft is."""

from __future__ import annotations

from followup_agent.evals.graders.base import Context, Grade, Grader

_FRAME = {"subject", "greeting", "closing"}


def length(context: Context) -> Grade:
    """Within the guide's bound; the score is the body's words, greeting and sign-off aside."""
    if context.draft is None:
        return Grade()
    words = sum(
        len(text.split()) for part, text in context.draft.parts.items() if part not in _FRAME
    )
    fault = context.faults.get("length")
    return Grade(fault is None, float(words), fault.message if fault else "")


GRADERS = (Grader("length", length),)
