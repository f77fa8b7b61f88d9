"""The gate: an output that misses a part of the guide cannot become a `Message`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from followup_agent.guide.case import Case
from followup_agent.guide.judge import Report, judge
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.kinds import Kind

CaseOf = Callable[[Composition], Case]


class Message(BaseModel):
    """A message that holds every required part and breaks no required rule.

    Validation needs ``context={"case": …}``, a function from a `Composition` to its
    `Case` (`Brief.case`); without it nothing can be judged, and validation fails.
    A refusal's error carries the whole report under ``ctx["report"]``.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    parts: Mapping[Part, str]
    _report: Report = PrivateAttr(default_factory=Report)

    @property
    def report(self) -> Report:
        """What the guide says of it: advice and sources, no required violation."""
        return self._report

    @model_validator(mode="after")
    def _holds_what_the_guide_requires(self, info: ValidationInfo) -> Self:
        if not (info.context and "case" in info.context):
            raise PydanticCustomError("context", "a Message is validated with its case")
        report = examine(Composition(self.kind, self.parts), info.context["case"])
        if not report.valid:
            rules = ", ".join(dict.fromkeys(v.rule for v in report.required))
            raise PydanticCustomError("guide", "breaks {rules}", {"rules": rules, "report": report})
        self._report = report
        return self


def examine(composition: Composition, case_of: CaseOf) -> Report:
    """Judge a composition, a part that its kind requires and it lacks included."""
    report = judge(case_of(composition))
    told = {v.part for v in report.required}
    gaps = tuple(
        Violation(
            rule=part.value, part=part, severity="required", message=f"the {part.label} is missing"
        )
        for part in LAYOUTS[composition.kind].required
        if not composition.parts.get(part, "").strip() and part not in told
    )
    return report.model_copy(update={"violations": gaps + report.violations}) if gaps else report
