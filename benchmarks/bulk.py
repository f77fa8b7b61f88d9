"""Bulk drafting against the ideal: `followup-agent batch` at a server of known latency.

    python benchmarks/bulk.py [--notes 2000 20000] [--latency 0.05 0.2 2] [--concurrency 64]
                              [--growth 1 10 100 1000 20000] [--no-proofread]

For each number of notes and latency the command runs in a process of its own; the server of
the tests answers on loopback from another one, on the same cores. Prints JSON:

- ``seconds``: from the first request's arrival to the last answer; ``ideal`` is notes × latency
  ÷ concurrency, and ``of_ideal`` their ratio. ``command_seconds`` is the whole command,
  start-up, reading the input twice, and the coach's table included.
- ``cpu_seconds`` of the command's processes, and ``cpu_share`` of all cores meanwhile.
- ``peak_mb_above_import``: the largest resident size of the command's own process, less that
  of a process which has imported the command; ``processes_peak_mb`` is the sum over it and
  its drafting processes (shared pages counted in each).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from machine import machine  # noqa: E402

from servers.candidates import TODAY, notes  # noqa: E402
from servers.provider import Plan, apart  # noqa: E402

_COMMAND = "from followup_agent.cli import main; import sys; sys.exit(main())"
_IMPORTED = (
    "import followup_agent.bulk.run, followup_agent.cli.batch, followup_agent.chat.sdk;"
    "print(open('/proc/self/status').read())"
)


def main() -> None:
    """Measure each size and latency."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--notes", type=int, nargs="+", default=[2000])
    options.add_argument("--latency", type=float, nargs="+", default=[0.05, 0.2, 2.0])
    options.add_argument("--concurrency", default="64")
    options.add_argument("--growth", type=int, nargs="*", default=[1, 10, 100, 1000, 20_000])
    options.add_argument("--no-proofread", action="store_true")
    given = options.parse_args()
    imported = imported_mb()

    def run(count: int, latency: float) -> dict[str, Any]:
        return batch(count, latency, given.concurrency, given.no_proofread, imported)

    found = {
        "concurrency": given.concurrency,
        "proofread": not given.no_proofread,
        "import_mb": imported,
        "runs": [run(count, latency) for count in given.notes for latency in given.latency],
        "growth": [run(count, 0.05) for count in given.growth],
        "machine": machine(),
    }
    print(json.dumps(found, indent=1))


def batch(
    count: int, latency: float, concurrency: str, unread: bool, imported: float
) -> dict[str, Any]:
    """One run of the command."""
    with tempfile.TemporaryDirectory() as name, apart(Plan(latency=latency)) as server:
        folder = Path(name)
        inputs = folder / "notes"
        inputs.mkdir()
        for n, text in enumerate(notes(count)):
            (inputs / f"{n:05}.md").write_text(text, "utf-8")
        command = [sys.executable, "-c", _COMMAND, "batch", inputs, "--out", folder / "out"]
        command += ["--kind", "thank-you", "--today", TODAY, "--model", "gpt-4.1-mini"]
        command += ["--concurrency", concurrency, *(["--no-proofread"] if unread else [])]
        environment = os.environ | {
            "OPENAI_BASE_URL": server.url,
            "OPENAI_API_KEY": "none",
            "FOLLOWUP_DATA_DIR": str(folder / "data"),
        }
        before, started = os.times(), time.perf_counter()
        with (folder / "err").open("w") as said:
            process = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=said
            )
            own, together = watched(process)
        wall, after = time.perf_counter() - started, os.times()
        if process.returncode:
            raise SystemExit((folder / "err").read_text())
        seen = server.seen
        drafts = (folder / "out" / "drafts.jsonl").read_text("utf-8").splitlines()
        valid = sum(json.loads(line)["valid"] for line in drafts)
    seconds = max(asked.at for asked in seen) + latency - min(asked.at for asked in seen)
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    ideal = count * latency / int(concurrency) if concurrency.isdecimal() else None
    return {
        "notes": count,
        "valid": valid,
        "requests": len(seen),
        "latency": latency,
        "seconds": round(seconds, 2),
        "ideal": ideal and round(ideal, 2),
        "of_ideal": ideal and round(ideal / seconds, 3),
        "drafts_per_second": round(count / seconds, 1),
        "command_seconds": round(wall, 2),
        "cpu_seconds": round(cpu, 2),
        "cpu_ms_per_draft": round(1000 * cpu / count, 2),
        "cpu_share": round(cpu / wall / (os.cpu_count() or 1), 2),
        "peak_mb_above_import": round(own - imported, 1),
        "processes_peak_mb": round(together, 1),
    }


def watched(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process; the peak size of it, and of it with its children, in MB."""
    own = together = 0.0
    while process.poll() is None:
        sizes = [resident(pid) for pid in family(process.pid)]
        own, together = max(own, sizes[0] if sizes else 0.0), max(together, sum(sizes))
        time.sleep(0.1)
    return own, together


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for each in found:  # each thread has children of its own
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def resident(pid: int) -> float:
    """The resident size of a process in MB; 0 when it has gone."""
    try:
        return _resident(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0


def _resident(status: str) -> float:
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def imported_mb() -> float:
    """The resident size of a process that has imported the command and the SDK, in MB."""
    command = [sys.executable, "-c", _IMPORTED]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return round(_resident(done.stdout), 1)


if __name__ == "__main__":
    main()
