"""What a batch has paid for and finished: one SQLite file that survives any kill.

It holds every reply of every round as well as the outcomes, so that a resumed run feeds
the stored replies to the same pure generator and goes on in the middle of a draft. Notes
are never stored, only where they stand; replies and drafts are (they quote the notes'
public sections). Private sections never get here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Final, Self

from followup_agent.bulk.outcome import Outcome, Status
from followup_agent.bulk.schema import journal_explained, open_database
from followup_agent.bulk.task import Place, Task
from followup_agent.chat.protocol import Alternative, Reply, Usage
from followup_agent.schedule.clock import day_of

JOURNAL: Final = "journal.sqlite3"

_PAGE = 200  # tasks that are read ahead
_MOST = 500  # changes in one transaction

Change = tuple[str, Sequence[Any]]
#: Called with tasks that have just ended: before they are committed, or after.
Hook = Callable[[Sequence[tuple[Task, Sequence[Outcome]]]], None]


class Journal:
    """The journal of one output folder; one process at a time has it open.

    What happens is handed to a thread that writes as much as is waiting in one
    transaction, synced in full. A task's end is acknowledged (``after`` is called) only
    when it is on the disk.

    Attributes:
        before: Called on that thread before ends are committed; may raise `OutputError`.
        after: Called on that thread when they are on the disk.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self.before: Hook = _nothing
        self.after: Hook = _nothing
        self._database = database
        self._lock = Lock()
        self._queue: SimpleQueue[_Item] = SimpleQueue()
        self._failure: Exception | None = None
        # Not by `Thread.join`: interrupted once, CPython 3.11 takes the thread for ended.
        self._written = Event()
        Thread(target=self._write, name="followup-agent journal", daemon=True).start()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the folder's journal; make it if it is not there.

        Raises:
            OutputError: Another process is drafting into the folder, or the file cannot
                be used.
        """
        path = folder / JOURNAL
        return cls(open_database(path), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting, and let go of the file."""
        self._queue.put(_END)
        try:
            self._written.wait()
        finally:  # an interrupt meanwhile does not end what is being written
            self._written.wait()
            self._database.close()

    # --- what holds for the whole folder

    @property
    def salt(self) -> bytes:
        """For `Recipe.salt`: random, made once."""
        return bytes.fromhex(self._settled("salt", secrets.token_hex(16)))

    def today(self, given: dt.date | None, now: dt.date) -> dt.date:
        """The day of writing: ``given``, else the one of the folder's first start.

        So a run that is resumed on the next day asks nothing anew.
        """
        if given is not None:
            day = day_of(given)
            self.set_note("today", day.isoformat())
            return day
        return dt.date.fromisoformat(self._settled("today", day_of(now).isoformat()))

    def note(self, name: str) -> str | None:
        """A text that an engine keeps for itself, as a provider's batch ids."""
        rows = self._read("SELECT text FROM note WHERE name = ?", name)
        return rows[0][0] if rows else None

    def set_note(self, name: str, text: str | None) -> None:
        """Keep such a text (it is on the disk when this returns); None deletes it."""
        if text is None:
            self._do("DELETE FROM note WHERE name = ?", name)
        else:
            self._do("INSERT OR REPLACE INTO note (name, text) VALUES (?, ?)", name, text)
        self.sync()

    def _settled(self, name: str, first: str) -> str:
        known = self.note(name)
        if known is None:
            self.set_note(name, first)
        return known or first

    # --- the input of this run

    def plan(self, entries: Iterable[tuple[str, Place]]) -> None:
        """Set this run's input, (key, place) in order; the same notes twice count once.

        Notes that could not be used are tried again: it costs nothing, and their file may
        be called otherwise now.
        """
        with self._transaction():
            run = self._database.execute
            run("DELETE FROM input")
            run("DELETE FROM duplicate")
            run("DELETE FROM outcome WHERE status = ?", (Status.BAD_INPUT.value,))
            position = 0
            for key, place in entries:
                row = (position, key, place.path, place.start, place.length, place.line)
                added = run("INSERT OR IGNORE INTO input VALUES (?, ?, ?, ?, ?, ?)", row).rowcount
                if added:
                    position += 1
                else:
                    run("INSERT INTO duplicate VALUES (?, ?)", (place.source, key))

    def retry_failed(self) -> int:
        """Put the planned messages that failed or were rejected up again.

        Returns:
            How many they are.
        """
        with self._transaction():
            return self._database.execute(
                "UPDATE outcome SET retry = 1 WHERE status IN (?, ?)"
                " AND task IN (SELECT key FROM input)",
                (Status.FAILED.value, Status.REJECTED.value),
            ).rowcount

    def todo(self, files: bool = False) -> Iterator[Task]:
        """The planned tasks without outcomes, in the input's order, a few in memory.

        Args:
            files: Also those whose valid drafts have no files yet; their replies are here.
        """
        last = -1
        while rows := self._read(_TODO, last, files, _PAGE):
            for last, key, path, start, length, line, tries, begun in rows:
                place = Place(path, start, length, line)
                known = tuple(map(int, tries.split(","))) if tries else ()
                yield Task(key, place, last, known, bool(begun))

    def planned(self) -> tuple[int, int]:
        """How many tasks the input has, and how many of them have ended."""
        ((tasks, ended),) = self._read(
            "SELECT count(*), count(o.task) FROM input i"
            " LEFT JOIN outcome o ON o.task = i.key AND o.message = 0 AND o.retry = 0"
        )
        return tasks, ended

    def duplicates(self) -> list[tuple[str, str]]:
        """Sources that hold the same notes as an earlier one, and that one's."""
        rows = self._read(
            "SELECT d.source, i.path, i.line FROM duplicate d JOIN input i ON i.key = d.key"
        )
        return [(source, Place(path, line=line).source) for source, path, line in rows]

    # --- what happens

    def stored(self, task: Task) -> dict[str, Reply]:
        """The task's replies so far, by their request's digest."""
        rows = self._read("SELECT digest, reply FROM reply WHERE task = ?", task.key)
        return {digest: _reply(text) for digest, text in rows}

    def keep_reply(self, task: Task, digest: str, reply: Reply) -> None:
        """Keep a reply that was paid for.

        Raises:
            OutputError: An earlier change could not be written.
        """
        text = json.dumps(asdict(reply), ensure_ascii=False)
        usage = reply.usage
        self._do(
            "INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?, ?)",
            *(task.key, digest, text, usage.requests, usage.prompt_tokens),
            usage.completion_tokens,
        )

    def keep_outcomes(self, task: Task, outcomes: Sequence[Outcome]) -> None:
        """Keep how a task ended; it is not in `todo` any more.

        Raises:
            OutputError: An earlier change could not be written.
        """
        changes: list[Change] = [("DELETE FROM outcome WHERE task = ?", (task.key,))]
        for number, outcome in enumerate(outcomes):
            tries = task.tries[number] if number < len(task.tries) else 0
            values = (task.key, number, outcome.status.value, outcome.anew, tries)
            changes.append((_KEEP, (*values, bool(outcome.files), outcome.text)))
            for name, content in outcome.files.items():
                digest = hashlib.sha256(content).hexdigest()
                changes.append((_KEEP_FILE, (name, task.key, digest)))
        self._hand(_Item(changes, (task, outcomes)))

    def sync(self) -> None:
        """Return when all that was kept is on the disk.

        Raises:
            OutputError: It cannot be: the disk is full, say. What was synced before stays.
        """
        done = Event()
        self._hand(_Item((), done=done))
        done.wait()
        if self._failure is not None:
            raise self._failure

    # --- what it all came to

    def records(self) -> Iterator[tuple[Place, str, str]]:
        """Place, key and record (JSON) of each planned message that has ended, in order."""
        last = (-1, -1)
        while rows := self._read(_RECORDS, *last, _PAGE):
            for position, message, path, line, key, record in rows:
                yield Place(path, line=line), key, record
                last = (position, message)

    def left_files(self) -> list[tuple[str, str]]:
        """Name and SHA-256 of each file that was written for a draft that is not planned now."""
        return self._read("SELECT name, sha256 FROM file WHERE task NOT IN (SELECT key FROM input)")

    def forget_left_files(self) -> None:
        """They are gone; should their notes come back, the files are written again."""
        with self._transaction():
            for statement in _FORGET_FILES:
                self._database.execute(statement)

    def spent(self) -> Usage:
        """What all replies of the folder cost, those of dropped drafts too."""
        ((requests, prompt, completion),) = self._read(
            "SELECT sum(requests), sum(prompt_tokens), sum(completion_tokens) FROM reply"
        )
        return Usage(prompt or 0, completion or 0, requests or 0)

    # --- the file

    def _read(self, statement: str, *values: Any) -> list[Any]:
        with self._lock, journal_explained(self.path):
            return self._database.execute(statement, values).fetchall()

    def _do(self, statement: str, *values: Any) -> None:
        self._hand(_Item([(statement, values)]))

    def _hand(self, item: _Item) -> None:
        if self._failure is not None:
            raise self._failure
        self._queue.put(item)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, journal_explained(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _write(self) -> None:
        """The writing thread: whatever waits goes into one transaction."""
        going = True
        while going:
            items = [self._queue.get()]
            while len(items) < _MOST and not self._queue.empty():
                items.append(self._queue.get())
            going = items[-1] is not _END
            try:
                self._commit(items)
            except Exception as exc:  # raised where the next change is handed over
                self._failure = exc
            finally:
                for item in items:
                    if item.done is not None:
                        item.done.set()
        self._written.set()

    def _commit(self, items: Sequence[_Item]) -> None:
        if self._failure is not None:
            return
        ends = [item.end for item in items if item.end is not None]
        changes = [change for item in items for change in item.changes]
        if changes:
            self.before(ends)
            with self._transaction():
                for statement, values in changes:
                    self._database.execute(statement, values)
            self.after(ends)


class _Item:
    """Something for the writing thread."""

    __slots__ = ("changes", "done", "end")

    def __init__(
        self,
        changes: Sequence[Change] = (),
        end: tuple[Task, Sequence[Outcome]] | None = None,
        done: Event | None = None,
    ) -> None:
        self.changes = changes
        self.end = end
        self.done = done


_END = _Item()

_KEEP = (
    "INSERT INTO outcome (task, message, status, anew, tries, filed, record)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_KEEP_FILE = "INSERT OR REPLACE INTO file VALUES (?, ?, ?)"
_LEFT = "task IN (SELECT task FROM file) AND task NOT IN (SELECT key FROM input)"
_FORGET_FILES = (
    f"UPDATE outcome SET filed = 0 WHERE {_LEFT}",  # noqa: S608  (a constant)
    f"DELETE FROM file WHERE {_LEFT}",  # noqa: S608
)
_TODO = """
    SELECT position, key, path, start, length, line,
        (SELECT group_concat(again) FROM (
            SELECT tries + (retry AND anew) AS again FROM outcome
            WHERE task = i.key ORDER BY message
        )),
        EXISTS (SELECT 1 FROM reply WHERE task = i.key)
    FROM input AS i
    WHERE position > ?1 AND (
        NOT EXISTS (SELECT 1 FROM outcome WHERE task = i.key)
        OR EXISTS (
            SELECT 1 FROM outcome WHERE task = i.key
            AND (retry OR (?2 AND status = 'valid' AND NOT filed))
        )
    ) ORDER BY position LIMIT ?3
"""
_RECORDS = """
    SELECT i.position, o.message, i.path, i.line, i.key, o.record
    FROM input AS i JOIN outcome AS o ON o.task = i.key
    WHERE (i.position, o.message) > (?1, ?2)
    ORDER BY i.position, o.message LIMIT ?3
"""


def _nothing(_ends: Sequence[tuple[Task, Sequence[Outcome]]]) -> None:
    """No hook."""


def _reply(text: str) -> Reply:
    data: Mapping[str, Any] = json.loads(text)
    alternatives = tuple(Alternative(**each) for each in data["alternatives"])
    return Reply(**{**data, "alternatives": alternatives, "usage": Usage(**data["usage"])})
