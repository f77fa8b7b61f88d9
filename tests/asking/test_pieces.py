"""Jottings in pieces, and what of them is told."""

from __future__ import annotations

import pytest

from followup_agent.asking.longhand import written_out
from followup_agent.asking.pieces import (
    claim_told,
    first_piece,
    is_in_pieces,
    points_back,
    topic_told,
    unpointed,
)


@pytest.mark.parametrize(
    ("topic", "head"),
    [
        (
            "vision camps in the hill villages, 300 persons per day",
            "vision camps in the hill villages",
        ),
        ("honeycombing on two columns; he asked what I would do", "honeycombing on two columns"),
        ("robot gait trainer — 2 units, booked out", "robot gait trainer"),
        (
            "emergency arbitrator applications, two last quarter, 48 hours",
            "emergency arbitrator applications",
        ),
        ("weather windows, waiting on waves above 2.5 m", "weather windows"),
        ("array cable tests, VLF failing at joints", "array cable tests"),
        ("syringe drivers at home, families scared of morphine", "syringe drivers at home"),
        (
            "a hand-made scheduler from 2015, he wrote it, no hard feelings",
            "a hand-made scheduler from 2015",
        ),
        ("you are doing 3 jobs since May, cover never came", "you are doing 3 jobs since May"),
        ("school runs are changing in May, 8 routes", "school runs are changing in May"),
        ("corrugations past the turnoff. going through tyres", "corrugations past the turnoff"),
        ("radio still beats paid social, she has the numbers", "radio still beats paid social"),
        ("the error budgets, nobody outside the platform team keeps to them", "the error budgets"),
    ],
)
def test_what_stands_first_is_told_alone(topic: str, head: str) -> None:
    """A phrase that stands by itself is a topic without what was jotted after it."""
    assert first_piece(topic) == head


@pytest.mark.parametrize(
    "topic",
    [
        "moving the claims service to events",
        "parents shout, there is a silent Saturday",
        # too little, or too general, to be a topic
        "two ovens, both old",
        "the timetable, a two-week cycle",
        "54 turbines, the first due in spring",
        "the team and the day, with a long list of other work",
        # a list, or adjectives in a row
        "rotas, budgets and leave",
        "the old ward on Elm Street, the clinic and the lab",
        "moving to a slower, cheaper supplier",
        # the end takes something back
        "no lone working on the salt marsh, except in August",
        "moving all tenants to Kafka; perhaps not this year",
        "the kiln runs on wood, it wasn't built for gas",
        "you inherited nothing whatever, you wrote the first commit",
        "bedside handover on the ward, which replaced the old one",
        # no phrase, or one that was cut off in the middle
        "drove out to the northern boundary; elephants break the fence",
        "tailings dam no. 3: pore pressure crept up",
        "the kiln (gas, 1987) and the glaze room",
    ],
)
def test_what_does_not_stand_alone_is_told_whole(topic: str) -> None:
    """Nothing is cut where less would be something else, or nothing at all."""
    assert first_piece(topic) == topic


def test_a_comma_or_the_like_makes_pieces() -> None:
    """A dash, a bracket or a comma parts a jotting; a hyphen in a word does not."""
    assert is_in_pieces("two ovens – both old")
    assert is_in_pieces("the lab (cold)")
    assert not is_in_pieces("the on-call rota")


