"""The built wheel works by itself, with the source out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.wheel, pytest.mark.embedded]


def _run(*command: str | Path, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout as a release builds it."""
    out = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_prompts_and_data(wheel: Path) -> None:
    """Prompts, their lock, the classifier and the word lists are inside, tests are not."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "followup_agent/prompts/versions.lock" in names
    assert "followup_agent/prompts/thank-you/v1.md" in names
    assert "followup_agent/py.typed" in names
    packaged = {
        path.relative_to(ROOT / "agent").as_posix()
        for path in (ROOT / "agent").rglob("*")
        if path.is_file() and not any(p == "__pycache__" or p[0] == "." for p in path.parts)
    }
    assert packaged <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "evals/", "agent/"))]


def test_a_new_user_drafts_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Installed into an empty environment, the command drafts with the embedded model."""
    home = tmp_path / "elsewhere"
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run(python, "-m", "pip", "install", "-q", f"{wheel}[embedded]", cwd=home)
    notes = home / "notes.md"
    notes.write_text((ROOT / "examples" / "notes.md").read_text("utf-8"), "utf-8")
    command = python.with_name("followup-agent")
    draft = (command, "draft", "notes.md", "--kind", "thank-you", "--to", "Priya")
    text = _run(*draft, "--today", "2026-05-13", "--model", "embedded", cwd=home)
    assert text.startswith("Subject: ")
    assert "Daniel Okafor" in text
    where = _run(python, "-c", "import followup_agent as f; print(f.__file__)", cwd=home)
    assert not Path(where.strip()).is_relative_to(ROOT)
