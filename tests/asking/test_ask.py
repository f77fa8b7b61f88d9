"""Each violation is charged to the part that must be written again for it."""

from __future__ import annotations

import pytest

from followup_agent.asking.ask import blame
from followup_agent.guide.message import Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.kinds import Kind
from good_messages import GOOD

COMPOSED = Composition(Kind.THANK_YOU, {Part(k): v for k, v in GOOD[Kind.THANK_YOU].items()})


def violation(words: str | None = None, part: str | None = None) -> Violation:
    """A fault of these words, or of a part, or of the whole message."""
    start = COMPOSED.text.index(words) if words else 0
    span = (start, start + len(words)) if words else None
    return Violation(rule="x", part=part, severity="required", message="m", span=span)


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        (violation("event-driven"), Part.KEY_POINTS),
        (violation("event-driven", "gratitude"), Part.KEY_POINTS),
        (violation("Best wishes"), Part.CLOSING),
        (violation("Thank you – Senior"), Part.SUBJECT),
        (violation(part="interest"), Part.INTEREST),
        (violation(), Part.KEY_POINTS),
        (violation("Subject:"), Part.KEY_POINTS),
        (violation("\n\nHi", "greeting"), Part.GREETING),
        (violation(part="timeline"), Part.KEY_POINTS),
    ],
    ids=[
        "words",
        "words first",
        "closing",
        "subject",
        "part",
        "whole",
        "between",
        "between part",
        "no such part",
    ],
)
def test_a_fault_goes_to_one_part(fault: Violation, part: Part) -> None:
    """The words decide, then the rule's part, then where a rewrite changes most."""
    assert blame([fault], COMPOSED) == {part: (fault,)}


def test_faults_of_one_part_stay_together() -> None:
    """A part is asked again once, with all that is wrong with it, in the order found."""
    first, second = violation("Kafka"), violation("40 services")
    assert blame([first, second], COMPOSED) == {Part.FIT: (first, second)}


def test_too_long_a_message_is_mended_where_it_is_longest() -> None:
    """The words that go over the bound are the last ones, and seldom those to cut."""
    last = violation("Best wishes").model_copy(update={"rule": "length"})
    assert blame([last], COMPOSED) == {Part.KEY_POINTS: (last,)}


def test_words_of_several_parts_are_the_fault_of_each() -> None:
    """A near-copy runs from part to part: one of them alone would leave it a near-copy."""
    spans = COMPOSED.spans
    shared = violation().model_copy(
        update={"span": (spans[Part.GRATITUDE][1] - 5, spans[Part.FIT][1])}
    )
    assert blame([shared], COMPOSED) == {Part.KEY_POINTS: (shared,), Part.FIT: (shared,)}
