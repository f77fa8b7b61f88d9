"""The statistics of the eval suite: small, pure, and NaN rather than a false 1.0.

scipy does the distributions; each function names the paper or text it follows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, nan, sqrt

from scipy import stats

Interval = tuple[float, float]


def wilson(successes: int, n: int, level: float = 0.95) -> Interval:
    """Wilson's score interval for a proportion of independent cases.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927). NaN for no cases.

    Raises:
        ValueError: Not 0 ≤ successes ≤ n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no proportion")
    if n == 0:
        return nan, nan
    z = float(stats.norm.ppf((1 + level) / 2))
    p, z2 = successes / n, z * z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def upper_bound_at_zero(n: int) -> float:
    """The rule of three: with no event in n cases, the rate is below 3/n with 95 %.

    J. A. Hanley and A. Lippman-Hand, "If nothing goes wrong, is everything all right?",
    JAMA 249 (1983).
    """
    return nan if n == 0 else min(1.0, 3 / n)


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; NaN for none."""
    return sum(values) / len(values) if values else nan


def clustered_se(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """Standard error of the mean of values that come in clusters (repeats of one notes file).

    E. Miller, "Adding error bars to evals", arXiv:2411.00640, section 2.2: the residuals
    are summed within each cluster before they are squared; with the G / (G − 1) of few
    clusters, so that clusters of one give the usual standard error. NaN for fewer than two.
    """
    if len(values) != len(clusters):
        raise ValueError("each value needs its cluster")
    sums: defaultdict[Hashable, float] = defaultdict(float)
    centre = mean(values)
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] += value - centre
    if len(sums) < 2:
        return nan
    few = len(sums) / (len(sums) - 1)
    return sqrt(few * math.fsum(total * total for total in sums.values())) / len(values)


def clustered_interval(
    values: Sequence[float], clusters: Sequence[Hashable], level: float = 0.95
) -> Interval:
    """A t interval of the mean with clustered errors; degrees of freedom: clusters − 1."""
    error, groups = clustered_se(values, clusters), len(set(clusters))
    if math.isnan(error):
        return nan, nan
    half = float(stats.t.ppf((1 + level) / 2, groups - 1)) * error
    return mean(values) - half, mean(values) + half


def pass_at_k(n: int, c: int, k: int) -> float:
    """Chance that at least one of k repeats is right, from c right of n.

    M. Chen et al., "Evaluating large language models trained on code", arXiv:2107.03374.
    NaN where k > n: it cannot be estimated without bias.
    """
    return nan if not 1 <= k <= n else 1 - comb(n - c, k) / comb(n, k)


def pass_hat_k(n: int, c: int, k: int) -> float:
    """Chance that all k repeats are right, from c right of n.

    S. Yao et al., "τ-bench", arXiv:2406.12045. NaN where k > n.
    """
    return nan if not 1 <= k <= n else comb(c, k) / comb(n, k)


def mcnemar_exact(only_a: int, only_b: int) -> float:
    """Two-sided exact p of McNemar's test, from the cases that only one of two got right.

    Q. McNemar, Psychometrika 12 (1947); exact by the binomial. 1.0 without discordant cases.
    """
    n = only_a + only_b
    return 1.0 if n == 0 else float(stats.binomtest(min(only_a, only_b), n).pvalue)


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Cohen's κ of two raters.

    J. Cohen, Educational and Psychological Measurement 20 (1960). NaN where it is not
    defined: no cases, or agreement by chance is certain.
    """
    n = len(first)
    if n != len(second):
        raise ValueError("both raters must rate every case")
    if n == 0:
        return nan
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    labels = set(first) | set(second)
    chance = sum(
        sum(a == label for a in first) * sum(b == label for b in second) for label in labels
    ) / (n * n)
    return nan if chance == 1 else (agreed - chance) / (1 - chance)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values: several metrics, one family-wise error rate.

    S. Holm, Scandinavian Journal of Statistics 6 (1979). NaN p-values stay NaN and do
    not count.
    """
    known = sorted((p, name) for name, p in p_values.items() if not math.isnan(p))
    adjusted = dict.fromkeys(p_values, nan)
    running = 0.0
    for rank, (p, name) in enumerate(known):
        running = max(running, min(1.0, (len(known) - rank) * p))
        adjusted[name] = running
    return adjusted


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference b − a with its clustered t interval and p."""

    mean: float
    low: float
    high: float
    p: float
    pairs: int


def paired_difference(
    a: Mapping[Hashable, float],
    b: Mapping[Hashable, float],
    cluster_of: Mapping[Hashable, Hashable],
    level: float = 0.95,
) -> Difference:
    """Compare two runs on the cases that both have, by the difference of each case.

    Standard errors are clustered (see `clustered_se`), p is two-sided from t with
    clusters − 1 degrees of freedom. A difference that is the same in every case has no
    spread to judge by: p is then 1 for zero, and NaN otherwise.
    """
    shared = [key for key in a if key in b]
    gaps = [b[key] - a[key] for key in shared]
    clusters = [cluster_of[key] for key in shared]
    middle, error = mean(gaps), clustered_se(gaps, clusters)
    if math.isnan(error) or error == 0:
        p = 1.0 if middle == 0 and gaps else nan
        bound = middle if p == 1.0 else nan
        return Difference(middle, bound, bound, p, len(gaps))
    freedom = len(set(clusters)) - 1
    half = float(stats.t.ppf((1 + level) / 2, freedom)) * error
    p = float(2 * stats.t.sf(abs(middle) / error, freedom))
    return Difference(middle, middle - half, middle + half, p, len(gaps))


def cases_needed(difference: float, p: float = 0.9, power: float = 0.8, level: float = 0.95) -> int:
    """Independent paired cases that show a drop of ``difference`` from a pass rate ``p``.

    Normal approximation for paired proportions in the worst case of agreement (every
    lost case was won before): the variance of a difference d is then d − d².
    """
    if not 0 < difference <= p:
        raise ValueError("the difference must be positive and at most p")
    z = float(stats.norm.ppf((1 + level) / 2) + stats.norm.ppf(power))
    return math.ceil(z * z * (difference - difference**2) / difference**2)
