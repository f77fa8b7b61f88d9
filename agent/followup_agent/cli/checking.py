"""`followup-agent check`: what the guide says of a message."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from followup_agent.cli.options import OneOf, read_notes, to_option, today_option
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
    from followup_agent.checking import check_message, message_text, read_message

    if message == "-":
        text = read_message("standard input", sys.stdin.buffer.read())
    else:
        text = message_text(Path(message))
    report = check_message(
        text,
        notes=read_notes(notes) if notes else None,
        kind=kind,
        to=to,
        today=today,
        siblings=(),
        proofread=not no_proofread,
        paid_linkedin=False,
    )
    if form == "json":
        click.echo(json.dumps(report.to_dict(), ensure_ascii=True))
    else:
        from rich.console import Console

        from followup_agent.cli.report import show

        show(report, Console(highlight=False, soft_wrap=True))
    return 0 if report.valid else 3
