"""How long `followup-agent --help` takes against `python -c pass`: medians of ten, in turns.

python benchmarks/startup.py [--runs 10]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import machine


def run(command: list[str]) -> tuple[float, float]:
    """Seconds by the wall clock and of processor time."""
    before, wall = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return time.perf_counter() - wall, cpu


def main() -> None:
    """Measure in turns, so that the load of the machine falls on both alike."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=10)
    runs = options.parse_args().runs
    script = shutil.which("followup-agent", path=str(Path(sys.executable).parent))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "followup-agent --help": [script, "--help"],
    }
    times = {name: [] for name in commands}
    for command in commands.values():
        run(command)
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(run(command))
    figures = {
        name: {
            "wall_ms": round(1000 * statistics.median(wall for wall, _ in found), 1),
            "cpu_ms": round(1000 * statistics.median(cpu for _, cpu in found), 1),
        }
        for name, found in times.items()
    }
    base, ours = figures.values()
    ratio = {key: round(ours[key] / base[key], 2) if base[key] else None for key in base}
    print(json.dumps({**figures, "ratio": ratio, "machine": machine()}, indent=1))


if __name__ == "__main__":
    main()
