"""What `sent`, `replied` and `closed` share: telling the history what happened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from followup_agent.cli.options import Day, read_notes
from followup_agent.errors import OutputError

notes_argument = click.argument("notes", metavar="NOTES")
on_option = click.option(
    "--on", type=Day(), metavar="DATE", help="The day it happened (YYYY-MM-DD).  [default: today]"
)
write_log_option = click.option(
    "--write-log", is_flag=True, help="Add a line to the Log of the notes file, too."
)


def local_now() -> dt.datetime:
    """The clock of the machine, with its zone."""
    return dt.datetime.now().astimezone()


def remember(name: str, event: str, on: dt.date | None, write_log: bool, **what: Any) -> int:
    """Record one event of the notes called ``name``, and say so."""
    from followup_agent.history.entry import log_line
    from followup_agent.history.recording import entry_of, record
    from followup_agent.history.store import History
    from followup_agent.notes.model import Event
    from followup_agent.settings import Settings

    if write_log and name == "-":
        raise OutputError("--write-log needs a notes file; standard input has no Log to add to")
    now = local_now()
    notes = read_notes(name)
    entry = entry_of(notes, Event(event), on or now.date(), **what)
    with History.open(Settings.load().data_dir) as history:
        done = record(notes, entry, history, now, Path(name) if write_log else None)
    click.echo(f"{name}: {log_line(entry)}{_fate(done.new, done.written, write_log)}")
    return 0


def _fate(new: bool, written: bool, write_log: bool) -> str:
    where = [] if new else ["was recorded already"]
    if write_log:
        where.append("added to the Log" if written else "the Log has it already")
    return f" ({'; '.join(where)})" if where else ""
