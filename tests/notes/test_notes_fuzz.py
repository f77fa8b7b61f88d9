"""Any input: notes or a NotesError, and soon."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_agent.errors import NotesError
from followup_agent.notes import InterviewNotes, load_notes

SMALL = """---
candidate: {name: Daniel Okafor, email: d@okafor.example}
company: Lumen Health
role: "Engineer"
interviewed: 2026-05-12T14:00
interviewers:
  - name: Priya Nair
  - Tom Becker
decision_by: 2026-05-26
---
## Topics
<!-- hint -->
- Priya: moving the claims service
- Tom:
  - on-call
## Links
- [T](https://example.org/a) — why
## Private
98k
## Log
- 2026-05-13 sent thank-you to Priya
- 2026-05-14 closed (rejected)
"""
DOCUMENT = json.dumps(
    {
        "candidate": "A B",
        "company": "C",
        "role": "D",
        "interviewed": "2026-05-12",
        "interviewers": ["E F", {"name": "G", "tone": "warm"}],
        "topics": ["E: x", {"text": "y", "by": "G"}],
        "private": {"a": ["b"]},
        "log": ["2026-05-13 offer"],
    },
    indent=1,
)
NAMES = st.sampled_from([None, "-", "n.md", "n.yaml", "n.json", "n.txt"])
PIECES = st.sampled_from(
    ["---\n", "#", "\n", "- ", "<!--", "-->", ": ", '"', "'", "[", "]", "{", "}", "&a", "*a", "Private", "Log", "2026-05-12", "sent ", " to ", "](", "(", ")", "https://", "|", ">", "\r", "\u2028", "\ufeff", "\x00", "\x1b", "�", "？", "<<", "~", "null", ",", "!"]
)  # fmt: skip
QUICK = settings(
    max_examples=100, deadline=2000, suppress_health_check=list(HealthCheck), derandomize=True
)


def attempt(source, name=None):
    """Load, and let nothing but notes or a well-formed NotesError through."""
    try:
        assert isinstance(load_notes(source, name=name), InterviewNotes)
    except NotesError as error:
        check_faults(error)


def check_faults(error):
    """Each fault is one line of valid text."""
    assert error.faults
    for fault in error.faults:
        assert fault.message
        assert "\n" not in str(fault)
        str(fault).encode()


@QUICK
@given(st.text(max_size=3000), NAMES)
def test_any_text(text, name):
    """Any text is notes or a NotesError."""
    attempt(text + "\n", name)


@QUICK
@given(st.binary(max_size=2000), NAMES)
def test_any_bytes(raw, name):
    """Any bytes are notes or a NotesError."""
    attempt(raw, name)


@QUICK
@given(st.lists(PIECES, max_size=300), NAMES)
def test_any_marks(pieces, name):
    """Any heap of the format's own marks is notes or a NotesError."""
    attempt("".join(pieces) + "\n", name)


@QUICK
@given(
    st.sampled_from([SMALL, DOCUMENT]),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 40), PIECES), max_size=4),
    NAMES,
)
def test_mutated(text, changes, name):
    """A valid file with pieces cut out and put in is notes or a NotesError."""
    for at, length, piece in changes:
        text = text[:at] + piece + text[at + length :]
    attempt(text + "\n", name)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@QUICK
@given(
    st.dictionaries(
        st.sampled_from([*json.loads(DOCUMENT), "tone", "resources", "needs", "source", "x"]),
        VALUES,
    )
)
def test_any_mapping(changes):
    """Any mapping is notes or a NotesError."""
    attempt(json.loads(DOCUMENT) | changes)


@pytest.mark.parametrize(
    "mark",
    [
        "[",
        "{",
        "- ",
        "#",
        "#\n",
        "? ",
        "&a ",
        "!",
        "*",
        "<!--",
        "-->",
        "---\n",
        "## Topics\n",
        "- x\n",
        "a: b\n",
        "a:\n",
        "- [](",
        "(",
        '"',
        "'",
        "Private\n",
        " ",
        "\t",
        "漢",
        "https://",
    ],
)
@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("", "n.md"),
        ("---\n", "n.md"),
        (SMALL, "n.md"),
        ("---\ncompany: x\n---\n## Log\n- 2026-01-01 sent ", "n.md"),
        ("", "n.yaml"),
        ('{"a": ', "n.json"),
    ],
)
def test_adversarial(start, mark, name):
    """120 KB of one mark end soon, wherever they stand."""
    begun = time.process_time()
    attempt(start + mark * (120_000 // len(mark.encode())) + "\n", name)
    # A quadratic step over 120 KB takes many minutes; the bound leaves room for a busy machine.
    assert time.process_time() - begun < 40
