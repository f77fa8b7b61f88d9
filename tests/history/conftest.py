"""Notes of one interview, and an empty memory."""

from __future__ import annotations

import pytest

from followup_agent.history import History
from followup_agent.notes import load_notes

NOTES = """---
candidate: Daniel Okafor
company: Lumen Health
role: Senior Backend Engineer
interviewed: 2026-05-12T14:00
timezone: Europe/London
interviewers:
  - name: Priya Nair
  - name: Tom Becker
---
## Topics
- Priya: moving the claims service

## Private
Salary 98765 is what I want.

## Log
- 2026-05-12 sent thank-you to Tom Becker
"""


@pytest.fixture
def text():
    """A notes file with a Log of one line."""
    return NOTES


@pytest.fixture
def notes(text):
    """The same, read."""
    return load_notes(text, name="notes.md")


@pytest.fixture
def history(tmp_path):
    """A memory with nothing in it."""
    with History.open(tmp_path / "data") as opened:
        yield opened
