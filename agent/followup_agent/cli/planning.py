"""`followup-agent plan`: what is due to whom, and when."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from followup_agent.cli.options import OneOf, read_notes, today_option
from followup_agent.cli.printable import complain, printable
from followup_agent.cli.recording import local_now

if TYPE_CHECKING:
    from followup_agent.notes.model import InterviewNotes
    from followup_agent.schedule import Due


@click.command("plan")
@click.argument("notes", metavar="NOTES...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=OneOf(["text", "json", "ics"]), default="text", show_default=True
)
@today_option
def command(notes: tuple[str, ...], form: str, today: dt.date | None) -> int:
    """Show, for each interview, what is due when and why.

    NOTES are files or folders of them. What was recorded with `sent`, `replied` and
    `closed` counts like the Log. JSON is one object a line; ics is a calendar.

    \b
    Examples:
      followup-agent plan notes.md
      followup-agent plan interviews/ --today 2026-05-20 --format json
      followup-agent plan notes.md --format ics > follow-up.ics

    Exit codes: 0, or 2 when a file cannot be read (the others are shown all the same).
    """
    from followup_agent.errors import NotesError
    from followup_agent.history.agenda import notes_files

    now = today or local_now()
    plans = []
    code = 0
    for file in [file for name in notes for file in notes_files(name)]:
        try:
            plans.append((file, *_plan(file, now)))
        except NotesError as exc:
            complain(str(exc))
            code = exc.exit_code
    if form == "ics":
        from followup_agent.outbox.calendar import ics_bytes

        click.echo(ics_bytes([plan[1:] for plan in plans], local_now()), nl=False)
        return code
    for file, _, dues in plans:
        for due in dues:
            click.echo(_json(file, due) if form == "json" else _line(file, due))
    return code


def _plan(file: str, now: dt.date) -> tuple[InterviewNotes, list[Due]]:
    """Read one file, say what contradicts itself, and plan."""
    from followup_agent.history import recalled
    from followup_agent.schedule import contradictions, plan

    loaded, disagreements = recalled(read_notes(file))
    for line in (*disagreements, *contradictions(loaded, now)):
        click.echo(printable(line), err=True)
    return loaded, plan(loaded, now)


def _json(file: str, due: Due) -> str:
    return json.dumps({"notes": file, **due.model_dump(mode="json")}, ensure_ascii=False)


def _line(file: str, due: Due) -> str:
    return printable(f"{file}: {due.kind} to {due.to}: {due.status}. {due.reason}")
