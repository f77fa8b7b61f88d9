"""How often the guide's rules are right about labelled messages.

`python -m evals validator [--half dev|report] [--floor FILE]` judges every message of
evals/messages/<half>/labels.jsonl and prints, per required rule, precision, recall and
the false alarms on good messages with Wilson 95 % intervals, then each confusion.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from followup_agent.guide.case import Case
from followup_agent.guide.judge import judge
from followup_agent.guide.kind import detect_kind
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import rules
from followup_agent.kinds import Kind
from followup_agent.names import match_person
from followup_agent.notes import InterviewNotes, load_notes

MESSAGES = Path(__file__).parent / "messages"
Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Outcome:
    """One labelled message and what the guide said of it."""

    id: str
    file: str
    kind: Kind
    expected: frozenset[str]
    got: frozenset[str]
    kind_found: Kind
    kind_found_without_notes: Kind
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """How one rule did. NaN where nothing was there to be measured."""

    rule: str
    hits: int
    misses: int
    alarms: int
    alarms_on_good: int
    good: int

    @property
    def precision(self) -> float:
        """Share of its findings that are right."""
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        """Share of the breaches that it found."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def alarm_rate(self) -> float:
        """Share of the good messages of its kinds that it refuses."""
        return _share(self.alarms_on_good, self.good)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927); NaN for no observations."""
    if n == 0:
        return math.nan, math.nan
    p, z2 = hits / n, Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def outcomes(half: Path) -> Iterator[Outcome]:
    """Judge each labelled message of a folder."""
    with (half / "labels.jsonl").open(encoding="utf-8") as labels:
        for line in labels:
            yield _judged(half, json.loads(line))


def _judged(half: Path, label: dict[str, Any]) -> Outcome:
    notes = _notes(half / label["notes"])
    reading = Reading.of((half / label["file"]).read_text(encoding="utf-8"))
    sibling = label.get("sibling")
    case = Case(
        reading=reading,
        kind=Kind(label["kind"]),
        notes=notes,
        to=match_person(label["to"], notes.interviewers, label["notes"]) if label["to"] else None,
        today=dt.date.fromisoformat(label["today"]) if label.get("today") else None,
        siblings=((half / sibling).read_text(encoding="utf-8"),) if sibling else (),
    )
    required = judge(case).required
    return Outcome(
        id=label["id"],
        file=label["file"],
        kind=case.kind,
        expected=frozenset(label["broken"]),
        got=frozenset(v.rule for v in required),
        kind_found=detect_kind(reading, notes, case.today),
        kind_found_without_notes=detect_kind(reading),
        told={v.rule: v.message for v in required},
    )


@cache
def _notes(path: Path) -> InterviewNotes:
    return load_notes(path)


def scores(judged: Sequence[Outcome]) -> list[Score]:
    """Each required rule's score."""
    return [
        _score(rule.id, [o for o in judged if o.kind in rule.kinds])
        for rule in rules()
        if rule.severity == "required"
    ]


def _score(rule: str, judged: Iterable[Outcome]) -> Score:
    judged = list(judged)
    said = [o for o in judged if rule in o.got]
    good = [o for o in judged if not o.expected]
    return Score(
        rule=rule,
        hits=sum(rule in o.expected for o in said),
        misses=sum(rule in o.expected and rule not in o.got for o in judged),
        alarms=sum(rule not in o.expected for o in said),
        alarms_on_good=sum(not o.expected for o in said),
        good=len(good),
    )


def main(arguments: Sequence[str]) -> int:
    """Print the report. Returns 1 when a floor is given and not reached."""
    parser = argparse.ArgumentParser(prog="python -m evals validator", description=__doc__)
    parser.add_argument("--half", default="dev", choices=("dev", "report"))
    parser.add_argument("--floor", type=Path, help="exit 1 when below the figures of this file")
    options = parser.parse_args(arguments)
    judged = list(outcomes(MESSAGES / options.half))
    table = scores(judged)
    _print_table(table)
    _print_summary(judged)
    _print_confusions(judged)
    return _below(json.loads(options.floor.read_text()), judged, table) if options.floor else 0


def _print_table(table: Sequence[Score]) -> None:
    print(f"{'rule':<16}{'n':>4}  {'precision':<22}{'recall':<22}false alarms on good messages")
    for s in table:
        n = s.hits + s.misses
        print(
            f"{s.rule:<16}{n:>4}  {_told(s.precision, s.hits, s.hits + s.alarms):<22}"
            f"{_told(s.recall, s.hits, n):<22}{_told(s.alarm_rate, s.alarms_on_good, s.good)}"
        )


def _told(share: float, hits: int, n: int) -> str:
    if math.isnan(share):
        return "–"
    low, high = wilson(hits, n)
    return f"{share:.2f} [{low:.2f}, {high:.2f}]"


def _print_summary(judged: Sequence[Outcome]) -> None:
    good = [o for o in judged if not o.expected]
    bad = [o for o in judged if o.expected]
    clean = sum(not o.got for o in good)
    caught = sum(o.expected <= o.got for o in bad)
    exact = sum(o.expected == o.got for o in bad)
    told = _told(_share(clean, len(good)), clean, len(good))
    print(f"\ngood messages without a required violation: {told}")
    told = _told(_share(caught, len(bad)), caught, len(bad))
    print(f"bad messages caught: {told}, and nothing else said: {exact} of {len(bad)}")
    for what, name in (("with", "kind_found"), ("without", "kind_found_without_notes")):
        right = sum(getattr(o, name) is o.kind for o in judged)
        print(f"kind found {what} notes: {_told(_share(right, len(judged)), right, len(judged))}")


def _print_confusions(judged: Sequence[Outcome]) -> None:
    print("\nconfusions (file: expected → got)")
    for o in judged:
        if o.expected != o.got:
            print(f"{o.file}: {_list(o.expected)} → {_list(o.got)}")
            for rule in sorted(o.got - o.expected):
                print(f"    {rule}: {o.told[rule]}")
    for o in judged:
        if {o.kind_found, o.kind_found_without_notes} != {o.kind}:
            found = f"{o.kind_found}; without notes {o.kind_found_without_notes}"
            print(f"{o.file}: kind {o.kind} → {found}")


def _list(rules: frozenset[str]) -> str:
    return ", ".join(sorted(rules)) or "–"


def _below(floor: dict[str, Any], judged: Sequence[Outcome], table: Sequence[Score]) -> int:
    """Name what is below the floor: recall, false_alarms and clean; ``rules`` overrides them."""
    faults = []
    for score in table:
        own = {**floor, **floor.get("rules", {}).get(score.rule, {})}
        if score.recall < own["recall"]:
            faults.append(f"{score.rule}: recall {score.recall:.2f} < {own['recall']}")
        if score.alarm_rate > own["false_alarms"]:
            faults.append(
                f"{score.rule}: false alarms {score.alarm_rate:.2f} > {own['false_alarms']}"
            )
    good = [o for o in judged if not o.expected]
    clean = _share(sum(not o.got for o in good), len(good))
    if clean < floor["clean"]:
        faults.append(f"good messages without violation {clean:.2f} < {floor['clean']}")
    for fault in faults:
        print(f"below the floor: {fault}", file=sys.stderr)
    return 1 if faults else 0
