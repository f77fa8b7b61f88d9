"""Answers are read tolerantly, and nothing but the asked parts is taken from them."""

from __future__ import annotations

import json

import pytest

from followup_agent.asking.answer import DESCRIPTIONS, answer_schema, read_answer, tidy
from followup_agent.guide.message import Part

ASKED = (Part.SUBJECT, Part.CLOSING)
READ = {Part.SUBJECT: "Thank you", Part.CLOSING: "Regards,\nDaniel"}
JSON = json.dumps({"subject": "Thank you", "closing": "Regards,\nDaniel"})


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"```json\n{JSON}\n```",
        f"Sure! Here is the e-mail:\n{JSON}\nDo you want changes?",
        json.dumps({"subject": " Thank\n\tyou ", "closing": " Regards, \n\n Daniel\n"}),
        json.dumps(
            {"subject": ["Thank", "you"], "closing": "Regards,\nDaniel", "body": "x", "x": {}}
        ),
    ],
    ids=["plain", "fenced", "in prose", "untidy", "as a list"],
)
def test_an_answer_is_read(text: str) -> None:
    """JSON is found in prose and fences; lists are joined; other keys are left aside."""
    assert read_answer(text, ASKED) == READ


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I can't",
        "{",
        "}{",
        "{]}",
        "[]",
        '["{", "}"]',
        '{"subject": {"a": 1}, "closing": 3}',
        '{"a":' * 9999 + "}",
    ],
)
def test_no_json_is_no_parts(text: str) -> None:
    """What is no object of texts holds nothing, and never raises."""
    assert read_answer(text, ASKED) == {}


@pytest.mark.parametrize("value", [None, "", "  \n", [], ["", " "]])
def test_an_empty_part_is_missing(value: object) -> None:
    """A part with no words in it is as good as absent."""
    assert read_answer(json.dumps({"subject": value}), ASKED) == {}


def test_parts_that_were_not_asked_for_are_not_read() -> None:
    """A model cannot slip in a part that was frozen."""
    assert read_answer(JSON, (Part.GREETING, Part.CLOSING)) == {Part.CLOSING: READ[Part.CLOSING]}


@pytest.mark.parametrize(
    "char", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028", "\ud800"]
)
def test_control_characters_never_get_into_a_part(char: str) -> None:
    """Nothing that steers a terminal or breaks an encoding is kept."""
    assert tidy(f"Thank{char}you", Part.SUBJECT) == "Thank you"
    assert char not in tidy(f"Regards,\nDaniel{char}Okafor", Part.CLOSING)


def test_the_schema_is_strict_and_holds_the_asked_parts_alone() -> None:
    """Every property is required, and none other is allowed, as strict output wants it."""
    schema = answer_schema(ASKED)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["required"] == list(schema["properties"]) == ["subject", "closing"]
    assert schema["properties"]["subject"]["type"] == "string"
    json.dumps(schema)


def test_every_part_is_described() -> None:
    """A model is told what each part is."""
    assert set(DESCRIPTIONS) == set(Part)
