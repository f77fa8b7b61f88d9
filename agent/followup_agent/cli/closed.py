"""`followup-agent closed`: how it ended."""

from __future__ import annotations

import datetime as dt

import click

from followup_agent.cli.options import OneOf
from followup_agent.cli.recording import notes_argument, on_option, remember, write_log_option


@click.command("closed")
@notes_argument
@click.argument("outcome", type=OneOf(["offer", "rejected", "withdrawn"]))
@click.option("--from", "person", metavar="NAME", help="Who told you.")
@on_option
@write_log_option
def command(
    notes: str, outcome: str, person: str | None, on: dt.date | None, write_log: bool
) -> int:
    """Remember how the process of NOTES ended: offer, rejected or withdrawn.

    Nothing more is due then, but a gracious answer to a rejection.

    \b
    Examples:
      followup-agent closed notes.md rejected --from Priya
      followup-agent closed notes.md offer --on 2026-05-27 --write-log
    """
    if outcome == "withdrawn" and person:
        raise click.UsageError("--from does not go with withdrawn: that is your own word")
    return remember(notes, outcome, on, write_log, person=person)
