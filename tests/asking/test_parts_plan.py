"""Small models are asked part by part; the guide's own rules choose among their answers."""

from __future__ import annotations

import pytest

from followup_agent.asking.ask import Ask
from followup_agent.asking.parts import (
    PartsPlan,
)
from followup_agent.chat.protocol import Alternative, Profile, Reply
from followup_agent.drafting import drafting
from followup_agent.errors import DraftRejected
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.prompts import PromptLibrary
from good_messages import GOOD, NOTES, brief, said

SMALL = Profile(plan="parts", candidates=3)
GIVEN = {Part.SUBJECT, Part.GREETING, Part.CLOSING}
GRATITUDE, INTEREST = GOOD[Kind.THANK_YOU]["gratitude"], GOOD[Kind.THANK_YOU]["interest"]


def plan(kind: Kind = Kind.THANK_YOU, notes: InterviewNotes = NOTES) -> PartsPlan:
    """How a small model is asked for a message to Priya."""
    return PartsPlan(brief(kind, notes), PromptLibrary(), SMALL, "tiny", seed=5)


def replies(of: PartsPlan, **changed: str) -> list[Reply]:
    """A good answer to each request of the first ask, some changed."""
    good = {**GOOD[of.brief.kind], **changed}
    return [Reply(good[part.value]) for part in of.wanted()]


@pytest.mark.parametrize("kind", Kind)
def test_each_part_is_one_request(kind: Kind) -> None:
    """What the notes decide is written by code; each other part is asked for by itself."""
    of = plan(kind)
    parts = LAYOUTS[kind].parts
    assert set(of.given()) == GIVEN & set(parts)
    requests = of.ask(Ask(0, of.wanted()))
    assert [r.parts for r in requests] == [(p.value,) for p in parts if p not in GIVEN]
    for request in requests:
        assert (request.candidates, request.stop, request.seed) == (3, ("\n",), 5)
        assert request.max_tokens < 400
        assert request.schema is None
        assert request.grammar


@pytest.mark.parametrize("kind", Kind)
def test_good_sentences_make_a_valid_draft(kind: Kind) -> None:
    """The same generator puts the sentences together, in one round."""
    of = plan(kind)
    steps = drafting(of.brief, of)
    next(steps)
    with pytest.raises(StopIteration) as stop:
        steps.send(replies(of))
    draft = stop.value.value
    assert draft.valid
    assert draft.prompt.name == f"parts/{kind}"
    assert len(draft.prompt.sha256) == 64


def test_a_re_ask_is_warmer_and_looks_elsewhere() -> None:
    """Only the faulty part is asked again, with another seed, temperature and topic."""
    of = plan()
    steps = drafting(of.brief, of)
    first = next(steps)
    again = steps.send(replies(of, key_points="We talked."))
    (request,) = again.requests
    assert request.parts == ("key_points",)
    assert request.seed == 6
    assert request.temperature > first.requests[0].temperature
    old = next(r for r in first.requests if r.parts == ("key_points",))
    assert said(request) != said(old)


def test_a_fault_of_the_given_parts_is_not_asked_of_the_model() -> None:
    """What code wrote cannot be written again: the draft is rejected at once."""
    notes = NOTES.model_copy(update={"role": "[role]"})
    of = plan(Kind.REMINDER, notes)
    steps = drafting(of.brief, of)
    next(steps)
    good = {**GOOD[Kind.REMINDER], "reference": "We spoke on 12 May about event-driven services."}
    with pytest.raises(DraftRejected) as caught:
        steps.send([Reply(good[part.value]) for part in of.wanted()])
    assert len(caught.value.draft.attempts) == 1


def test_fit_needs_a_claim() -> None:
    """Without anything under My fit there is no such request."""
    assert Part.FIT not in plan(notes=NOTES.model_copy(update={"fit": ()})).wanted()


def best(part: Part, *answers: Alternative) -> str | None:
    """The answer that is chosen for a part of an otherwise good message."""
    of = plan()
    others = {Part(k): v for k, v in GOOD[Kind.THANK_YOU].items() if k != part}
    return of.read(Ask(0, (part,), accepted=others), [Reply("", alternatives=answers)]).get(part)


def test_the_guide_ranks_the_candidates() -> None:
    """A valid sentence beats a likelier one that breaks a rule."""
    invented = Alternative("I am very interested in Globex.", likelihood=-0.1)
    assert best(Part.INTEREST, invented, Alternative(INTEREST, likelihood=-2.0)) == INTEREST


def test_likelihood_decides_between_equals() -> None:
    """Of two that break no rule the model's own favourite is kept."""
    other = "I would be glad to work as Senior Backend Engineer at Lumen Health."
    likely = [Alternative(INTEREST, likelihood=-2.0), Alternative(other, likelihood=-0.5)]
    assert best(Part.INTEREST, *likely) == other


def test_a_forced_ending_is_a_last_resort() -> None:
    """A sentence that only the grammar ended is taken when there is no other."""
    forced = Alternative(INTEREST, "grammar", -0.1)
    other = "I would be glad to work as Senior Backend Engineer at Lumen Health."
    assert best(Part.INTEREST, forced, Alternative(other, likelihood=-3.0)) == other
    assert best(Part.INTEREST, forced) == INTEREST


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_a_cut_candidate_is_never_taken(reason: str) -> None:
    """Half a sentence is no sentence."""
    assert best(Part.INTEREST, Alternative(INTEREST, reason), Alternative("")) is None


def test_a_model_without_alternatives_has_one_candidate() -> None:
    """A plain reply is read as the only answer; no answer leaves the part missing."""
    of = plan()
    read = of.read(Ask(0, (Part.GRATITUDE,)), [Reply(f" {GRATITUDE}\n")])
    assert read == {Part.GRATITUDE: GRATITUDE}
    assert of.read(Ask(0, (Part.GRATITUDE,)), [Reply("  ")]) == {}


def test_a_fault_elsewhere_does_not_count_against_a_candidate() -> None:
    """A candidate answers for its own words alone, not for a wrong greeting."""
    of = plan()
    accepted = {Part.GREETING: "Hi Zork,"}
    chosen = of.read(Ask(0, (Part.GRATITUDE,), accepted=accepted), [Reply(GRATITUDE)])
    assert chosen == {Part.GRATITUDE: GRATITUDE}
