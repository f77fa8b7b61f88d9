"""One registry of rules feeds the judge, the gate and the page."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from followup_agent.guide.case import Case
from followup_agent.guide.judge import Report, judge
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.page import guide_page
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import rule, rules
from followup_agent.guide.validated import Message, examine
from followup_agent.kinds import Kind
from good_messages import GOOD, NOTES, brief, parts


def composed(kind: Kind = Kind.THANK_YOU, **changed: str | None) -> Composition:
    """The good parts with some changed or left out."""
    return Composition(kind, {Part(k): v for k, v in parts(kind, **changed).items()})


@pytest.mark.parametrize("kind", Kind)
def test_a_composition_places_its_parts(kind: Kind) -> None:
    """Each part's span holds its words, in reading order; the body is all but the subject."""
    made = composed(kind)
    assert {p: made.text[slice(*span)] for p, span in made.spans.items()} == made.parts
    assert list(made.spans) == [p for p in LAYOUTS[kind].parts if p in made.parts]
    assert made.text.endswith(made.body)
    assert made.subject == GOOD[kind].get("subject")


def test_a_composition_without_parts_is_a_blank_page() -> None:
    """Nothing is made up for parts that are missing."""
    empty = Composition(Kind.THANK_YOU, {})
    assert (empty.text, empty.body, empty.subject) == ("Subject: \n\n", "", "")
    assert Composition(Kind.LINKEDIN, {}).text == ""
    only = Composition(Kind.THANK_YOU, {Part.FIT: "One.", Part.INTEREST: "Two."})
    assert only.body == "One.\n\nTwo."
    assert Composition(Kind.LINKEDIN, {Part.INVITATION: "One."}).body == "One."


@pytest.mark.parametrize("kind", Kind)
def test_the_gate_lets_a_good_message_pass(kind: Kind) -> None:
    """A message that holds every part becomes a `Message` with its report."""
    message = Message.model_validate(
        {"kind": kind, "parts": GOOD[kind]}, context={"case": brief(kind).case}
    )
    assert message.report.valid
    assert message.report.sources


@pytest.mark.parametrize("kind", Kind)
def test_the_gate_refuses_a_message_that_lacks_a_part(kind: Kind) -> None:
    """Whichever required part is missing, it cannot become a `Message`, and the report says so."""
    for part in LAYOUTS[kind].required:
        data = {"kind": kind, "parts": parts(kind, **{part.value: None})}
        with pytest.raises(ValidationError) as caught:
            Message.model_validate(data, context={"case": brief(kind).case})
        (error,) = caught.value.errors(include_url=False)
        report = error["ctx"]["report"]
        assert part in {v.part for v in report.required}, part
        assert error["type"] == "guide"


@pytest.mark.parametrize("context", [None, {}, {"notes": NOTES}])
def test_the_gate_needs_a_case(context: object) -> None:
    """Without the notes to judge by nothing is let through."""
    with pytest.raises(ValidationError, match="validated with its case"):
        Message.model_validate(
            {"kind": "thank-you", "parts": GOOD[Kind.THANK_YOU]}, context=context
        )


def test_a_gap_that_no_rule_names_is_a_violation() -> None:
    """A required part whose words another part happens to hold is still missing."""
    both = "We spoke on 12 May about the role. Could you let me know where things stand?"
    report = examine(composed(Kind.REMINDER, reference=both, ask=None), brief(Kind.REMINDER).case)
    assert [v.message for v in report.required if v.part == "ask"] == ["the ask is missing"]
    assert not report.valid


def test_a_report_divides_what_was_found() -> None:
    """Each rule of the kind passed, was broken, or could not be applied."""
    text = composed(interest=None).text
    report = judge(Case(reading=Reading.of(text), kind=Kind.THANK_YOU, proofread=False))
    broken = {v.rule for v in report.violations}
    assert {r.id for r in rules(Kind.THANK_YOU)} == broken | set(report.passed) | set(
        report.unchecked
    )
    assert {"private", "proofreading"} <= set(report.unchecked)
    assert "interest" in broken
    assert report.sources == ()
    assert Report().valid


def test_two_rules_cannot_have_one_name() -> None:
    """An id twice is the developer's mistake, told at import."""
    known = next(rules()).id
    with pytest.raises(ValueError, match=known):
        rule(known, ask="x", place="x")(lambda _: [])


def test_every_rule_says_what_to_do_and_where_it_stands() -> None:
    """A re-ask and a reader both find words in each rule."""
    for entry in rules():
        assert entry.ask.strip().endswith((".", "?", ".”")), entry.id
        assert entry.place.strip(), entry.id
        assert entry.severity in {"required", "advice"}
        assert entry.kinds


def test_the_page_holds_every_rule_and_kind() -> None:
    """The guide is printed whole, or for one kind only what binds it."""
    page = guide_page()
    assert all(f"- **{entry.id}** (" in page for entry in rules())
    assert all(f"- **{kind}**: " in page for kind in Kind)
    one = guide_page(Kind.LINKEDIN)
    assert one.startswith("# The guide: linkedin\n")
    assert [e.id for e in rules() if f"- **{e.id}** (" in one] == [
        e.id for e in rules(Kind.LINKEDIN)
    ]
    assert "**status**" not in one
    assert "fit (if it fits)" in page
