"""The policy of drafting, driven with plain lists of replies: no model, no clock, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from followup_agent.asking.ask import Round
from followup_agent.asking.whole import WholePlan
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Profile, Reply, Usage
from followup_agent.drafting import drafting
from followup_agent.errors import CutOff, DraftRejected, Refused
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.kinds import Kind
from followup_agent.prompts import PromptLibrary
from followup_agent.records import Draft
from good_messages import DAYS, GOOD, NOTES, NOTES_FILE, answer, brief, parts, said

BAD_INTEREST = "It was nice to see the office."
NEW_INTEREST = "I am very interested in the Senior Backend Engineer role at Lumen Health."
INVENTED_FIT = "I ran 90 services on Kubernetes at Globex."


def whole(of: Brief) -> WholePlan:
    """The plan that asks a scripted model once for all parts."""
    return WholePlan(of, PromptLibrary().get(of.kind.value), Profile(), "scripted")


def run(
    replies: Iterable[Reply | str], of: Brief | None = None, reasks: int = 3
) -> tuple[Draft | DraftRejected, list[Round]]:
    """Drive a drafting with replies; what it ended with, and the rounds that it asked."""
    of = of or brief()
    steps = drafting(of, whole(of), reasks=reasks)
    rounds = [next(steps)]
    for reply in replies:
        try:
            rounds.append(steps.send([Reply(reply) if isinstance(reply, str) else reply]))
        except StopIteration as stop:
            return stop.value, rounds
        except DraftRejected as rejected:
            return rejected, rounds
    raise AssertionError(f"still asking after {len(rounds) - 1} replies")


def ended(replies: Iterable[Reply | str], **how: object) -> Draft:
    """The valid draft that these replies end in."""
    end, _ = run(replies, **how)
    assert isinstance(end, Draft), end.violations
    return end


def rejected(replies: Iterable[Reply | str], **how: object) -> DraftRejected:
    """The rejection that these replies end in."""
    end, _ = run(replies, **how)
    assert isinstance(end, DraftRejected)
    return end


@pytest.mark.parametrize("kind", Kind)
def test_a_good_first_answer_is_the_draft(kind: Kind) -> None:
    """Whatever the kind, a valid answer ends drafting after one ask for every part."""
    draft, rounds = run([answer(kind)], brief(kind))
    assert isinstance(draft, Draft)
    assert draft.valid
    assert draft.parts == GOOD[kind]
    assert len(rounds) == len(draft.attempts) == 1
    (request,) = rounds[0].requests
    wanted = [part.value for part in LAYOUTS[kind].parts]
    assert list(request.parts) == wanted == list(request.schema["properties"])


def test_a_draft_reads_as_subject_and_body() -> None:
    """The text is the subject line, a blank line and the body, as check reads it."""
    draft = ended([answer()])
    assert draft.text == f"Subject: {draft.subject}\n\n{draft.body}"
    assert draft.body.startswith("Hi Priya,\n\nThank you")
    assert draft.body.endswith("Best wishes,\nDaniel Okafor")
    note = ended([answer(Kind.LINKEDIN)], of=brief(Kind.LINKEDIN))
    assert note.subject is None
    assert note.text == note.body


def test_only_the_faulty_part_is_asked_again() -> None:
    """The re-ask names one part, and its schema holds no other."""
    draft, rounds = run([answer(interest=BAD_INTEREST), json.dumps({"interest": NEW_INTEREST})])
    assert isinstance(draft, Draft)
    assert draft.parts == parts(interest=NEW_INTEREST)
    (request,) = rounds[1].requests
    assert request.parts == ("interest",)
    assert list(request.schema["properties"]) == request.schema["required"] == ["interest"]
    assert rounds[1].ask.missing == (Part.INTEREST,)
    assert [attempt.parts for attempt in draft.attempts][1:] == [("interest",)]


def test_the_re_ask_tells_what_was_wrong() -> None:
    """It holds the accepted parts, the rule's finding and words, and the rejected text."""
    _, rounds = run([answer(interest=BAD_INTEREST), json.dumps({"interest": NEW_INTEREST})])
    words = said(rounds[1].requests[0])
    for name, text in parts(interest=None).items():
        assert f"{name}: {text}" in words
    assert "interest: interest in the role is missing" in words
    assert f"interest: rejected text: {BAD_INTEREST}" in words


def test_two_faults_are_asked_again_together() -> None:
    """Each faulty part is in the one re-ask, in reading order."""
    first = answer(closing="Best wishes,", gratitude="Thank you for your time, [name].")
    _, rounds = run([first, answer()])
    assert rounds[1].requests[0].parts == ("gratitude", "closing")


