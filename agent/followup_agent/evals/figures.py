"""From results to figures: rates with intervals, costs with quantiles, NaN where nothing is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from followup_agent.evals.graders.copies import Candidates, grams
from followup_agent.evals.matrix import Item
from followup_agent.evals.metrics import RARE
from followup_agent.evals.results import VALID, Result
from followup_agent.evals.statistics import (
    clustered_interval,
    mean,
    pass_at_k,
    pass_hat_k,
    upper_bound_at_zero,
    wilson,
)
from followup_agent.prices import Prices


@dataclass(frozen=True)
class Rate:
    """A pass rate.

    Attributes:
        method: ``wilson`` where every notes file has one item, ``clustered`` otherwise;
            ``wilson by notes`` where all or none passed, which has no spread to cluster.
        bound: With no failure at all: the failure rate is below this (3/n), else NaN.
    """

    n: int
    planned: int
    rate: float
    low: float
    high: float
    method: str
    bound: float = math.nan

    @classmethod
    def of(cls, values: Sequence[bool], clusters: Sequence[str], planned: int) -> Rate:
        """The rate of the values, which come in clusters (notes files)."""
        n, passed, groups = len(values), sum(values), len(set(clusters))
        bound = upper_bound_at_zero(groups) if n and passed == n else math.nan
        if groups == n:
            low, high = wilson(passed, n)
            return cls(n, planned, mean(values), low, high, "wilson", bound)
        if passed in {0, n}:
            low, high = wilson(groups if passed else 0, groups)
            return cls(n, planned, passed / n, low, high, "wilson by notes", bound)
        low, high = clustered_interval(values, clusters)
        return cls(n, planned, mean(values), max(0.0, low), min(1.0, high), "clustered", bound)


@dataclass(frozen=True)
class Spread:
    """Half and nearly all of some costs."""

    p50: float
    p95: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Quantiles by the nearest rank; NaN for no values."""
        ranked = sorted(values)
        if not ranked:
            return cls(math.nan, math.nan)
        rank = [ranked[max(0, math.ceil(q * len(ranked)) - 1)] for q in (0.5, 0.95)]
        return cls(*rank)


@dataclass
class Group:
    """Everything about one model and prompt, or one kind of it; fed result by result."""

    model: str
    prompt: str
    kind: str
    planned: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    prompts: set[str] = field(default_factory=set)
    _passed: defaultdict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    _clusters: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _scores: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _repeats: defaultdict[tuple[str, str, str], list[bool]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _tokens: list[int] = field(default_factory=list)
    _seconds: list[float] = field(default_factory=list)
    _spent: Counter[str] = field(default_factory=Counter)
    _candidates: defaultdict[str, Candidates] = field(
        default_factory=lambda: defaultdict(Candidates)
    )

    def add(self, result: Result) -> None:
        """Count one result in."""
        item = result.item
        self.outcomes[result.outcome] += 1
        for name, grade in result.grades.items():
            if grade.passed is not None:
                self._passed[name].append(grade.passed)
                self._clusters[name].append(item.case)
            if grade.score is not None:
                self._scores[name].append(grade.score)
        valid = result.outcome == VALID
        self._repeats[item.case, item.kind, item.to].append(valid)
        self._book(result, valid)

    def _book(self, result: Result, valid: bool) -> None:
        spent, draft = result.spent, result.draft
        self._spent["prompt"] += spent.prompt_tokens
        self._spent["completion"] += spent.completion_tokens
        if valid:
            self._tokens.append(spent.prompt_tokens + spent.completion_tokens)
            self._seconds.append(spent.seconds)
        if draft is not None:
            self.prompts.add(f"{draft.prompt.name}@{draft.prompt.version}")
            if result.item.repeat == 0:
                self._candidates[result.item.kind].add(result.item.case, grams(draft))

    @property
    def scored(self) -> int:
        """Items with a result."""
        return self.outcomes.total()

    def rates(self) -> dict[str, Rate]:
        """Every grader's pass rate."""
        return {
            name: Rate.of(values, self._clusters[name], self._planned(name))
            for name, values in self._passed.items()
        }

    def figures(self, prices: Prices | None = None) -> dict[str, Any]:
        """All of it, ready for JSON."""
        rates = self.rates()
        return {
            "model": self.model,
            "prompt": self.prompt,
            "prompts": sorted(self.prompts),
            "kind": self.kind,
            "planned": self.planned,
            "scored": self.scored,
            "outcomes": dict(sorted(self.outcomes.items())),
            "rates": {name: rates[name].__dict__ for name in rates},
            "failure_bounds": {n: rates[n].bound for n in RARE if n in rates},
            "mean_reasks": mean(self._scores.get("reasks", [])),
            "mean_words": mean(self._scores.get("length", [])),
            "judged": {n: mean(v) for n, v in self._scores.items() if n.startswith("judge/")},
            "pass_at_k": self._over_repeats(pass_at_k),
            "pass_hat_k": self._over_repeats(pass_hat_k),
            "tokens": Spread.of(self._tokens).__dict__,
            "seconds": Spread.of(self._seconds).__dict__,
            "spent": dict(self._spent),
            "price": self._price(prices or {}),
            "shared_between_candidates": mean(
                [share for found in self._candidates.values() for share in found.shares()]
            ),
        }

    def _planned(self, name: str) -> int:
        """Of a grader that had nothing to say of some items, those it could say something of."""
        silent = self.scored - len(self._passed[name])
        return self.planned - silent

    def _over_repeats(self, estimate: Any) -> dict[str, float]:
        most = max(map(len, self._repeats.values()), default=0)
        if most < 2:
            return {}
        every = list(self._repeats.values())
        return {
            str(k): mean([estimate(len(v), sum(v), k) for v in every if len(v) >= k])
            for k in range(1, most + 1)
        }

    def _price(self, prices: Prices) -> dict[str, float] | None:
        """In the table's currency, for one million tokens each."""
        table = prices.get(self.model)
        if table is None:
            return None
        total = sum(table[side] * self._spent[side] for side in ("prompt", "completion")) / 1e6
        valid = self.outcomes[VALID]
        return {"total": total, "per_valid": total / valid if valid else math.nan}


def grouped(planned: Iterable[Item], results: Iterable[Result]) -> list[Group]:
    """Groups of each model and prompt: all kinds together first, then each kind."""
    groups: dict[tuple[str, str, str], Group] = {}

    def of(item: Item) -> tuple[Group, ...]:
        keys = [(item.model, item.prompt, kind) for kind in ("all", item.kind)]
        return tuple(groups.setdefault(key, Group(*key)) for key in keys)

    for item in planned:
        for group in of(item):
            group.planned += 1
    for result in results:
        for group in of(result.item):
            group.add(result)
    order = {key: n for n, key in enumerate(groups)}
    return sorted(
        groups.values(),
        key=lambda g: (g.model, g.prompt, g.kind != "all", order[g.model, g.prompt, g.kind]),
    )
