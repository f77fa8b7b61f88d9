"""Any text, judged as any kind: no exception, no hang, spans inside the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parts_case import NOTES, case

from followup_agent.guide.judge import judge
from followup_agent.guide.kind import detect_kind
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

OWN = {
    "subject", "greeting", "courtesy", "gratitude", "key_points", "reference", "interest", "ask", "timeline", "resource",
    "relevance", "invitation", "closing", "length", "pressure", "fit", "unasked", "brevity", "paragraphs",
}  # fmt: skip
PIECES = st.sampled_from(
    ["Dear Priya,\n\n", "Subject: x\n", "Thank you ", "you said ", "by 26 May ", "within two weeks ", "https://example.org/outbox ", "any news? ",
     "connect ", ". ", "\n\n", "Best,\nDaniel", "\u200b", "\ud800", "\u202e", "王伟 ", "نور ", "\x00", "I want the job at Lumen Health. ", "99th ",
     "31 February ", "interested in ", "if I hear nothing by noon "]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=500))


@settings(max_examples=250, deadline=None)
@given(TEXTS, st.sampled_from(list(Kind)), st.booleans())
def test_any_text_is_judged(text, kind, known):
    """Judging never fails, and every span of the rules of parts lies inside the text."""
    for violation in judge(case(text, kind, known=known)).violations:
        if violation.rule in OWN and violation.span is not None:
            start, end = violation.span
            assert 0 <= start <= end <= len(text)
    assert detect_kind(Reading.of(text), NOTES if known else None) in Kind


UNITS = [
    "interested in ", "if I hear ", "you were ", "by return ", "the interview ", "our very own ", "a b c d ", "Thank you for it. ", "any news? ",
    "within two weeks ", "of use to you ", "end of the ", "not too ", "connect ", "-", "a-", "'", "1 ", "a@", "@", "to ", "a.", "“", "- ", "A ", "www.",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.VALUE_ADD])
def test_rules_take_linear_time(unit, kind):
    """64 KB of one repeated piece take every rule but the dictionary's the time of eight times 8 KB, with room for noise."""
    from followup_agent.guide.registry import rules

    def seconds(size):
        of = case("Hi Priya,\n\n" + unit * (size // len(unit)), kind)
        started = time.process_time()
        for entry in rules(kind):
            if not entry.id.startswith("proofreading"):
                list(entry.check(of))
        return time.process_time() - started

    small = min(seconds(8_192) for _ in range(2))  # the first fills the caches
    assert seconds(65_536) < 24 * small + 0.5
