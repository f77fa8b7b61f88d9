"""`followup-agent models`: the models that run in this process, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from followup_agent.weights import Entry


@click.group("models")
def command() -> None:
    """List, fetch and locate the embedded models, which run on this machine.

    \b
    Examples:
      followup-agent models list
      followup-agent models pull
      followup-agent draft notes.md --model embedded:qwen3-4b
      followup-agent draft notes.md --model embedded:/path/to/any.gguf
    """


@command.command("list")
def list_() -> int:
    """List the models that can be fetched by name; the default is marked with *."""
    from followup_agent.settings import Settings
    from followup_agent.weights import entries, path

    settings = Settings.load()
    for entry in entries():
        for line in _lines(entry, here=path(entry.name, settings) is not None):
            click.echo(line)
    return 0


@command.command("pull")
@click.argument("name", metavar="[NAME]", required=False)
def pull(name: str | None) -> int:
    """Fetch a model's weights, once; print where they lie.

    They are checked by their hash. What is there and sound is not fetched again. Weights that
    run faster in another quantization are requantized, once.
    """
    from rich.console import Console

    from followup_agent.cli.fetching import shown
    from followup_agent.settings import Settings
    from followup_agent.weights import entry
    from followup_agent.weights import pull as fetch

    wanted = entry(name)
    with shown(wanted, Console(stderr=True, highlight=False)) as progress:
        file = fetch(wanted.name, Settings.load(), progress)
    click.echo(str(file))
    return 0


@command.command("path")
@click.argument("name", metavar="[NAME]", required=False)
def path_(name: str | None) -> int:
    """Print where a model's weights lie; an error if they were not fetched yet."""
    from followup_agent.errors import SettingsError
    from followup_agent.settings import Settings
    from followup_agent.weights import entry, path

    wanted = entry(name)
    file = path(wanted.name, Settings.load())
    if file is None:
        raise SettingsError(
            f"{wanted.name} was not fetched yet; `followup-agent models pull {wanted.name}` does"
        )
    click.echo(str(file))
    return 0


def _lines(entry: Entry, *, here: bool) -> list[str]:
    from followup_agent.cli.fetching import megabytes
    from followup_agent.weights import DEFAULT, Hub

    mark = "*" if entry.name == DEFAULT else " "
    count = entry.parameters
    size = f"{count / 1000:.1f} B" if count >= 1000 else f"{count} M"
    state = "fetched" if here else f"not fetched ({megabytes(entry.download)})"
    title = entry.title
    if entry.requantized is not None:
        title += f", kept as {entry.requantized.kind}"
    notes = [str(entry.source)]
    if isinstance(entry.source, Hub):
        notes.append("needs followup-agent[hub]")
    if not entry.tried:
        notes.append("not tried by us: the hub could not be reached where this was made")
    return [
        f"{mark} {entry.name:<13} {size:>6} parameters  {megabytes(entry.kept.size):>6}  "
        f"{entry.licence}  {state}",
        f"    {title}; {'; '.join(notes)}",
    ]
