"""How far an eval run or a batch is, on standard error where that is a terminal."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from followup_agent.cli.printable import printable

if TYPE_CHECKING:
    from followup_agent.bulk.outcome import Outcome
    from followup_agent.chat.protocol import Reply
    from followup_agent.evals.results import Result


class RunProgress:
    """A bar with what is done, valid and spent, and the time left. Thread-safe.

    Args:
        left: Items that are still to be drafted.
        planned: All of the run's.
    """

    def __init__(self, left: int, planned: int) -> None:
        self._progress = _bar(Console(stderr=True))
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


class BatchProgress:
    """A batch's bar: rate, time left, tokens and failures. Thread-safe.

    Where standard error is no terminal, one line tells the same every `SECONDS`.
    """

    SECONDS = 30.0

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._progress = _bar(self.console)
        self._task: TaskID | None = None
        self._total = self._before = self._done = self._tokens = self._requests = 0
        self._counts: Counter[str] = Counter()
        self._started = self._told = time.monotonic()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, total: int, done: int) -> None:
        """So many tasks are planned, and so many of them done."""
        self._total, self._before = total, done
        self._started = self._told = time.monotonic()
        if done:
            self.say(f"{done} of {total} notes are done already; going on")
        self._progress.start()
        self._task = self._progress.add_task("drafting", total=total, completed=done, note="")

    def replied(self, reply: Reply) -> None:
        """Count a reply."""
        with self._lock:
            self._requests += 1
            self._tokens += reply.usage.total

    def ended(self, outcomes: Sequence[Outcome]) -> None:
        """Count a task."""
        with self._lock:
            self._done += 1
            self._counts.update(outcome.status.value for outcome in outcomes)
            line = self._line()
            now = time.monotonic()
            told = not self.console.is_terminal and now - self._told >= self.SECONDS
            if told:
                self._told = now
        if self._task is not None:
            self._progress.update(self._task, advance=1, note=line)
        if told:
            self.say(f"{self._before + self._done} of {self._total} notes, {line}")

    def say(self, line: str) -> None:
        """Print a line, above the bar."""
        self.console.print(printable(line), markup=False, soft_wrap=True)

    def _line(self) -> str:
        rate = self._done / max(time.monotonic() - self._started, 1e-9)
        bad = ", ".join(f"{n} {s}" for s, n in sorted(self._counts.items()) if s != "valid")
        return f"{rate:,.1f} a second, {self._tokens:,} tokens" + (f", {bad}" if bad else "")


def _bar(console: Console) -> Progress:
    return Progress(
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
