"""`kill -9` a hundred times while something is recorded."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from followup_agent.history import History, interview_key
from followup_agent.history.store import file_in
from followup_agent.notes import load_notes


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_acknowledged_is_lost(tmp_path, text):
    """No acknowledged entry is lost, the database is whole, the notes never half-written."""
    file = tmp_path / "notes.md"
    file.write_text(text.replace("2026-05-12", "2020-01-01"))
    script = Path(__file__).parent / "killing.py"
    done = subprocess.run(
        [sys.executable, str(script), str(file)],
        env=os.environ | {"FOLLOWUP_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["killed"] > 20
    assert len(told["acknowledged"]) > 5
    database = sqlite3.connect(file_in(tmp_path / "data"))
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    notes = load_notes(file)
    with History.open(tmp_path / "data") as history:
        kept = {e.on.isoformat() for e in history.entries(interview_key(notes))}
    assert set(told["acknowledged"]) <= kept
    logged = [e.on.isoformat() for e in notes.log if e.kind == "reminder"]
    assert set(told["acknowledged"]) <= set(logged)
    assert len(logged) == len(set(logged))
