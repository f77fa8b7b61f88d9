"""Claims that are told by the form of a clause, whatever its verb or its office."""

from __future__ import annotations

import pytest
from people import grounded


def _claims(sentence: str) -> int:
    text = f"Dear Sir,\n\n{sentence}\n\nBest regards,\nA. Writer"
    return len(grounded("museum", text).inventions["claim"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Outside work I breed alpacas for the wool.",
        "I've been a tax inspector, so I know how they think.",
        "I can weld stainless pipe, too.",
        "What I can offer is a decade of rigging masts.",
        "Managing a brigade of sailors has taught me to keep my voice down.",
        "Welding pipelines under water is second nature to me.",
        "Carbon laminates are my speciality.",
        "Every winter on the coast I drove a snowplough.",
        "My watercolours have toured half of Bavaria.",
        "My neighbours elected me treasurer of the allotments.",
        "I am one of the foresters of the estate.",
    ],
)
def test_a_claim_is_found_by_its_form(sentence: str) -> None:
    """A deed, office or skill is a claim though no list names its verb."""
    assert _claims(sentence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "I won't pretend to be anything but pleased.",
        "I can bring my references whenever you need them.",
        "I am a great believer in asking questions early.",
        "I know how much effort goes into a day like that.",
        "My head was full of plans on the way home.",
        "I drank far too much of your coffee.",
        "I've been turning your question over in my head.",
        "The seat I booked was by the window.",
    ],
)
def test_small_talk_is_no_claim(sentence: str) -> None:
    """Thought, manners and the day itself claim nothing."""
    assert _claims(sentence) == 0
