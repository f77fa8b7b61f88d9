"""Seconds of 1,000 checks of a 120-word message with notes and proofreading, and of one command.

    python benchmarks/check.py [--checks 1000]

Each check is of a message of its own (a word differs), so that no cache answers for another.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from machine import machine  # noqa: E402

from followup_agent import check  # noqa: E402
from followup_agent.guide.message import Composition, Part  # noqa: E402
from followup_agent.kinds import Kind  # noqa: E402
from good_messages import GOOD, NOTES, NOTES_FILE, TODAY  # noqa: E402

_TIMES = ("good", "long", "fine", "calm", "kind", "fair", "open", "warm", "clear", "frank")


def message(number: int) -> str:
    """A thank-you of some 120 words."""
    words = [_TIMES[int(digit)] for digit in f"{number:03}"]
    parts = {Part(k): v for k, v in GOOD[Kind.THANK_YOU].items()}
    parts[Part.FIT] += (
        f" The conversation was {words[0]} and {words[1]}, and your answers to my questions were {words[2]}. "
        "I left with a much better idea of what the next year looks like for your team."
    )
    return Composition(Kind.THANK_YOU, parts).text


def startup(runs: int = 10) -> float:
    """Median seconds of the whole command."""
    script = shutil.which("followup-agent", path=str(Path(sys.executable).parent))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "message.txt"
        file.write_text(message(0), "utf-8")
        command = [
            script,
            "check",
            str(file),
            "--notes",
            str(NOTES_FILE),
            "--today",
            TODAY.isoformat(),
        ]
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checks", type=int, default=1000)
    checks = options.parse_args().checks
    texts = [message(n) for n in range(checks)]
    check(texts[0], NOTES, "thank-you", "Priya", today=TODAY)
    wall, cpu = time.perf_counter(), time.process_time()
    valid = sum(check(text, NOTES, "thank-you", "Priya", today=TODAY).valid for text in texts)
    figures = {
        "checks": checks,
        "words": len(texts[0].split()),
        "valid": valid,
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
        "command_s": round(startup(), 2),
        "machine": machine(),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
