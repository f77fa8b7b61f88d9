"""Where plays are held: in this process, or shared out among processes of their own."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from followup_agent.bulk.drafter import LENGTH, Answered, Drafter, Start, Step
from followup_agent.bulk.task import Recipe, Task
from followup_agent.chat.protocol import Reply
from followup_agent.errors import FollowupError

#: Not ``-m``: what it pickles must not be called ``__main__``.
_PROGRAM = "from followup_agent.bulk.drafter import main; main()"


class DrafterGone(FollowupError):
    """A drafting process ended that should not have; the journal is whole."""

    exit_code = 4


class InProcess:
    """Plays in this process: for few tasks, one core, or a model that computes here."""

    def __init__(self, recipe: Recipe) -> None:
        self._drafter = Drafter(recipe)
        self._numbers = count()

    async def start(self, task: Task, stored: Mapping[str, Reply]) -> Step:
        """Begin a play."""
        return self._drafter.take(Start(next(self._numbers), task, stored))

    async def answer(self, number: int, answer: Mapping[str, Reply] | FollowupError) -> Step:
        """Give a play its replies."""
        return self._drafter.take(Answered(number, answer))

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class _Process:
    """A drafting process, and who waits for which of its plays."""

    process: asyncio.subprocess.Process
    waiting: dict[int, asyncio.Future[Step]] = field(default_factory=dict)
    plays: int = 0
    ended: bool = False


class Processes:
    """Plays shared out among processes; each task stays with the one that it began in."""

    def __init__(self) -> None:
        self._processes: list[_Process] = []
        self._readers: list[asyncio.Task[None]] = []
        self._homes: dict[int, _Process] = {}
        self._numbers = count()

    @classmethod
    async def open(cls, recipe: Recipe, processes: int) -> Processes:
        """Start so many processes."""
        made = cls()
        try:
            for _ in range(processes):
                await made._add(recipe)
        except BaseException:
            await made.close()
            raise
        return made

    async def _add(self, recipe: Recipe) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _PROGRAM),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # It finds what this process found, however that was set up.
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            # Ctrl-C in the terminal is this process's to handle.
            start_new_session=True,
        )
        home = _Process(process)
        self._processes.append(home)
        self._readers.append(asyncio.create_task(self._read(home)))
        _send(process, recipe)

    async def start(self, task: Task, stored: Mapping[str, Reply]) -> Step:
        """Begin a play where there are fewest."""
        number = next(self._numbers)
        home = min(self._processes, key=lambda each: each.plays)
        self._homes[number] = home
        home.plays += 1
        return await self._say(home, Start(number, task, stored))

    async def answer(self, number: int, answer: Mapping[str, Reply] | FollowupError) -> Step:
        """Give a play its replies."""
        return await self._say(self._homes[number], Answered(number, answer))

    async def close(self) -> None:
        """End the processes."""
        for home in self._processes:
            home.ended = True
            if home.process.stdin is not None:
                home.process.stdin.close()
        for home in self._processes:
            try:
                await asyncio.wait_for(home.process.wait(), 5)
            except TimeoutError:
                with suppress(ProcessLookupError):
                    home.process.kill()
                await home.process.wait()
        await asyncio.gather(*self._readers, return_exceptions=True)

    async def _say(self, home: _Process, message: Start | Answered) -> Step:
        if home.process.returncode is not None:
            raise self._gone(home)
        future: asyncio.Future[Step] = asyncio.get_running_loop().create_future()
        home.waiting[message.number] = future
        _send(home.process, message)
        step = await future
        if step.broken:
            raise RuntimeError(f"a drafting process failed:\n{step.broken}")
        if step.outcomes is not None:
            del self._homes[step.number]
            home.plays -= 1
        return step

    async def _read(self, home: _Process) -> None:
        stream = home.process.stdout
        assert stream is not None  # noqa: S101  (it is a pipe)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
                step: Step = pickle.loads(await stream.readexactly(length))  # noqa: S301
                future = home.waiting.pop(step.number)
                if not future.done():
                    future.set_result(step)
        if not home.ended:
            await home.process.wait()
        for future in home.waiting.values():
            if not future.done():
                future.set_exception(self._gone(home))

    @staticmethod
    def _gone(home: _Process) -> DrafterGone:
        return DrafterGone(
            f"a drafting process ended (exit code {home.process.returncode}; out of memory?); "
            "nothing is lost, run the same command again to go on"
        )


def _send(process: asyncio.subprocess.Process, message: object) -> None:
    if process.stdin is not None:
        process.stdin.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
