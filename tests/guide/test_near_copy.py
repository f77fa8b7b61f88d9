"""The rule `near_copy`."""

from __future__ import annotations

import pytest
from style_case import STRANGE

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.rules.panel import near_copy
from followup_agent.kinds import Kind

_FIRST = "Thank you for seeing me on Tuesday and for showing me round the old mill by the river."
_OTHER = "The way you cut night alerts by half made me want to learn more about your rota."
_THIRD = "I would be glad to bring my years with Kafka to a team that cares about its people."


def _message(name: str, *sentences: str) -> str:
    return (
        f"Subject: Thank you\n\nDear {name},\n\n{' '.join(sentences)}\n\nKind regards,\nDan Okafor"
    )


def _found(text: str, *siblings: str) -> list[str]:
    it = Case(Reading.of(text), Kind.THANK_YOU, siblings=siblings)
    return [text[slice(*f.span)] for f in near_copy(it) if f.span]


def test_a_copy_is_found_with_its_longest_run() -> None:
    """A message that mostly repeats another is told, with the longest stretch shared."""
    text = _message("Tom", _FIRST, _THIRD, "Hello.")
    shared = f"{_FIRST} {_THIRD}".rstrip(".")
    assert _found(text, _message("Ada", _FIRST, _THIRD, "Bye.")) == [shared]


def test_a_short_text_inside_a_long_one() -> None:
    """The smaller message counts: a copy is not hidden by adding to it."""
    text = _message("Tom", _FIRST)
    assert _found(text, _message("Ada", _FIRST, _OTHER, _THIRD))


@pytest.mark.parametrize(
    "sibling",
    [
        _message("Ada", _OTHER),
        _message("Ada", _OTHER, _THIRD, _THIRD.upper()),
        "Subject: Thank you\n\nDear Tom,\n\n\n\nKind regards,\nDan Okafor",
        "",
    ],
)
def test_own_words_pass(sibling: str) -> None:
    """The same subject, greeting and sign-off make no copy."""
    assert _found(_message("Tom", _FIRST), sibling) == []


def test_alone() -> None:
    """A message without siblings is no copy."""
    assert _found(_message("Tom", _FIRST)) == []


@pytest.mark.parametrize("text", STRANGE)
def test_any_text(text: str) -> None:
    """Spans stay inside the text whatever it is."""
    for words in _found(text, text, "other"):
        assert words in text
