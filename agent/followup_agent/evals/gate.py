"""Whether a run may pass, against a baseline: yes, no, or not to be told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from followup_agent.evals.compare import Metric, compare, pairs, same_measure
from followup_agent.evals.summary import Scores

LEVEL = 0.05


class Verdict(Enum):
    """What the gate says; the value is the command's exit code."""

    PASS = 0
    REGRESSION = 1
    INCONCLUSIVE = 6


@dataclass(frozen=True)
class Gate:
    """The verdict, and that of each metric with its reason."""

    verdict: Verdict
    metrics: tuple[tuple[Metric, Verdict], ...]
    reasons: tuple[str, ...] = ()


def gate(run: Scores, baseline: Scores, margin: float = 0.05) -> Gate:
    """Compare a run with a baseline.

    A metric passes when its 95 % interval excludes a drop of more than ``margin``
    (non-inferiority). It is a regression when it dropped, and the drop is significant at
    5 % after Holm's correction. Else it is not to be told. One regression is enough for the
    whole; all must pass for a pass.

    Raises:
        SettingsError: Cases, graders, kinds or repeats differ.
    """
    same_measure(baseline, run)
    found = pairs(baseline, run)
    judged = tuple((metric, judge(metric, margin)) for metric in compare(baseline, run, found))
    reasons = tuple(_missing(run, baseline, len(found)))
    verdicts = [verdict for metric, verdict in judged if metric.pairs]
    return Gate(_overall(verdicts, bool(reasons)), judged, reasons)


def judge(metric: Metric, margin: float) -> Verdict:
    """What one metric says."""
    low, _ = metric.bounds
    if metric.pairs and metric.difference.mean == 0 and not metric.lost:
        return Verdict.PASS
    if not math.isnan(low) and low >= -margin:
        return Verdict.PASS
    if metric.difference.mean < 0 and metric.adjusted < LEVEL:
        return Verdict.REGRESSION
    return Verdict.INCONCLUSIVE


def _overall(verdicts: Sequence[Verdict], incomplete: bool) -> Verdict:
    if Verdict.REGRESSION in verdicts:
        return Verdict.REGRESSION
    if incomplete or not verdicts or Verdict.INCONCLUSIVE in verdicts:
        return Verdict.INCONCLUSIVE
    return Verdict.PASS


def _missing(run: Scores, baseline: Scores, paired: int) -> list[str]:
    reasons = [
        f"{what}: {len(scores.rows)} of {scores.planned} planned items are scored"
        for what, scores in (("this run", run), ("the baseline", baseline))
        if len(scores.rows) < scores.planned
    ]
    if paired == 0:
        reasons.append("the runs have no item in common")
    return reasons
