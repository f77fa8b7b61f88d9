"""An optional language model as judge, by a rubric that is data.

Its grades are shown as “uncalibrated” until human labels say how far it can be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from followup_agent.chat.protocol import Request, Turn
from followup_agent.errors import SettingsError
from followup_agent.evals.graders.base import Context, Grade, Grader
from followup_agent.evals.samples import Strict
from followup_agent.evals.statistics import kappa

#: Where the repository keeps its rubric, seen from its root.
DEFAULT_RUBRIC = Path("evals/rubric.yaml")

Ask = Callable[[Request], str]
Preference = Literal["a", "b", "tie"]


class Criterion(Strict):
    """One thing that is judged from 1 to 5; ``anchors`` say what a number means."""

    question: str
    anchors: dict[int, str]
    passes_at: int = Field(ge=1, le=5)


class Rubric(Strict):
    """The file ``rubric.yaml``."""

    version: int
    instructions: str
    criteria: dict[str, Criterion]
    compare: str


def load_rubric(path: Path) -> Rubric:
    """Read a rubric.

    Raises:
        SettingsError: It cannot be read, or is none.
    """
    try:
        return Rubric.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise SettingsError(f"{path}: cannot be read: {exc}") from None
    except ValidationError as exc:
        faults = exc.errors(include_url=False, include_input=False)
        raise SettingsError(f"{path}: {faults[0]['loc']}: {faults[0]['msg']}") from None


def judge_graders(rubric: Rubric, ask: Ask) -> tuple[Grader, ...]:
    """One grader a criterion, each a request of its own, so that none colours another."""
    return tuple(
        Grader(f"judge/{name}", partial(_judged, rubric, name, ask)) for name in rubric.criteria
    )


def _judged(rubric: Rubric, name: str, ask: Ask, context: Context) -> Grade:
    if context.draft is None:
        return Grade()
    criterion = rubric.criteria[name]
    scale = "\n".join(f"{n}: {words}" for n, words in sorted(criterion.anchors.items()))
    question = f"{criterion.question}\n{scale}\n\n{_case(context)}\n\n{_fenced(context.draft.text)}"
    answer = _object(ask(_request(rubric, question, {"score": {"type": "integer"}})))
    score = answer["score"]
    if not isinstance(score, int) or not 1 <= score <= 5:
        raise ValueError("the judge gave no score from 1 to 5")
    return Grade(score >= criterion.passes_at, float(score), str(answer.get("reason", ""))[:300])


def prefer(rubric: Rubric, ask: Ask, a: str, b: str) -> Preference:
    """Which of two texts is better; asked in both orders, a tie unless both agree."""
    first, second = _better(rubric, ask, a, b), _better(rubric, ask, b, a)
    swapped = {"first": "b", "second": "a", "tie": "tie"}[second]
    straight: Preference = "a" if first == "first" else "b" if first == "second" else "tie"
    return straight if straight == swapped else "tie"


def _better(rubric: Rubric, ask: Ask, first: str, second: str) -> str:
    question = f"{rubric.compare}\n\nThe first:\n{_fenced(first)}\n\nThe second:\n{_fenced(second)}"
    schema = {"better": {"type": "string", "enum": ["first", "second", "tie"]}}
    answer = str(_object(ask(_request(rubric, question, schema))).get("better"))
    if answer not in {"first", "second", "tie"}:
        raise ValueError("the judge named neither text")
    return answer


def _request(rubric: Rubric, question: str, schema: Mapping[str, Any]) -> Request:
    properties = {"reason": {"type": "string"}, **schema}
    return Request(
        turns=(Turn("system", rubric.instructions), Turn("user", question)),
        parts=tuple(properties),
        schema={
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        },
        max_tokens=512,
    )


def _case(context: Context) -> str:
    facts = context.notes.facts if context.notes else ()
    lines = "\n".join(f"{fact.field}: {fact.text}" for fact in facts)
    return f"A {context.kind} message to {context.to}. The candidate's notes:\n{_fenced(lines)}"


def _fenced(text: str) -> str:
    return f"<<<\n{text.replace('<<<', '‹‹‹').replace('>>>', '›››')}\n>>>"


def _object(text: str) -> dict[str, Any]:
    data = json.loads(text[text.index("{") : text.rindex("}") + 1])
    if not isinstance(data, dict):
        raise TypeError("the judge's answer is no object")
    return data


@dataclass(frozen=True)
class Agreement:
    """How far a judge agrees with people. NaN where it cannot be told."""

    n: int
    kappa: float
    sensitivity: float
    specificity: float

    @classmethod
    def of(cls, human: Sequence[bool], judge: Sequence[bool]) -> Agreement:
        """People's pass or fail against the judge's, over the same drafts."""
        both = list(zip(human, judge, strict=True))
        good = [j for h, j in both if h]
        bad = [not j for h, j in both if not h]
        share = [sum(part) / len(part) if part else float("nan") for part in (good, bad)]
        return cls(len(both), kappa(human, judge), *share)
