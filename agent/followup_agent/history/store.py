"""The memory itself: one SQLite file in the user's data directory."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, Self

from followup_agent.history.entry import log_text
from followup_agent.history.schema import explained, migrate
from followup_agent.notes.model import LogEntry

#: Seconds to wait for another process that writes.
PATIENCE: Final = 10.0
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_COLUMNS = "day, event, kind, person"

_explained = partial(
    explained,
    what="history",
    busy="another program does not let go; try again when it has ended",
)

Row = tuple[str, str, str, str]


class History:
    """What is remembered of all interviews. Several processes may use it at once.

    Open it with `open` or `existing`, use it as a context manager. A change that has
    returned is on the disk (write-ahead log, synced in full). Interviews are named by
    `interview_key`.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self.path = path

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the memory of a data directory; make it if it is not there.

        Args:
            directory: The user's data directory. The file stands in a folder of its own
                in there, so that nobody else's permissions are changed.

        Raises:
            OutputError: It cannot be read or written, is damaged, or is a later release's.
        """
        path = file_in(directory)
        with _explained(path):
            _make_private(path)
            database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                _prepare(database)
            except BaseException:
                database.close()
                raise
        return cls(database, path)

    @classmethod
    def existing(cls, directory: Path) -> Self | None:
        """Open the memory if there is one; reading a plan leaves no files behind."""
        return cls.open(directory) if file_in(directory).exists() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with _explained(self.path):
            self._database.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Make all changes inside stand or fall together, one process at a time.

        Raises:
            OutputError: Another process kept writing for longer than `PATIENCE`.
        """
        with _explained(self.path):
            self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.rollback()
            raise
        with _explained(self.path):
            self._database.execute("COMMIT")

    def record(self, interview: str, entry: LogEntry) -> bool:
        """Remember an entry.

        Returns:
            Whether it is new; the same one is kept once.
        """
        row = (interview, *_row(entry), _now())
        with _explained(self.path):
            done = self._database.execute(
                "INSERT OR IGNORE INTO entry"
                " (interview, day, event, kind, person, recorded) VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        return done.rowcount == 1

    def entries(self, interview: str) -> tuple[LogEntry, ...]:
        """What is remembered of one interview, by day."""
        return self.every().get(interview, ())

    def every(self) -> dict[str, tuple[LogEntry, ...]]:
        """What is remembered of each interview, by day."""
        found: dict[str, list[LogEntry]] = {}
        for interview, _, row in self._rows():
            found.setdefault(interview, []).append(_entry(row))
        return {interview: tuple(entries) for interview, entries in found.items()}

    def export(self, interview: str | None = None) -> Iterator[str]:
        """Each entry as one line of JSON; of one interview or of all."""
        for key, recorded, (day, event, kind, person) in self._rows():
            if interview in {None, key}:
                data = {
                    "interview": key,
                    "on": day,
                    "event": event,
                    "kind": kind or None,
                    "person": person or None,
                    "recorded": recorded,
                }
                yield json.dumps(data, ensure_ascii=False)

    def forget(self, interview: str, on: dt.date | None = None) -> int:
        """Delete what is remembered of an interview, or of one day of it.

        The words are overwritten, not only unlinked.

        Returns:
            How many entries there were.
        """
        day = None if on is None else on.isoformat()
        with _explained(self.path):
            done = self._database.execute(
                "DELETE FROM entry WHERE interview = ? AND coalesce(?, day) = day",
                (interview, day),
            )
            # The write-ahead log holds the pages as they were.
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return done.rowcount

    def _rows(self) -> Iterable[tuple[str, str, Row]]:
        with _explained(self.path):
            rows = self._database.execute(
                f"SELECT interview, recorded, {_COLUMNS} FROM entry"  # noqa: S608  (a constant)
                " ORDER BY interview, day, event, kind, person"
            ).fetchall()
        return [(key, recorded, tuple(row)) for key, recorded, *row in rows]


def file_in(directory: Path) -> Path:
    """Where the memory of a data directory stands."""
    return directory / "history" / "history.sqlite3"


def _make_private(path: Path) -> None:
    """Make folder and file before SQLite does, so that they are never open to others."""
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    _restrict(path.parent, _FOLDER_MODE)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE)
    os.close(descriptor)
    # SQLite gives the side files that it makes the mode of the file.
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with contextlib.suppress(FileNotFoundError):
            _restrict(path.with_name(name), _FILE_MODE)


def _restrict(path: Path, mode: int) -> None:
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)


def _prepare(database: sqlite3.Connection) -> None:
    _use_wal(database)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA secure_delete = ON")
    migrate(database)


def _use_wal(database: sqlite3.Connection) -> None:
    """Switch the file to a write-ahead log, once in its life.

    Where that cannot be (some network drives) SQLite keeps its other journal, which is as
    safe. It does not wait for others while it switches, so the wait is here.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _row(entry: LogEntry) -> Row:
    return entry.on.isoformat(), entry.event.value, entry.kind or "", entry.person or ""


def _entry(row: Row) -> LogEntry:
    day, event, kind, person = row
    entry = LogEntry.model_validate(
        {"on": day, "event": event, "kind": kind or None, "person": person or None}
    )
    return entry.model_copy(update={"text": log_text(entry)})


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
