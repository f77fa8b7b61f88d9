"""The turns of phrase that the specialist may use are those of the corpus, and some approved by hand."""

from __future__ import annotations

import json
import re

import pytest

from followup_agent import ScriptedModel, draft
from followup_agent.asking.faithful import departures
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from good_messages import DAYS, GOOD, NOTES
from training.specialist.corpus import load
from training.specialist.pairs import Pairs
from training.specialist.trigrams import FILE, TURNS, approved, trigrams

_LINES = [line for line in TURNS.read_text("utf-8").splitlines() if not line.startswith("#")]
_KINDS = {
    Part.GRATITUDE: Kind.THANK_YOU,
    Part.INTEREST: Kind.STATUS,
    Part.COURTESY: Kind.STATUS,
    Part.TIMELINE: Kind.STATUS,
    Part.ASK: Kind.STATUS,
    Part.INVITATION: Kind.LINKEDIN,
}
_FACTS = {
    "to": "Priya",
    "role": NOTES.role,
    "company": NOTES.company,
    "when": "yesterday",
    "decide": "by 26 May",
}


def test_the_packaged_turns_are_those_of_the_corpus() -> None:
    """`python -m training.specialist.trigrams` writes the file anew."""
    found = sorted({*trigrams(Pairs.of(load()).kept), *approved()})
    assert FILE.read_text(encoding="utf-8").splitlines() == [" ".join(line) for line in found]


def test_no_number_or_day_is_among_them() -> None:
    """They are facts, however often they are written."""
    assert not {"seven", "twelve", "monday", "april", "2026"} & set(FILE.read_text().split())


@pytest.mark.parametrize("line", _LINES)
def test_an_approved_turn_says_its_part(line: str) -> None:
    """The guide takes it for the part that it stands for, and nothing in it is new."""
    name, turn = line.split(" | ")
    part = Part(name)
    values = _FACTS | {"day": "26 May"}
    text = re.sub(r"\{(\w+)\}", lambda slot: values[slot[1]], turn)
    kind = _KINDS[part]
    answer = json.dumps({**GOOD[kind], name: text})
    made = draft(NOTES, kind.value, "Priya", ScriptedModel([answer]), today=DAYS[kind], reasks=0)
    assert text in made.text
    assert not list(departures(text, part, _FACTS))
