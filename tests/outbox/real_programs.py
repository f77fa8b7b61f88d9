"""Programs that we didn't write; missing ones fail on CI and are skipped elsewhere."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import platformdirs
import pytest

PROGRAMS = Path(__file__).resolve().parent.parent / "programs"
# Read before any test hides the environment.
NODE_MODULES = Path(
    os.environ.get("FOLLOWUP_TEST_NODE_MODULES")
    or platformdirs.user_cache_path("followup-agent-tests", appauthor=False)
)
_ON_CI = bool(os.environ.get("CI"))


def needs(*programs: str) -> None:
    """Go on only where the programs are installed."""
    found = {p: shutil.which(p, path=f"{os.environ['PATH']}:/usr/sbin") for p in programs}
    missing = [p for p, path in found.items() if path is None]
    if "node" in programs and not (NODE_MODULES / "node_modules").is_dir():
        missing.append("npm packages")
    without(missing)


def without(missing: Iterable[str]) -> None:
    """Fail on CI, and skip elsewhere, if something is missing."""
    if names := ", ".join(missing):
        words = f"not installed: {names}; run tests/programs/install"
        if _ON_CI:
            pytest.fail(words)
        pytest.skip(words)


def node(script: str, octets: bytes) -> str:
    """What a script of tests/programs writes, given some octets."""
    needs("node")
    done = subprocess.run(
        ["node", str(PROGRAMS / script), str(NODE_MODULES)],
        input=octets,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def read_by_javascript(mails: Iterable[bytes]) -> list[dict]:
    """What postal-mime and mailparser read in each mail."""
    lines = b"".join(base64.b64encode(mail) + b"\n" for mail in mails)
    return [json.loads(line) for line in node("read_mail.mjs", lines).splitlines()]
