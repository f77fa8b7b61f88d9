"""One task's generator, with the replies that were paid for fed to it first.

This is what all engines share: a `Play` says which requests are wanted next, is given
their replies, and ends with one `Outcome` a message. It does no network and no waiting,
so that it can run in any process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Never

from followup_agent.asking import Round
from followup_agent.brief import recipients
from followup_agent.bulk.files import rendered
from followup_agent.bulk.inputs import read_task
from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.task import Recipe, Task
from followup_agent.chat import tokens
from followup_agent.chat.protocol import Profile, Reply, Request, TokenCount
from followup_agent.driving import Meter
from followup_agent.errors import BudgetExceeded, CallerError, FollowupError
from followup_agent.job import Job
from followup_agent.kinds import Kind
from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.records import Draft

_Played = Generator[Round, Sequence[Reply], list[Outcome]]
_FIELDS = tuple(field.name for field in fields(Request) if field.name != "turns")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request that a play waits for.

    Attributes:
        digest: Names the request within its task; the journal keeps replies by it.
        message: Number of the message (the interviewer) that it is for, from 0.
        tokens: Of the prompt, estimated.
    """

    digest: str
    message: int
    request: Request
    tokens: int


class Play:
    """A task under way.

    Args:
        task: What is drafted; its notes are read here.
        recipe: The batch's.
        stored: Replies that the journal holds, by digest.

    Attributes:
        wanted: The requests to be asked now, to be answered in any order; empty when the
            play has ended.
        outcomes: One a message once it has ended, else None.
    """

    def __init__(
        self, task: Task, recipe: Recipe, stored: Mapping[str, Reply] | None = None
    ) -> None:
        self.wanted: tuple[Wanted, ...] = ()
        self.outcomes: tuple[Outcome, ...] | None = None
        self._known = dict(stored or {})
        self._ended: list[Outcome] = []
        self._model = _Elsewhere(recipe)
        self._budget = recipe.options.budget
        self._spent = 0
        self._run = self._messages(task, recipe)
        self._advance(None)

    def reply(self, digest: str, reply: Reply) -> None:
        """Take the reply to one wanted request; the last of a round moves the play on."""
        self._known[digest] = reply
        if all(each.digest in self._known for each in self.wanted):
            self._advance([self._known[each.digest] for each in self.wanted])

    def fail(self, error: FollowupError) -> None:
        """End the message that is being asked for with this error; the next one begins."""
        self._advance(error)

    def _advance(self, last: Sequence[Reply] | FollowupError | None) -> None:
        """Move on to the next round that lacks a reply, or to the end."""
        try:
            while True:
                round_ = self._sent(last)
                self.wanted = tuple(map(self._wanted, round_.requests))
                if any(each.digest not in self._known for each in self.wanted):
                    last = self._refusal(round_)
                    if last is None:
                        return
                else:
                    last = [self._known[each.digest] for each in self.wanted]
        except StopIteration as stop:
            self.wanted = ()
            self.outcomes = tuple(stop.value)

    def _sent(self, last: Sequence[Reply] | FollowupError | None) -> Round:
        if last is None:
            return next(self._run)
        if isinstance(last, FollowupError):
            return self._run.throw(last)
        self._spent += sum(reply.usage.total for reply in last)
        return self._run.send(last)

    def _wanted(self, request: Request) -> Wanted:
        count = tokens.estimate(request.turns, request.schema)
        return Wanted(request_digest(request), len(self._ended), request, count.tokens)

    def _refusal(self, round_: Round) -> BudgetExceeded | None:
        """Why a round must not be sent: the draft's own budget, or the context window."""
        try:
            Meter(budget=self._budget, spent=self._spent).admit(self._model, round_)
        except BudgetExceeded as exc:
            return exc
        return None

    def _messages(self, task: Task, recipe: Recipe) -> _Played:
        """Draft for one person after the other, each knowing the texts before."""
        try:
            notes = read_task(task, recipe)
            people = recipients(notes, recipe.kind or Kind.THANK_YOU, recipe.to)
        except CallerError as exc:
            return [Outcome.of("", exc)]
        texts: list[str] = []
        for number, person in enumerate(people):
            tries = task.tries[number] if number < len(task.tries) else 0
            job = Job(notes, recipe.kind, people, self._model, recipe.anew(tries))
            self._spent = 0
            ended: Draft | FollowupError
            try:
                ended = yield from job.drafting(job.brief(person, texts))
            except FollowupError as exc:
                ended = exc
            else:
                texts.append(ended.text)
            self._ended.append(_outcome(person, ended, notes, task, recipe))
        return self._ended


def _outcome(
    person: Interviewer,
    ended: Draft | FollowupError,
    notes: InterviewNotes,
    task: Task,
    recipe: Recipe,
) -> Outcome:
    wanted = recipe.files and isinstance(ended, Draft)
    files = rendered(ended, notes, task) if wanted and isinstance(ended, Draft) else None
    return Outcome.of(person.name, ended, files)


def request_digest(request: Request) -> str:
    """Names a request: a hash of all that a model is asked."""
    whole = [getattr(request, name) for name in _FIELDS]
    turns = [(turn.role, turn.content) for turn in request.turns]
    text = json.dumps([turns, whole], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _Elsewhere:
    """The model as planning sees it; who asks it is the engine."""

    def __init__(self, recipe: Recipe) -> None:
        self.name = recipe.model
        self.profile: Profile = recipe.profile

    def count_tokens(self, request: Request) -> TokenCount:
        """By the profile's encoding or the model's name."""
        return tokens.count(request.turns, request.schema, self.profile.encoding or self.name)

    def complete(self, request: Request, *, timeout: float | None = None) -> Never:
        """Never asked here."""
        raise NotImplementedError

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Never:
        """Never asked here."""
        raise NotImplementedError

    def complete_round(self, requests: Sequence[Request], *, timeout: float | None = None) -> Never:
        """Never asked here."""
        raise NotImplementedError
