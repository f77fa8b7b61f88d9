"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from followup_agent.kinds import Kind

if TYPE_CHECKING:
    from followup_agent.notes.model import InterviewNotes


class Day(click.ParamType[dt.date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Parse an ISO date."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-05-12", param, ctx)


class OneOf(click.Choice[str]):
    """A choice whose refusal names the nearest word."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Pass a known word on."""
        from difflib import get_close_matches

        words = [str(choice) for choice in self.choices]
        if value not in words:
            near = get_close_matches(str(value), words, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            self.fail(f"{value!r} is not one of {', '.join(words)}.{hint}", param, ctx)
        return str(value)


kind_option = click.option(
    "--kind",
    type=OneOf(["auto", *map(str, Kind)]),
    default="auto",
    show_default=True,
    help="What the message is for; auto chooses what is due.",
)
to_option = click.option("--to", metavar="NAME", help="The interviewer to write to.")
today_option = click.option(
    "--today", type=Day(), metavar="DATE", help="Write as if on this day (YYYY-MM-DD)."
)
prompts_option = click.option(
    "--prompts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Your own folder of prompts.",
)


def local_today() -> dt.date:
    """The user's own day, by the clock and zone of the machine."""
    return dt.datetime.now().astimezone().date()


def read_notes(name: str) -> InterviewNotes:
    """Load notes from a file, or from standard input for ``-``."""
    from followup_agent.notes.parse import load_notes

    if name != "-":
        return load_notes(Path(name))
    return load_notes(sys.stdin.buffer.read(), name="-")


def warm_proofreader() -> None:
    """Load the proofreader's dictionary beside the imports of a command.

    It takes a second in which Python is free. `guide.proofreader.warm` would come too
    late for that: importing the guide is half of the time that there is to use.
    """
    Thread(target=_load_dictionary, daemon=True, name="dictionary").start()


def _load_dictionary() -> None:
    with suppress(ImportError):
        from harper import Dialect, Language, Linter

        Linter(Dialect.AMERICAN).organized_lints("Ready.", language=Language.PLAINTEXT)
