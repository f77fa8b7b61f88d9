"""Each grader says what it is for, and a crash of one is a failure with a reason."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from places import DEV

from followup_agent import Draft, Request, ScriptedModel, Violation
from followup_agent.errors import SettingsError
from followup_agent.evals.graders import Context, Grade, Grader, apply, grade, graders
from followup_agent.evals.graders.copies import Candidates, grams
from followup_agent.evals.graders.repeats import edit_distance, spread
from followup_agent.evals.graders.rubric import (
    Agreement,
    judge_graders,
    load_rubric,
    prefer,
)
from followup_agent.evals.preference import preferences
from followup_agent.evals.samples import Sample, read_sample
from followup_agent.kinds import Kind
from followup_agent.records import Attempt, PromptRecord, Recipient, TokenUsage

RUBRIC = DEV.parents[1] / "rubric.yaml"


def _draft(body: str = "We spoke.", *rules: str, first: tuple[str, ...] | None = None) -> Draft:
    found = tuple(Violation(rule=r, part=None, severity="required", message=r) for r in rules)
    early = found if first is None else _violations(*first)
    ask = Attempt(parts=("key_points",), violations=early, usage=TokenUsage(), seconds=0)
    return Draft(
        kind=Kind.THANK_YOU,
        to=Recipient(name="Priya Nair"),
        subject="Thanks",
        body=body,
        parts={"subject": "Thanks", "key_points": body},
        valid=not rules,
        violations=found,
        attempts=(ask,),
        prompt=PromptRecord(name="thank-you", version=1, sha256="0"),
        model="m",
    )


def _violations(*rules: str) -> tuple[Violation, ...]:
    return tuple(Violation(rule=r, part=None, severity="required", message=r) for r in rules)


def _sample(**changes) -> Sample:
    base = read_sample(DEV / "support-agent-nairobi.yaml")
    return base.model_copy(update={"must": {}, "must_not": [], "private": [], **changes})


def _context(draft: Draft | None, **changes) -> Context:
    siblings = changes.pop("siblings", ())
    return Context(_sample(**changes), Kind.THANK_YOU, "Priya Nair", None, draft, siblings)


def _said(draft: Draft | None, name: str, **changes) -> bool | None:
    return grade(_context(draft, **changes))[name].passed


def test_a_valid_draft_passes() -> None:
    """No violation: valid, and so at the first ask."""
    assert _said(_draft(), "valid")
    assert _said(_draft(), "valid_first")


def test_the_first_ask_is_judged_by_itself() -> None:
    """A draft that was mended is valid, and was not at first."""
    mended = _draft("We spoke.", first=("invented_claim", "tone"))
    assert _said(mended, "valid")
    assert not _said(mended, "valid_first")
    assert _said(mended, "grounded")
    assert not _said(mended, "grounded_first")
    assert not _said(mended, "first/rule/tone")


def test_no_draft_fails_validity_and_says_nothing_of_facts() -> None:
    """What is not there holds no invention, and no part either."""
    assert _said(None, "valid") is False
    assert _said(None, "part/gratitude") is False
    assert _said(None, "grounded") is None
    assert _said(None, "must_not", must_not=["x"]) is None


def test_a_missing_part_fails_its_grade() -> None:
    """A required part without words fails, whatever the rules found."""
    assert _said(_draft(), "part/gratitude") is False
    assert _said(_draft(), "part/key_points") is True


@pytest.mark.parametrize(
    ("body", "passes"),
    [("I'd  gladly HELP", True), ("I’d gladly help", True), ("no such word", False)],
)
def test_must_strings_are_found_in_any_case_and_spacing(body: str, passes: bool) -> None:
    """Case, curly quotes and line breaks don't matter."""
    must = {Kind.THANK_YOU: [["nothing", "I'd gladly help"]]}
    assert _said(_draft(body), "must", must=must) is passes


def test_forbidden_strings_are_whole_words() -> None:
    """“mill” is not in “million”; at the end of a sentence it is found."""
    assert _said(_draft("A million."), "must_not", must_not=["mill"])
    assert not _said(_draft("The Mill."), "must_not", must_not=["mill"])


def test_a_leak_is_counted_and_not_repeated() -> None:
    """The reason says how many words, and none of them."""
    found = grade(_context(_draft("My migraine."), private=["migraine"]))["no_leak"]
    assert found.passed is False
    assert "migraine" not in found.reason
    assert not _said(_draft("x", "private"), "no_leak")


def test_a_crash_is_a_failure() -> None:
    """A grader's own fault never passes a draft, and keeps the draft's words to itself."""
    found = apply(Grader("broken", lambda _: 1 / 0), _context(_draft()))
    assert (found.passed, found.crashed) == (False, True)
    assert "ZeroDivisionError" in found.reason


