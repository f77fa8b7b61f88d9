"""The grounding rules and the private rule, as the registry knows them."""

from __future__ import annotations

from people import HELD, case_of

import followup_agent.guide.rules.grounding  # noqa: F401  (entering them is the import's effect)
from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import _RULES
from followup_agent.guide.rules.private import private
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

IDS = ["invented_name", "invented_number", "invented_date", "invented_link", "invented_claim", "wrong_name"]  # fmt: skip


def test_every_rule_is_required_and_needs_notes():
    """All seven are in the guide, for every kind."""
    for name in [*IDS, "private"]:
        entry = _RULES[name]
        assert entry.severity == "required"
        assert entry.needs_notes
        assert entry.kinds == frozenset(Kind)
        assert entry.ask
        assert entry.place


def test_each_rule_reads_its_own_matter():
    """One fault of each sort is found by its own rule."""
    text = (
        "Dear Pirya,\n\nThank you for 13 May. Karen has 93 cats. See https://x.example/y. I hold a "
        "degree in botany.\n\nDaniel"
    )
    case = case_of("backend", text)
    found = {name: [text[f.span[0] : f.span[1]] for f in _RULES[name].check(case)] for name in IDS}
    assert found == {
        "invented_name": ["Karen"], "invented_number": ["93"], "invented_date": ["13 May"],
        "invented_link": ["https://x.example/y"], "invented_claim": ["I hold a degree in botany"],
        "wrong_name": ["Pirya"],
    }  # fmt: skip


def test_without_notes_nothing_is_found():
    """A message without notes has no grounding to read."""
    case = Case(Reading.of("Dear Karen, thank you for 13 May."), Kind.THANK_YOU)
    assert all(list(_RULES[name].check(case)) == [] for name in [*IDS, "private"])


def secret(private_text, **more):
    base = {
        "candidate": "Ada Obi", "company": "Lumen", "role": "Nurse", "interviewed": "2026-05-12",
        "interviewers": ["Priya Nair"], "topics": ["the bakery on Cope Street, number 77"],
        "private": private_text,
    }  # fmt: skip
    return InterviewNotes.model_validate(base | more)


def leaks(notes, text):
    return [
        text[f.span[0] : f.span[1]] for f in private(Case(Reading.of(text), Kind.THANK_YOU, notes))
    ]


def test_private_words_are_found_and_merged():
    """A run of private words is one finding, from its first word to its last."""
    notes = secret("another offer from the hospital at Dunmore expires soon")
    found = leaks(notes, "I have another offer from the hospital at Dunmore, you see.")
    assert found == ["another offer from the hospital at Dunmore"]


def test_what_is_public_too_is_no_leak():
    """Words that stand in the public notes as well are no secret."""
    notes = secret("the bakery on Cope Street, number 77")
    assert leaks(notes, "I liked the bakery on Cope Street, number 77, very much.") == []


def test_two_leaks_are_two_findings_and_never_quoted():
    """Findings point at the words and do not repeat them."""
    notes = secret("asked for 91000 in all, and the knee operation comes in June")
    text = "They know of 91000. Also the knee operation comes in June for me."
    assert leaks(notes, text)[0] == "91000"
    assert len(leaks(notes, text)) == 2
    case = Case(Reading.of(text), Kind.THANK_YOU, notes)
    assert all("91000" not in f.message and "knee" not in f.message for f in private(case))


def test_no_private_section_no_finding():
    """Most notes have nothing private."""
    assert leaks(HELD["backend"], "Anything at all.") == []
