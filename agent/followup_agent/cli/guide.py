"""`followup-agent guide`: the rules, from the registry."""

from __future__ import annotations

import click

from followup_agent.cli.options import OneOf
from followup_agent.kinds import Kind


@click.command("guide")
@click.option("--kind", type=OneOf(list(map(str, Kind))), help="Only the rules of this kind.")
def command(kind: str | None) -> int:
    """Print the rules that every message is checked against.

    \b
    Example:
      followup-agent guide --kind reminder
    """
    from followup_agent.guide.page import guide_page

    click.echo(guide_page(Kind(kind) if kind else None), nl=False)
    return 0
