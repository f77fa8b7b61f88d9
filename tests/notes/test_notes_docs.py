"""docs/notes.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from followup_agent.errors import NotesError
from followup_agent.notes import load_notes
from followup_agent.notes.faults import known_keys
from followup_agent.notes.names import HEADINGS, SECTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "notes.md").read_text("utf-8")


def block(language):
    """The text of the page's first block of a language."""
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL).group(1)


def test_faults():
    """The faulty file of the page gives the faults under it, to the letter."""
    with pytest.raises(NotesError) as caught:
        load_notes(block("markdown"), name="notes.md")
    assert f"gives\n\n```\n{caught.value}\n```" in PAGE


def test_python():
    """The Python example of the page runs."""
    exec(compile(block("python"), "docs/notes.md", "exec"), {})


def test_names():
    """Every key, section and other heading is on the page."""
    assert [key for key in known_keys() if f"`{key}`" not in PAGE] == []
    for section in SECTIONS:
        usual, *others = HEADINGS[section]
        assert f"| `## {usual}` | `{section}` |" in PAGE
        assert f"| {', '.join(others)} |" in PAGE


def test_log_lines():
    """Each Log line of the page means what the page says."""
    lines = re.findall(r"^\| `(2026-[^`]+)` \|", PAGE, re.MULTILINE)
    front, _, _ = block("markdown").replace("compnay", "company").partition("## Topcs")
    front = front.replace("02-30", "05-12").replace("Lodnon", "London").replace("warmish", "warm")
    log = "\n".join(f"- {line}" for line in lines)
    notes = load_notes(f"{front}## Topics\n- x\n## Log\n{log}\n")
    assert [entry.event for entry in notes.log] == [
        *("sent", "reply", "rejected", "offer", "withdrawn", "note")
    ]
