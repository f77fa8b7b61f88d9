"""What a person watches while a draft is written; nothing of it when piped."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from followup_agent.asking.ask import Round

_DONE, _HERE, _OPEN = ("✓", "green"), ("•", "cyan"), ("·", "dim")


class LiveView:
    """The parts of a message on one line of the terminal, ticked off as they come.

    Use it as a context manager around drafting, and as the drafting's observer. On
    anything but a terminal it does nothing.
    """

    def __init__(self, console: Console, title: str) -> None:
        self._title = title
        self._live = Live(console=console, transient=True, refresh_per_second=8)
        self._on = console.is_terminal

    def __enter__(self) -> Self:
        if self._on:
            self._live.start()
            self._live.update(Text(f"{self._title} …", style="dim"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._on:
            self._live.stop()

    def __call__(self, round_: Round, done: int) -> None:
        """Show how far a round is: accepted parts, those that arrived, those to come."""
        if self._on:
            self._live.update(progress(self._title, round_, done))


def progress(title: str, round_: Round, done: int) -> Text:
    """The line that is shown."""
    waiting = {part for request in round_.requests[done:] for part in request.parts}
    line = Text(f"{title}  ")
    if round_.ask.number:
        line.append(f"re-ask {round_.ask.number}  ", style="yellow")
    marks = [(part.label, _DONE) for part in round_.ask.accepted]
    marks += [
        (part.label, _OPEN if part.value in waiting else _HERE) for part in round_.ask.missing
    ]
    for label, (mark, style) in marks:
        line.append(f"{mark} {label}  ", style=style)
    return line
