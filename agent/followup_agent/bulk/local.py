"""The engine of one machine: asyncio for the network, processes for the drafting.

A bounded window of tasks is open at a time. Each is a coroutine that carries a play's
requests to the model and the replies back; all of them pass one `Gate`.
"""

from __future__ import annotations

import asyncio
import heapq
import random
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from itertools import count

from followup_agent.bulk.drafter import Step
from followup_agent.bulk.engine import Batch
from followup_agent.bulk.limits import Limits, Ticket
from followup_agent.bulk.play import Wanted
from followup_agent.bulk.task import Task
from followup_agent.bulk.trouble import Trouble, judge
from followup_agent.bulk.workshop import InProcess, Processes, cores
from followup_agent.chat.network import network
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.protocol import ChatModel, Reply
from followup_agent.chat.retry import Policy
from followup_agent.errors import BudgetExceeded, FollowupError, ModelError

#: Requests that one message may cost, whatever happens.
REQUESTS = 10
#: Below so many tasks, processes of their own cost more time than they save.
FEW = 50
#: Messages in a row that the server failed, after which a batch stops: at its beginning,
#: and later.
HOPELESS_FIRST, HOPELESS = 5, 50
#: Requests in a row that failed, after which a person is told: at the beginning, and later.
SILENT_FIRST, SILENT = 3, 50
_LONG = 60.0  # seconds of a pause that a person is told of
_TICK = 0.2  # seconds between two looks at whether to stop
#: Tasks that are open beyond the requests under way: while some are judged and others
#: written out, so many wait ready for a turn. With 8 in place of 32 beside 64 requests a
#: batch at 0.2 s a request took 1.05 times as long.
_SPARE, _LEAST_SPARE = 0.5, 8


class Stopped(Exception):
    """No more requests are sent; not a failure of the task that meets it."""


class Gate:
    """Lets requests through as the limits allow, the earliest task's first."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._waiting: list[tuple[int, int, int, asyncio.Future[Ticket]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = asyncio.Event()

    async def enter(self, position: int, tokens: int) -> Ticket:
        """Wait for a turn.

        Raises:
            Stopped: The gate was closed.
        """
        if self._closed.is_set():
            raise Stopped
        turn: asyncio.Future[Ticket] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (position, next(self._order), tokens, turn))
        self.pump()
        return await turn

    def close(self) -> None:
        """Let nobody through any more; who waits is told so."""
        self._closed.set()
        while self._waiting:
            *_, turn = self._waiting.pop()
            if not turn.done():
                turn.set_exception(Stopped())

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until the gate is closed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    def pump(self) -> None:
        """Let through whoever may go; called whenever that may have changed."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            wait = self.limits.wait()
            if wait is None:
                return
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self.pump)
                return
            *_, tokens, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(self.limits.begin(tokens))


class LocalEngine:
    """Drafts on this machine.

    Args:
        concurrency: Requests at once; None adapts to what the server takes.
        rpm: Requests a minute, or None.
        tpm: Tokens a minute, or None.
        timeout: Seconds that one request may take.
        processes: Drafting processes; 0 for none, None for one a core where that pays.
        policy: Waits between the tries of one request that failed without a Retry-After.
    """

    def __init__(
        self,
        concurrency: int | None = None,
        rpm: int | None = None,
        tpm: int | None = None,
        *,
        timeout: float = 120.0,
        processes: int | None = None,
        policy: Policy | None = None,
    ) -> None:
        self._limits = (concurrency, rpm, tpm)
        self._timeout = timeout
        self._processes = processes
        self._policy = policy or Policy()

    def run(self, batch: Batch) -> None:
        """As `Engine.run`. An interrupt ends it at once; what was kept is kept."""
        model = batch.model
        if served := isinstance(model, OpenAIModel):
            model = model.with_policy(Policy(attempts=1))
        concurrency, rpm, tpm = self._limits
        limits = Limits(concurrency if served or concurrency else 1, rpm, tpm, clock=time.monotonic)
        processes = self._processes
        if processes is None:
            tasks, ended = batch.journal.planned()
            many = served and tasks - ended >= FEW and cores() > 1
            processes = cores() if many else 0
        run = _Run(batch, model, limits, self._timeout, self._policy)
        try:
            network().run(run.run(processes))
        except KeyboardInterrupt:
            network().run(run.ended())
            raise


