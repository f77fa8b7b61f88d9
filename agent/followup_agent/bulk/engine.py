"""What an engine is: it brings every task of a batch to its outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from followup_agent.bulk.journal import Journal
from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.task import Recipe, Task
from followup_agent.chat.protocol import ChatModel, Reply


class Watcher(Protocol):
    """Told how a batch goes, on any thread; it must be quick."""

    def begin(self, total: int, done: int) -> None:
        """So many tasks are planned, and so many of them had ended before."""

    def replied(self, reply: Reply) -> None:
        """One more reply came from the model (not from the journal)."""

    def ended(self, outcomes: Sequence[Outcome]) -> None:
        """One more task has ended, and is on the disk."""

    def say(self, line: str) -> None:
        """Something that a person should know: a pause, a poll, a resumed batch."""


@dataclass
class Batch:
    """One run over the tasks of an output folder.

    An engine takes tasks from `todo`, makes a `Play` of each, keeps each reply that it
    is given with `replied`, and ends it with `ended`.

    Attributes:
        model: Who is asked; its name and profile are the recipe's.
        budget: Tokens that all replies of the folder may cost together, or None.
        stopping: Set by the first Ctrl-C: ask nothing new, keep what was asked.
    """

    recipe: Recipe
    journal: Journal
    model: ChatModel
    watch: Watcher
    budget: int | None = None
    stopping: Event = field(default_factory=Event)

    def todo(self) -> Iterator[Task]:
        """Tasks without outcomes, until there are none or the batch is stopping."""
        for task in self.journal.todo(self.recipe.files):
            if self.stopping.is_set():
                return
            yield task

    def replied(self, task: Task, digest: str, reply: Reply) -> None:
        """Keep a reply that was paid for, and count it.

        Raises:
            OutputError: The journal cannot be written.
        """
        self.journal.keep_reply(task, digest, reply)
        self.watch.replied(reply)

    def ended(self, task: Task, outcomes: Sequence[Outcome]) -> None:
        """Keep a task's end; its lines are written when it is on the disk.

        Raises:
            OutputError: The journal cannot be written.
        """
        self.journal.keep_outcomes(task, outcomes)


class Engine(Protocol):
    """Drives all tasks of a batch to their ends."""

    def run(self, batch: Batch) -> None:
        """Return when every task has ended, or `Batch.stopping` was set.

        Raises:
            ModelError: Nothing more can be asked (the key, the quota, the server); what
                was done is in the journal, and another run goes on from there.
            BudgetExceeded: The batch's budget is spent.
            OutputError: The disk is full.
        """
