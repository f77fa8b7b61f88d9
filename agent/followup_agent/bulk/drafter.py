"""A process that holds plays: it parses, renders, judges and proofreads, and nothing else.

It reads pickled messages from its standard input and answers on its standard output; it
ends when its input does, so that it never outlives the process that it works for.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.play import Play, Wanted
from followup_agent.bulk.task import Recipe, Task
from followup_agent.chat.protocol import Reply
from followup_agent.errors import FollowupError

#: What stands before each answer: its length.
LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Step:
    """Where a play stands.

    Attributes:
        number: Of the play.
        wanted: What is to be asked now.
        outcomes: How it ended, or None.
        broken: The traceback of a mistake of ours.
    """

    number: int
    wanted: tuple[Wanted, ...] = ()
    outcomes: tuple[Outcome, ...] | None = None
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a play."""

    number: int
    task: Task
    stored: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Answered:
    """All replies of a play's round, by digest, or the error that ends its message."""

    number: int
    answer: Mapping[str, Reply] | FollowupError


class Drafter:
    """The plays of one process, by number."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._plays: dict[int, Play] = {}

    def take(self, message: Start | Answered) -> Step:
        """Move one play on."""
        number = message.number
        play = self._start(message) if isinstance(message, Start) else self._answered(message)
        if play.outcomes is not None:
            self._plays.pop(number, None)
        return Step(number, play.wanted, play.outcomes)

    def _start(self, message: Start) -> Play:
        play = Play(message.task, self._recipe, message.stored)
        self._plays[message.number] = play
        return play

    def _answered(self, message: Answered) -> Play:
        play = self._plays[message.number]
        if isinstance(message.answer, FollowupError):
            play.fail(message.answer)
        else:
            for digest, reply in message.answer.items():
                play.reply(digest, reply)
        return play


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer messages until there are no more; the first one is the recipe."""
    recipe: Recipe = pickle.load(source)  # noqa: S301  (from the process that started this one)
    drafter = Drafter(recipe)
    gc.freeze()  # what is loaded stays: looking through it for garbage takes a tenth of the time
    while True:
        try:
            message: Start | Answered = pickle.load(source)  # noqa: S301
        except EOFError:
            return
        try:
            step = drafter.take(message)
        except Exception:
            step = Step(message.number, broken=traceback.format_exc())
        data = pickle.dumps(step, pickle.HIGHEST_PROTOCOL)
        sink.write(LENGTH.pack(len(data)) + data)
        sink.flush()


def main() -> None:
    """Serve on the standard streams; whatever prints goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(sys.stdin.buffer, sink)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # nobody is there to be told
