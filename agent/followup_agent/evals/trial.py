"""Draft and grade one task with the code that ships: `Job.of`, `Job.brief`, `drive`."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from followup_agent.brief import recipients
from followup_agent.driving import drive
from followup_agent.errors import BudgetExceeded, CallerError, DraftRejected, ModelError
from followup_agent.evals import results
from followup_agent.evals.graders import Context, Grader, grade
from followup_agent.evals.matrix import DEFAULT_PROMPT, Item, Task
from followup_agent.evals.recording import (
    ReplayModel,
    ReplyMissing,
    RunOverBudget,
    Spent,
    lasting,
)
from followup_agent.evals.results import Result
from followup_agent.job import Job
from followup_agent.notes.model import InterviewNotes
from followup_agent.records import Draft
from followup_agent.settings import Settings

#: Seeds of two repeats are so far apart that their re-asks share none.
SEEDS_A_REPEAT = 10_000

Judge = Callable[[Task], Sequence[Grader]]


@dataclass(frozen=True)
class Attempted:
    """What drafting came to: an outcome, its error, and a draft where there is one."""

    outcome: str
    error: str = ""
    draft: Draft | None = None


def run_task(
    task: Task,
    model: ReplayModel,
    settings: Settings,
    done: Callable[[Item], Result | None],
    judges: Judge | None = None,
) -> Iterator[Result]:
    """Draft for each person of a task, each knowing the valid texts before it.

    Args:
        task: The items, one a person.
        model: It records or replays.
        settings: The environment's.
        done: The result of an item that an earlier run finished; it is not drafted again.
        judges: Further graders of a task.

    Yields:
        The results that are new.

    Raises:
        ReplyMissing: A replay met a request that was not recorded.
        RunOverBudget: The run's tokens are spent.
        ModelError: The account or the machine stands in the way, not the model.
    """
    notes, texts = _notes(task), list[str]()
    more = judges(task) if judges else ()
    for item in task.items:
        old = done(item)
        if old is None:
            model.spent = Spent()
            attempted = _attempt(task, item, model, settings, texts, notes)
            context = Context(
                sample=task.sample,
                kind=task.kind,
                to=item.to,
                notes=notes,
                draft=attempted.draft,
                siblings=tuple(texts),
                proofread=settings.proofread,
            )
            spent = replace(model.spent)
            grades = grade(context, more)
            draft = attempted.draft
            yield Result(item, attempted.outcome, attempted.error, draft, grades, spent)
        else:
            draft = old.draft
        if draft is not None and draft.valid:
            texts.append(draft.text)


def _notes(task: Task) -> InterviewNotes | None:
    try:
        return task.sample.notes()
    except CallerError:
        return None


def _attempt(
    task: Task,
    item: Item,
    model: ReplayModel,
    settings: Settings,
    siblings: Sequence[str],
    notes: InterviewNotes | None,
) -> Attempted:
    """Draft one message; every failure that tells something of the model is an outcome."""
    try:
        return Attempted(results.VALID, draft=_draft(task, item, model, settings, siblings, notes))
    except DraftRejected as exc:
        return Attempted(results.REJECTED, str(exc), exc.draft)
    except (ReplyMissing, RunOverBudget):
        raise
    except ModelError as exc:
        if not lasting(exc):
            raise
        return Attempted(results.MODEL, f"{type(exc).__name__}: {exc}")
    except BudgetExceeded as exc:
        return Attempted(results.BUDGET, str(exc))
    except CallerError as exc:
        return Attempted(results.CALLER, f"{type(exc).__name__}: {exc}")
    except Exception as exc:  # a bug of ours is a result too; the run goes on
        at = traceback.extract_tb(exc.__traceback__)[-1]
        place = f"{at.filename.rpartition('followup_agent')[2].lstrip('/')}:{at.lineno}"
        return Attempted(results.CRASH, f"{type(exc).__name__} at {place}")


def _draft(
    task: Task,
    item: Item,
    model: ReplayModel,
    settings: Settings,
    siblings: Sequence[str],
    notes: InterviewNotes | None,
) -> Draft:
    job = Job.of(
        notes or task.sample.path,
        task.kind,
        item.to or task.sample.to,
        model,
        settings=settings,
        today=task.sample.today[task.kind],
        prompt=None if task.prompt == DEFAULT_PROMPT else task.prompt,
        seed=settings.seed + item.repeat * SEEDS_A_REPEAT,
    )
    (person,) = recipients(job.notes, task.kind, item.to)
    return drive(job.drafting(job.brief(person, siblings)), job.model, job.meter())
