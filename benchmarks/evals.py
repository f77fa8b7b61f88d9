"""What the eval suite itself costs, and whether it calls equal runs equal.

    python benchmarks/evals.py [--items 1000] [--seeds 20]

Prints: the runner's own milliseconds an item (all but drafting), the seconds of so many
replayed items, the growth of memory from a quarter of them to all, and how many of the seeds
of two equal runs with other luck were called a regression.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/evals"))

import writers  # noqa: E402

from followup_agent.evals import trial  # noqa: E402
from followup_agent.evals.gate import Verdict, gate  # noqa: E402
from followup_agent.evals.suite import Session, Wanted, Way, begin  # noqa: E402
from followup_agent.evals.summary import load_scores  # noqa: E402
from followup_agent.settings import Settings  # noqa: E402

CASES = str(ROOT / "evals/interviews/dev")
ITEMS_A_REPEAT = 132  # of the development set, all kinds


def session(folder: Path, model: writers.ScriptedModel | None, repeats: int, **more) -> Session:
    """A run over the development set, recorded from a scripted writer or replayed."""
    way = Way(given={"writer": model}) if model else Way(replay=True)
    wanted = Wanted(models=("writer",), cases=CASES, repeats=repeats, **more)
    return begin(folder, wanted, way, Settings())


class Stopwatch:
    """CPU seconds of some functions; a busy machine does not change them much."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timing(self, function):
        """The same function, timed."""

        def timed(*args):
            started = time.process_time()
            try:
                return function(*args)
            finally:
                self.seconds += time.process_time() - started

        return timed


def replay(folder: Path, items: int) -> None:
    """Replay so many items, twice: as it is, and with drafting's own time taken off."""
    probe = session(folder / "probe", writers.writer(), 1)
    repeats = -(-items // len(probe.run.planned))
    probe.close()
    recorded = session(folder / "run", writers.writer(), repeats)
    recorded.run.execute(1)
    recorded.close()
    drafting = Stopwatch()
    # Reading the notes is drafting's, too: the job gets them read.
    whole = trial._draft, trial._notes
    trial._draft, trial._notes = map(drafting.timing, whole)
    again = session(folder / "run", None, repeats)
    started, cpu = time.perf_counter(), time.process_time()
    again.run.execute(1)
    cpu, seconds = time.process_time() - cpu, time.perf_counter() - started
    done = len(again.run.results)
    trial._draft, trial._notes = whole
    started = time.perf_counter()
    again.finish()
    print(f"replay: {done} items in {seconds:.1f} s, {1000 * seconds / done:.1f} ms an item")
    print(f"the runner's own: {1000 * (cpu - drafting.seconds) / done:.2f} ms of CPU an item")
    print(f"figures and report: {time.perf_counter() - started:.1f} s")
    again.close()


def memory(folder: Path, items: int) -> None:
    """Bytes held an item while a run goes on."""
    repeats = -(-items // ITEMS_A_REPEAT)
    recorded = session(folder / "memory", writers.writer(), repeats)
    recorded.run.execute(1)
    recorded.close()
    run = session(folder / "memory", None, repeats)  # a scripted model would keep every request
    held: list[int] = []

    def watch(_result) -> None:
        held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    run.run.execute(1, watch)
    tracemalloc.stop()
    quarter = len(held) // 4
    growth = (held[-1] - held[quarter]) / (len(held) - quarter)
    print(f"memory: {growth:.0f} bytes an item over {len(held)} items")
    run.close()


def equal_runs(folder: Path, seeds: int) -> None:
    """Two runs of the same thing, other luck each time."""
    verdicts = []
    for seed in range(seeds):
        pair = []
        for luck in (2 * seed, 2 * seed + 1):
            place = folder / f"luck-{luck}"
            model = writers.writer(writers.sometimes(0.25, luck))
            run = session(place, model, 1, kinds=("thank-you",))
            run.run.execute(1)
            run.finish()
            run.close()
            pair.append(load_scores(place))
            shutil.rmtree(place)
        verdicts.append(gate(*pair).verdict)
    wrong = verdicts.count(Verdict.REGRESSION)
    told = ", ".join(f"{v.name.lower()} {verdicts.count(v)}" for v in Verdict)
    print(f"equal runs: {wrong} of {seeds} called a regression ({told})")


def main() -> None:
    """Run all three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        replay(folder, given.items)
        memory(folder, given.items)
        equal_runs(folder, given.seeds)


if __name__ == "__main__":
    main()
