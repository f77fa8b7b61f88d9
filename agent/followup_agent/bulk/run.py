"""A whole batch, from its inputs to its summary."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any, Final

from followup_agent.bulk.coach import look_through
from followup_agent.bulk.engine import Batch, Engine, Watcher
from followup_agent.bulk.inputs import entries
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.local import LocalEngine
from followup_agent.bulk.outcome import Outcome, Status
from followup_agent.bulk.output import Output
from followup_agent.bulk.task import Recipe
from followup_agent.chat.protocol import ChatModel, Reply, Usage
from followup_agent.chat.resolve import resolve_model
from followup_agent.errors import BudgetExceeded, ModelError
from followup_agent.job import Options
from followup_agent.kinds import AUTO, Kind, kind_of
from followup_agent.outbox.files import make_folder, replace_file
from followup_agent.prices import Prices
from followup_agent.settings import Settings

SUMMARY: Final = "summary.json"


class Quiet:
    """A watcher that says nothing."""

    def begin(self, total: int, done: int) -> None:
        """Nothing."""

    def replied(self, reply: Reply) -> None:
        """Nothing."""

    def ended(self, outcomes: Sequence[Outcome]) -> None:
        """Nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Summary:
    """How a batch stands; what ``summary.json`` holds.

    Attributes:
        folder: Where the results are.
        model: Who was asked.
        today: The day of writing.
        notes: Documents in the input, each once.
        done: How many of them have ended.
        status: Messages by how they ended; see `Status`.
        missing: How many messages still break each required rule.
        near_copies: Valid messages half of which stands in other candidates' messages.
        repeated: The phrases that most candidates have.
        faults: What is wrong with notes that cannot be used, as ``file:line: …``.
        duplicates: (source, the earlier source with the same notes).
        usage: What all replies of the folder cost, those of dropped drafts too.
        cost: In the price table's currency, or None.
        stopped: Why the batch ended early, or None.
    """

    folder: Path
    model: str
    today: dt.date
    notes: int
    done: int
    status: Mapping[str, int]
    missing: Mapping[str, int]
    near_copies: int
    repeated: Sequence[Mapping[str, Any]]
    faults: Sequence[str]
    duplicates: Sequence[tuple[str, str]]
    usage: Usage
    cost: float | None
    stopped: str | None = None

    @property
    def exit_code(self) -> int:
        """4 if the model failed a message, else 3 if one was rejected, else 2, else 0."""
        worst = ((Status.FAILED, 4), (Status.REJECTED, 3), (Status.BAD_INPUT, 2))
        return next((code for status, code in worst if self.status.get(status)), 0)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "model": self.model,
            "today": self.today.isoformat(),
            "notes": self.notes,
            "done": self.done,
            "status": dict(self.status),
            "missing": dict(self.missing),
            "near_copies": self.near_copies,
            "repeated": [dict(each) for each in self.repeated],
            "faults": list(self.faults),
            "duplicates": [list(pair) for pair in self.duplicates],
            "usage": {
                "requests": self.usage.requests,
                "prompt_tokens": self.usage.prompt_tokens,
                "completion_tokens": self.usage.completion_tokens,
            },
            "cost": self.cost,
            "stopped": self.stopped,
        }


@dataclass(frozen=True)
class Order:
    """What a batch is to do, apart from how it drafts.

    Attributes:
        inputs: Folders, files and glob patterns.
        folder: Where the results and the journal go.
        kind: None for ``auto``.
        to: The one interviewer to write to, or None for each.
        today: The day of writing; None for the one of the folder's first start.
        budget: Tokens for all replies of the folder, or None.
        files: Whether each draft is written as files, too.
        retry_failed: Whether what failed or was rejected is tried again.
        prices: Of models, for the cost.
    """

    inputs: Sequence[str]
    folder: Path
    kind: Kind | None = None
    to: str | None = None
    today: dt.date | None = None
    budget: int | None = None
    files: bool = False
    retry_failed: bool = False
    prices: Prices | None = None


