"""`followup-agent sent`: a message went out."""

from __future__ import annotations

import datetime as dt

import click

from followup_agent.cli.options import OneOf
from followup_agent.cli.recording import notes_argument, on_option, remember, write_log_option
from followup_agent.kinds import Kind


@click.command("sent")
@notes_argument
@click.option("--kind", type=OneOf(list(map(str, Kind))), required=True, help="What was sent.")
@click.option("--to", metavar="NAME", required=True, help="The interviewer that it went to.")
@on_option
@write_log_option
def command(notes: str, kind: str, to: str, on: dt.date | None, write_log: bool) -> int:
    """Remember that a message about the interview of NOTES was sent.

    Plans and drafts then know of it. Nothing of the notes is kept but the day, the kind
    and the name; `history forget` deletes it again.

    \b
    Examples:
      followup-agent sent notes.md --kind thank-you --to Priya
      followup-agent sent notes.md --kind reminder --to Tom --on 2026-05-20 --write-log
    """
    return remember(notes, "sent", on, write_log, kind=Kind(kind), person=to)
