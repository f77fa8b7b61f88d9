"""The shared resource, why it fits, and the invitation to connect."""

from __future__ import annotations

import pytest
from parts_case import NOTES, body, findings

from followup_agent.kinds import Kind
from followup_agent.notes.model import Item

LINK = "https://example.org/outbox"
OTHER = NOTES.resources[0].model_copy(update={"title": "Leaving well", "note": None})


@pytest.mark.parametrize(
    "text",
    [
        f"Here is an article on the outbox pattern: {LINK}",
        f"“Outbox patterns in practice” ({LINK}) covers it.",
        f"I found a short case study: {LINK}.",
        f"See the tutorial at {LINK}, it is free.",
        f"This is a gallery of six dairies, and some are like yours: {LINK}",
        f"A worksheet for night staff: {LINK}",
    ],
)
def test_link_with_a_word_of_what_it_is(text):
    """The exact link and its title or sort make the resource."""
    assert not findings("resource", body(text, Kind.VALUE_ADD))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I attach an article on outboxes.", "link is missing"),
        ("Here is an article: https://example.org/outbox2", "link is missing"),
        ("Here is an article: https://example.org/other", "link is missing"),
        (f"You might look here: {LINK}", "what the link leads to"),
    ],
)
def test_resource_without_link_or_words_is_told(text, says):
    """No link, another link or a bare link is no resource."""
    (found,) = findings("resource", body(text, Kind.VALUE_ADD))
    assert says in found.message


def test_word_of_the_topic_names_no_resource():
    """What was talked about is not what the link leads to, though it may be a thing to read."""
    notes = NOTES.model_copy(
        update={"topics": (Item(text="exit interviews that nobody reads"),), "resources": (OTHER,)}
    )
    said = "The branches hold exit interviews. Please see {} in that regard."
    told = body(said.format(LINK), Kind.VALUE_ADD, notes=notes)
    assert findings("resource", told)
    guide = body(said.format(f"the guide at {LINK}"), Kind.VALUE_ADD, notes=notes)
    assert not findings("resource", guide)


@pytest.mark.parametrize(
    ("title", "right"),
    [
        (NOTES.resources[0].title, True),
        (NOTES.resources[0].title.upper(), True),
        (f"{NOTES.resources[0].title} for beginners", False),
        ("Why whales leave", False),
    ],
)
def test_a_quoted_title_is_that_of_its_link(title, right):
    """Another title before the link says what it does not lead to."""
    found = findings("resource", body(f"I read “{title}” ({LINK}) again.", Kind.VALUE_ADD))
    assert not found if right else "the link leads to" in found[0].message


def test_any_link_is_a_resource_without_notes():
    """Without notes any link with a word of what it is will do; an address will not."""
    told = body("Here is an article: https://a.example/x", Kind.VALUE_ADD, known=False)
    assert not findings("resource", told)
    address = body("Write to ana@b.example for the article.", Kind.VALUE_ADD, known=False)
    assert findings("resource", address)


@pytest.mark.parametrize(
    "text",
    [
        f"Here is an article, {LINK}, on the very problem that you described.",
        f"Here is an article: {LINK}. It may save your team some trouble.",
        f"Here is an article: {LINK}. You told me about moving the claims service, and this is close.",
    ],
)
def test_reason_for_sharing_is_seen(text):
    """A sentence that ties the resource to the talk or to a need is its relevance."""
    assert not findings("relevance", body(text, Kind.VALUE_ADD))


@pytest.mark.parametrize(
    "text",
    [
        f"Here is an article: {LINK}.",
        f"Here is “Outbox patterns in practice”, {LINK}. I hope you enjoy it.",
    ],
)
def test_bare_resource_has_no_relevance(text):
    """A title, a link and good wishes give no reason."""
    assert findings("relevance", body(text, Kind.VALUE_ADD))
    assert findings("relevance", body(text, Kind.VALUE_ADD, known=False))


@pytest.mark.parametrize(
    "text",
    [
        "I would love to connect with you here.",
        "Would you accept my invitation?",
        "May I add you to my network?",
        "Let's stay in touch!",
        "It would be great to be connected.",
    ],
)
def test_invitation_is_seen(text):
    """People ask to connect in many words."""
    assert not findings("invitation", body(text, Kind.LINKEDIN))


@pytest.mark.parametrize(
    "text",
    [
        "We connect three hundred services.",
        "The talk on Monday was a treat.",
        "Good luck with the network.",
    ],
)
def test_missing_invitation_is_told(text):
    """Connecting services is no invitation."""
    assert findings("invitation", body(text, Kind.LINKEDIN))


def test_title_of_the_notes_says_what_the_link_is():
    """Most words of the resource's title describe it, without any word for its sort."""
    assert not findings("resource", body(f"Outbox patterns and practice: {LINK}", Kind.VALUE_ADD))


def test_words_of_the_notes_on_a_resource_say_what_it_is():
    """Two telling words of the resource's note describe it, without its title or its sort."""
    assert not findings("resource", body(f"How dual writes go wrong: {LINK}", Kind.VALUE_ADD))


def test_words_of_a_link_say_nothing_of_what_it_is():
    """A link is no description of itself, nor is the problem that was talked about."""
    bare = "Come across lately: https://example.org/notes/plan"
    assert findings("resource", body(bare, Kind.VALUE_ADD, known=False))
