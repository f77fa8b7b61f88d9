"""The real embedded model for tests marked ``embedded``; fetched where it is not there yet."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from followup_agent.chat.embedded import EmbeddedModel, embedded_model
from followup_agent.chat.protocol import Request, Turn
from followup_agent.settings import Settings

_TESTS = Path(__file__).parent
GRAMMAR = 'root ::= " meeting with me" w{1,8} "."\nw ::= " " [a-z]{1,13}\n'


def real(**changes) -> EmbeddedModel:
    """The default model, with the cache that the environment names."""
    settings = Settings(cache_dir=Settings.load().cache_dir, **changes)
    model = embedded_model(None, settings)
    model.prepare()
    return model


def ask(**changes) -> Request:
    """A short request that the model can answer; with the part's form if nothing else."""
    made = {
        "turns": (
            Turn("system", "You write the first sentence of a thank-you e-mail."),
            Turn("user", "role: Accountant"),
        ),
        "parts": ("gratitude",),
        "prefix": "Thank you for",
        "grammar": GRAMMAR,
        "stop": ("\n",),
        "max_tokens": 24,
        "temperature": 0.5,
        "seed": 1,
    }
    return Request(**{**made, **changes})


# A grammar without an end: how long a model goes on by itself is its own affair.
_ENDLESS = 'root ::= "and on " root'
LONG = ask(grammar=_ENDLESS, prefix="", stop=(), max_tokens=1500, temperature=0.9)


def script(code: str) -> subprocess.Popen:
    """Another Python process that has the helpers of these tests."""
    path = os.pathsep.join([str(_TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(code: str) -> tuple[str, str, int]:
    """Its output, its errors and its exit code, once it has ended."""
    process = script(code)
    out, errors = process.communicate(timeout=120)
    return out, errors, process.returncode
