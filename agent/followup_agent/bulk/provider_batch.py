"""Draft through a provider's Batch API: in rounds, and over days if need be.

A round is every request that the tasks wait for at that moment: first asks, then the
re-asks of those that need one. Between the rounds nothing is held in memory but names: each
task is played again from the journal's replies.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from typing import Any

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.play import Play, Wanted
from followup_agent.bulk.provider import Provider, Wait
from followup_agent.bulk.submissions import (
    KEY_LENGTH,
    Failure,
    Ledger,
    Limits,
    Parcel,
    Submission,
    line_name,
    line_of,
)
from followup_agent.bulk.task import Task
from followup_agent.bulk.trouble import judge
from followup_agent.chat import ladder, reply
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.protocol import Request, Turn
from followup_agent.errors import (
    BadReply,
    BudgetExceeded,
    ModelError,
    ServerFailed,
    SettingsError,
)

#: Refused requests in a round without one reply, from which on a run stops: no accident.
_HOPELESS = 5
_TOLD, _WORDS = ("message", "type", "code", "param"), 500
#: Has whatever a server may complain about in a request.
_ANY = Request((Turn("user", ""),), (), schema={}, stop=("\n",), candidates=2)


class ProviderBatch:
    """The engine.

    Args:
        limits: What the provider takes.
        wait: Replaces waiting for so many seconds, or for the first Ctrl-C.
    """

    def __init__(self, limits: Limits | None = None, wait: Wait | None = None) -> None:
        self._limits = limits or Limits()
        self._wait = wait

    def run(self, batch: Batch) -> None:
        """Return when every task has ended, or `Batch.stopping` was set.

        What was submitted before is fetched first. When the run is stopped, batches stay
        under way at the provider; another run fetches them.

        Raises:
            SettingsError: The model has no batches.
            ModelError: Nothing more can be asked; another run goes on from there.
            BudgetExceeded: The next request could pass the batch's budget.
            OutputError: The disk is full.
        """
        if not isinstance(batch.model, OpenAIModel):
            raise SettingsError(
                f"{batch.model.name} has no Batch API; use --engine local, or a model behind an "
                "OpenAI-compatible server that has one"
            )
        run = _Run(batch, batch.model, self._limits, self._wait or batch.stopping.wait)
        try:
            while run.settle() and run.ask():
                pass
        except ModelError:
            if not batch.stopping.is_set():
                raise


class _Run:
    """One run of the engine."""

    def __init__(self, batch: Batch, model: OpenAIModel, limits: Limits, wait: Wait) -> None:
        self._batch, self._model, self._limits = batch, model, limits
        self._ledger = Ledger.load(batch.journal, model.base_url, limits)
        # What the last run gave up, a new one (with --retry-failed) counts from nothing again.
        failures = self._ledger.failures
        self._ledger.failures = {n: f for n, f in failures.items() if not self._final(f)}
        self._provider = Provider(batch, model, self._ledger, wait)
        self._tasks: dict[str, Task] = {}
        self._asked = self._replied = self._lost = self._refused = 0
        self._fatal: ModelError | None = None
        self._hopeless = self._spent = False

    # --- what came back

    def settle(self) -> bool:
        """Take all that is under way into the journal; False when the run is to stop."""
        most, dialect = self._ledger.most, self._ledger.dialect
        if self._ledger.submissions:
            todo = self._batch.journal.todo(self._batch.recipe.files)
            self._tasks = {task.key[:KEY_LENGTH]: task for task in todo}
        self._replied = self._lost = self._refused = 0
        going = self._provider.settle(self._take)
        self._tasks = {}
        changed = (most, dialect) != (self._ledger.most, self._ledger.dialect)
        if self._fatal is not None:
            raise self._fatal
        self._hopeless = not self._replied and self._refused >= _HOPELESS
        if going and self._asked and not (self._replied or self._lost or changed):
            raise BadReply(f"{self._model.place} ended its batches without any result")
        return going

    def _take(self, submission: Submission, line: Mapping[str, Any]) -> None:
        name = str(line.get("custom_id"))
        task = self._tasks.get(name[:KEY_LENGTH])
        if task is None:  # it has ended, or is not in the input any more
            return
        response = line.get("response")
        if not isinstance(response, dict):
            self._fail(submission, name, 0, reply.words(line.get("error")))
        elif response.get("status_code") != 200:
            status = response.get("status_code")
            self._fail(submission, name, status if type(status) is int else 0, response.get("body"))
        else:
            self._read(submission, task, name, response.get("body"))

    def _read(self, submission: Submission, task: Task, name: str, body: object) -> None:
        place, clean = self._model.place, self._model.redactor()
        try:
            data = body if isinstance(body, dict) else {}
            made = reply.completion(data, place=place, clean=clean)
        except BadReply as exc:
            self._fail(submission, name, 200, str(exc))
        else:
            self._replied += 1
            self._batch.replied(task, name[KEY_LENGTH + 1 :], made)
            self._ledger.failures.pop(name, None)

    def _fail(self, submission: Submission, name: str, status: int, body: object) -> None:
        """Note a failure: of the run, of the dialect, or of the request."""
        from followup_agent.chat.translate import complaint

        known = self._ledger.failures.get(name)
        failure = Failure((known.times if known else 0) + 1, status, _brief(body))
        error = self._error(failure)
        about = complaint(error.__cause__)
        if judge(error, 0.0).fatal:
            self._fatal = error
        elif about and (adapted := self._adapted(submission.dialect, about)):
            self._ledger.dialect = adapted
        else:
            self._lost += 1
            self._refused += bool(status)
            self._ledger.failures[name] = failure

    def _adapted(self, dialect: ladder.Dialect, about: ladder.Complaint) -> ladder.Dialect | None:
        return ladder.adapted(dialect, about, ladder.body(_ANY, self._model.name, dialect))

    def _error(self, failure: Failure, request: Request | None = None) -> ModelError:
        """A failure as our error; it quotes nothing of the request."""
        from followup_agent.chat import sdk

        place = self._model.place
        clean = self._model.redactor(turn.content for turn in (request.turns if request else ()))
        if failure.status == 200:
            return BadReply(str(failure.body))
        if failure.status == 0:
            return ServerFailed(f"{place} did not run a request: {clean(str(failure.body))}")
        return sdk.failure(failure.status, failure.body, place=place, clean=clean)

    # --- what is asked

    def ask(self) -> bool:
        """Submit what the tasks wait for; False when none waits for anything."""
        self._asked = 0
        with closing(self._parcels()) as parcels:
            for parcel in parcels:
                if self._batch.stopping.is_set():
                    break
                self._provider.submit(parcel)
                self._asked += parcel.lines
                if self._ledger.alone:
                    break  # the rest is for the next round
        if self._spent and not self._asked:
            raise BudgetExceeded(
                f"the next request could bring the batch over its budget of {self._batch.budget} "
                "tokens; it was not sent"
            )
        return self._asked > 0

    def _parcels(self) -> Generator[Parcel]:
        """The requests that the tasks wait for, in parcels that the provider takes."""
        parcel = self._parcel()
        try:
            for task, wanted in self._affordable():
                line = line_of(task, wanted, self._model.name, self._ledger.dialect)
                if not parcel.fits(line):
                    yield parcel
                    parcel.close()
                    parcel = self._parcel()
                parcel.add(line)
            if parcel.lines:
                yield parcel
        finally:
            parcel.close()

    def _parcel(self) -> Parcel:
        folder = self._batch.journal.path.parent
        return Parcel(folder, self._ledger.most, self._limits.size)

    def _affordable(self) -> Iterator[tuple[Task, Wanted]]:
        """What is wanted, while the budget allows the longest answers to it."""
        budget = self._batch.budget
        left = math.inf if budget is None else budget - self._batch.journal.spent().total
        self._spent = False
        for task, wanted in self._wanted():
            left -= wanted.tokens + wanted.request.max_tokens
            if left < 0:
                self._spent = True
                return
            yield task, wanted

    def _wanted(self) -> Iterator[tuple[Task, Wanted]]:
        """The requests that tasks wait for; those that have ended are kept as such."""
        journal, recipe = self._batch.journal, self._batch.recipe
        for task in self._batch.todo():
            stored = journal.stored(task) if task.begun else {}
            play = Play(task, recipe, stored)
            while play.outcomes is None and (error := self._failed(task, play)):
                play.fail(error)
            if play.outcomes is not None:
                self._batch.ended(task, play.outcomes)
                continue
            for wanted in play.wanted:
                if wanted.digest not in stored:
                    yield task, wanted

    def _failed(self, task: Task, play: Play) -> ModelError | None:
        """Why a play cannot go on: a request that failed for good, or too often.

        Raises:
            ModelError: Nothing but failures came back: the others would fare no better.
        """
        for wanted in play.wanted:
            failure = self._ledger.failures.get(line_name(task, wanted.digest))
            if failure is not None and self._hopeless:
                raise self._error(failure, wanted.request)
            if failure is not None and self._final(failure):
                return self._error(failure, wanted.request)
        return None

    def _final(self, failure: Failure) -> bool:
        passing = judge(self._error(failure), 0.0).passing
        return failure.times >= self._limits.attempts or not passing


def _brief(body: object) -> object:
    """As much of an error's body as its words are made of."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return reply.words(body)[:_WORDS]
    return {"error": {name: str(error.get(name) or "")[:_WORDS] for name in _TOLD}}
