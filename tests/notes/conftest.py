"""A small valid notes file, and the faults of a source as short strings."""

from __future__ import annotations

import pytest

from followup_agent.errors import NotesError
from followup_agent.notes import load_notes

SMALL = """---
candidate: Daniel Okafor
company: Lumen Health
role: Senior Backend Engineer
interviewed: 2026-05-12
interviewers:
  - name: Priya Nair
  - name: Tom Becker
---
## Topics
- Priya: moving the claims service
"""


@pytest.fixture
def small():
    """The smallest notes with two interviewers, as Markdown."""
    return SMALL


@pytest.fixture
def mapping():
    """The same as a mapping."""
    return {
        "candidate": "Daniel Okafor",
        "company": "Lumen Health",
        "role": "Senior Backend Engineer",
        "interviewed": "2026-05-12",
        "interviewers": ["Priya Nair", "Tom Becker"],
        "topics": ["Priya: moving the claims service"],
    }


@pytest.fixture
def faults():
    """A function: the faults of a source, as ``line: message``."""

    def collect(source, name=None):
        with pytest.raises(NotesError) as caught:
            load_notes(source, name=name)
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
        return [f"{fault.line}: {fault.message}" for fault in caught.value.faults]

    return collect
