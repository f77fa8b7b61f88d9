"""Patterns that look past case."""

from __future__ import annotations

import re

import pytest

from followup_agent.guide.anycase import Anycase


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\b(?:I|we) (?:insist|demand)\b", "WE DEMAND"),
        (r"\b(?:I|we) (?:insist|demand)\b", "and i insist"),
        (r"\bwe\B", "Weather"),
        (r"\bD\w+", "3 days"),
        (r"(?P<When>by \S+)\W", "By Friday."),
        (r"(?!\d)[A-Z]{2}", "ab"),
    ],
)
def test_case_is_no_matter(pattern, text):
    """A pattern stands where the same one does with `re.IGNORECASE`, and nowhere else."""
    here, usual = Anycase(pattern), re.compile(pattern, re.IGNORECASE)
    for said in (text, text.swapcase(), f"x{text}", text[1:]):
        spans = [match.span() for match in usual.finditer(said)]
        assert [match.span() for match in here.finditer(said)] == spans
        assert bool(here.search(said)) == bool(spans)
        assert bool(here.match(said)) == bool(usual.match(said))


def test_spans_are_of_the_text():
    """A capital that is two characters when small moves nothing that stands after it."""
    (match,) = Anycase("news").finditer("İİ: NEWS")
    assert match.span() == (4, 8)


def test_flags_hold():
    """Further flags do what they do in `re.compile`."""
    assert Anycase("why.*not", re.DOTALL).search("WHY\nNOT")
    assert not Anycase("why.*not").search("WHY\nNOT")
