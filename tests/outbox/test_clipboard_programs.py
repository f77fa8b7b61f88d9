"""Real clipboard tools take a text and give it back, under a display of their own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from display import running_display
from real_programs import needs

from followup_agent.outbox.clipboard import copy

pytestmark = pytest.mark.programs

TEXT = "Dear Priya,\n\nGrüße 李雷 ✓ 👋\n\nKind regards"
PASTE = {"xclip": ["-selection", "clipboard", "-out"], "xsel": ["--clipboard", "--output"]}


@pytest.fixture(scope="module")
def display():
    """A display that nobody looks at."""
    needs("Xvfb", *PASTE)
    with running_display() as name:
        yield name


@pytest.mark.parametrize("tool", PASTE)
def test_a_text_comes_back(display, tool, tmp_path, monkeypatch):
    """At once, although the tool leaves a child behind that keeps the text."""
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (tmp_path / "bin").mkdir()
    program = Path(shutil.which(tool))
    (tmp_path / "bin" / tool).symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert copy(TEXT) == tool
    pasted = subprocess.run([program, *PASTE[tool]], capture_output=True, timeout=10, check=True)
    assert pasted.stdout.decode() == TEXT
