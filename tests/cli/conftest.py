"""What tests of the command share: it is run in process, and does not proofread."""

from __future__ import annotations

import pytest
from running import Run, runner


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command without proofreading, which has tests of its own."""
    monkeypatch.setenv("FOLLOWUP_PROOFREAD", "0")
    return runner(capsys, monkeypatch)
