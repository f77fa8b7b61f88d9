"""How long `followup-agent due DIR` takes over many notes files, and one file takes to read.

python benchmarks/due.py [--files 2000] [--runs 3]

The files are examples/notes.md with other names, days and Logs. Medians.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import machine
from startup import run

from followup_agent import load_notes

EXAMPLE = Path(__file__).parents[1] / "examples" / "notes.md"
TODAY = dt.date(2026, 5, 20)
READINGS = 500


def varied(text: str, number: int) -> str:
    """The example for another candidate and day, some with messages and answers in the Log."""
    held = TODAY - dt.timedelta(days=number % 30)
    sent = f"- {held} sent thank-you to Priya Nair\n" if number % 3 else ""
    reply = f"- {held} reply from Tom Becker\n" if number % 7 == 1 else ""
    return (
        text.replace("Daniel Okafor", f"Daniel Okafor {number}")
        .replace("2026-05-12T14:00", f"{held}T14:00")
        .replace("2026-05-26", f"{held + dt.timedelta(days=14)}")
        + sent
        + reply
    )


def reading(path: Path) -> float:
    """Milliseconds of processor time that one file takes to read, once all is warm."""
    taken = []
    for _ in range(READINGS):
        before = time.process_time()
        load_notes(path)
        taken.append(time.process_time() - before)
    return round(1000 * statistics.median(taken), 2)


def main() -> None:
    """Write the files, list what is due in them, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    script = shutil.which("followup-agent", path=str(Path(sys.executable).parent))
    text = EXAMPLE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOLLOWUP_DATA_DIR"] = f"{folder}/data"
        files = Path(folder, "interviews")
        files.mkdir()
        for number in range(chosen.files):
            files.joinpath(f"{number}.md").write_text(varied(text, number), "utf-8")
        command = [script, "due", str(files), "--today", TODAY.isoformat()]
        times = [run(command) for _ in range(chosen.runs)]
    figures = {
        "files": chosen.files,
        "wall_s": round(statistics.median(wall for wall, _ in times), 2),
        "cpu_s": round(statistics.median(cpu for _, cpu in times), 2),
        "read_one_cpu_ms": reading(EXAMPLE),
    }
    print(json.dumps({**figures, "machine": machine()}, indent=1))


if __name__ == "__main__":
    main()
