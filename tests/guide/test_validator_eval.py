"""The evaluation of the validator: its arithmetic, and the development half's floor."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from evals import validator  # noqa: E402
from evals.validator import MESSAGES, Outcome, Score, wilson  # noqa: E402
from followup_agent.kinds import Kind  # noqa: E402


def _outcome(expected: set[str], got: set[str]) -> Outcome:
    kind = Kind.THANK_YOU
    return Outcome(
        "x",
        "x.txt",
        kind,
        frozenset(expected),
        frozenset(got),
        kind,
        kind,
        {"ask": "…", "gratitude": "…"},
    )


def test_wilson_interval_of_known_shares():
    """The interval agrees with published values and is NaN without observations."""
    low, high = wilson(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)
    assert wilson(0, 10)[0] == 0
    assert all(math.isnan(bound) for bound in wilson(0, 0))


def test_score_counts_hits_misses_and_alarms():
    """Precision, recall and false alarms on good messages are shares of the right wholes."""
    judged = [
        _outcome({"gratitude"}, {"gratitude"}), _outcome({"gratitude"}, set()), _outcome(set(), {"gratitude"}),
        _outcome(set(), set()), _outcome({"tone"}, {"tone", "gratitude"}),
    ]  # fmt: skip
    score = next(s for s in validator.scores(judged) if s.rule == "gratitude")
    assert score == Score("gratitude", hits=1, misses=1, alarms=2, alarms_on_good=1, good=2)
    assert (score.precision, score.recall, score.alarm_rate) == (1 / 3, 0.5, 0.5)
    ask = next(s for s in validator.scores(judged) if s.rule == "ask")
    assert math.isnan(ask.recall)


@pytest.mark.skipif(
    not (MESSAGES / "dev/labels.jsonl").exists(), reason="no labelled messages here"
)
def test_development_half_keeps_its_floor(capsys):
    """The rules do on the development half at least as well as the committed floor says."""
    assert validator.main(["--floor", str(MESSAGES / "floor.json")]) == 0, capsys.readouterr().err
    assert "false alarms on good messages" in capsys.readouterr().out


def test_figures_below_the_floor_fail(tmp_path, monkeypatch, capsys):
    """A rule below the floor is named, and the exit code is 1."""
    monkeypatch.setattr(
        validator,
        "outcomes",
        lambda half: [_outcome({"gratitude"}, {"ask"}), _outcome(set(), {"gratitude"})],
    )
    floor = tmp_path / "floor.json"
    floor.write_text(json.dumps({"recall": 0.9, "false_alarms": 0.1, "clean": 0.5}))
    assert validator.main(["--floor", str(floor)]) == 1
    told = capsys.readouterr().err
    assert "gratitude: recall 0.00 < 0.9" in told
    assert "gratitude: false alarms" in told
    assert "without violation" in told
