"""`followup-agent replied`: an answer came."""

from __future__ import annotations

import datetime as dt

import click

from followup_agent.cli.recording import notes_argument, on_option, remember, write_log_option


@click.command("replied")
@notes_argument
@click.option("--from", "person", metavar="NAME", required=True, help="Who answered.")
@on_option
@write_log_option
def command(notes: str, person: str, on: dt.date | None, write_log: bool) -> int:
    """Remember that somebody answered about the interview of NOTES.

    \b
    Examples:
      followup-agent replied notes.md --from Priya
      followup-agent replied notes.md --from "Lena Fischer" --on 2026-05-21 --write-log
    """
    return remember(notes, "reply", on, write_log, person=person)
