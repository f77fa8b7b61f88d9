"""Which lines are looked at more closely, for a section's name may stand in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_agent.notes.names import HEADINGS, SECTIONS, may_name_section, section_named

NAMES = [name for section in SECTIONS for name in HEADINGS[section]]
MARKS = st.text("#*_ \t>-+:.'’“”()~=", max_size=6)


@given(st.sampled_from(NAMES), st.sampled_from(["", "- ", "1. ", "12) ", "> - "]), MARKS, MARKS)
def test_no_name_is_passed_over(name: str, bullet: str, before: str, after: str) -> None:
    """Whatever marks stand around it, a line with a section's name is looked at."""
    assert may_name_section(f"{bullet}{before}{name.upper()}{after}")


@given(st.text("PpRrIiVvAaTtEeSsſﬁﬅ ﬀDdOoNn'’İıK0\u0345\u0301:", max_size=24))
def test_what_is_passed_over_names_nothing(text: str) -> None:
    """Letters that fold into others hide no section."""
    assert may_name_section(text) or section_named(text) is None


@pytest.mark.parametrize("row", ["", "---", "- Priya: moving the claims service", "1. 2. Private"])
def test_other_lines_are_passed_over(row: str) -> None:
    """Most lines begin with another word."""
    assert not may_name_section(row)
