"""`followup-agent plan`: what is due to whom, and when."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from followup_agent.cli.options import OneOf, local_today, read_notes, today_option


@click.command("plan")
@click.argument("notes", metavar="NOTES...", nargs=-1, required=True)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", show_default=True)
@today_option
def command(notes: tuple[str, ...], form: str, today: dt.date | None) -> int:
    """Show, for each interview, what is due when and why.

    NOTES are files or folders of them. JSON is one object a line.

    \b
    Examples:
      followup-agent plan notes.md
      followup-agent plan interviews/ --today 2026-05-20 --format json
    """
    from followup_agent.schedule import contradictions, plan

    day = today or local_today()
    for name in notes:
        for file in _files(name):
            loaded = read_notes(file)
            for line in contradictions(loaded, day):
                click.echo(line, err=True)
            for due in plan(loaded, day):
                if form == "json":
                    data = {"notes": file, **due.model_dump(mode="json")}
                    click.echo(json.dumps(data, ensure_ascii=False))
                else:
                    click.echo(f"{file}: {due.kind} to {due.to}: {due.status}. {due.reason}")
    return 0


def _files(name: str) -> list[str]:
    """A file, or the notes files of a folder."""
    path = Path(name)
    if name == "-" or not path.is_dir():
        return [name]
    endings = {".md", ".markdown", ".yaml", ".yml", ".json"}
    return sorted(str(p) for p in path.iterdir() if p.suffix.lower() in endings)
