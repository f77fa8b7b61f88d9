"""The rule `tone`."""

from __future__ import annotations

import pytest
from style_case import STRANGE, case, notes, words

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.rules.tone import tone
from followup_agent.kinds import Kind


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The tour was great lol.", "lol"),
        ("Would love to connect with u here.", "u"),
        ("I'm gonna send it.", "gonna"),
        ("Thx for the tour.", "Thx"),
        ("Pls let me know.", "Pls"),
        ("I was stoked about it.", "stoked"),
        ("You smashed it with that talk.", "smashed it"),
        ("Well, that totally sucks.", "totally sucks"),
        ("That was shit.", "shit"),
        ("A strategy in one page is heaven 😍", "😍"),
        ("I liked it ❤️ a lot.", "❤️"),
        ("Great to meet you :)", ":)"),
        ("Great to meet you:-)", ":-)"),
        ("It was fun ;) and quick.", ";)"),
        ("I REALLY enjoyed it.", "REALLY"),
        ("THANK YOU SO MUCH for the tour.", "THANK YOU SO MUCH"),
        ("I loved it!!!", "!!!"),
        ("Any news?!", "?!"),
        ("Speak soon, xx", "xx"),
    ],
)
@pytest.mark.parametrize("thread", ["warm", "neutral", "formal"])
def test_out_of_place_anywhere(sentence: str, meant: str, thread: str) -> None:
    """Slang, text-speak, emoji and shouting are out of place in any thread."""
    it = case(sentence, tone=thread)
    assert meant in words(it, tone(it))


@pytest.mark.parametrize(
    "sentence",
    [
        "I'd love to join you, and I can't wait to see what you'll build. It's my sort of place.",
        "The role is OK for the NHS, and I start at 3 PM GMT with AWS, GCP and SQL.",
        "Professor Bro and Mr Dude were there; so was Ms Yo.",
        "We use the FOMO framework.",
        "I bought a medium (size M; see note 3:) and an XXL.",
        "It is at https://example.org/u/lol:D and a@u.example.",
        "You rule on such cases every day, and it takes time!",
        "It was a 3:1 ratio; the list (a, b and c) is long.",
        "The IT and US teams are in for it.",
        "What a lovely tour! I enjoyed it.",
        "I was sick last week, and the pain in my arm is gone.",
        "The chimney draws well: I measured it.",
    ],
)
@pytest.mark.parametrize("thread", ["warm", "neutral"])
def test_good_words_pass(sentence: str, thread: str) -> None:
    """Acronyms, names, links and warm words are no slang."""
    it = case(sentence, tone=thread)
    assert words(it, tone(it)) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Hey Ada,\n\nThank you for the tour.\n\nKind regards,\nDan", "Hey"),
        ("Dear Ada,\n\nThank you for the tour.\n\nCheers,\nDan", "Cheers"),
        ("Dear Ada,\n\nThank you for the tour.\n\nKind regards,\nDan xx", "xx"),
        (
            "Dear Ada,\n\nI'd say it's what I'm after, and I can't wait.\n\nKind regards,\nDan",
            "I'd",
        ),
        ("Dear Ada,\n\nThank you! It was grand!\n\nKind regards,\nDan", "!"),
        ("Dear Ada,\n\nIt was awesome.\n\nKind regards,\nDan", "awesome"),
        ("Dear Ada,\n\nCheck it out, mate.\n\nKind regards,\nDan", "mate"),
    ],
)
def test_casual_in_a_formal_thread(text: str, meant: str) -> None:
    """Casual greetings, closings, words and contractions clash with a formal interview only."""
    formal = Case(Reading.of(text), Kind.THANK_YOU, notes(tone="formal"))
    assert meant in words(formal, tone(formal))
    if meant != "xx":
        warm = Case(Reading.of(text), Kind.THANK_YOU, notes(tone="warm"))
        assert words(warm, tone(warm)) == []


@pytest.mark.parametrize(
    "sentence",
    ["I'd be glad to help.", "It was a fine tour!", "I don't mind nights; I'm used to them."],
)
def test_little_is_forgiven_in_a_formal_thread(sentence: str) -> None:
    """One mark or two contractions refuse no formal letter."""
    it = case(sentence, tone="formal")
    assert words(it, tone(it)) == []


def test_contact_signs_in_a_signature() -> None:
    """A telephone sign before a number is no emoji; a smile is."""
    text = "Dear Ada,\n\nThank you.\n\nKind regards,\nDan{}\n📞 +44 20 7946 0000"
    good = Case(Reading.of(text.format("")), Kind.THANK_YOU)
    bad = Case(Reading.of(text.format(" 😊")), Kind.THANK_YOU)
    assert words(good, tone(good)) == []
    assert words(bad, tone(bad)) == ["😊"]


def test_emoji_of_the_notes() -> None:
    """What the notes hold may be said."""
    given = notes(topics=[{"text": "the 🐄 brand and the :) button"}])
    it = case("I liked the 🐄 and the :) button.", notes=given)
    assert words(it, tone(it)) == []


@pytest.mark.parametrize("text", STRANGE)
def test_any_text(text: str) -> None:
    """Spans stay inside the text whatever it is."""
    it = Case(Reading.of(text), Kind.THANK_YOU, notes(tone="formal"))
    for finding in tone(it):
        assert finding.span is None or 0 <= finding.span[0] <= finding.span[1] <= len(text)
