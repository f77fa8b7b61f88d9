"""How far an eval run is, on standard error where that is a terminal."""

from __future__ import annotations

from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from followup_agent.evals.results import Result


class RunProgress:
    """A bar with what is done, valid and spent, and the time left. Thread-safe.

    Args:
        left: Items that are still to be drafted.
        planned: All of the run's.
    """

    def __init__(self, left: int, planned: int) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("drafting", total=planned, note="")
        self._progress.update(self._task, completed=planned - left)
        self._valid = self._done = self._tokens = 0
        self._lock = Lock()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def __call__(self, result: Result) -> None:
        """Count one result."""
        with self._lock:
            self._done += 1
            self._valid += result.outcome == "valid"
            self._tokens += result.spent.prompt_tokens + result.spent.completion_tokens
            note = f"{self._valid}/{self._done} valid, {self._tokens:,} tokens"
        self._progress.update(self._task, advance=1, note=note)
