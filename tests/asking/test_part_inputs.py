"""The facts of a brief in the wordings that the part prompts take."""

from __future__ import annotations

import pytest

from followup_agent.asking.choosing import topics_to_tell
from followup_agent.asking.inputs import part_inputs
from followup_agent.asking.phrases import TOPIC_WORDS
from followup_agent.brief import Brief
from followup_agent.kinds import Kind
from followup_agent.notes.model import Interviewer, Item, Resource
from good_messages import DAYS, NOTES, brief


def inputs(attempt: int = 0, **fields: object) -> dict[str, str | int]:
    """What the part prompts are told, of the notes with some fields changed."""
    return part_inputs(brief(notes=NOTES.model_copy(update=fields)), attempt)


def items(*texts: str) -> tuple[Item, ...]:
    """Bullets that nobody in particular raised."""
    return tuple(Item(text=text) for text in texts)


def jotted(wanted: Brief) -> list[str]:
    """The topics that a brief tells, as the notes have them."""
    return [topic.jotted.text for topic in topics_to_tell(wanted)]


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


def test_no_two_asks_of_a_panel_begin_alike() -> None:
    """Neither another member's message nor an ask again takes the same turn of phrase."""
    variants = [
        part_inputs(brief(to=person), attempt)["variant"]
        for person in NOTES.interviewers
        for attempt in range(3)
    ]
    assert len(set(variants)) == len(variants)


def test_a_short_topic_goes_before_a_long_one() -> None:
    """A jotting that fits into a sentence is taken first."""
    assert inputs(topics=items("word " * 30, "the rota"))["topic"] == "the rota"
    assert inputs(topics=items("shouting, Tom, kettle: no!", "the rota"))["topic"] == "the rota"


@pytest.mark.parametrize(
    ("topic", "phrase"),
    [
        ("the rota at the ward; " + "word " * 20, "the rota at the ward"),
        ("rota, " + "word " * 20, "the rota"),
        ("dam no. 3, " + "word " * 20, "dam no. 3"),
        ("a wing at St. Ansgar, " + "word " * 20, "a wing at St. Ansgar"),
        ("the swab results on the same day not 48 h", "the swab results on the same day"),
        ("word " * 25, " ".join(["word"] * TOPIC_WORDS)),
    ],
)
def test_a_long_topic_is_cut_at_its_first_clause(topic: str, phrase: str) -> None:
    """With nothing shorter in the notes, the first clause stands for it, else its first words."""
    assert inputs(topics=items(topic))["topic"] == phrase


@pytest.mark.parametrize(
    ("how", "heard"),
    [
        ("phone", "yes"),
        ("Telephone screen", "yes"),
        ("a call", "yes"),
        (None, ""),
        ("video call", ""),
        ("panel on Teams", ""),
        ("phone, then on site", ""),
    ],
)
def test_who_only_heard_each_other_did_not_meet(how: str | None, heard: str) -> None:
    """A telephone interview is told of as a talk; where they saw each other, they met."""
    assert inputs(format=how)["by_phone"] == heard


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


def sharing(*topics: str, title: str = "Spore traps", note: str | None = None) -> Brief:
    """A value-add of one resource, after a talk about these topics."""
    resource = Resource(title=title, url="https://example.org/x", note=note)
    changed = {"topics": items(*topics), "resources": (resource,)}
    return brief(Kind.VALUE_ADD, NOTES.model_copy(update=changed))


def test_what_is_shared_is_tied_to_the_topic_that_it_is_about() -> None:
    """By the title's rare words or the note's; where it is about none, all may be told."""
    rust = "soybean rust came three weeks early"
    told = part_inputs(sharing("the rota", rust, note="on soybean rust"), 0)["topic"]
    assert told == "soybean rust"
    assert part_inputs(sharing("the rota", "spore counts"), 0)["topic"] == "spore counts"
    assert jotted(sharing("the rota", "the van")) == ["the rota", "the van"]


def test_a_claim_may_tie_a_topic_to_what_is_shared() -> None:
    """Text reminders are about the no-shows that they halved, where no topic has their words."""
    shared = sharing("the rota", "no-shows on Saturdays", note="text reminders for patients")
    fit = items("halved no-shows with text reminders for patients")
    notes = shared.notes.model_copy(update={"fit": fit})
    assert jotted(brief(Kind.VALUE_ADD, notes)) == ["no-shows on Saturdays"]
    assert len(jotted(shared)) == 2


def test_what_may_be_the_candidates_or_anothers_is_told_last() -> None:
    """A deed of nobody in particular, or what another of the panel said, is no news to the reader."""
    topics = items(
        "Taught a trial lesson on fractions", "Tom Becker said that he codes", "the rota"
    )
    assert jotted(brief(notes=NOTES.model_copy(update={"topics": topics}))) == ["the rota"]
    alone = brief(notes=NOTES.model_copy(update={"topics": topics[:1]}))
    assert jotted(alone) == ["Taught a trial lesson on fractions"]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("A songbook with large print, for Tom", "a songbook with large print"),
        ("an essay on consent", "an essay on consent"),
        ("the part that Tom meant", ""),
        ("a paper that he wrote", ""),
        ("a test of what Priya described", ""),
        ("on soybean rust", ""),
        ("a town halved its salt", ""),
        ("a sheet made for fish lines", "a sheet made for fish lines"),
        (None, ""),
    ],
)
def test_a_note_may_say_what_the_resource_is(note: str | None, said: str) -> None:
    """Then the sentence says it too; a note on somebody is for the candidate alone."""
    assert part_inputs(sharing("the rota", note=note), 0)["description"] == said


