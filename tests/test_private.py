"""What stands under Private leaves by no door: request, draft, error, repr, pickle or log."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback
from collections.abc import Iterator

import pytest

from followup_agent import DraftRejected, ScriptedModel, adraft_panel, check, draft, load_notes
from followup_agent.chat.protocol import Profile, Request
from followup_agent.errors import FollowupError
from followup_agent.kinds import Kind
from good_messages import DAYS, GOOD, NOTES_FILE

SECRET = "xylophonic rutabaga ninety-eight"
NOTES = load_notes(
    NOTES_FILE.read_text("utf-8").replace(
        "They mentioned a band", f"{SECRET} they mentioned a band"
    ),
    name="notes.md",
)
PLANS = [Profile(), Profile(plan="parts", candidates=2)]


def leaks(text: object) -> bool:
    """Whether any word of the marker is in a text."""
    return any(word in str(text) for word in SECRET.split())


def words(request: Request) -> Iterator[object]:
    """Everything that a request holds."""
    yield repr(request)
    yield json.dumps(request.schema, default=dict)
    yield from (turn.content for turn in request.turns)


def wrong(request: Request) -> dict[str, str]:
    """An answer that is asked for again in full."""
    return dict.fromkeys(request.parts, "I will write [something] here.")


@pytest.mark.parametrize("profile", PLANS, ids=["whole", "parts"])
@pytest.mark.parametrize("kind", Kind)
def test_no_request_holds_it(kind: Kind, profile: Profile) -> None:
    """Neither a first ask nor a re-ask of any kind, of either plan, has a word of it."""
    model = ScriptedModel([wrong], profile=profile, cycle=True)
    with pytest.raises(DraftRejected) as caught:
        draft(NOTES, kind, "Priya", model, today=DAYS[kind], proofread=False)
    assert len(model.requests) > 2
    assert not any(leaks(text) for request in model.requests for text in words(request))
    assert not leaks(caught.value.draft.to_dict())


def test_no_draft_repr_or_pickle_holds_it() -> None:
    """A draft, the notes' own repr and JSON, and their pickles are free of it."""
    made = draft(
        NOTES,
        "thank-you",
        "Priya",
        ScriptedModel([GOOD[Kind.THANK_YOU]]),
        today=DAYS[Kind.THANK_YOU],
    )
    for text in (
        made.to_dict(),
        made,
        repr(NOTES),
        NOTES.model_dump_json(),
        pickle.dumps(NOTES),
        pickle.dumps(made),
    ):
        assert not leaks(text)


def test_no_error_or_traceback_holds_it() -> None:
    """An error of drafting, its pickle and its traceback with locals are free of it."""
    with pytest.raises(FollowupError) as caught:
        asyncio.run(
            adraft_panel(
                NOTES, "thank-you", ScriptedModel(["{}"], cycle=True), today=DAYS[Kind.THANK_YOU]
            )
        )
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    for text in (
        caught.value,
        repr(caught.value),
        pickle.dumps(caught.value),
        "".join(told.format()),
    ):
        assert not leaks(text)


def test_faulty_notes_do_not_tell_it() -> None:
    """A fault elsewhere in the file is reported without a word of Private."""
    text = (
        NOTES_FILE.read_text("utf-8")
        .replace("They mentioned", SECRET)
        .replace("company:", "compnay:")
    )
    with pytest.raises(FollowupError) as caught:
        load_notes(text)
    error = caught.value
    ours = error.__traceback__.tb_next  # this function has the text itself
    told = traceback.TracebackException(type(error), error, ours, capture_locals=True)
    assert not leaks("".join(told.format()))


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """At the lowest level no logger is told anything of the notes."""
    caplog.set_level(logging.DEBUG)
    draft(
        NOTES,
        "thank-you",
        "Priya",
        ScriptedModel([GOOD[Kind.THANK_YOU]]),
        today=DAYS[Kind.THANK_YOU],
    )
    assert not leaks(caplog.text)
    assert "Lumen" not in caplog.text


def test_a_check_points_at_a_leak_and_never_says_it() -> None:
    """In a hand-written message the words are underlined; the finding does not repeat them."""
    text = f"Hi Priya,\n\nThank you for yesterday. {SECRET} they mentioned.\n\nBest wishes,\nDaniel Okafor"
    report = check(text, NOTES, "thank-you", "Priya", proofread=False)
    found = [v for v in report.violations if v.rule == "private"]
    assert found
    assert not any(leaks(v.message) for v in found)
    assert all(leaks(text[slice(*v.span)]) for v in found)
