"""The journal's tables, and how they are opened.

Append only: what was released is never edited, a change is one more step.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from followup_agent.errors import OutputError
from followup_agent.history.schema import TooNew, migrate

_FILE_MODE = 0o600

#: One entry a step, as in `followup_agent.history.schema`.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT NOT NULL)",
        # This run's input; its texts are read from their files again.
        """
        CREATE TABLE input (
            position INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL,
            start INTEGER NOT NULL,
            length INTEGER,
            line INTEGER
        )
        """,
        "CREATE TABLE duplicate (source TEXT NOT NULL, key TEXT NOT NULL)",
        # Every reply that was paid for, by the digest of its request.
        """
        CREATE TABLE reply (
            task TEXT NOT NULL,
            digest TEXT NOT NULL,
            reply TEXT NOT NULL,
            requests INTEGER NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL,
            PRIMARY KEY (task, digest)
        )
        """,
        # One row a message; a task has ended when it has any.
        """
        CREATE TABLE outcome (
            task TEXT NOT NULL,
            message INTEGER NOT NULL,
            status TEXT NOT NULL,
            anew INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            filed INTEGER NOT NULL,
            retry INTEGER NOT NULL DEFAULT 0,
            record TEXT NOT NULL,
            PRIMARY KEY (task, message)
        )
        """,
    ),
)


def open_database(path: Path) -> sqlite3.Connection:
    """Open a journal for this process alone; make it if it is not there.

    Raises:
        OutputError: It is in use, damaged, a later release's, or cannot be written.
    """
    with explained(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE))
        database = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            _prepare(database)
        except BaseException:
            database.close()
            raise
    return database


def _prepare(database: sqlite3.Connection) -> None:
    # SQLite's own lock, held until the file is closed or the process is gone.
    database.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    database.execute("PRAGMA journal_mode = WAL").fetchone()
    database.execute("PRAGMA synchronous = FULL")
    database.execute("BEGIN EXCLUSIVE")
    database.execute("COMMIT")
    migrate(database, MIGRATIONS)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in our own words what SQLite or the system refuses."""
    try:
        yield
    except TooNew as exc:
        problem = (
            f"was written by a later release (its version is {exc.version}); update followup-agent"
        )
    except sqlite3.DatabaseError as exc:
        problem = _problem(exc)
    except OSError as exc:
        problem = f"cannot be used: {exc.strerror or exc}"
    else:
        return
    raise OutputError(f"{path}: the journal {problem}")


def _problem(exc: sqlite3.DatabaseError) -> str:
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to it
    if code == sqlite3.SQLITE_BUSY:
        return "is in use: another process is drafting into this folder; wait for it, or end it"
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return "is damaged; move the file away to begin a new one"
    if code == sqlite3.SQLITE_FULL:
        return "cannot grow: the disk is full; make room and run the same command again"
    return f"cannot be used: {exc}"
