"""The embedded model: against llama.cpp itself, its cold start in parts, and drafts.

    python benchmarks/embedded.py [--rounds 5] [--drafts 6]

Needs the weights (``followup-agent models pull``). Prints JSON.

- ``tokens_per_second``: one request of some 400 prompt tokens and 64 written, by the library's
  server alone (no socket, no thread of ours, its own batch size) and through `EmbeddedModel`,
  both with the same file, the same threads and one candidate, in turns. No package registry
  has llama.cpp's program ``llama-bench``; what the library itself counts is the measure.
- ``cold_start_seconds``: one process a round, from its start to the interpreter's first line,
  to the imports, to the loaded model, to the first token, to a valid draft. Medians.
- ``draft``: seconds and tokens of valid thank-yous for the first interviews of the
  development set, the model loaded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from machine import machine  # noqa: E402

WRITTEN = 64  # tokens
LINES = 24  # of the prompt

_COLD = """
import sys, time
marks = [time.time()]
from followup_agent import draft
from followup_agent.chat.embedded import embedded_model
from followup_agent.chat.protocol import Request, Turn
from followup_agent.settings import Settings
import xllamacpp
marks.append(time.time())
model = embedded_model(None, Settings.load())
model._running()
marks.append(time.time())
model.complete(Request((Turn("user", "Hello"),), ("gratitude",), max_tokens=1))
marks.append(time.time())
draft(sys.argv[1], "thank-you", "Priya", model, today=__import__("datetime").date(2026, 5, 13))
marks.append(time.time())
print(*marks)
"""


def main() -> None:
    """Measure one after the other; nothing runs side by side."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--drafts", type=int, default=6)
    given = options.parse_args()
    found = {
        "cold_start_seconds": cold_start(given.rounds),
        "tokens_per_second": speed(given.rounds),
        "draft": drafts(given.drafts),
        "machine": machine(),
    }
    print(json.dumps(found, indent=1))


def speed(rounds: int) -> dict[str, Any]:
    """Prompt and answer tokens of one request over its wall time, both ways in turns."""
    import xllamacpp

    from followup_agent.chat.embedded import embedded_model
    from followup_agent.chat.embedded.threads import threads
    from followup_agent.chat.protocol import Request, Turn
    from followup_agent.settings import Settings

    settings = Settings.load()
    model = embedded_model(None, settings)
    count = threads(settings.threads)
    params = xllamacpp.CommonParams()
    params.model.path = str(model.prepare())
    params.n_ctx, params.n_parallel = 2048, 1
    params.verbosity = -1
    params.warmup = params.ui = params.fit_params = False
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = count
    bare = xllamacpp.Server(params)
    text = "\n".join(f"Line {n}: the notes of an interview, word for word." for n in range(LINES))
    body = {
        "messages": [{"role": "user", "content": text}],
        "max_tokens": WRITTEN,
        "temperature": 0,
        "ignore_eos": True,
        "cache_prompt": False,
    }
    # A grammar that never ends is what keeps our own request from ending early.
    request = Request(
        (Turn("user", text),), ("gratitude",), grammar="root ::= [a-z ]+", max_tokens=WRITTEN
    )

    def by_the_library() -> tuple[int, float]:
        started = time.perf_counter()
        usage = bare.handle_chat_completions(body)["usage"]
        return usage["total_tokens"], time.perf_counter() - started

    def by_ours() -> tuple[int, float]:
        started = time.perf_counter()
        usage = model.complete(request).usage
        return usage.prompt_tokens + usage.completion_tokens, time.perf_counter() - started

    ways = {"llama.cpp": by_the_library, "EmbeddedModel": by_ours}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            tokens, seconds = way()
            if turn:
                rates[name].append(tokens / seconds)
    medians = {name: round(statistics.median(seen), 1) for name, seen in rates.items()}
    ratio = statistics.median(ours / theirs for theirs, ours in zip(*rates.values(), strict=True))
    return {**medians, "ratio": round(ratio, 3), "threads": count}


def cold_start(rounds: int) -> dict[str, float]:
    """Where the time from nothing to a draft goes."""
    steps = ("interpreter", "imports", "load", "first token", "draft")
    seen: list[list[float]] = []
    for _ in range(rounds):
        started = time.time()
        notes = ROOT / "examples" / "notes.md"
        done = subprocess.run(
            [sys.executable, "-c", _COLD, notes],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            env=os.environ,
        )
        marks = [started, *map(float, done.stdout.split())]
        seen.append([after - before for before, after in itertools.pairwise(marks)])
    medians = (round(statistics.median(times), 2) for times in zip(*seen, strict=True))
    return dict(zip(steps, medians, strict=True))


def day(notes: Any) -> dt.date:
    """The day of the interview."""
    at = notes.interviewed
    return at.date() if isinstance(at, dt.datetime) else at


def drafts(count: int) -> dict[str, Any]:
    """Valid thank-yous, one to each interview's first person."""
    from followup_agent import DraftRejected, draft, load_notes
    from followup_agent.chat.embedded import embedded_model
    from followup_agent.settings import Settings

    model = embedded_model(None, Settings.load())
    seconds, tokens, rejected = [], [], 0
    for path in sorted((ROOT / "evals" / "interviews" / "dev").glob("*.md"))[:count]:
        notes = load_notes(path)
        started = time.perf_counter()
        try:
            made = draft(notes, "thank-you", notes.interviewers[0].name, model, today=day(notes))
        except DraftRejected:
            rejected += 1
            continue
        seconds.append(time.perf_counter() - started)
        tokens.append(made.usage.prompt_tokens + made.usage.completion_tokens)
    return {
        "valid": len(seconds),
        "rejected": rejected,
        "median_seconds": round(statistics.median(seconds), 2),
        "median_tokens": statistics.median(tokens),
    }


if __name__ == "__main__":
    main()