def test_the_head_of_a_jotting_stands_for_it() -> None:
    """Where no jotting fits into a sentence, the thing before the colon does."""
    for topic in ("the lime mortars: he keeps samples", "the lime mortars, people find them hard"):
        assert inputs(topics=items(topic, "odd: why"))["topic"] == "the lime mortars"


def test_what_one_of_a_panel_wishes_is_told_to_them_alone() -> None:
    """What Priya hates is hers, and what is Tom's by name is no news to her."""
    topics = items("Priya hates long handovers", "Tom's rota for the spring", "the boiler house")
    notes = NOTES.model_copy(update={"topics": topics})
    priya, tom = (jotted(brief(notes=notes, to=person)) for person in NOTES.interviewers)
    assert priya == [topics[0].text, topics[2].text]
    assert tom == [topics[1].text, topics[2].text]


def test_the_trial_lesson_is_no_news_to_the_panel() -> None:
    """How the candidate's own hour went is not what they heard about."""
    topics = items("lesson obs was fine", "Showed me the depot", "the rota")
    assert jotted(brief(notes=NOTES.model_copy(update={"topics": topics}))) == ["the rota"]


@pytest.mark.parametrize(
    ("person", "title"), [("Priya Nair", "Outbox"), ("Tom Becker", "On-call that lasts")]
)
def test_of_several_resources_the_recipients_own_is_shared(person: str, title: str) -> None:
    """It is about what they raised, or its note names them."""
    shared = (
        Resource(title="On-call that lasts", url="https://example.org/a", note="for Tom"),
        Resource(title="Outbox", url="https://example.org/b", note="moving off the monolith"),
    )
    notes = NOTES.model_copy(update={"resources": shared})
    to = next(each for each in notes.interviewers if each.name == person)
    chosen = brief(Kind.VALUE_ADD, notes, to=to).resource
    assert chosen is not None
    assert chosen.title == title


def test_nothing_is_shared_where_the_notes_hold_nothing() -> None:
    """No resource, then."""
    assert brief(notes=NOTES.model_copy(update={"resources": ()})).resource is None


@pytest.mark.parametrize(
    "aside",
    [
        "tour: the yard at changeover time",
        "Had a look at the education room, great view",
        "SQL round, window functions",
        "kitchen tour, the laminator is from 1998",
        "Well we mostly talked about",
        "Priya and Tom do not agree on the rota",
        'Priya said "this is why you came"',
    ],
)
def test_the_interview_itself_is_no_news(aside: str) -> None:
    """Neither a tour, a test, a line that leads to others nor the panel is what they told."""
    assert inputs(topics=items(aside, "the rota"))["topic"] == "the rota"
    assert inputs(attempt=1, topics=items(aside, "the rota"))["topic"] == "the rota"


def test_a_re_ask_goes_on_to_what_is_left() -> None:
    """Where one topic alone fits as it is, the next ask takes a thing, or a jotting after a colon."""
    told = items("the rota at the ward", "class size 38, smartboard works in 2 of 6 rooms")
    assert [inputs(n, topics=told)["topic"] for n in (0, 1)] == [
        "the rota at the ward",
        "the class size",
    ]
    told = items("the rota at the ward", "Mostly late, and 2 of 6: why?")
    assert [inputs(n, topics=told)["shape"] for n in (0, 1)] == ["noun", "other"]


def test_what_several_raised_is_told_to_each_of_them_alone() -> None:
    """What "Priya + Tom:" said is theirs; to a third it is another's."""
    panel = [*NOTES.interviewers, Interviewer(name="Ines Prado")]
    topics = items("Priya + Tom: the ledger of the shop", "the rota")
    notes = NOTES.model_copy(update={"topics": topics, "interviewers": tuple(panel)})
    told = [part_inputs(brief(notes=notes, to=person), 0)["topic"] for person in panel]
    assert told == ["the ledger of the shop", "the ledger of the shop", "the rota"]


def test_a_resource_on_what_another_told_is_told_so() -> None:
    """A paper on Tom's topic is not tied to what Priya said."""
    topics = (Item(text="hiring in spring", by="Priya Nair"),)
    topics += (Item(text="clubroot in two canola fields", by=NOTES.interviewers[1].name),)
    resources = (Resource(title="Clubroot in canola", url="https://example.org/clubroot"),)
    notes = NOTES.model_copy(update={"topics": topics, "resources": resources})
    for place, teller in ((0, "Tom"), (1, "")):
        told = part_inputs(brief(Kind.VALUE_ADD, notes=notes, to=notes.interviewers[place]), 0)
        assert (told["topic"], told["teller"]) == ("the clubroot in two canola fields", teller)
