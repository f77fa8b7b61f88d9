"""Messages as people send them, and faults in polite words."""

from __future__ import annotations

import datetime as dt

import pytest
from test_everyday_wording import judged, told

from followup_agent.kinds import Kind

BODY = (
    "Dear June,\n\nThank you for showing me the new ramp for the car deck on Tuesday. I would love "
    "to work as a Deckhand at Granton Ferries.\n\n"
)


def broken(end: str) -> set[str]:
    """The required rules that a thank-you with this end breaks."""
    report = judged(f"Subject: Deckhand\n\n{BODY}{end}", Kind.THANK_YOU, dt.date(2026, 5, 13))
    return {violation.rule for violation in report.required}


@pytest.mark.parametrize(
    "end",
    [
        "Kind regards,\nDaniel Okafor\n+44 20 7946 0000",
        "Kind regards,\nDaniel Okafor\n\nSent from my iPhone",
        "Kind regards,\nDaniel Okafor\n\nVon meinem iPhone gesendet",
        "Many thanks again\nDaniel Okafor",
        "Have a good weekend\nDaniel Okafor",
        "Kind regards,\nDaniel Okafor\n\nThis message and any attachment are confidential and intended "
        "only for the person to whom they are addressed; if you are not that person, delete them.",
    ],
)
def test_what_stands_under_a_name_is_no_fault(end: str) -> None:
    """A telephone number, a device, a disclaimer; a good wish signs off as well as a "regards"."""
    assert broken(end) == set()


@pytest.mark.parametrize(
    ("rule", "kind", "sentence"),
    [
        ("pressure", Kind.STATUS, "Please reply by return."),
        ("pressure", Kind.STATUS, "I have waited for two weeks without so much as a word."),
        ("pressure", Kind.STATUS, "A plain yes or no is only fair."),
        ("ask", Kind.STATUS, "Who would not want to know?"),
        ("ask", Kind.STATUS, "Please thank the porter for me."),
        ("gratitude", Kind.THANK_YOU, "It was good to meet you on Tuesday."),
        ("gratitude", Kind.THANK_YOU, "The tour of the ferry was long and interesting."),
    ],
)
def test_faults_in_polite_words_are_told(rule: str, kind: Kind, sentence: str) -> None:
    """Pressure without a threat, a question that asks nothing, pleasure that thanks nobody."""
    assert rule in told(sentence, kind)


@pytest.mark.parametrize(
    ("rule", "kind", "sentence"),
    [
        ("pressure", Kind.STATUS, "Please do not feel that you have to answer before Tuesday."),
        ("pressure", Kind.STATUS, "I will not keep you; I only wondered if there is news."),
        ("gratitude", Kind.THANK_YOU, "It was generous of you to show me the ferry on Tuesday."),
    ],
)
def test_their_harmless_neighbours_pass(rule: str, kind: Kind, sentence: str) -> None:
    """Who lets the reader off presses nobody."""
    assert rule not in told(sentence, kind)


def test_another_ending_of_a_word_of_the_notes_is_no_new_name() -> None:
    """“Haemolysis” is of what the notes call haemolysed."""
    sentence = "I keep thinking of Haemolysis as you described it."
    topics = ["samples that arrive haemolysed"]
    assert "invented_name" not in told(sentence, Kind.THANK_YOU, topics=topics)
    assert "invented_name" in told(sentence, Kind.THANK_YOU)


def test_a_doer_in_the_place_of_the_roles_is_another_role() -> None:
    """“Coastal Modeller” is no Coastal Engineer."""
    role = {"role": "Coastal Engineer"}
    wrong, right = (
        told(f"I remain keen on the {name} role at Granton Ferries.", Kind.STATUS, **role)
        for name in ("Coastal Modeller", "Coastal Engineer")
    )
    assert "wrong_name" in wrong
    assert "wrong_name" not in right
