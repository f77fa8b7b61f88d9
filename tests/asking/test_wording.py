"""What a jotting is in a sentence, and a claim as the beginning of one."""

from __future__ import annotations

import pytest

from followup_agent.asking.wording import claim, lower_first, shape, unaddressed


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("you change the menu every fortnight", "clause"),
        ("the freezer inventory is moving to barcodes", "clause"),
        ("how juniors lose time on disclosure", "question"),
        ("moving handover to the bedside", "noun"),
        ("onboarding drops 38% at the selfie step", "other"),
        ("the children who arrive mid-year and have no English", "noun"),
        ("repairs to the west front of a priory", "noun"),
        ("night shift cover", "noun"),
        ("the reading room used to be a bank", "clause"),
        ("soybean rust arrived three weeks earlier last season", "other"),
        ("transaction monitoring throws 11,000 alerts a month", "other"),
        ("cash or kind? In the last flood you gave both", "other"),
        ("discharge targets are missed every winter", "clause"),
        ("discharge targets is missed every winter", "other"),
        ("school runs are changing in Sept", "clause"),
        ("growers don't want to talk about it", "clause"),
        ("work has doubled since the merger", "clause"),
        ("work have doubled", "other"),
        ("parents shout", "other"),
    ],
)
def test_shape_tells_how_a_topic_stands_in_a_sentence(phrase: str, form: str) -> None:
    """A clause needs "hearing that", a noun phrase "hearing about"."""
    assert shape(phrase) == form


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("moved a billing system to Kafka", "I moved a billing system to Kafka"),
        ("Ran the night shift rota for 40 nurses", "I ran the night shift rota for 40 nurses"),
        ("five years on boilers", "I have five years on boilers"),
        ("teaching a bilingual class", "I have experience of teaching a bilingual class"),
        ("licensed hygienist in Oregon, renewed in May", "I am a licensed hygienist in Oregon"),
        ("qualified in first aid", "I qualified in first aid"),
        ("A.A.S. in construction", "My background includes A.A.S. in construction"),
        ("two-year apprenticeship", "I have a two-year apprenticeship"),
        ("8-week placement", "I have an 8-week placement"),
        ("nine yrs in tailings", "I have nine yrs in tailings"),
        ("fluent in Portuguese", "I am fluent in Portuguese"),
        ("speak Polish", "I speak Polish"),
        ("I led the audit", "I led the audit"),
        ("my thesis was on corrosion", "My thesis was on corrosion"),
        ("labour law and tribunals", "My background includes labour law and tribunals"),
        ("registered with EBK since 2018", "I have been registered with EBK since 2018"),
        ("GPA coach certified", "I am GPA coach certified"),
    ],
)
def test_claim_begins_a_sentence_in_the_first_person(line: str, sentence: str) -> None:
    """A line of My fit is said by the candidate, no larger than it stands there."""
    assert claim(line) == sentence


def test_names_and_acronyms_keep_their_capitals() -> None:
    """Only a common word at the front loses its capital."""
    assert lower_first("Edinburgh Marathon training") == "Edinburgh Marathon training"
    assert lower_first("The move") == "the move"
    assert lower_first("A rota of six") == "a rota of six"
    assert lower_first("AWS costs") == "AWS costs"
    assert lower_first("IT moves in May") == "IT moves in May"


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ana, thank you for the talk.", "Thank you for the talk."),
        ("Hello Ana, I hope you are well.", "I hope you are well."),
        ("I hope, Ana, that you are well.", "I hope that you are well."),
        ("Thank you for your time, Ana.", "Thank you for your time."),
        (
            "I thank you for the talk, Ana, and for your time.",
            "I thank you for the talk, and for your time.",
        ),
        ("You told me how Ana, the dog, came.", "You told me how Ana, the dog, came."),
    ],
)
def test_the_reader_is_not_addressed_again(text: str, without: str) -> None:
    """The greeting has just said the name; a name that is no address stays."""
    assert unaddressed(text, "Ana") == without
