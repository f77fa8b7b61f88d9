"""The rules of advice on style."""

from __future__ import annotations

import pytest
from style_case import STRANGE, case, notes, words

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.rules.advice import (
    buzzword,
    exclamation,
    long_subject,
    repetition,
    stock_phrase,
)
from followup_agent.kinds import Kind


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("I would delve into it.", "delve"),
        ("We could leverage it.", "leverage"),
        ("It is a testament to you.", "testament to"),
        ("I was just checking in.", "just checking in"),
        ("I am touching base.", "touching base"),
        ("I am circling back on it.", "circling back"),
        ("I hope this email finds you well.", "I hope this email finds you well"),
        ("It is a fast-paced place.", "fast-paced"),
        ("It aligns perfectly with my past.", "aligns perfectly with"),
        ("I was thrilled.", "thrilled"),
    ],
)
def test_stock_phrases(sentence: str, meant: str) -> None:
    """Worn phrases and tells of generated text are pointed out."""
    it = case(sentence)
    assert words(it, stock_phrase(it)) == [meant]


@pytest.mark.parametrize("word", ["synergy", "proactive", "results-driven", "guru", "team player"])
def test_buzzwords(word: str) -> None:
    """Buzzwords are pointed out."""
    it = case(f"I am about {word} here.")
    assert words(it, buzzword(it)) == [word]


def test_words_of_the_notes_pass() -> None:
    """A topic that is called so may be called so, in any of its forms."""
    it = case("The synergy of leverage ratios and leveraged loans.", tone="neutral")
    assert [*stock_phrase(it), *buzzword(it)] == []
    other = case(
        "A meaningful contribution.", notes=notes(topics=[{"text": "meaningful contribution"}])
    )
    assert list(stock_phrase(other)) == []


@pytest.mark.parametrize(("length", "told"), [(49, 0), (50, 1), (70, 1)])
def test_long_subject(length: int, told: int) -> None:
    """A subject of 50 characters or more is long."""
    it = Case(Reading.of(f"Subject: {'x' * length}\n\nDear Ada,\n\nThank you."), Kind.THANK_YOU)
    assert len(list(long_subject(it))) == told


@pytest.mark.parametrize(
    ("thread", "sentence", "told"),
    [
        ("formal", "Thank you!", 1),
        ("formal", "Thank you.", 0),
        ("warm", "Thank you! It was fun!", 0),
        ("warm", "Thank you! It was fun! Really!", 1),
        ("neutral", "Thank you!", 0),
    ],
)
def test_exclamation(thread: str, sentence: str, told: int) -> None:
    """One mark is advice in a formal thread, more than two anywhere."""
    assert len(list(exclamation(case(sentence, tone=thread)))) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "I moved a billing system of 40 services. Once I moved a billing system of 40 services.",
            1,
        ),
        (
            "I want the Backend Engineer role at Lumen Health. The Backend Engineer role at Lumen Health suits me.",
            0,
        ),
        ("I liked the tour of the mill. The tour was good.", 0),
        ("Thank you. Thank you.", 0),
    ],
)
def test_repetition(sentence: str, told: int) -> None:
    """A claim said twice is pointed out; the role and the company are not."""
    assert len(list(repetition(case(sentence, tone="neutral")))) == told


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("rule", [stock_phrase, buzzword, long_subject, exclamation, repetition])
def test_any_text(text: str, rule: object) -> None:
    """Spans stay inside the text whatever it is."""
    for finding in rule(Case(Reading.of(text), Kind.THANK_YOU)):  # type: ignore[operator]
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
