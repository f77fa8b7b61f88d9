"""Who raised a topic, and who a Log line is about."""

from __future__ import annotations

import pytest

from followup_agent.names import called
from followup_agent.notes import Interviewer, load_notes
from followup_agent.notes.attribution import match_person, split_prefix

PEOPLE = (
    Interviewer(name="Dr. Priya Nair", preferred="Pri"),
    Interviewer(name="José van der Berg, PhD"),
    Interviewer(name="Sam Lee"),
    Interviewer(name="Sam Cho"),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *((n, 0) for n in ("Dr. Priya Nair", "priya nair", "PRIYA", "pri", "Nair", "Dr Nair")),
        *((n, 0) for n in ("Ms. Nair", "Prof Nair")),
        *((n, 1) for n in ("Jose", "José van der Berg", "Berg", "Mr Berg")),
        *((n, 2) for n in ("Sam Lee", "Lee", "Mr. Lee")),
        *((n, None) for n in ("Sam", "Dr", "PhD", "van", "", "Priya Lee", "Note", "Nai")),
    ],
)
def test_match(name, found):
    """A name is someone's when exactly one person answers to it."""
    assert match_person(name, PEOPLE) is (None if found is None else PEOPLE[found])


@pytest.mark.parametrize(
    ("text", "by", "rest"),
    [
        ("Priya: events", "Dr. Priya Nair", "events"),
        ("Priya (she/her): events", "Dr. Priya Nair", "events"),
        ("Priya (events): two", None, "Priya (events): two"),
        ("**Priya:** events", "Dr. Priya Nair", "events"),
        ("**Priya**: events", "Dr. Priya Nair", "events"),
        ("Pri： events: two", "Dr. Priya Nair", "events: two"),
        ("Note: events", None, "Note: events"),
        ("Sam: events", None, "Sam: events"),
        ("Priya:", None, "Priya:"),
        (": events", None, ": events"),
        ("events", None, "events"),
        (f"{'x' * 200}: Priya", None, f"{'x' * 200}: Priya"),
    ],
)
def test_prefix(text, by, rest):
    """A prefix goes when it is one interviewer's name; otherwise the text stays whole."""
    person, left = split_prefix(text, PEOPLE)
    assert (person and person.name, left) == (by, rest)


def test_by_is_given(mapping):
    """A `by` of its own counts before the prefix and is written out in full."""
    mapping["topics"] = [{"text": "Tom: said so", "by": "priya"}, "Lena: x"]
    topics = load_notes(mapping).topics
    assert [(item.text, item.by) for item in topics] == [
        ("Tom: said so", "Priya Nair"),
        ("Lena: x", None),
    ]


def test_by_is_nobody(mapping, faults):
    """A `by` that is no interviewer's is a fault."""
    mapping["topics"] = [{"text": "x", "by": "Lena"}]
    assert faults(mapping) == [
        "None: `topics.0` has a `by` that is no interviewer's name, or more than one's"
    ]


def test_by_without_interviewers(mapping, faults):
    """While the interviewers are wrong, nobody is said not to be one of them."""
    mapping |= {"topics": [{"text": "x", "by": "Lena"}, "Tom: y"], "interviewers": [1]}
    assert len(faults(mapping)) == 1


def test_a_principal_is_addressed_by_surname():
    """A headteacher's title is kept before the surname, and is no first name."""
    assert called(Interviewer(name="Principal Arnold Vega"), "formal") == "Principal Vega"
