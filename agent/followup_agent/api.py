"""The functions that programs call."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from followup_agent.brief import only
from followup_agent.chat.protocol import ChatModel
from followup_agent.checking import CheckReport, check_message
from followup_agent.driving import Observer, adrive, drive
from followup_agent.guide.message import Composition
from followup_agent.job import Job
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.parse import load_notes
from followup_agent.records import Draft
from followup_agent.schedule import Due
from followup_agent.schedule import plan as plan_notes

Notes = str | os.PathLike[str] | Mapping[str, Any] | InterviewNotes


def draft(
    notes: Notes,
    kind: Kind | str = "auto",
    to: str | None = None,
    model: str | ChatModel | None = None,
    *,
    observe: Observer | None = None,
    **options: Any,
) -> Draft:
    """Write one message, check it against the guide, and ask again for what is missing.

    Args:
        notes: A path, a text, a mapping, or `InterviewNotes`.
        kind: One of the six kinds, or ``auto``: what is due today.
        to: The interviewer's name; needed when the notes name several.
        model: A model's name (``embedded``, ``gpt-4.1``, …), a `ChatModel`, or None for
            what the environment says (see ``.env.example``).
        observe: Called with each `Round` before it is asked.
        **options: ``prompt`` (``thank-you@1``), ``prompts`` (a folder), ``today`` (a date),
            ``reasks``, ``budget`` (tokens), ``timeout`` (seconds in all), ``seed``,
            ``proofread``, ``paid_linkedin``; each defaults to the environment's setting.

    Raises:
        CallerError: The notes, the kind or the recipient cannot be used.
        DraftRejected: Required parts are still missing; the error carries the best draft.
        ModelError: The model's side failed.
        BudgetExceeded: The next ask would pass the budget; it was not sent.
    """
    job = Job.of(notes, kind, to, model, **options)
    drafting = job.drafting(job.brief(only(job.people, job.notes.source)))
    job.ready()
    return drive(drafting, job.model, job.meter(), observe)


async def adraft(
    notes: Notes,
    kind: Kind | str = "auto",
    to: str | None = None,
    model: str | ChatModel | None = None,
    *,
    observe: Observer | None = None,
    **options: Any,
) -> Draft:
    """`draft` for asyncio: the event loop is never blocked by the model."""
    job = Job.of(notes, kind, to, model, **options)
    drafting = job.drafting(job.brief(only(job.people, job.notes.source)))
    await job.aready()
    return await adrive(drafting, job.model, job.meter(), observe)


def draft_panel(
    notes: Notes,
    kind: Kind | str = "auto",
    model: str | ChatModel | None = None,
    *,
    observe: Observer | None = None,
    **options: Any,
) -> list[Draft]:
    """Write one message for each interviewer; no two are near-copies.

    Arguments and errors are those of `draft`. A `DraftRejected` comes after all
    were tried; its ``others`` are the panel's valid drafts.
    """
    job = Job.of(notes, kind, None, model, **options)
    job.ready()
    return drive(job.panel(), job.model, job.meter(len(job.people)), observe)


async def adraft_panel(
    notes: Notes,
    kind: Kind | str = "auto",
    model: str | ChatModel | None = None,
    *,
    observe: Observer | None = None,
    **options: Any,
) -> list[Draft]:
    """`draft_panel` for asyncio."""
    job = Job.of(notes, kind, None, model, **options)
    await job.aready()
    return await adrive(job.panel(), job.model, job.meter(len(job.people)), observe)


def check(
    message: str | Path | Mapping[str, Any] | Composition | Draft,
    notes: Notes | None = None,
    kind: Kind | str | None = None,
    to: str | None = None,
    *,
    today: dt.date | None = None,
    siblings: Sequence[str] = (),
    proofread: bool = True,
    paid_linkedin: bool = False,
) -> CheckReport:
    """Say which required parts of the guide a message has, and what is wrong with it.

    Args:
        message: Free text, a path to a ``.txt`` or ``.eml`` file, a mapping with ``subject``
            and ``body`` or with ``parts``, or a `Draft`.
        notes: The interview's notes; without them only what can be checked is.
        kind: Its kind; None to work it out.
        to: The interviewer it is for; None to find them in the greeting.
        today: The day it is sent, for words like "yesterday"; of a moment, its day there.
        siblings: Texts of the panel's other messages.
        proofread: Whether spelling and grammar are checked.
        paid_linkedin: 300 characters instead of 200 for a connection request.

    Raises:
        CallerError: The message, the notes, the kind or the recipient cannot be used.
    """
    return check_message(
        message,
        notes=None if notes is None else load_notes(notes),
        kind=kind,
        to=to,
        today=today,
        siblings=tuple(siblings),
        proofread=proofread,
        paid_linkedin=paid_linkedin,
    )


def plan(notes: Notes, today: dt.date) -> list[Due]:
    """Say what is due to whom, and when: see `followup_agent.schedule`."""
    return plan_notes(load_notes(notes), today)
