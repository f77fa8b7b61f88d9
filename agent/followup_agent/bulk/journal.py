"""What a batch has paid for and finished: one SQLite file that survives any kill.

It holds every reply of every round as well as the outcomes, so that a resumed run feeds
the stored replies to the same pure generator and goes on in the middle of a draft. Notes
are never stored, only where they stand; replies and drafts are (they quote the notes'
public sections). Private sections never get here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.task import Place, Task
from followup_agent.chat.protocol import Reply

JOURNAL = "journal.sqlite3"

Stored = Mapping[tuple[int, int], tuple[str, Reply]]


class Journal:
    """The journal of one output folder; one process at a time.

    What is kept is on the disk (synced in full) when `sync` has returned, or when the
    writer says so in ``on_synced``; many changes go into one transaction.
    """

    @classmethod
    def open(cls, folder: Path) -> Journal:
        """Open the folder's journal; make it if it is not there.

        Raises:
            OutputError: Another process is drafting into the folder, or the file cannot
                be used.
        """
        ...

    def close(self) -> None:
        """Write what is waiting, and let go of the file."""

    # What holds for the whole folder -------------------------------------------------

    @property
    def salt(self) -> bytes:
        """For `Recipe.salt`: random, made once."""
        ...

    def today(self, given: dt.date | None) -> dt.date:
        """The day of writing: ``given``, else that of the folder's first start."""
        ...

    def note(self, name: str) -> str | None:
        """A text that an engine keeps for itself, as a provider's batch ids."""
        ...

    def set_note(self, name: str, text: str | None) -> None:
        """Keep such a text (synced when this returns); None deletes it."""

    # The input of this run -----------------------------------------------------------

    def plan(self, entries: Iterable[tuple[str, Place]]) -> None:
        """Set this run's input, (key, place) in order; a key twice counts once."""

    def todo(self) -> Iterator[Task]:
        """The planned tasks without outcomes, in the input's order, a few in memory."""
        ...

    # What happens --------------------------------------------------------------------

    def stored(self, task: Task) -> Stored:
        """The task's replies so far, by (round, slot)."""
        ...

    def keep_reply(self, task: Task, round: int, slot: int, digest: str, reply: Reply) -> None:
        """Keep a reply that was paid for."""

    def keep_outcomes(self, task: Task, outcomes: Sequence[Outcome]) -> None:
        """Keep how a task ended; it is not in `todo` any more."""

    def sync(self) -> None:
        """Return when all that was kept is on the disk.

        Raises:
            OutputError: The disk is full, or the file cannot be written; what was synced
                before stays.
        """
