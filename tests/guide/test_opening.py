"""The subject line and the greeting."""

from __future__ import annotations

import pytest
from parts_case import ANNA, HUONG, NOTES, PRIYA, TOM, case, findings

from followup_agent.guide.message import Composition, Part
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind


@pytest.mark.parametrize(
    "subject",
    [
        "Thank you – Senior Backend Engineer interview",
        "Backend engineer role",
        "Engineers and events",
        "SBE interview",
        "Thank you, Lumen Health",
        "Lumen: thanks",
        "Thank you from Daniel",
        "OKAFOR, thanks",
        "x" * 60 + " Daniel Okafor",
    ],
)
def test_subject_that_identifies_is_fine(subject):
    """A subject may name the role, the company or the sender, each in a short form."""
    assert not findings("subject", case(f"Subject: {subject}\n\nHi Priya,\n\nThanks."))


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("", "no subject"),
        ("Subject:\n\n", "no subject"),
        ("Subject: Hello\n\n", "names neither"),
        ("Subject: Thank you for the interview\n\n", "names neither"),
        ("Subject: Senior colleagues\n\n", "names neither"),
        ("Subject: Thanks for the health check\n\n", "names neither"),
        (f"Subject: Backend Engineer {'x' * 65}\n\n", "cut it to 78"),
    ],
)
def test_subject_that_does_not_identify_is_told(head, says):
    """A missing, empty, long or anonymous subject is a fault, and the finding says which."""
    (found,) = findings("subject", case(head + "Hi Priya,\n\nThanks."))
    assert says in found.message


def test_subject_of_several_lines_is_told():
    """A composed subject with a line break in it cannot be a header."""
    parts = {Part.SUBJECT: "Backend\nEngineer", Part.GREETING: "Hi Priya,"}
    of = case("")
    composed = Reading.of(Composition(Kind.THANK_YOU, parts))
    (found,) = findings("subject", type(of)(reading=composed, kind=Kind.THANK_YOU, notes=NOTES))
    assert "several lines" in found.message


@pytest.mark.parametrize(
    ("subject", "fine"),
    [
        ("Thank you", False),
        ("Following up on our interview", False),
        ("Nurse interview", True),
        ("Jo Li", True),
    ],
)
def test_subject_without_notes(subject, fine):
    """Without notes a subject must hold more than words that fit every message."""
    of = case(f"Subject: {subject}\n\nHi Priya,\n\nThanks.", known=False)
    assert bool(findings("subject", of)) is not fine


@pytest.mark.parametrize(
    ("person", "greeting"),
    [
        (PRIYA, "Dear Dr Nair,"), (PRIYA, "Dear Dr. Nair,"), (PRIYA, "Dear Ms Nair -"), (PRIYA, "Hi Priya,"), (PRIYA, "hi priya,"),
        (PRIYA, "Dear Priya Nair,"), (PRIYA, "Priya,"), (PRIYA, "Hello again, Priya,"), (PRIYA, "Good morning Priya!"),
        (PRIYA, "Dear PRIYA,"), (PRIYA, "Dear Priya and Tom,"), (PRIYA, "Respected Dr. Nair:"),
        (TOM, "Hi Tom,"), (TOM, "Dear Mr Becker,"),
        (HUONG, "Dear Hương,"), (HUONG, "Dear Ms Nguyễn,"), (HUONG, "Dear Nguyễn Thị Hương,"),
        (ANNA, "Dear Ms van der Meer,"), (ANNA, "Hi Anna,"), (ANNA, "Dear Mrs. Van der Meer,"),
    ],
)  # fmt: skip
def test_greeting_by_any_form_of_the_name(person, greeting):
    """Full, first, preferred name or title and surname greet, in any script's spelling."""
    assert not findings("greeting", case(f"{greeting}\n\nThanks a lot for it.", to=person))


@pytest.mark.parametrize(
    ("greeting", "says"),
    [
        ("", "nobody is greeted"),
        ("Hi Tom,", "somebody else"),
        ("Dear Mr Becker,", "somebody else"),
        ("Dear Robert,", "somebody else"),
        ("Dear Sir or Madam,", "names nobody"),
        ("Dear Hiring Manager,", "names nobody"),
        ("To whom it may concern,", "names nobody"),
        ("Hi there,", "names nobody"),
        ("Hello,", "names nobody"),
        ("Dear Team,", "names nobody"),
        ("Good morning,", "names nobody"),
        ("Dear Professor,", "names nobody"),
    ],
)
def test_greeting_of_another_or_nobody_is_told(greeting, says):
    """An impersonal greeting, or another's name, is a fault."""
    (found,) = findings("greeting", case(f"{greeting}\n\nThe tour was a joy."))
    assert says in found.message


@pytest.mark.parametrize(
    "greeting", ["Dear Pryia,", "Dear Priyah,", "Dear Dr Nayr,", "Dear Dr Naïr,"]
)
def test_misspelled_name_is_left_to_wrong_name(greeting):
    """A name that is nearly right is one fault, not two."""
    assert not findings("greeting", case(f"{greeting}\n\nThe tour was a joy."))


def test_anyone_of_the_notes_may_be_greeted_when_the_recipient_is_unknown():
    """Without a recipient every interviewer's name greets, and no stranger's."""
    assert not findings("greeting", case("Hi Tom,\n\nThanks for it all.", to=None))
    assert findings("greeting", case("Hi Robert,\n\nThanks for it all.", to=None))


@pytest.mark.parametrize(
    ("greeting", "fine"),
    [("Dear Ms Nair,", True), ("Hi Priya,", True), ("Dear 王伟,", True), ("Dear Sir/Madam,", False), ("Hi there,", False),
     ("Dear Hiring Team,", False), ("Dear HR,", False), ("", False)],
)  # fmt: skip
def test_greeting_without_notes(greeting, fine):
    """Without notes a greeting must hold some name."""
    of = case(f"{greeting}\n\nThe tour was a joy.", known=False)
    assert bool(findings("greeting", of)) is not fine
