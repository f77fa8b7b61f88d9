"""Planted regressions are found, equal runs pass, and unlike runs are not compared."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import writers

from followup_agent.errors import SettingsError
from followup_agent.evals.compare import changed, compare, pairs, same_measure
from followup_agent.evals.gate import Verdict, gate
from followup_agent.evals.matrix import Item
from followup_agent.evals.metrics import COMPARED
from followup_agent.evals.summary import Scores, load_scores

#: Cases at which a fault of most drafts must be found; docs/evals.md says so.
PLANTED_N = 12


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory):
    """Scores of the good writer and of three with one fault, drafted and graded for real."""
    from places import DEV, SETTINGS

    from followup_agent.evals.suite import Wanted, Way, begin

    def run(name: str, spoil: writers.Spoil | None) -> Scores:
        folder = tmp_path_factory.mktemp(name)
        wanted = Wanted(models=("writer",), cases=str(DEV), kinds=("thank-you",), limit=PLANTED_N)
        way = Way(given={"writer": writers.writer(spoil)})
        session = begin(folder, wanted, way, SETTINGS)
        session.execute()
        session.finish()
        session.close()
        return load_scores(folder)

    faults = {
        "good": None,
        "dropped": writers.drop_gratitude,
        "invented": writers.invent,
        "toneless": writers.ignore_tone,
    }
    return {name: run(name, spoil) for name, spoil in faults.items()}


@pytest.mark.parametrize(
    ("fault", "metric"),
    [("dropped", "valid_first"), ("invented", "grounded_first"), ("toneless", "valid_first")],
)
def test_a_planted_regression_is_found(measured, fault: str, metric: str) -> None:
    """A prompt that drops a part, invites invention or ignores tone does not pass."""
    found = gate(measured[fault], measured["good"])
    assert found.verdict is Verdict.REGRESSION
    assert {m.name: v for m, v in found.metrics}[metric] is Verdict.REGRESSION


def test_the_same_run_passes(measured) -> None:
    """No difference at all is a pass."""
    assert gate(measured["good"], measured["good"]).verdict is Verdict.PASS


def test_what_was_won_and_lost_is_named(measured) -> None:
    """Against a worse run every changed case is won, and none lost."""
    a, b = measured["dropped"], measured["good"]
    moved = changed(compare(a, b, pairs(a, b)))
    assert moved
    assert all("valid_first" in won and not lost for won, lost in moved.values())


def _scores(base: Scores, seed: int, rates: dict[str, float], n: int = 60) -> Scores:
    """A made-up run: each case has its own difficulty, which both runs share."""
    rng, rows = random.Random(seed), {}
    for case in range(n):
        hard = random.Random(case).gauss(0, 0.1)
        for to in ("A", "B"):
            item = Item(f"c{case}", "thank-you", to, "m", "default", 0)
            rows[item] = {m: rng.random() < rates.get(m, 0.9) + hard for m in COMPARED}
    return replace(base, rows=rows, planned=len(rows))


def test_no_regression_between_two_runs_of_the_same_thing(measured) -> None:
    """Equal rates, other luck: at most one of twenty seeds is called a regression."""
    base = measured["good"]
    verdicts = [
        gate(_scores(base, 2 * seed, {}), _scores(base, 2 * seed + 1, {})).verdict
        for seed in range(20)
    ]
    assert verdicts.count(Verdict.REGRESSION) <= 1


def test_a_large_drop_is_found_at_sixty_cases(measured) -> None:
    """A drop by a quarter is a regression in nearly every seed."""
    base = measured["good"]
    verdicts = [
        gate(_scores(base, 500 + seed, {"valid_first": 0.65}), _scores(base, seed, {})).verdict
        for seed in range(20)
    ]
    assert verdicts.count(Verdict.REGRESSION) >= 18


def test_too_few_cases_are_not_called_anything(measured) -> None:
    """A small drop over ten cases is neither a pass nor a regression."""
    base = measured["good"]
    few = _scores(base, 1, {"valid": 0.7}, n=5), _scores(base, 2, {}, n=5)
    assert gate(*few).verdict is Verdict.INCONCLUSIVE


def test_half_a_run_is_inconclusive(measured) -> None:
    """What was not scored might have failed."""
    good = measured["good"]
    some = dict(list(good.rows.items())[:-1])
    found = gate(replace(good, rows=some), good)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert "planned items are scored" in found.reasons[0]


def test_a_margin_forgives_what_does_not_matter(measured) -> None:
    """With the whole range as margin everything passes."""
    assert gate(measured["dropped"], measured["good"], margin=1.0).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("field", "value"), [("cases_sha256", "x"), ("graders_sha256", "x"), ("repeats", 9)]
)
def test_runs_that_measured_other_things_are_not_compared(measured, field, value) -> None:
    """Other cases, graders or repeats are refused and named."""
    good = measured["good"]
    other = replace(good, manifest=good.manifest.model_copy(update={field: value}))
    with pytest.raises(SettingsError, match="differ"):
        same_measure(good, other)


def test_another_models_run_is_paired_case_by_case(measured) -> None:
    """The only model of each run is compared, whatever it is called."""
    good = measured["good"]
    other = replace(good, rows={i._replace(model="n"): row for i, row in good.rows.items()})
    assert len(pairs(good, other)) == len(good.rows)


def test_several_models_need_one_in_common(measured) -> None:
    """Which of two is meant is not guessed."""
    good = measured["good"]
    rows = {i._replace(model=m): row for i, row in good.rows.items() for m in ("n", "o")}
    with pytest.raises(SettingsError, match="none in common"):
        pairs(good, replace(good, rows=rows))