@pytest.mark.parametrize("mark", [True, False, None])
def test_a_grade_survives_its_json(mark: bool | None) -> None:
    """Short or long, it comes back as it was."""
    for found in (Grade(mark), Grade(mark, 0.5, "why"), Grade(mark, crashed=True)):
        assert Grade.of_json(found.to_json()) == found


def test_every_required_rule_and_part_of_a_kind_has_graders() -> None:
    """At the end and at the first ask; proofreading only where it was checked."""
    names = {g.name for g in graders(Kind.STATUS)}
    assert {"part/timeline", "first/part/timeline", "rule/tone", "first/rule/tone"} <= names
    without = {g.name for g in graders(Kind.STATUS, False)}
    assert not [name for name in without if "rule/proofreading" in name]


def test_a_panel_copy_is_a_grade_only_in_a_panel() -> None:
    """Without siblings there is nothing to copy."""
    assert _said(_draft(), "own_words") is None
    assert _said(_draft("x", "near_copy"), "own_words", siblings=("y",)) is False


def test_letters_that_would_do_for_anyone_are_noticed() -> None:
    """The share is of the other candidates' letters, not of one's own panel."""
    stock = _draft("I am very glad to have met you and your whole team")
    own = _draft("Your note on bedside handover at night changed my mind about charts")
    found = Candidates()
    for case, draft in (("a", stock), ("b", stock), ("c", own), ("c", own)):
        found.add(case, grams(draft))
    assert list(found.shares()) == [1.0, 1.0, 0.0, 0.0]


def test_edit_distance_is_levenshteins() -> None:
    """Kitten → sitting takes three."""
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == 3
    assert spread(["a b", "a b"]) == 0
    assert spread(["a b", "c d"]) == 1
    assert math.isnan(spread(["a"]))


def test_the_judge_scores_each_criterion() -> None:
    """One request a criterion; a score at the rubric's bound passes."""
    rubric = load_rubric(RUBRIC)
    asked: list[Request] = []

    def ask(request: Request) -> str:
        asked.append(request)
        return '{"reason": "fine", "score": 4}'

    found = [apply(g, _context(_draft())) for g in judge_graders(rubric, ask)]
    assert [g.score for g in found] == [4.0] * 4
    assert all(g.passed for g in found)
    assert len({r.turns for r in asked}) == len(rubric.criteria) == 4


@pytest.mark.parametrize("answer", ["", "{}", '{"score": 9}', '{"score": "good"}', "[4]"])
def test_a_judge_that_talks_nonsense_is_a_crash(answer: str) -> None:
    """No score is never a good score."""
    (grader, *_) = judge_graders(load_rubric(RUBRIC), lambda _: answer)
    assert apply(grader, _context(_draft())).crashed


def test_a_judge_that_loves_the_first_text_says_nothing() -> None:
    """Both orders are asked; only an answer that holds in both counts."""
    rubric = load_rubric(RUBRIC)
    assert prefer(rubric, lambda _: '{"better": "first"}', "x", "y") == "tie"

    def honest(request: Request) -> str:
        text = request.turns[-1].content
        return (
            '{"better": "first"}'
            if text.index("good") < text.index("bad")
            else ('{"better": "second"}')
        )

    assert prefer(rubric, honest, "good", "bad") == "a"
    assert prefer(rubric, honest, "bad", "good") == "b"


def test_a_judge_is_held_up_to_people() -> None:
    """Sensitivity is of what people passed, specificity of what they failed."""
    found = Agreement.of([True, True, False, False], [True, False, False, False])
    assert (found.n, found.sensitivity, found.specificity, found.kappa) == (4, 0.5, 1.0, 0.5)
    assert math.isnan(Agreement.of([True], [True]).specificity)


def test_a_broken_rubric_is_the_callers_mistake(tmp_path) -> None:
    """The file and the key are named."""
    path = tmp_path / "rubric.yaml"
    path.write_text("version: 1\n", "utf-8")
    with pytest.raises(SettingsError, match=r"rubric\.yaml"):
        load_rubric(path)


def test_the_days_of_cases_are_dates() -> None:
    """YAML's dates are taken as they are."""
    assert all(isinstance(d, dt.date) for d in _sample().today.values())


def test_two_runs_texts_are_judged_in_both_orders() -> None:
    """Equal texts are never asked about; an answer that is none is counted as such."""
    answers = iter(['{"better": "first"}', '{"better": "second"}', "what?"])
    model = ScriptedModel([lambda _: next(answers)], cycle=True)
    found = preferences(RUBRIC, model, [("x", "x"), ("x", "y"), ("p", "q")])
    assert (found.a, found.b, found.ties, found.unclear) == (1, 0, 1, 1)
    assert len(model.requests) == 3
    assert "uncalibrated" in str(found)
