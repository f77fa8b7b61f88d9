"""Figures say how sure they are, and never flatter."""

from __future__ import annotations

import json
import math

import pytest
import writers

from followup_agent.errors import OutputError
from followup_agent.evals.figures import Group, Rate, Spread, grouped
from followup_agent.evals.matrix import Item
from followup_agent.evals.results import Result
from followup_agent.evals.statistics import clustered_interval, wilson
from followup_agent.evals.suite import agreement
from followup_agent.evals.summary import load_scores
from followup_agent.prices import load_prices


def test_independent_cases_get_wilsons_interval() -> None:
    """One item a notes file: the golden 17 of 20."""
    found = Rate.of([True] * 17 + [False] * 3, [str(n) for n in range(20)], 25)
    assert (found.low, found.high) == wilson(17, 20)
    assert (found.n, found.planned, found.method) == (20, 25, "wilson")


def test_items_of_one_notes_file_are_a_cluster() -> None:
    """Repeats of one file do not make an interval narrower by themselves."""
    values, clusters = [True, True, False, True, False, False], list("aabbcc")
    found = Rate.of(values, clusters, 6)
    low, high = clustered_interval(values, clusters)
    assert (found.low, found.high) == (max(0, low), min(1, high))
    assert found.method == "clustered"


def test_a_perfect_clustered_rate_is_not_certain() -> None:
    """Without spread the files are counted, and no failure is below 3/n of them."""
    found = Rate.of([True] * 40, [str(n // 4) for n in range(40)], 40)
    assert (found.low, found.high) == pytest.approx((0.7225, 1), abs=1e-4)
    assert found.bound == pytest.approx(0.3)


def test_quantiles_are_of_what_happened() -> None:
    """The nearest rank is a value that was seen; of nothing, NaN."""
    assert Spread.of([5.0, 1.0, 3.0]) == Spread(3.0, 5.0)
    assert math.isnan(Spread.of([]).p50)


def _result(case: str, repeat: int, outcome: str) -> Result:
    return Result(Item(case, "thank-you", "A", "m", "default", repeat), outcome)


def test_repeats_give_pass_at_k_and_pass_hat_k() -> None:
    """One of two right: any of two is certain, all of two is not to be had."""
    group = Group("m", "default", "all", planned=2)
    group.add(_result("a", 0, "valid"))
    group.add(_result("a", 1, "rejected"))
    found = group.figures()
    assert found["pass_at_k"] == {"1": 0.5, "2": 1.0}
    assert found["pass_hat_k"] == {"1": 0.5, "2": 0.0}


def test_what_was_planned_is_counted_though_it_was_not_scored() -> None:
    """Half a run shows as half a run."""
    results = [_result("a", n, "valid") for n in range(2)]
    items = [Item("a", "thank-you", "A", "m", "default", n) for n in range(4)]
    every, kind = grouped(items, results)
    assert (every.kind, kind.kind) == ("all", "thank-you")
    assert (every.scored, every.planned) == (2, 4)


def test_a_run_writes_figures_that_a_later_one_can_read(start, tmp_path) -> None:
    """summary.json is valid JSON without NaN, and carries each item's grades."""
    session = start(writers.writer(writers.sometimes(0.5, 3)), repeats=2)
    session.execute()
    prices = tmp_path / "prices.yaml"
    prices.write_text("writer: {prompt: 1.0, completion: 2.0}\n", "utf-8")
    data = session.finish(load_prices(prices))
    text = (session.folder / "summary.json").read_text("utf-8")
    assert json.loads(text)["scored"] == len(session.run.planned)
    assert "NaN" not in text
    group = data["groups"][0]
    spent = group["spent"]
    assert group["price"]["total"] == pytest.approx(
        (spent["prompt"] + 2 * spent["completion"]) / 1e6
    )
    assert group["repeat_spread"] >= 0
    scores = load_scores(session.folder)
    assert set(scores.rows) == set(session.run.planned)
    assert any(row["valid_first"] is False for row in scores.rows.values())


def test_a_file_that_is_no_summary_is_refused(tmp_path) -> None:
    """A baseline must be what it is called."""
    path = tmp_path / "summary.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(OutputError, match="no summary"):
        load_scores(path)


def test_the_judge_is_uncalibrated_until_people_said_something(start, tmp_path) -> None:
    """No labels, no agreement; with labels κ, sensitivity and specificity."""
    judge = writers.judge_model(4)
    session = start(
        writers.writer(), limit=2, judge="judge", rubric=writers.RUBRIC, more={"judge": judge}
    )
    session.execute()
    assert agreement(session.run.results, None) is None
    item = session.run.planned[0]
    labels = tmp_path / "labels.jsonl"
    label = {**item._asdict(), "criterion": "warmth", "passed": True}
    labels.write_text(json.dumps(label) + "\n", "utf-8")
    assert agreement(session.run.results, labels)["sensitivity"] == 1.0
    assert session.run.results.get(item).grades["judge/warmth"].score == 4
