"""Text of others as a terminal may have it: nothing in it can steer the terminal."""

from __future__ import annotations

import unicodedata

import click

#: Joiners belong to the spelling of names in many scripts, and to emoji.
_KEPT = frozenset("\n\t\u200c\u200d")


def printable(text: str) -> str:
    """The text with control, formatting and lone surrogate characters made visible.

    Each character stays one character, so that spans still fit.
    """
    return "".join(map(_visible, text)) if not text.isprintable() else text


def complain(message: str) -> None:
    """Say on standard error what went wrong, each line under the command's name."""
    for line in message.splitlines() or [""]:
        click.echo(f"followup-agent: {printable(line)}", err=True)


def _visible(char: str) -> str:
    harmless = char.isprintable() or char in _KEPT or unicodedata.category(char) == "Zs"
    return char if harmless else "\N{REPLACEMENT CHARACTER}"
