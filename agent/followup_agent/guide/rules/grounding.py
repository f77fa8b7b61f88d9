"""Grounded: every name, number, date, link and claim stands in the notes, spelled as there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from followup_agent.guide.leaks import overlaps
from followup_agent.guide.registry import Finding, rule

if TYPE_CHECKING:
    from followup_agent.guide.case import Case
    from followup_agent.guide.grounding import Matter

_PLACE = "Required of every message: Grounded"


def _found(case: Case, matter: Matter) -> Iterable[Finding]:
    """What was found, less what the rule `private` tells of the same words."""
    found = case.grounding.inventions[matter] if case.grounding else ()
    return [f for f in found if f.span is None or not overlaps(f.span, case.leaks)]


@rule(
    "invented_name",
    needs_notes=True,
    place=_PLACE,
    ask="Name only people, companies, products and places that stand in the notes; drop any other.",
)
def invented_name(case: Case) -> Iterable[Finding]:
    """A person, company, product or place that the notes don't hold."""
    return _found(case, "name")


@rule(
    "invented_number",
    needs_notes=True,
    place=_PLACE,
    ask="Use only numbers of the notes, each with the unit it has there; drop any other.",
)
def invented_number(case: Case) -> Iterable[Finding]:
    """A number or unit that the notes don't hold."""
    return _found(case, "number")


@rule(
    "invented_date",
    needs_notes=True,
    place=_PLACE,
    ask="Use only dates and weekdays of the notes, and check each weekday against its date.",
)
def invented_date(case: Case) -> Iterable[Finding]:
    """A date or weekday that does not follow from the notes."""
    return _found(case, "date")


@rule(
    "invented_link",
    needs_notes=True,
    place=_PLACE,
    ask="Copy links and e-mail addresses from the notes to the letter; drop any other.",
)
def invented_link(case: Case) -> Iterable[Finding]:
    """A link or e-mail address that is not in the notes to the letter."""
    return _found(case, "link")


@rule(
    "invented_claim",
    needs_notes=True,
    place=_PLACE,
    ask="Claim nothing about the candidate that the notes don't hold under My fit.",
)
def invented_claim(case: Case) -> Iterable[Finding]:
    """A claim about the candidate that the notes don't hold."""
    return _found(case, "claim")


@rule(
    "wrong_name",
    needs_notes=True,
    place="Required of every message: Right names",
    ask="Spell the names of people, company and role letter for letter as in the notes.",
)
def wrong_name(case: Case) -> Iterable[Finding]:
    """A name of the notes that is misspelled or altered."""
    return _found(case, "spelling")
