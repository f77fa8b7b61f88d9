"""The tables, and how an older file becomes one of today's.

Append only: what was released is never edited, a change is one more step. The number of
steps is the version that a file carries (``PRAGMA user_version``).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from followup_agent.errors import OutputError

#: One entry a step; each is the statements that lead from the version before.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        # Nothing is NULL: two NULLs are not equal, and UNIQUE would let a repeat through.
        """
        CREATE TABLE entry (
            interview TEXT NOT NULL,
            day TEXT NOT NULL,
            event TEXT NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            recorded TEXT NOT NULL,
            UNIQUE (interview, day, event, kind, person)
        )
        """,
    ),
)


class TooNew(Exception):
    """The file comes from a later release. ``version`` is its schema's."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(version)


def migrate(database: sqlite3.Connection, steps: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring a file to today's schema; all of it or nothing.

    Raises:
        TooNew: A later release wrote the file.
        sqlite3.Error: It cannot be read or written.
    """
    if _version(database, steps) == len(steps):
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        # Again, now that nobody else can write: another process may just have done it.
        for number in range(_version(database, steps), len(steps)):
            for statement in steps[number]:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(steps)}")
        database.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def _version(database: sqlite3.Connection, steps: Sequence[Sequence[str]]) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > len(steps):
        raise TooNew(version)
    return int(version)


@contextlib.contextmanager
def explained(path: Path, what: str, busy: str) -> Iterator[None]:
    """Say in our own words what SQLite or the system refuses.

    Args:
        path: The file.
        what: What it is to the user, as ``history``.
        busy: Who may have it in use, and what to do then.

    Raises:
        OutputError: It cannot be read or written, is damaged, or is a later release's.
    """
    try:
        yield
    except TooNew as exc:
        problem = (
            f"was written by a later release (its version is {exc.version}); update followup-agent"
        )
    except sqlite3.DatabaseError as exc:
        problem = _problem(exc, busy)
    except OSError as exc:
        problem = f"cannot be used: {exc.strerror or exc}"
    else:
        return
    raise OutputError(f"{path}: the {what} {problem}")


def _problem(exc: sqlite3.DatabaseError, busy: str) -> str:
    code = getattr(exc, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to it
    if code == sqlite3.SQLITE_BUSY:
        return f"is in use: {busy}"
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return "is damaged; move the file away to begin a new one"
    if code == sqlite3.SQLITE_FULL:
        return "cannot grow: the disk is full; make room and run the same command again"
    return f"cannot be used: {exc}"
