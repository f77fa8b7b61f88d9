"""Jottings made into clauses teach the specialist to mend grammar and nothing else."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from followup_agent.asking.retelling import strays  # noqa: E402
from training.specialist import check  # noqa: E402
from training.specialist.corpus import CorpusError  # noqa: E402
from training.specialist.jottings import (  # noqa: E402
    Jotting,
    jotting_pairs,
    load_jottings,
)

LINE = '{"as": "claim", "to": "Omar", "jotting": "forklift ticket", "text": "I hold a forklift ticket"}'


@pytest.fixture(scope="module")
def jottings() -> tuple[Jotting, ...]:
    """All of training/data/jottings/."""
    return load_jottings()


def test_there_are_many_and_each_stands_once(jottings: tuple[Jotting, ...]) -> None:
    """Of topics and of claims, hundreds each; none of the evals'."""
    counted = Counter(jotting.about for jotting in jottings)
    assert min(counted["topic"], counted["claim"]) >= 700
    assert list(check.jotting_faults(jottings)) == []


def test_hardly_any_strays_from_its_jotting(jottings: tuple[Jotting, ...]) -> None:
    """What drafting would refuse, the specialist is not taught: 96 of 100 keep every word."""
    astray = [
        jotting
        for jotting in jottings
        if any(
            strays(f"{jotting.text}.", jotting.jotting, jotting.to, mine=jotting.about == "claim")
        )
    ]
    assert len(astray) < 0.04 * len(jottings)


def test_a_clause_has_no_end_of_its_own(jottings: tuple[Jotting, ...]) -> None:
    """The sentence around it has; and no jotting is counted twice."""
    one = jottings[0]
    ended = one.model_copy(update={"text": f"{one.text}."})
    assert [fault for _, fault in check.jotting_faults([ended, one])] == [
        f"its clause ends as a sentence: “{one.text}.”",
        "stands twice",
    ]


def test_pairs_are_what_drafting_asks(jottings: tuple[Jotting, ...]) -> None:
    """The prompt tells the jotting, and the answer goes on from the opening; the seed decides."""
    few = jottings[:40]
    pairs = list(jotting_pairs(few, ["Glazier"], seed=3))
    assert pairs == list(jotting_pairs(few, ["Glazier"], seed=3))
    assert pairs != list(jotting_pairs(few, ["Glazier"], seed=4))
    for pair, jotting in zip(pairs[::2], few, strict=True):
        assert jotting.jotting in pair.turns[-1].content
        assert pair.answer == f"{jotting.text}."
        assert bool(pair.opening) == (jotting.about == "topic")


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    """By its file, its line and what is wrong."""
    (tmp_path / "a.jsonl").write_text(f"{LINE}\n{LINE.replace('claim', 'need')}\n")
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: as: "):
        load_jottings(tmp_path)
