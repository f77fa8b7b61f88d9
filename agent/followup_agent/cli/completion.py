"""`followup-agent completion`: tab completion for the usual shells."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from followup_agent.cli.options import OneOf


@click.command("completion")
@click.argument("shell", type=OneOf(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for SHELL.

    \b
    Examples:
      followup-agent completion bash >> ~/.bashrc
      followup-agent completion zsh >> ~/.zshrc
      followup-agent completion fish > ~/.config/fish/completions/followup-agent.fish
    """
    from followup_agent.cli.main import group

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover  (the choice above holds only what click has)
        raise click.UsageError(f"no completion for {shell}")
    script = kind(group, {}, "followup-agent", "_FOLLOWUP_AGENT_COMPLETE")
    click.echo(script.source())
    return 0
