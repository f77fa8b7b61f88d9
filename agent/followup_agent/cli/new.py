"""`followup-agent new`: a commented notes file to fill in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from followup_agent.cli.options import Day

# Suffixes by which notes are read as something else than Markdown.
_OTHERS = {".csv", ".json", ".jsonl", ".ndjson", ".tsv", ".yaml", ".yml"}


@click.command("new")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--company", default="", help="The company's name, spelled as they spell it.")
@click.option("--role", default="", help="The role's title.")
@click.option(
    "--interviewer", "interviewers", multiple=True, metavar="NAME", help="Repeat it for a panel."
)
@click.option("--candidate", default="", help="Your name.")
@click.option("--interviewed", type=Day(), metavar="DATE", help="The day of the interview.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(
    path: Path,
    company: str,
    role: str,
    interviewers: tuple[str, ...],
    candidate: str,
    interviewed: dt.date | None,
    force: bool,
) -> int:
    """Write a notes file to fill in at PATH; an existing file is kept.

    \b
    Examples:
      followup-agent new notes.md
      followup-agent new notes.md --company "Lumen Health" --role "Backend Engineer" \\
          --interviewer "Priya Nair" --interviewer "Tom Becker"
    """
    from followup_agent.notes.template import new_notes, write_new

    if path.suffix.lower() in _OTHERS:
        raise click.UsageError(f"this writes Markdown; name it {path.with_suffix('.md')}")
    text = new_notes(
        company=company,
        role=role,
        interviewers=interviewers,
        candidate=candidate,
        interviewed=interviewed,
    )
    write_new(path, text, force=force)
    click.echo(f"{path}: fill it in, then run: followup-agent draft {path}")
    return 0
