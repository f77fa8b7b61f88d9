"""`followup-agent due`: what is to be sent today, across a folder."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from followup_agent.cli.options import OneOf, today_option
from followup_agent.cli.printable import complain, printable
from followup_agent.cli.recording import local_now

if TYPE_CHECKING:
    from followup_agent.history.agenda import Agenda, Interview, Memory, Task

UNREADABLE = 2


@click.command("due")
@click.argument("places", metavar="DIR...", nargs=-1, required=True)
@today_option
@click.option(
    "--format", "form", type=OneOf(["text", "json", "ics"]), default="text", show_default=True
)
def command(places: tuple[str, ...], today: dt.date | None, form: str) -> int:
    """List what is due today and overdue in each DIR of notes, soonest first.

    Each entry says why, and which command drafts it. JSON is one object a line; ics is a
    calendar with reminders.

    \b
    Examples:
      followup-agent due interviews/
      followup-agent due interviews/ --today 2026-05-20 --format json
      followup-agent due interviews/ --format ics > due.ics

    Exit codes: 0, or 2 when a file cannot be read (the others are listed all the same).
    """
    from followup_agent.history.agenda import agenda, notes_files

    when = today or local_now()
    files = [file for place in places for file in notes_files(place)]
    found = agenda(files, when, _memory(), keep_notes=form == "ics")
    for interview in found.interviews:
        for fault in interview.faults:
            complain(fault)
        for line in _remarks(interview, set(places)):
            click.echo(printable(line), err=True)
    if form == "ics":
        click.echo(_calendar(found), nl=False)
    else:
        lines = map(_json, found.tasks) if form == "json" else map(printable, _text(found, when))
        # At once: thousands of lines, each flushed, would take longer than finding them.
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
    unread = any(i.faults or (i.skipped and i.file in places) for i in found.interviews)
    return UNREADABLE if unread else 0


def _memory() -> Memory:
    from followup_agent.history.store import History
    from followup_agent.settings import Settings

    history = History.existing(Settings.load().data_dir)
    if history is None:
        return {}
    with history:
        return history.every()


def _remarks(interview: Interview, named: set[str]) -> Iterator[str]:
    """What a person must know of a file besides what is due."""
    yield from interview.warnings
    if interview.skipped:
        wanted = "" if interview.file in named else "; left out"
        yield f"{interview.file}: no notes file, for it has no front matter{wanted}"


def _json(task: Task) -> str:
    data = {
        "notes": task.file,
        "company": task.company,
        "overdue": task.overdue,
        "command": shlex.join(task.command),
        **task.due.model_dump(mode="json"),
    }
    return json.dumps(data, ensure_ascii=False)


def _text(found: Agenda, when: dt.date) -> Iterator[str]:
    from followup_agent.english_dates import at

    tasks = found.tasks
    if found.interviews and all(interview.faults for interview in found.interviews):
        return  # nothing is known of the day
    if not tasks:
        yield _nothing(found.next, when)
    gap = ""
    for title, overdue in (("Overdue", True), ("Due today", False)):
        part = [task for task in tasks if task.overdue is overdue]
        if part:
            yield f"{gap}{title} ({len(part)})"
            gap = "\n"
        for task in part:
            due = task.due
            by = f", by {at(due.closes)}" if due.closes else ""
            yield f"\n  {due.kind} to {due.to}, {task.company}{by}"
            yield f"    {due.reason}"
            yield f"    {shlex.join(task.command)}"


def _nothing(coming: Task | None, when: dt.date) -> str:
    from followup_agent.english_dates import at, on
    from followup_agent.schedule.clock import day_of

    told = f"Nothing is due on {on(day_of(when))}"
    if coming is None or coming.due.send_on is None:
        return f"{told}, and nothing more is planned."
    due = coming.due
    return (
        f"{told}; next is the {due.kind} message to {due.to}, {coming.company}, "
        f"on {at(coming.due.send_on)}."
    )


def _calendar(found: Agenda) -> bytes:
    from followup_agent.outbox.calendar import ics_bytes

    plans = [(i.notes, i.now) for i in found.interviews if i.notes is not None]
    return ics_bytes(plans, local_now())
