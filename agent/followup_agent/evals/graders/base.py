"""What a grader is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from followup_agent.evals.samples import Sample
from followup_agent.guide.registry import Violation
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.records import Draft


@dataclass(frozen=True, slots=True)
class Grade:
    """One grader's answer.

    Attributes:
        passed: None where there is nothing to be said, or only a score.
        score: A number, where the grader measures one.
        reason: Why it failed, or what was measured.
        crashed: The grader itself failed; that counts as not passed.
    """

    passed: bool | None = None
    score: float | None = None
    reason: str = ""
    crashed: bool = False

    def to_json(self) -> Any:
        """As short as it can be: true, false, null, or an object."""
        if not self.reason and self.score is None and not self.crashed:
            return self.passed
        data = {"passed": self.passed, "score": self.score, "reason": self.reason}
        kept: dict[str, Any] = {k: v for k, v in data.items() if v is not None and v != ""}
        return {**kept, "crashed": True} if self.crashed else kept

    @classmethod
    def of_json(cls, data: Any) -> Grade:
        """The grade that `to_json` wrote."""
        return cls(**data) if isinstance(data, dict) else cls(data)


#: Nearly every grade is one of these two.
PASSED, SILENT = Grade(True), Grade()


@dataclass(frozen=True)
class Context:
    """All that a grader may look at.

    Attributes:
        notes: None where the notes themselves could not be read.
        draft: The draft, valid or the best of a rejected one; None where there is none.
        siblings: Texts of the panel's messages that were drafted before.
        proofread: Whether spelling and grammar were checked.
    """

    sample: Sample
    kind: Kind
    to: str
    notes: InterviewNotes | None
    draft: Draft | None
    siblings: tuple[str, ...] = ()
    proofread: bool = True

    @cached_property
    def faults(self) -> Mapping[str, Violation]:
        """The first required violation of each rule, in the final draft."""
        return _by_rule(self.draft.violations) if self.draft else {}

    @cached_property
    def first_faults(self) -> Mapping[str, Violation]:
        """The same after the first ask."""
        attempts = self.draft.attempts if self.draft else ()
        return _by_rule(attempts[0].violations) if attempts else self.faults


@dataclass(frozen=True, slots=True)
class Grader:
    """A name and a function. The function may raise: `apply` makes a failure of that."""

    name: str
    check: Callable[[Context], Grade]


def apply(grader: Grader, context: Context) -> Grade:
    """Grade one draft."""
    try:
        return grader.check(context)
    except Exception as exc:  # a grader's crash is data
        return Grade(False, reason=f"the grader crashed: {type(exc).__name__}", crashed=True)


def _by_rule(violations: tuple[Violation, ...]) -> Mapping[str, Violation]:
    required = (v for v in reversed(violations) if v.severity == "required")
    return {v.rule: v for v in required}
