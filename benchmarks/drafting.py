"""Drafts a second with the scripted model, and how long a re-ask's prompt is.

    python benchmarks/drafting.py [--drafts 500] [--rounds 5]

Prints JSON. ``drafts_per_second`` is by the wall clock, ``cpu_ms_per_draft`` by the process's
own time, which other work on the machine changes less. Nothing is proofread and nothing is
asked again. The best of the rounds is given, for noise only adds.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from machine import machine  # noqa: E402

from followup_agent import ScriptedModel, draft  # noqa: E402
from followup_agent.kinds import Kind  # noqa: E402
from good_messages import DAYS, GOOD, NOTES, NOTES_FILE, parts  # noqa: E402


def timed(run: Callable[[], object], drafts: int, rounds: int) -> dict[str, float]:
    """The best of several rounds."""
    for _ in range(20):
        run()
    walls, cpus = [], []
    for _ in range(rounds):
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(drafts):
            run()
        walls.append((time.perf_counter() - wall) / drafts)
        cpus.append((time.process_time() - cpu) / drafts)
    return {
        "drafts_per_second": round(1 / min(walls), 1),
        "cpu_ms_per_draft": round(1000 * min(cpus), 3),
    }


def one(kind: Kind, notes: object) -> Callable[[], object]:
    """One draft to Priya, valid at the first ask."""
    model = ScriptedModel([json.dumps(GOOD[kind])], cycle=True)

    def run() -> object:
        model.requests.clear()
        return draft(notes, kind, "Priya", model, today=DAYS[kind], proofread=False)

    return run


def reask_ratios() -> dict[str, float]:
    """For each part of a thank-you: the length of its re-ask's prompt over the first one's."""
    ratios = {}
    for part in GOOD[Kind.THANK_YOU]:
        if part == "fit":  # optional: nobody asks again for it
            continue
        model = ScriptedModel([parts(**{part: None}), parts()])
        draft(NOTES, "thank-you", "Priya", model, today=DAYS[Kind.THANK_YOU], proofread=False)
        first, again = (sum(len(t.content) for t in r.turns) for r in model.requests)
        ratios[part] = round(again / first, 3)
    return ratios


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--drafts", type=int, default=500)
    options.add_argument("--rounds", type=int, default=5)
    how = options.parse_args()
    figures = {
        "notes_loaded_once": {k: timed(one(k, NOTES), how.drafts, how.rounds) for k in Kind},
        "notes_from_a_path": timed(one(Kind.THANK_YOU, NOTES_FILE), how.drafts, how.rounds),
        "reask_prompt_to_first": reask_ratios(),
        "machine": machine(),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
