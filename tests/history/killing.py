"""Run `followup-agent sent` again and again and kill it with SIGKILL at random moments.

A process of its own: it forks, which a test process with threads should not. Prints JSON:
the days that were acknowledged, and how many runs were killed before they ended.
"""

import datetime as dt
import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from followup_agent.cli.sent import command
from followup_agent.notes import load_notes

TIMES, FIRST = 100, dt.date(2020, 1, 2)


def run(notes: str, day: dt.date) -> None:
    """The command as a user runs it; its line on standard output is the acknowledgement."""
    command.main(
        [notes, "--kind", "reminder", "--to", "Priya", "--on", day.isoformat(), "--write-log"],
        standalone_mode=False,
    )
    sys.stdout.flush()


def attempt(notes: str, day: dt.date, patience: float | None) -> tuple[bool, bool, float]:
    """Whether it was acknowledged, whether it was killed, and how long it took."""
    ours, theirs = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(theirs, 1)
        run(notes, day)
        os._exit(0)
    os.close(theirs)
    if patience is not None:
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = os.read(ours, 4096) if select.select([ours], [], [], 0)[0] else b""
    os.close(ours)
    return day.isoformat().encode() in told, os.WIFSIGNALED(status), time.monotonic() - begun


def main(notes: str) -> None:
    """Kill a hundred runs, looking at the notes after each."""
    dice = random.Random(5)
    original = Path(notes).read_bytes()
    _, _, usual = attempt(notes, FIRST, None)  # loads what is loaded once
    _, _, usual = attempt(notes, FIRST + dt.timedelta(days=1), None)
    acknowledged, killed = [], 0
    for number in range(2, TIMES + 2):
        day = FIRST + dt.timedelta(days=number)
        told, dead, _ = attempt(notes, day, dice.uniform(0, 1.2 * usual))
        killed += dead
        if told:
            acknowledged.append(day.isoformat())
        raw = Path(notes).read_bytes()
        load_notes(raw)
        if not raw.startswith(original) or not raw.endswith(b"\n"):
            raise SystemExit(f"half-written after {day}")
    print(json.dumps({"acknowledged": acknowledged, "killed": killed}))


if __name__ == "__main__":
    main(sys.argv[1])
