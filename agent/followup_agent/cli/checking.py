"""`followup-agent check`: what the guide says of a message."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from followup_agent.cli.options import (
    OneOf,
    read_notes,
    to_option,
    today_option,
    warm_proofreader,
)
from followup_agent.kinds import Kind


@click.command("check")
@click.argument("message", metavar="MESSAGE")
@click.option("--kind", type=OneOf(list(map(str, Kind))), help="Its kind.  [default: worked out]")
@click.option(
    "--notes", metavar="NOTES", help="The interview's notes, to check every fact against."
)
@to_option
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", show_default=True)
@click.option("--no-proofread", is_flag=True, help="Leave spelling and grammar out.")
@today_option
def command(
    message: str,
    kind: str | None,
    notes: str | None,
    to: str | None,
    form: str,
    no_proofread: bool,
    today: dt.date | None,
) -> int:
    """Check a MESSAGE (text, .eml, or the JSON of a draft; - for standard input).

    Each rule of the guide is printed with ✓, ✗ or !, the words meant, and how to mend
    them. A message may be written by anyone, with its parts in any order.

    \b
    Examples:
      followup-agent check message.txt --notes notes.md
      followup-agent draft notes.md | followup-agent check - --notes notes.md
      followup-agent check reply.eml --kind status --format json

    Exit codes: 0 valid, 2 your mistake, 3 a required part is missing or wrong.
    """
    from followup_agent.settings import Settings

    settings = Settings.load()
    proofread = settings.proofread and not no_proofread
    if proofread:
        warm_proofreader()
    from followup_agent.checking import check_message, read_message

    given = Path(message) if message != "-" else read_message("-", sys.stdin.buffer.read())
    report = check_message(
        given,
        notes=read_notes(notes) if notes else None,
        kind=kind,
        to=to,
        today=today,
        siblings=(),
        proofread=proofread,
        paid_linkedin=settings.linkedin_paid,
    )
    if form == "json":
        click.echo(json.dumps(report.to_dict(), ensure_ascii=True))
    else:
        from followup_agent.cli.report import Page, show

        show(report, Page())
    return 0 if report.valid else 3
