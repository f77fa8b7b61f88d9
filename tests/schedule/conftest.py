"""Interviews for the tests of the schedule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from followup_agent.notes.log import parse_log_line
from followup_agent.notes.model import InterviewNotes

Make = Callable[..., InterviewNotes]


def make_notes(*log: str, **keys: Any) -> InterviewNotes:
    """An interview of Tuesday 12 May 2026, 14:00 in London; ``log`` begins at line 41."""
    lines = [parse_log_line(line) | {"line": n} for n, line in enumerate(log, 41)]
    base: dict[str, Any] = {
        "candidate": {"name": "Daniel Okafor"},
        "company": "Lumen Health",
        "role": "Engineer",
        "interviewed": "2026-05-12T14:00",
        "timezone": "Europe/London",
        "country": "GB",
        "interviewers": ["Priya Nair"],
        "topics": ["event-driven services"],
        "log": lines,
        "source": "notes.md",
    }
    given = base | keys
    given["timeline"] = [{"text": t} for t in re.split(r"\n", given.get("timeline", "")) if t]
    return InterviewNotes.model_validate({k: v for k, v in given.items() if v is not None})


@pytest.fixture(scope="session")
def interview() -> Make:
    """What makes an interview of the log lines and keys given."""
    return make_notes


RESOURCE = {"title": "Outbox patterns", "url": "https://example.org/outbox"}


@pytest.fixture(scope="session")
def resource() -> dict[str, str]:
    """Something to share."""
    return RESOURCE
