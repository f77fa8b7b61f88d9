"""`followup-agent history`: what is remembered, to be seen and deleted."""

from __future__ import annotations

import datetime as dt

import click

from followup_agent.cli.options import Day, read_notes


@click.group("history")
def command() -> None:
    """Print or delete what is remembered of messages, answers and outcomes.

    \b
    Examples:
      followup-agent history export > history.jsonl
      followup-agent history forget notes.md
    """


@command.command("export")
@click.argument("notes", metavar="[NOTES]", required=False)
def export(notes: str | None) -> int:
    """Print every entry, or those of NOTES, as one line of JSON each.

    \b
    Example:
      followup-agent history export notes.md
    """
    from followup_agent.history.merge import interview_key
    from followup_agent.history.store import History
    from followup_agent.settings import Settings

    key = interview_key(read_notes(notes)) if notes else None
    history = History.existing(Settings.load().data_dir)
    if history is not None:
        with history:
            for line in history.export(key):
                click.echo(line)
    return 0


@command.command("forget")
@click.argument("notes", metavar="NOTES")
@click.option("--on", type=Day(), metavar="DATE", help="Only what happened on this day.")
def forget(notes: str, on: dt.date | None) -> int:
    """Delete what is remembered of the interview of NOTES; the file itself is not changed.

    \b
    Examples:
      followup-agent history forget notes.md
      followup-agent history forget notes.md --on 2026-05-20
    """
    from followup_agent.history.merge import interview_key
    from followup_agent.history.store import History
    from followup_agent.settings import Settings

    key = interview_key(read_notes(notes))
    history = History.existing(Settings.load().data_dir)
    count = 0
    if history is not None:
        with history:
            count = history.forget(key, on)
    click.echo(f"{notes}: {count} {'entry' if count == 1 else 'entries'} forgotten")
    return 0