def test_accepted_parts_are_frozen() -> None:
    """A re-ask's answer that rewrites good parts changes only the one that was asked for."""
    pushy = answer(interest=NEW_INTEREST, greeting="Hey Tom!!", fit=INVENTED_FIT)
    assert ended([answer(interest=BAD_INTEREST), pushy]).parts == parts(interest=NEW_INTEREST)


def test_a_part_that_is_not_answered_stays_missing() -> None:
    """An empty or absent part is asked for again, and the others are kept."""
    first, second = answer(interest=None, gratitude=" "), json.dumps({"gratitude": ""})
    _, rounds = run([first, second, answer()])
    assert [r.requests[0].parts for r in rounds[1:]] == [("gratitude", "interest")] * 2


@pytest.mark.parametrize("kind", Kind)
def test_a_re_ask_is_not_much_longer_than_the_first_ask(kind: Kind) -> None:
    """With any one part missing, the prompt grows by no more than 30 %."""
    for part in LAYOUTS[kind].required:
        _, rounds = run([answer(kind, **{part.value: None}), answer(kind)], brief(kind))
        first, again = (len(said(r.requests[0], ("system", "user"))) for r in rounds)
        assert again <= 1.3 * first, part


def test_the_context_does_not_grow() -> None:
    """After five different wrong answers the prompt is as long as after one."""
    blanks = ("[first]", "[third]", "[fifth]", "[sixth]")
    wrong = [
        json.dumps({"interest": f"I am very interested in the {blank} role at Lumen Health."})
        for blank in blanks
    ]
    end, rounds = run([answer(interest=BAD_INTEREST), *wrong], reasks=4)
    assert isinstance(end, DraftRejected)
    sizes = [len(said(r.requests[0])) for r in rounds[2:]]
    assert max(sizes) == min(sizes)
    last = said(rounds[-1].requests[0])
    assert [blank for blank in blanks if blank in last] == ["[fifth]"]


def test_a_re_ask_is_shorter_and_has_a_seed_of_its_own() -> None:
    """A re-ask's system turn names only the parts that are asked for, after an opening of its own."""
    _, rounds = run([answer(interest=BAD_INTEREST), answer()])
    first, again = (r.requests[0] for r in rounds)
    assert "- gratitude: " in first.turns[0].content
    assert "- gratitude: " not in again.turns[0].content
    assert "- interest: " in again.turns[0].content
    assert sum(len(t.content) for t in again.turns) < 0.8 * sum(len(t.content) for t in first.turns)
    assert (first.seed, again.seed) == (0, 1)


def test_where_nothing_was_good_the_whole_guidance_is_given_again() -> None:
    """Without an accepted part a re-ask begins with the first ask's static prefix."""
    _, rounds = run([Reply("{}"), answer()])
    prefixes = {r.requests[0].turns[0].content.partition("\n- subject: ")[0] for r in rounds}
    assert len(prefixes) == 1


@pytest.mark.parametrize("reasks", [0, 1, 2])
def test_asking_ends_after_the_last_re_ask(reasks: int) -> None:
    """So many re-asks follow the first ask, and no more."""
    wrong = (answer(interest=f"I want the {blank} job.") for blank in ("[one]", "[two]", "[six]"))
    assert len(rejected(wrong, reasks=reasks).draft.attempts) == reasks + 1


def test_asking_ends_when_nothing_changes() -> None:
    """The same faults back from two re-asks in a row end it, with re-asks left."""
    end = rejected([answer(interest=BAD_INTEREST)] * 9, reasks=8)
    assert len(end.draft.attempts) == 3


def test_a_rejection_carries_the_best_draft() -> None:
    """Of several drafts the one with the fewest required violations, not the last, is kept."""
    gaps = [
        answer(interest=None, closing=None),
        answer(closing="Best wishes,", interest=BAD_INTEREST),
    ]
    end = rejected([gaps[0], json.dumps({"closing": GOOD[Kind.THANK_YOU]["closing"]}), "{}", "{}"])
    assert [v.rule for v in end.violations] == ["interest"]
    assert end.draft.parts == parts(interest=None)
    assert not end.draft.valid
    assert "interest" in str(end)
    assert "Priya" not in str(end)
    assert end.exit_code == 3


def test_an_optional_part_that_stays_wrong_is_left_out() -> None:
    """A claim that the notes do not hold is asked again, and then dropped."""
    draft = ended([answer(fit=INVENTED_FIT)] * 3)
    assert draft.parts == parts(fit=None)
    assert "Globex" not in draft.text
    assert [a.parts for a in draft.attempts[1:]] == [("fit",), ("fit",)]