class _Run:
    """One run of the engine, on one event loop."""

    def __init__(
        self, batch: Batch, model: ChatModel, limits: Limits, timeout: float, policy: Policy
    ) -> None:
        self._batch = batch
        self._model = model
        self._gate = Gate(limits)
        most = limits.pace.most
        self._window = asyncio.Semaphore(most + max(_LEAST_SPARE, int(most * _SPARE)))
        self._timeout = timeout
        self._policy = policy
        self._error: BaseException | None = None
        self._work: asyncio.Task[None] | None = None
        self._bench: InProcess | Processes = InProcess(batch.recipe)
        self._replied = False
        self._hopeless = self._unanswered = 0
        self._spent = batch.journal.spent().total
        self._held = 0

    async def run(self, processes: int) -> None:
        self._work = asyncio.current_task()
        if processes:
            self._bench = await Processes.open(self._batch.recipe, processes)
        stop = asyncio.create_task(self._watch_for_stop())
        try:
            await self._all()
        finally:
            stop.cancel()
            await self._bench.close()
        if self._error is not None:
            raise self._error

    async def ended(self) -> None:
        """Wait until nothing more is kept, once `run` was cancelled: the journal closes then."""
        if self._work is not None:
            await asyncio.wait({self._work})

    async def _all(self) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            for task in self._batch.todo():
                await self._window.acquire()
                if self._error is not None:
                    break
                one = asyncio.create_task(self._one(task))
                running.add(one)
                one.add_done_callback(running.discard)
                one.add_done_callback(lambda _: self._window.release())
            while running:
                await asyncio.wait(running)
        finally:
            self._gate.close()
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _watch_for_stop(self) -> None:
        while not self._batch.stopping.is_set():
            await asyncio.sleep(_TICK)
        self._gate.close()

    def _stop(self, error: BaseException) -> None:
        """Send nothing more; what is under way is awaited and kept."""
        self._error = self._error or error
        self._gate.close()

    async def _one(self, task: Task) -> None:
        """Bring one task to its end, whatever becomes of it."""
        try:
            stored = self._batch.journal.stored(task) if task.begun else {}
            step = await self._bench.start(task, stored)
            sent: Counter[int] = Counter()
            while step.outcomes is None:
                step = await self._bench.answer(step.number, await self._round(task, step, sent))
            self._batch.ended(task, step.outcomes)
        except Stopped:
            pass
        except Exception as exc:
            self._stop(exc)

    async def _round(
        self, task: Task, step: Step, sent: Counter[int]
    ) -> Mapping[str, Reply] | FollowupError:
        """The replies to a round, or what ends its message."""
        asked = [self._ask(task, wanted, sent) for wanted in step.wanted]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, FollowupError):
                raise answer
        for answer in answers:
            if isinstance(answer, FollowupError):
                self._lost(answer)
                return answer
        replies = (answer for answer in answers if isinstance(answer, Reply))
        return {w.digest: r for w, r in zip(step.wanted, replies, strict=True)}

    async def _ask(self, task: Task, wanted: Wanted, sent: Counter[int]) -> Reply:
        """Ask until there is a reply, or it makes no sense any more.

        Raises:
            FollowupError: The message cannot be had.
            Stopped: Nothing may be asked any more.
        """
        failures = 0
        while True:
            need = self._hold(wanted)
            try:
                ticket = await self._gate.enter(task.position, wanted.tokens)
                sent[wanted.message] += 1
                reply = await self._model.acomplete(wanted.request, timeout=self._timeout)
            except FollowupError as exc:
                failures += 1
                trouble = judge(exc, self._policy.now())
                self._gate.limits.failed(ticket, slower=trouble.slower)
                await self._endure(exc, trouble, failures, sent[wanted.message])
            else:
                usage = reply.usage
                self._spent += usage.total
                limits = self._gate.limits
                limits.answered(ticket, usage.prompt_tokens, usage.completion_tokens)
                self._replied, self._hopeless, self._unanswered = True, 0, 0
                self._batch.replied(task, wanted.digest, reply)
                return reply
            finally:
                self._held -= need
                self._gate.pump()

    async def _endure(
        self, error: FollowupError, trouble: Trouble, failures: int, sent: int
    ) -> None:
        """Wait for as long as it takes to ask again, or raise."""
        if trouble.fatal:
            self._stop(error)
            raise Stopped
        if trouble.wait is not None:
            self._pause(error, trouble.wait)
        if not trouble.passing or sent >= REQUESTS:
            raise error
        self._silence(error)
        if trouble.wait is None:
            longest = min(self._policy.longest, self._policy.first * 2 ** (failures - 1))
            await self._gate.rest(longest * (0.5 + random.random() / 2))  # noqa: S311

    def _pause(self, error: FollowupError, seconds: float) -> None:
        if seconds >= _LONG:
            at = time.strftime("%H:%M", time.localtime(self._policy.now() + seconds))
            self._say(f"{error}; all wait until {at} ({seconds / 60:.0f} min)")
        self._gate.limits.pause(seconds)

    def _silence(self, error: FollowupError) -> None:
        """Count a request that is sent again; say so once while nothing but failures comes."""
        self._unanswered += 1
        if self._unanswered == (SILENT if self._replied else SILENT_FIRST):
            self._say(f"{error}; {self._unanswered} requests in a row failed and are sent again")

    def _say(self, line: str) -> None:
        self._batch.watch.say(f"{line}. Ctrl-C stops here, and the same command goes on later")

    def _hold(self, wanted: Wanted) -> int:
        """Set a request's worst case aside from the batch's budget.

        Raises:
            Stopped: It could pass the budget.
        """
        need = wanted.tokens + wanted.request.max_tokens
        budget = self._batch.budget
        if budget is not None and self._spent + self._held + need > budget:
            self._stop(
                BudgetExceeded(
                    f"the next request could bring the batch to {self._spent + need} tokens, over "
                    f"the budget of {budget}; it was not sent. Run it again with more to go on"
                )
            )
            raise Stopped
        self._held += need
        return need

    def _lost(self, error: FollowupError) -> None:
        """Count a message that the model's side failed; too many in a row are no accident."""
        if not isinstance(error, ModelError):
            return
        self._hopeless += 1
        if self._hopeless >= (HOPELESS if self._replied else HOPELESS_FIRST):
            self._stop(error)
