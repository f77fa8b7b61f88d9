"""What a draft costs here, with instructor, pydantic-ai and mirascope, and with the bare SDK.

    python benchmarks/peers/run.py [--venvs DIR] [--turns 3] [--drafts 40] [--rounds 5]

Each peer is the latest that installs, in an environment of its own under ``--venvs``
(made when it is not there). All ask with the same prompt for the same pydantic model, and
get the same replies from the same server on loopback; in each draft the server leaves one
part (each in turn) out of its first 0, 1 or 2 answers. Every library is measured in each of
the turns, for the machine's speed varies. Prints JSON; medians of processor time are given.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(HERE.parent)]

from machine import machine  # noqa: E402

from followup_agent import ScriptedModel, draft  # noqa: E402
from followup_agent.kinds import Kind  # noqa: E402
from good_messages import DAYS, GOOD, NOTES, NOTES_FILE  # noqa: E402

OMISSIONS = (0, 1, 2)
#: Library → what pip installs, and the module whose import is timed.
PEERS = {
    "instructor": ("instructor", "instructor"),
    "pydantic_ai": ("pydantic-ai-slim[openai]", "pydantic_ai"),
    "mirascope": ("mirascope[openai]", "mirascope.llm"),
}


def main() -> None:
    """Measure every library against one server."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--venvs", type=Path, default=Path(tempfile.gettempdir()) / "peers")
    options.add_argument("--turns", type=int, default=3)
    options.add_argument("--drafts", type=int, default=40)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    pythons = {name: environment(given.venvs / name, PEERS[name][0]) for name in PEERS}
    ours = Path(sys.executable)
    with server() as port:
        settings = {
            "base_url": f"http://127.0.0.1:{port}/v1",
            "messages": first_prompt(),
            "notes": str(NOTES_FILE),
            "to": "Priya",
            "today": DAYS[Kind.THANK_YOU].isoformat(),
            "omissions": OMISSIONS,
            "warm_up": 10,
            "drafts": given.drafts,
            "rounds": given.rounds,
        }
        asked = {
            "bare SDK": (ours, "bare", settings),
            "followup-agent": (ours, "followup_agent", settings | {"proofread": False}),
            "followup-agent, proofread": (ours, "followup_agent", settings | {"proofread": True}),
            **{name: (python, name, settings) for name, python in pythons.items()},
            # A peer may pin another version of the SDK.
            **{beside(name): (python, "bare", settings) for name, python in pythons.items()},
        }
        turns = [{name: client(*how) for name, how in asked.items()} for _ in range(given.turns)]
    found = {name: middle([turn[name] for turn in turns]) for name in asked}
    found["bare SDK"]["versions"] = versions(ours)
    found["followup-agent"]["import_ms"] = import_ms(ours, "followup_agent")
    for name, python in pythons.items():
        found[name]["import_ms"] = import_ms(python, PEERS[name][1])
        found[name]["versions"] = versions(python, PEERS[name][0].partition("[")[0])
    print(json.dumps({**found, "ratios": ratios(found), "machine": machine()}, indent=1))


def middle(turns: list[dict[str, dict | float]]) -> dict:
    """Of each figure the median over the turns."""
    return {
        name: middle([turn[name] for turn in turns])
        if isinstance(first, dict)
        else statistics.median(turn[name] for turn in turns)
        for name, first in turns[0].items()
    }


def beside(peer: str) -> str:
    """What the bare SDK is called that stands in a peer's environment."""
    return f"bare SDK beside {peer}"


def first_prompt() -> list[dict[str, str]]:
    """The first prompt of a thank-you, as `draft` sends it."""
    model = ScriptedModel([json.dumps(GOOD[Kind.THANK_YOU])])
    draft(NOTES, "thank-you", "Priya", model, today=DAYS[Kind.THANK_YOU], proofread=False)
    return [{"role": turn.role, "content": turn.content} for turn in model.requests[0].turns]


def ratios(found: dict[str, dict]) -> dict[str, object]:
    """Ours over the best of the peers: what is beyond the bare SDK, and what a repair costs."""

    def beyond(name: str) -> float:
        bare = found[beside(name) if name in PEERS else "bare SDK"]
        return found[name]["0"]["cpu_ms_per_draft"] - bare["0"]["cpu_ms_per_draft"]

    def total(name: str, omissions: int) -> float:
        counts = found[name][str(omissions)]
        return counts["prompt_tokens"] + counts["completion_tokens"]

    def repair(name: str, omissions: int) -> float:
        return found[name][str(omissions)]["repair_tokens"]

    def best(cost: object, *arguments: int) -> float:
        return min(cost(name, *arguments) for name in PEERS)

    mine = "followup-agent"
    return {
        "cpu beyond the SDK": round(beyond(mine) / best(beyond), 2),
        "cpu beyond the SDK, proofread": round(beyond(f"{mine}, proofread") / best(beyond), 2),
        **{
            f"{name}, {n} omitted": round(cost(mine, n) / best(cost, n), 3)
            for n in OMISSIONS[1:]
            for name, cost in (("output tokens of the repair", repair), ("all tokens", total))
        },
    }


@contextmanager
def server():
    """The server as a process of its own; gives its port."""
    with tempfile.TemporaryDirectory() as folder:
        parts = Path(folder) / "parts.json"
        parts.write_text(json.dumps(GOOD[Kind.THANK_YOU]), "utf-8")
        command = [sys.executable, str(HERE / "server.py"), str(parts)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            try:
                yield int(process.stdout.readline())
            finally:
                process.stdin.close()


def client(python: Path, library: str, settings: dict[str, object]) -> dict:
    """What a library's drafts cost, measured in its own process."""
    done = subprocess.run(
        [python, HERE / "client.py", library],
        input=json.dumps(settings),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env=os.environ | {"OPENAI_API_KEY": "none", "FOLLOWUP_PROOFREAD": "0"},
    )
    return json.loads(done.stdout.splitlines()[-1])


def import_ms(python: Path, module: str, runs: int = 7) -> float:
    """Wall-clock time of an import beyond that of an empty interpreter, medians in turns."""
    times: dict[str, list[float]] = {"pass": [], f"import {module}": []}
    for _ in range(runs + 1):
        for code, seen in times.items():
            started = time.perf_counter()
            subprocess.run([python, "-c", code], check=True)
            seen.append(time.perf_counter() - started)
    empty, full = (statistics.median(seen[1:]) for seen in times.values())
    return round(1000 * (full - empty), 1)


def environment(folder: Path, requirement: str) -> Path:
    """The Python of a virtual environment that holds the latest of a library."""
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    if not folder.is_dir():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([scripts / "pip", "install", "-q", requirement], check=True)
    return scripts / "python"


def versions(python: Path, *packages: str) -> dict[str, str]:
    """The versions that were measured."""
    code = (
        "import importlib.metadata as m, sys, json;"
        "print(json.dumps({p: m.version(p) for p in sys.argv[1:]}))"
    )
    command = [python, "-c", code, *packages, "openai", "pydantic"]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


if __name__ == "__main__":
    main()
