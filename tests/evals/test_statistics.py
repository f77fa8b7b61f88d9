"""The statistics agree with golden values, with scipy, and refuse to guess."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from followup_agent.evals.statistics import (
    cases_needed,
    clustered_interval,
    clustered_se,
    holm,
    kappa,
    mcnemar_exact,
    mean,
    paired_difference,
    pass_at_k,
    pass_hat_k,
    upper_bound_at_zero,
    wilson,
)


def _bits(text: str) -> list[int]:
    return [int(bit) for bit in text]


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(17, 20, 0.6396, 0.9476), (10, 10, 0.7225, 1.0)]
)
def test_wilson_has_its_golden_values(successes: int, n: int, low: float, high: float) -> None:
    """The interval is the published one to four digits."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 300), st.data())
def test_wilson_agrees_with_scipy(n: int, data: st.DataObject) -> None:
    """Every interval is scipy's."""
    k = data.draw(st.integers(0, n))
    theirs = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_no_cases_give_nan_not_a_number_that_flatters() -> None:
    """Nothing was measured, so nothing is said."""
    assert all(math.isnan(x) for x in wilson(0, 0))
    assert math.isnan(mean([]))
    assert math.isnan(upper_bound_at_zero(0))
    assert math.isnan(kappa([], []))
    assert math.isnan(clustered_se([1, 0], ["a", "a"]))
    assert all(math.isnan(x) for x in clustered_interval([1, 0], ["a", "a"]))
    assert math.isnan(pass_at_k(2, 1, 3))
    assert math.isnan(pass_hat_k(2, 1, 0))


def test_nonsense_is_refused() -> None:
    """Impossible counts are errors, not results."""
    with pytest.raises(ValueError, match="no proportion"):
        wilson(3, 2)
    with pytest.raises(ValueError, match="cluster"):
        clustered_se([1], [])
    with pytest.raises(ValueError, match="both raters"):
        kappa([1], [])
    with pytest.raises(ValueError, match="positive"):
        cases_needed(0)


def test_clustered_errors_have_their_golden_value() -> None:
    """101110110111 in clusters of three."""
    values = _bits("101110110111")
    assert clustered_se(values, [i // 3 for i in range(12)]) == pytest.approx(0.08333, abs=5e-6)


def test_a_clustered_interval_is_wider_than_no_doubt() -> None:
    """The interval is centred on the mean and uses t with few clusters."""
    values = _bits("101110110111")
    low, high = clustered_interval(values, [i // 3 for i in range(12)])
    assert (low + high) / 2 == pytest.approx(mean(values))
    assert high - low == pytest.approx(2 * stats.t.ppf(0.975, 3) * 0.0833333, abs=1e-5)


def test_pass_hat_k_has_its_golden_values() -> None:
    """Three right of five: all of two, and all of three."""
    assert pass_hat_k(5, 3, 2) == pytest.approx(0.3)
    assert pass_hat_k(5, 3, 3) == pytest.approx(0.1)


def test_pass_at_k_is_one_minus_all_wrong() -> None:
    """Three right of five: one of two is right unless both are wrong."""
    assert pass_at_k(5, 3, 2) == pytest.approx(0.9)


def test_mcnemar_has_its_golden_value() -> None:
    """Three lost, ten won."""
    assert mcnemar_exact(3, 10) == pytest.approx(0.09229, abs=5e-6)
    assert mcnemar_exact(0, 0) == 1.0


def test_kappa_has_its_golden_value() -> None:
    """Two raters on ten cases."""
    assert kappa(_bits("1100101110"), _bits("1101101010")) == pytest.approx(0.58333, abs=5e-6)


def test_kappa_is_undefined_where_chance_is_certain() -> None:
    """Two raters who only ever say yes agree, and it proves nothing."""
    assert math.isnan(kappa([1, 1], [1, 1]))


def test_holm_adjusts_in_order_and_never_decreases() -> None:
    """The smallest p is multiplied most; an unknown one stays unknown."""
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": math.nan})
    assert adjusted["a"] == pytest.approx(0.03)
    assert adjusted["c"] == pytest.approx(0.06)
    assert adjusted["b"] == pytest.approx(0.06)
    assert math.isnan(adjusted["d"])


def test_a_paired_difference_is_scipys_where_each_case_is_its_own_cluster() -> None:
    """With clusters of one it is the paired t test."""
    a = dict(enumerate([0.1, 0.5, 0.4, 0.9, 0.3]))
    b = dict(enumerate([0.2, 0.7, 0.4, 0.8, 0.6]))
    found = paired_difference(a, b, {k: k for k in a})
    theirs = stats.ttest_rel(list(b.values()), list(a.values()))
    assert found.mean == pytest.approx(0.1)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-9)


def test_a_difference_without_spread_is_told_apart() -> None:
    """Equal runs differ by zero for certain; a constant gap has no error to judge by."""
    same = paired_difference({1: 1.0, 2: 0.0}, {1: 1.0, 2: 0.0}, {1: 1, 2: 2})
    assert (same.mean, same.low, same.high, same.p) == (0, 0, 0, 1)
    moved = paired_difference({1: 1.0, 2: 1.0}, {1: 0.0, 2: 0.0}, {1: 1, 2: 2})
    assert moved.mean == -1
    assert math.isnan(moved.p)


def test_more_cases_are_needed_for_a_smaller_difference() -> None:
    """The power table falls with the difference."""
    assert cases_needed(0.05) > cases_needed(0.1) > cases_needed(0.2)
