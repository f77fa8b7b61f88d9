"""The public API as a type checker sees it; mypy checks this file, nothing runs it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from followup_agent import (
    CheckReport,
    Draft,
    Due,
    InterviewNotes,
    Kind,
    ScriptedModel,
    Summary,
    adraft,
    adraft_panel,
    check,
    draft,
    draft_many,
    draft_panel,
    load_notes,
    plan,
)


def sync_use() -> None:
    """Each form that notes may have, and each result's type."""
    notes: InterviewNotes = load_notes(Path("notes.md"))
    one: Draft = draft(notes, Kind.THANK_YOU, "Priya", ScriptedModel([]), budget=4000)
    several: list[Draft] = draft_panel("notes.md", "auto", today=dt.date(2026, 5, 13))
    report: CheckReport = check(one.text, notes, one.kind)
    many: Summary = draft_many(["notes"], Path("out"), model="gpt-4.1", budget=10**6)
    dues: list[Due] = plan({"company": "Lumen Health"}, dt.date(2026, 5, 13))
    _use(one.subject, several, report.valid, dues, many.status)


async def async_use() -> None:
    """The async twins have the same results."""
    one: Draft = await adraft("notes.md", "status", to="Priya", model="gpt-4.1")
    several: list[Draft] = await adraft_panel("notes.md")
    _use(one, several)


def _use(*_values: object) -> None:
    """Take what the examples made."""
