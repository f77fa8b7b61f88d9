"""How a model that was trained for parts is asked for them, and what of its answers is taken."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from followup_agent.asking.ask import Ask
from followup_agent.asking.parts import (
    RETELLING_TEMPERATURE,
    SPECIALIST_TEMPERATURE,
    PartsPlan,
)
from followup_agent.asking.specialist import RETOLD, specialist_inputs, specialist_turns
from followup_agent.asking.wording import claim as claim_of
from followup_agent.chat.protocol import Alternative, Profile, Reply
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from followup_agent.names import called
from followup_agent.notes.model import Item
from followup_agent.prompts import PromptLibrary
from good_messages import NOTES, brief, said

SMALL = Profile(plan="parts", candidates=3)


def trained(library: PromptLibrary | None = None, *parts: Part) -> PartsPlan:
    """How a model that was trained for these parts, or for all, is asked."""
    specialist = tuple(part.value for part in parts or Part)
    profile = Profile(plan="parts", candidates=3, temperature=0.5, specialist=specialist)
    return PartsPlan(brief(), library or PromptLibrary(), profile, "trained", seed=5)


def test_a_specialist_is_asked_by_its_own_prompts() -> None:
    """It was trained for them: no examples, no grammar."""
    of = trained()
    for part, request in zip(of.wanted(), of.ask(Ask(0, of.wanted())), strict=True):
        assert request.turns == specialist_turns(of.brief, part, of.library)
        assert request.grammar == ""
        retells = part in RETOLD
        assert request.temperature == (RETELLING_TEMPERATURE if retells else SPECIALIST_TEMPERATURE)


def test_a_specialist_retells_a_topic_after_an_opening() -> None:
    """How the sentence begins is the prompt's; the clause must keep to the jotting."""
    of, parts = trained(), (Part.KEY_POINTS,)
    (request,) = of.ask(Ask(0, parts))
    topic = specialist_inputs(of.brief, Part.KEY_POINTS)["topic"]
    told = Reply(f"{request.prefix} about {topic}.")
    more = Reply(f"{request.prefix} about {topic} and the weather.")
    assert request.prefix
    assert of.read(Ask(0, parts), [told]) == {Part.KEY_POINTS: told.text}
    assert of.read(Ask(0, parts), [more]) == {}


def test_a_claim_retold_gets_its_ending() -> None:
    """What the candidate would do with it is the prompt's, so that nothing is promised."""
    of, parts = trained(), (Part.FIT,)
    claim = claim_of(NOTES.fit[0].text)
    (text,) = of.read(Ask(0, parts), [Reply(f"{claim}.")]).values()
    assert text.startswith(f"{claim}, and I")
    assert of.read(Ask(0, parts), [Reply(f"{claim} alone.")]) == {}


@pytest.mark.parametrize("kind", [Kind.LINKEDIN, Kind.KEEP_IN_TOUCH])
def test_a_kind_may_have_a_specialists_prompt_of_its_own(kind: Kind) -> None:
    """A note that has room for 300 characters recalls the talk in other words."""
    of = replace(trained(), brief=brief(kind))
    (request,) = of.ask(Ask(0, (Part.REFERENCE,)))
    own = of.library.get(f"specialist/{kind}-reference")
    assert request.turns == own.render(specialist_inputs(of.brief, Part.REFERENCE))
    assert request.prefix


def test_where_a_specialist_fails_a_grammar_helps() -> None:
    """After another jotting, if there is one, the part is asked for as of any small model."""
    of = trained()
    first, other, again = (of.ask(Ask(n, (Part.KEY_POINTS,)))[0] for n in range(3))
    assert not other.grammar
    assert said(other) != said(first)
    assert again.grammar
    (courtesy,) = of.ask(Ask(1, (Part.COURTESY,)))
    assert courtesy.grammar
    assert again.temperature > SMALL.temperature


def test_two_who_hope_for_one_job_are_not_written_the_same() -> None:
    """What the prompt does not tell apart, the seed does."""
    of = trained(None, Part.INTEREST)
    other = NOTES.model_copy(
        update={"candidate": NOTES.candidate.model_copy(update={"name": "Zoë Brand"})}
    )
    (mine,) = of.ask(Ask(0, (Part.INTEREST,)))
    (theirs,) = replace(of, brief=brief(of.brief.kind, other)).ask(Ask(0, (Part.INTEREST,)))
    assert mine.turns == theirs.turns
    assert mine.seed != theirs.seed


def test_the_name_is_not_said_twice_in_a_row() -> None:
    """The greeting has just said it."""
    of, name = trained(None, Part.GRATITUDE), called(brief().to, brief().tone)
    reply = Reply(f"{name}, thank you for the interview.")
    chosen = of.read(Ask(0, (Part.GRATITUDE,)), [reply])
    assert chosen == {Part.GRATITUDE: "Thank you for the interview."}


def test_a_specialist_is_asked_so_only_for_its_parts() -> None:
    """Which of them it writes well was measured, one by one."""
    of = trained(None, Part.INTEREST)
    requests = dict(zip(of.wanted(), of.ask(Ask(0, of.wanted())), strict=True))
    assert requests[Part.GRATITUDE].grammar
    assert not requests[Part.INTEREST].grammar


def test_what_a_specialist_adds_is_not_taken() -> None:
    """The part stays missing, so that it is asked for again; a grammar's answer is taken."""
    of, parts = trained(), (Part.INTEREST,)
    made_up = Reply("I would love to join Acme as Data Engineer on a tropical island.")
    assert of.read(Ask(0, parts), [made_up]) == {}
    assert of.read(Ask(1, parts), [made_up])


