"""`followup-agent prompts`: what is sent to a model, before it is sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followup_agent.cli.options import (
    kind_option,
    local_today,
    prompts_option,
    read_notes,
    to_option,
    today_option,
)

if TYPE_CHECKING:
    from followup_agent.chat.protocol import Request


@click.group("prompts")
def command() -> None:
    """List, show and render the versioned prompt templates.

    \b
    Examples:
      followup-agent prompts list
      followup-agent prompts show thank-you@1
      followup-agent prompts render notes.md --kind thank-you --to Priya
    """


@command.command("list")
@prompts_option
def list_(prompts: Path | None) -> int:
    """List every prompt and version; the default is marked with *."""
    from followup_agent.prompts import PromptLibrary

    library = PromptLibrary(prompts)
    for name, version in library.versions():
        mark = "*" if library.default(name) == version else " "
        prompt = library.get(f"{name}@{version}")
        click.echo(f"{mark} {name}@{version}  {prompt.sha256[:12]}  {prompt.meta.description}")
    return 0


@command.command("show")
@click.argument("prompt", metavar="NAME[@N]")
@prompts_option
def show(prompt: str, prompts: Path | None) -> int:
    """Print one prompt's template."""
    from followup_agent.prompts import PromptLibrary

    click.echo(PromptLibrary(prompts).get(prompt).source, nl=False)
    return 0


@command.command("render")
@click.argument("notes", metavar="NOTES")
@kind_option
@to_option
@click.option("--model", metavar="MODEL", help="Render what this model would be sent.")
@click.option("--prompt", metavar="NAME@N", help="A prompt and version.")
@prompts_option
@today_option
def render(
    notes: str,
    kind: str,
    to: str | None,
    model: str | None,
    prompt: str | None,
    prompts: Path | None,
    today: dt.date | None,
) -> int:
    """Print exactly what the first ask for NOTES would send; nothing is sent."""
    from followup_agent.job import Job

    job = Job.of(
        read_notes(notes),
        kind,
        to,
        model,
        prompt=prompt,
        prompts=prompts,
        today=today or local_today(),
    )
    for person in job.people:
        brief = job.brief(person, say=lambda line: click.echo(line, err=True))
        for request in next(job.drafting(brief)).requests:
            _show_request(request)
    return 0


def _show_request(request: Request) -> None:
    for turn in request.turns:
        click.echo(f"--- {turn.role}")
        click.echo(turn.content)
    if request.prefix:
        click.echo(f"--- assistant, to go on from\n{request.prefix}")
    click.echo(
        f"--- at most {request.max_tokens} tokens, temperature {request.temperature:g}, "
        f"seed {request.seed}\n"
    )