def test_a_wrong_option_is_no_way_round_a_required_part() -> None:
    """Where a required part is wrong too, the draft is rejected as it was."""
    end = rejected([answer(fit=INVENTED_FIT, interest=BAD_INTEREST)] * 3)
    assert "fit" in end.draft.parts


def test_fit_is_not_asked_for_without_a_claim() -> None:
    """With nothing under My fit, no model is tempted to invent something."""
    notes = NOTES.model_copy(update={"fit": ()})
    _, rounds = run([answer(fit=None)], brief(notes=notes))
    assert "fit" not in rounds[0].requests[0].parts


def test_a_refusal_ends_drafting() -> None:
    """A model that declines is not asked again."""
    with pytest.raises(Refused):
        run([Reply("", refusal="I cannot help with that.")])


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_a_cut_answer_ends_drafting(reason: str) -> None:
    """Half an answer is never taken for a whole one, even where it would parse."""
    cut = Reply(answer().text, finish_reason=reason)
    with pytest.raises(CutOff, match=reason):
        run([cut])


@pytest.mark.parametrize("rubbish", ["", "no", "{", "[1, 2]", '{"body": 1}', "}{", "\0" * 99])
def test_rubbish_for_ever_is_rejected(rubbish: str) -> None:
    """A model that never answers ends with every required part missing, and no error of ours."""
    end = rejected([rubbish] * 3)
    assert {v.part for v in end.violations} >= {p.value for p in LAYOUTS[Kind.THANK_YOU].required}
    assert end.draft.parts == {}
    assert end.draft.subject == ""


def test_usage_and_seconds_are_summed() -> None:
    """A draft's cost is that of all its asks; each attempt keeps its own."""
    draft = ended([answer(interest=BAD_INTEREST), answer()])
    assert (draft.usage.requests, draft.usage.prompt_tokens, draft.usage.completion_tokens) == (
        2,
        200,
        40,
    )
    assert draft.seconds == 1.0
    assert [a.usage.prompt_tokens for a in draft.attempts] == [100, 100]
    assert [v.rule for v in draft.attempts[0].violations] == ["interest"]
    assert draft.attempts[1].violations == ()


def test_a_draft_is_traceable() -> None:
    """It records the prompt with its hash, the model, and the line behind each fact."""
    draft = ended([answer()])
    prompt = PromptLibrary().get("thank-you")
    assert draft.prompt == prompt.record
    assert draft.model == "scripted"
    lines = {source.text: source.line for source in draft.sources}
    rows = NOTES_FILE.read_text("utf-8").splitlines()
    assert "Kafka" in rows[lines["Kafka"] - 1]
    assert all(line for line in lines.values())


def test_the_json_of_a_draft() -> None:
    """Its keys are the documented ones, in their order; attempts is a number."""
    draft = ended([answer(), answer()])
    data = json.loads(json.dumps(draft.to_dict()))
    assert list(data) == [
        *("kind", "to", "subject", "body", "parts", "valid", "violations", "sources"),
        *("attempts", "usage", "prompt", "model", "seconds"),
    ]
    assert data["to"] == {"name": "Priya Nair", "email": "priya.nair@lumen.example"}
    assert data["attempts"] == 1
    assert data["usage"] == {"requests": 1, "prompt_tokens": 100, "completion_tokens": 20}
    assert set(data["prompt"]) == {"name", "version", "sha256"}
    assert set(data["sources"][0]) == {"text", "line"}
    assert list(data["parts"]) == list(GOOD[Kind.THANK_YOU])


def test_the_json_of_a_violation() -> None:
    """A rejected draft's violations say rule, part, severity, words and span."""
    data = rejected([answer(closing="Best wishes,")] * 3).draft.to_dict()
    assert data["valid"] is False
    (violation,) = data["violations"]
    assert list(violation) == ["rule", "part", "severity", "message", "span"]
    text = f"Subject: {data['subject']}\n\n{data['body']}"
    assert text[slice(*violation["span"])] == "Best wishes,"


def test_advice_does_not_reject() -> None:
    """A message that could be better is valid, and says how."""
    draft = ended([answer(Kind.VALUE_ADD)], of=brief(Kind.VALUE_ADD))
    assert draft.valid
    assert [v.rule for v in draft.advice] == ["brevity"]


def test_no_answer_at_all_costs_nothing() -> None:
    """A reply without usage counts as one request and no tokens."""
    draft = ended([Reply(answer().text, usage=Usage(requests=1))])
    assert (draft.usage.requests, draft.usage.prompt_tokens) == (1, 0)


def test_the_day_of_writing_is_in_the_prompt() -> None:
    """What is written depends on the day that it is told, never on the clock."""
    _, rounds = run([answer()])
    assert f"Today: Wednesday {DAYS[Kind.THANK_YOU].day} May 2026" in said(rounds[0].requests[0])
