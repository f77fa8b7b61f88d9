"""The journal's tables. Append only: what was released is never edited, a change is a step more."""

from __future__ import annotations

from typing import Final

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
