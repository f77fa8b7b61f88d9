"""The journal's tables, and how they are opened.

Append only: what was released is never edited, a change is one more step.
"""

from __future__ import annotations

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Final

from followup_agent.history.schema import explained, migrate

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
    # The files of drafts, and what was written into them.
    ("CREATE TABLE file (name TEXT PRIMARY KEY, task TEXT NOT NULL, sha256 TEXT NOT NULL)",),
)


#: Says what is wrong with the journal at a path; see `explained`.
journal_explained = partial(
    explained,
    what="journal",
    busy="another process is drafting into this folder; wait for it, or end it",
)


def open_database(path: Path) -> sqlite3.Connection:
    """Open a journal for this process alone; make it if it is not there.

    Raises:
        OutputError: It is in use, damaged, a later release's, or cannot be written.
    """
    with journal_explained(path):
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