def test_a_specialist_must_name_role_and_company_together() -> None:
    """Wanting "Acme" alone reads as if the company were the job."""
    of = trained()
    half = Reply(f"{NOTES.company} is where I would love to be.")
    both = Reply(f"I would love to be a {NOTES.role} at {NOTES.company}.")
    assert of.read(Ask(0, (Part.INTEREST,)), [half]) == {}
    assert of.read(Ask(0, (Part.INTEREST,)), [both])
    # "I should be honoured to join the collections registrar" is of somebody else.
    lower = Reply(f"I would love to be a {NOTES.role.lower()} at {NOTES.company}.")
    assert of.read(Ask(0, (Part.INTEREST,)), [lower]) == {}


def test_a_callers_library_may_lack_the_specialists_prompts(tmp_path: Path) -> None:
    """Then the model is asked with the parts' prompts that the library has."""
    shutil.copytree(PromptLibrary().folder / "parts", tmp_path / "parts")
    of = trained(PromptLibrary(tmp_path))
    assert all(request.grammar for request in of.ask(Ask(0, of.wanted())))


def retelling(part: Part, *topics: str) -> PartsPlan:
    """A plan for notes with these topics, or claims where the part tells one."""
    section = "fit" if part is Part.FIT else "topics"
    items = tuple(Item(text=text) for text in topics)
    return replace(trained(), brief=brief(notes=NOTES.model_copy(update={section: items})))


def told(plan: PartsPlan, part: Part, number: int = 0) -> list[str]:
    """What is to be retold by each request of an ask."""
    requests = plan.ask(Ask(number, (part,)))
    return [r.turns[-1].content.splitlines()[-1].partition(": ")[2] for r in requests]


EASY, HARD, OTHER = "the harvest in the rains", "how pens froze, ink – no", "why rotas, done – no"


def test_an_easy_jotting_is_retold_alone() -> None:
    """All candidates are of it; the next one is kept for a re-ask."""
    of = retelling(Part.KEY_POINTS, HARD, EASY, OTHER)
    assert told(of, Part.KEY_POINTS) == [EASY]
    assert of.ask(Ask(0, (Part.KEY_POINTS,)))[0].candidates == 3
    assert told(of, Part.KEY_POINTS, 1) == [HARD, OTHER]


def test_a_hard_jotting_is_retold_beside_the_next() -> None:
    """The candidates are shared out, and the likelier retelling is kept, whosoever it is."""
    parts = (Part.KEY_POINTS,)
    of = retelling(Part.KEY_POINTS, "how they shed, an old one", "how they barn, a new one")
    requests = of.ask(Ask(0, parts))
    assert [request.candidates for request in requests] == [2, 2]
    unlike = zip(requests, told(of, Part.KEY_POINTS), (-0.1, -0.02), strict=True)
    answers = [
        Reply("", alternatives=(Alternative(f"{r.prefix} about {what}.", likelihood=likelihood),))
        for r, what, likelihood in unlike
    ]
    assert of.read(Ask(0, parts), answers)[Part.KEY_POINTS].startswith(requests[1].prefix)


def test_of_a_jotting_that_fits_into_no_sentence_its_thing_is_retold() -> None:
    """Scraps are joined wrongly as often as not."""
    of = retelling(Part.KEY_POINTS, "repair rate 7 %, mostly root porosity – purge?")
    assert told(of, Part.KEY_POINTS) == ["the repair rate"]


def test_an_unlikely_retelling_is_not_taken() -> None:
    """Its writer saw nothing like it; a grammar does better."""
    of, parts = retelling(Part.FIT, "led a crew of five"), (Part.FIT,)
    sure, unsure = (
        Reply("", alternatives=(Alternative("I led a crew of five.", likelihood=likelihood),))
        for likelihood in (-0.01, -0.3)
    )
    assert of.read(Ask(0, parts), [sure])
    assert of.read(Ask(0, parts), [unsure]) == {}


def test_the_most_usual_turn_of_phrase_is_kept() -> None:
    """A likelier sentence that goes on as none that was taught is second to it."""
    of, parts = trained(None, Part.GRATITUDE), (Part.GRATITUDE,)
    odd = Alternative(
        "I am grateful for the time you gave me, and I thank you for the interview.",
        likelihood=-0.1,
    )
    usual = Alternative("Thank you for the interview.", likelihood=-0.9)
    chosen = of.read(Ask(0, parts), [Reply("", alternatives=(odd, usual))])
    assert chosen == {Part.GRATITUDE: usual.text}


def test_a_thank_you_is_no_second_message() -> None:
    """“Still” belongs into a reminder."""
    still = f"I am still very keen to join {NOTES.company} as {NOTES.role}."
    first, later = trained(), replace(trained(), brief=brief(Kind.REMINDER))
    assert first.read(Ask(0, (Part.INTEREST,)), [Reply(still)]) == {}
    assert later.read(Ask(0, (Part.INTEREST,)), [Reply(still)])


def test_nobody_met_on_the_telephone() -> None:
    """After a call the thanks are for speaking; after an interview on site they may be for meeting."""
    met = f"Thank you for meeting me yesterday to discuss the {NOTES.role} position."
    spoken = "Thank you for talking with me yesterday."
    for how, taken in (("onsite", {met, spoken}), ("phone", {spoken})):
        notes = NOTES.model_copy(update={"format": how})
        of = replace(trained(), brief=brief(notes=notes))
        parts = (Part.GRATITUDE,)
        read = [of.read(Ask(0, parts), [Reply(text)]).get(Part.GRATITUDE) for text in (met, spoken)]
        assert set(filter(None, read)) == taken