@pytest.mark.parametrize(
    ("jotting", "written"),
    [
        ("meters read from the gate b/c of dogs", "meters read from the gate because of dogs"),
        ("handover w/ two people, w/o a form", "handover with two people, without a form"),
        ("w/the union", "with the union"),
        ("24/7 cover and a Y/N form", "24/7 cover and a Y/N form"),
        ("the flood in the deposit last Nov.", "the flood in the deposit last November"),
        ("212 as of Oct. Client pays half", "212 as of October. Client pays half"),
        ("shut Sun + Mon, late on Thurs", "shut Sunday and Monday, late on Thursday"),
        ("Sat in on a round, Wed-Fri!!", "Sat in on a round, Wed-Fri"),
        ("the same day not 48 h", "the same day, not 48 h"),
        ("there are not 48 beds", "there are not 48 beds"),
        ("nobody listens after min 5", "nobody listens after minute 5"),
        ("40 min eps are 15 min too long", "40-minute eps are 15 minutes too long"),
        (
            "a 2 hr drive, 3 hr each way after xmas",
            "a 2-hour drive, 3 hours each way after Christmas",
        ),
        ("proofer's too small", "proofer is too small"),
        ("funded to March (said sorry 3 times)", "funded to March"),
        ("funded to March (10 of 12 posts)", "funded to March (10 of 12 posts)"),
        ("the firm's the-day-after rule", "the firm's the-day-after rule"),
        ("release every 2 wks lol", "release every 2 weeks"),
        ("SEPT-3 and the Sept rota", "SEPT-3 and the September rota"),
        ("till 4 bc 12 ppl wait", "till 4 because 12 people wait"),
    ],
)
def test_shorthand_is_written_out(jotting: str, written: str) -> None:
    """A message holds no sign that only jottings know."""
    assert written_out(jotting) == written


@pytest.mark.parametrize(
    ("claim", "alone"),
    [
        ("costed an LED refit of 60 fixtures there", "costed an LED refit of 60 fixtures"),
        ("weekly counts; shrinkage there fell to 1.9%", "weekly counts; shrinkage fell to 1.9%"),
        ("moved the punch lists of that job to tablets", "moved the punch lists to tablets"),
        (
            "trained 6 clerks in scanning out there, in Polish",
            "trained 6 clerks in scanning, in Polish",
        ),
    ],
)
def test_what_points_at_another_line_is_left_out(claim: str, alone: str) -> None:
    """The reader does not see the line before, so "there" says nothing."""
    assert unpointed(claim) == alone


@pytest.mark.parametrize(
    "claim",
    [
        "found that there was no backup",
        "know there's more to a ward than beds",
        "was there for the launch",
        "showed that those who train stay",
        "ran the there-and-back shuttle",
        "believe in that",
    ],
)
def test_what_a_claim_needs_is_kept(claim: str) -> None:
    """A "there" that carries the sentence stays."""
    assert unpointed(claim) == claim


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (
            "rebuilt the rota of a ward in R, from 5 weeks to 3 days",
            "rebuilt the rota of a ward in R",
        ),
        (
            "closed 35 final accounts in 14 months, airport job",
            "closed 35 final accounts in 14 months",
        ),
        ("cut waste by 9 %, with two colleagues", "cut waste by 9 %, with two colleagues"),
        ("ran a proning team, as deputy", "ran a proning team, as deputy"),
        ("won a bid, then lost the job", "won a bid, then lost the job"),
        ("nine years on pipe, last 3 duplex", "nine years on pipe, last 3 duplex"),
    ],
)
def test_a_deed_is_told_without_what_was_jotted_after_it(claim: str, told: str) -> None:
    """But whole where the rest may make less of it, or where too little is left."""
    assert claim_told(claim) == told


def test_a_claim_of_an_it_alone_points_back() -> None:
    """Of "automated it" nobody knows what it was; "built it into the app" is no better."""
    assert points_back("automated it with Ansible")
    assert points_back("wrote those in Go")
    assert not points_back("wrote the tests that caught it")


@pytest.mark.parametrize(
    ("jotting", "told"),
    [
        ("cue book is in people's heads", "the cue book is in people's heads"),
        ("panto has 74 cues, one flying", "the panto has 74 cues"),
        ("you've had 3 techs in 2 yrs", "you've had 3 techs in 2 years"),
        ("attendance is down", "attendance is down"),
        ("parents are worried", "parents are worried"),
    ],
)
def test_what_tells_of_one_thing_has_its_article(jotting: str, told: str) -> None:
    """The thing that "is" or "has" something is known to both; several and a mass need none."""
    assert topic_told(jotting) == told
