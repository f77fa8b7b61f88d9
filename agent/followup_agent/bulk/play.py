"""One task's generator, with the replies that were paid for fed to it first.

This is what all engines share: a `Play` says which requests are wanted next, is given
their replies, and ends with one `Outcome` a message. It does no network and no waiting,
so that it can run in any process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from followup_agent.asking import Round
from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.task import Recipe, Task
from followup_agent.chat.protocol import Reply, Request
from followup_agent.errors import FollowupError, ModelError

Played = Generator[Round, Sequence[Reply], tuple[Outcome, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request that a play waits for.

    Attributes:
        round: Number of its round in the task, from 0; a panel's rounds count on.
        slot: Its number in the round, from 0.
        digest: Names the request; a stored reply counts only for the same one.
        message: Number of the message (the interviewer) that it is for, from 0.
    """

    round: int
    slot: int
    digest: str
    message: int
    request: Request


class Play:
    """A task under way.

    Args:
        task: What is drafted.
        recipe: The batch's; the task's ``tries`` are counted in.
        stored: Replies that the journal holds, by (round, slot): their digest and reply.

    Attributes:
        wanted: The requests to be asked now; empty when it has ended.
        outcomes: One a message when it has ended, else None.
    """

    def __init__(
        self,
        task: Task,
        recipe: Recipe,
        stored: Mapping[tuple[int, int], tuple[str, Reply]] | None = None,
    ) -> None: ...

    def reply(self, slot: int, reply: Reply) -> None:
        """Take the reply to one wanted request; the last of a round moves the play on."""

    def fail(self, error: ModelError) -> None:
        """End the message that is being asked for with this error; the next one begins."""
