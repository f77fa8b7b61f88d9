"""The tables, and how an older file becomes one of today's.

Append only: what was released is never edited, a change is one more step. The number of
steps is the version that a file carries (``PRAGMA user_version``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

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
