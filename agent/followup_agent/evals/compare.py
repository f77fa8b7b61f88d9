"""Two runs on the same cases: paired differences, and which cases were won and lost."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from followup_agent.errors import SettingsError
from followup_agent.evals.matrix import Item
from followup_agent.evals.metrics import COMPARED
from followup_agent.evals.statistics import (
    Difference,
    holm,
    mcnemar_exact,
    mean,
    paired_difference,
)
from followup_agent.evals.summary import Scores

Pair = tuple[Item, Item]


@dataclass(frozen=True)
class Metric:
    """How one metric moved from A to B.

    Attributes:
        a: Pass rate of A over the pairs that both could score.
        b: Of B.
        difference: B − A with its clustered t interval.
        won: Pairs that only B passed.
        lost: Pairs that only A passed.
        exact: p of McNemar's exact test.
        p: What the decision rests on: the greater of both p, the exact one where the
            difference has no spread. A t interval over few discordant cases is too sure of
            itself, and McNemar's test takes the items of one notes file for independent.
        adjusted: ``p`` after Holm's correction over all metrics.
    """

    name: str
    a: float
    b: float
    difference: Difference
    won: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    exact: float
    p: float
    adjusted: float = math.nan

    @property
    def pairs(self) -> int:
        """How many were compared."""
        return self.difference.pairs

    @property
    def bounds(self) -> tuple[float, float]:
        """The interval, within [−1, 1]; of a difference without spread, the difference itself."""
        found = self.difference
        if math.isnan(found.low) and self.pairs:
            return found.mean, found.mean
        return max(-1.0, found.low), min(1.0, found.high)


def same_measure(a: Scores, b: Scores) -> None:
    """Refuse two runs that cannot be compared.

    Raises:
        SettingsError: Their cases, graders, kinds or repeats differ.
    """
    left, right = a.manifest, b.manifest
    for name, mine, other in (
        ("cases", left.cases_sha256, right.cases_sha256),
        ("graders", left.graders_sha256, right.graders_sha256),
        ("kinds", left.kinds, right.kinds),
        ("repeats", left.repeats, right.repeats),
        ("metrics", a.metrics, b.metrics),
        ("proofreading", left.proofread, right.proofread),
    ):
        if mine != other:
            raise SettingsError(
                f"the runs' {name} differ, so their figures do not compare; run both anew"
            )


def pairs(a: Scores, b: Scores) -> list[Pair]:
    """The items that both runs scored, by case, kind, person and repeat.

    The same model and prompt are compared where both have them; else the only ones.

    Raises:
        SettingsError: Several models or prompts, and none in common.
    """
    left, right = _variants(a), _variants(b)
    found: list[Pair] = []
    for kind in left:
        for mine, other in _matched(kind, left[kind], right.get(kind, {})):
            found += [(mine[key], other[key]) for key in mine if key in other]
    return found


Variants = dict[tuple[str, str], dict[tuple[str, str, str, int], Item]]


def _variants(scores: Scores) -> dict[str, Variants]:
    found: dict[str, Variants] = {}
    for item in scores.rows:
        of_kind = found.setdefault(item.kind, {})
        of_kind.setdefault((item.model, item.prompt), {})[item.pair] = item
    return found


def _matched(
    kind: str, left: Variants, right: Variants
) -> Iterator[tuple[dict[tuple[str, str, str, int], Item], ...]]:
    shared = [key for key in left if key in right]
    if shared:
        yield from ((left[key], right[key]) for key in shared)
    elif len(left) == 1 and len(right) == 1:
        yield next(iter(left.values())), next(iter(right.values()))
    elif right:
        raise SettingsError(
            f"the runs have several models or prompts for {kind} messages and none in common; "
            "compare runs of one each"
        )


def compare(a: Scores, b: Scores, found: Sequence[Pair]) -> list[Metric]:
    """Every compared metric over the pairs."""
    metrics = [_metric(name, a, b, found) for name in COMPARED]
    adjusted = holm({metric.name: metric.p for metric in metrics})
    return [Metric(**{**metric.__dict__, "adjusted": adjusted[metric.name]}) for metric in metrics]


def _metric(name: str, a: Scores, b: Scores, found: Sequence[Pair]) -> Metric:
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    won: list[Pair] = []
    lost: list[Pair] = []
    for number, (mine, other) in enumerate(found):
        before, after = a.rows[mine][name], b.rows[other][name]
        if before is None or after is None:
            continue
        left[number], right[number] = float(before), float(after)
        if before != after:
            (won if after else lost).append((mine, other))
    clusters = {number: mine.case for number, (mine, _) in enumerate(found)}
    difference = paired_difference(left, right, clusters)  # type: ignore[arg-type]
    exact = mcnemar_exact(len(lost), len(won)) if left else math.nan
    p = exact if math.isnan(difference.p) else max(exact, difference.p)
    return Metric(
        name=name,
        a=mean(list(left.values())),
        b=mean(list(right.values())),
        difference=difference,
        won=tuple(won),
        lost=tuple(lost),
        exact=exact,
        p=p,
    )


def changed(metrics: Sequence[Metric]) -> Mapping[Pair, tuple[list[str], list[str]]]:
    """Each pair that moved: the metrics that it won and those that it lost."""
    moved: defaultdict[Pair, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for metric in metrics:
        for pair in metric.won:
            moved[pair][0].append(metric.name)
        for pair in metric.lost:
            moved[pair][1].append(metric.name)
    return moved
