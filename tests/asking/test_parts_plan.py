"""Small models are asked part by part; the guide's own rules choose among their answers."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from followup_agent.asking.ask import Ask
from followup_agent.asking.inputs import TOPIC_WORDS, part_inputs
from followup_agent.asking.parts import (
    RETELLING_TEMPERATURE,
    SPECIALIST_TEMPERATURE,
    PartsPlan,
)
from followup_agent.asking.specialist import RETOLD, specialist_inputs, specialist_turns
from followup_agent.asking.wording import claim as claim_of
from followup_agent.chat.protocol import Alternative, Profile, Reply
from followup_agent.drafting import drafting
from followup_agent.errors import DraftRejected
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.kinds import Kind
from followup_agent.names import called
from followup_agent.notes.model import InterviewNotes, Item
from followup_agent.prompts import PromptLibrary
from good_messages import DAYS, GOOD, NOTES, brief, said

SMALL = Profile(plan="parts", candidates=3, guided=True)
GIVEN = {Part.SUBJECT, Part.GREETING, Part.CLOSING}
GRATITUDE, INTEREST = GOOD[Kind.THANK_YOU]["gratitude"], GOOD[Kind.THANK_YOU]["interest"]


def plan(kind: Kind = Kind.THANK_YOU, notes: InterviewNotes = NOTES) -> PartsPlan:
    """How a small model is asked for a message to Priya."""
    return PartsPlan(brief(kind, notes), PromptLibrary(), SMALL, "tiny", seed=5)


def trained(library: PromptLibrary | None = None, *parts: Part) -> PartsPlan:
    """How a model that was trained for these parts, or for all, is asked."""
    specialist = tuple(part.value for part in parts or Part)
    profile = Profile(
        plan="parts", candidates=3, guided=True, temperature=0.5, specialist=specialist
    )
    return PartsPlan(brief(), library or PromptLibrary(), profile, "trained", seed=5)


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
    topic = specialist_inputs(of.brief)["topic"]
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
    assert request.turns == own.render(specialist_inputs(of.brief))
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


def test_a_callers_library_may_lack_the_specialists_prompts(tmp_path: Path) -> None:
    """Then the model is asked with the parts' prompts that the library has."""
    shutil.copytree(PromptLibrary().folder / "parts", tmp_path / "parts")
    of = trained(PromptLibrary(tmp_path))
    assert all(request.grammar for request in of.ask(Ask(0, of.wanted())))


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


def inputs(attempt: int = 0, **fields: object) -> dict[str, str | int]:
    """What the part prompts are told, of the notes with some fields changed."""
    return part_inputs(brief(notes=NOTES.model_copy(update=fields)), attempt)


def items(*texts: str) -> tuple[Item, ...]:
    """Bullets that nobody in particular raised."""
    return tuple(Item(text=text) for text in texts)


def test_each_attempt_takes_the_next_topic_and_claim() -> None:
    """A re-ask does not offer the model the same words again."""
    one, two = inputs(), inputs(1)
    assert one["topic"] != two["topic"]
    assert one["claim"] != two["claim"]


def test_members_of_a_panel_start_elsewhere() -> None:
    """Tom's message takes another topic than Priya's, though both are for all."""
    shared = NOTES.model_copy(update={"topics": items("the budget", "the rota")})
    topics = [part_inputs(brief(notes=shared, to=p), 0)["topic"] for p in shared.interviewers]
    assert topics == ["the budget", "the rota"]


def test_a_short_topic_goes_before_a_long_one() -> None:
    """A jotting that fits into a sentence is taken first."""
    assert inputs(topics=items("word " * 30, "the rota"))["topic"] == "the rota"
    assert inputs(topics=items("shouting, Tom, kettle: no!", "the rota"))["topic"] == "the rota"


@pytest.mark.parametrize(
    ("topic", "phrase"),
    [
        ("the rota at the ward; " + "word " * 20, "the rota at the ward"),
        ("rota, " + "word " * 20, " ".join(["rota,", *["word"] * (TOPIC_WORDS - 1)])),
    ],
)
def test_a_long_topic_is_cut_at_its_first_clause(topic: str, phrase: str) -> None:
    """With nothing shorter in the notes, the first clause stands for it, else its first words."""
    assert inputs(topics=items(topic))["topic"] == phrase


def test_what_the_notes_lack_is_empty() -> None:
    """No claim, need or resource: the prompts get empty words, and the need is the topic."""
    bare = inputs(fit=(), needs=(), resources=(), decision_by=None, timeline=())
    assert (bare["claim"], bare["link"], bare["title"], bare["decision"]) == ("", "", "", "soon")
    assert bare["need"] == bare["topic"]


def test_inputs_do_not_depend_on_the_clock() -> None:
    """The interview is spoken of as on the day of writing that was given."""
    assert inputs()["when"] == "yesterday"
    late = part_inputs(brief(Kind.STATUS), 0)["when"]
    assert late == "on 12 May"
    assert DAYS[Kind.STATUS].year == 2026