@dataclass
class BatchRun:
    """Everything that a run needs, made ready; close it."""

    order: Order
    model: ChatModel
    options: Options
    watch: Watcher
    stopping: Event = field(default_factory=Event)

    def run(self, engine: Engine) -> Summary:
        """Draft whatever is not drafted yet, and sum up.

        Raises:
            FollowupError: What stopped it; the files of the folder tell how far it came.
        """
        make_folder(self.order.folder)
        with Journal.open(self.order.folder) as journal:
            batch = self._planned(journal)
            output = Output(self.order.folder, journal, self.watch, files=self.order.files)
            output.rebuild()
            self.watch.begin(*journal.planned())
            try:
                engine.run(batch)
                journal.sync()
            except (ModelError, BudgetExceeded) as exc:
                journal.sync()
                output.rebuild()
                self._sum_up(batch, str(exc))
                raise
            output.rebuild()
            return self._sum_up(batch, "interrupted" if self.stopping.is_set() else None)

    def _planned(self, journal: Journal) -> Batch:
        order = self.order
        recipe = Recipe(
            kind=order.kind,
            to=order.to,
            model=self.model.name,
            profile=self.model.profile,
            options=replace(self.options, today=journal.today(order.today, self.options.today)),
            files=order.files,
            salt=journal.salt,
        )
        journal.plan(entries(order.inputs, recipe.key))
        if order.retry_failed:
            journal.retry_failed()
        return Batch(recipe, journal, self.model, self.watch, order.budget, self.stopping)

    def _sum_up(self, batch: Batch, stopped: str | None) -> Summary:
        journal, order = batch.journal, self.order
        tally = look_through(order.folder, journal, order.prices)
        notes, done = journal.planned()
        usage = journal.spent()
        summary = Summary(
            folder=order.folder,
            model=batch.model.name,
            today=batch.recipe.options.today,
            notes=notes,
            done=done,
            status=tally.status,
            missing=dict(tally.missing.most_common()),
            near_copies=tally.near_copies,
            repeated=tally.repeated,
            faults=tally.faults,
            duplicates=journal.duplicates(),
            usage=usage,
            cost=_cost(usage, (order.prices or {}).get(batch.model.name)),
            stopped=stopped if done < notes else None,
        )
        text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2)
        replace_file(order.folder / SUMMARY, [text, "\n"])
        return summary


def _cost(usage: Usage, table: Mapping[str, float] | None) -> float | None:
    if table is None:
        return None
    spent = table["prompt"] * usage.prompt_tokens + table["completion"] * usage.completion_tokens
    return spent / 1e6


def draft_many(
    inputs: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    kind: Kind | str = AUTO,
    to: str | None = None,
    model: str | ChatModel | None = None,
    *,
    engine: Engine | None = None,
    today: dt.date | None = None,
    budget: int | None = None,
    files: bool = False,
    retry_failed: bool = False,
    prices: Prices | None = None,
    watch: Watcher | None = None,
    **options: Any,
) -> Summary:
    """Draft for many notes into a folder; a run that ended early is gone on with.

    The drafts are in ``drafts.jsonl`` of the folder, in the input's order. What has been
    paid for is never asked again: the folder's journal holds it.

    Args:
        inputs: Folders, notes files, ``.jsonl`` and ``.csv`` tables, glob patterns.
        out: The folder of the results.
        kind: One of the six kinds, or ``auto``: what is due.
        to: The one interviewer to write to; None for each of them.
        model: As for `draft`.
        engine: How it is done; None for a `LocalEngine` that adapts to the server.
        today: The day of writing; None for the one of the folder's first start.
        budget: Tokens that all replies of the folder may cost together.
        files: Whether each valid draft is written as ``.txt`` and ``.eml``, too.
        retry_failed: Whether what failed or was rejected is tried again.
        prices: Per model ``prompt`` and ``completion``, for a million tokens.
        watch: Told of each reply and each end.
        **options: ``prompt``, ``prompts``, ``reasks``, ``timeout``, ``seed``, ``proofread``
            and ``paid_linkedin``, as for `draft`.

    Raises:
        CallerError: An input that is not there, a folder that cannot be written or is in use.
        ModelError: Nothing more can be asked; run it again to go on.
        BudgetExceeded: The budget is spent; run it again with more to go on.
    """
    settings = Settings.load()
    chosen = Options.of(settings, **options)
    order = Order(
        [os.fspath(each) for each in inputs],
        Path(out),
        kind_of(kind),
        to,
        today,
        budget,
        files,
        retry_failed,
        prices,
    )
    run = BatchRun(order, resolve_model(model, settings), chosen, watch or Quiet())
    return run.run(engine or LocalEngine(timeout=chosen.timeout or settings.timeout))
