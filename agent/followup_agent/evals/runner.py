"""Run the matrix over the cases: in parallel, one line a result, never a result twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Protocol

from followup_agent.chat.protocol import ChatModel
from followup_agent.chat.resolve import resolve_model
from followup_agent.errors import SettingsError
from followup_agent.evals.matrix import Item, Task
from followup_agent.evals.recording import Purse, RecordingModel, ReplayModel, ReplyStore
from followup_agent.evals.results import Result, ResultFile
from followup_agent.evals.trial import Judge, run_task
from followup_agent.settings import Settings

RESULTS, REPLIES = "results.jsonl", "replies.jsonl"
#: Drafts in flight at a server; one for a model that runs in this process.
THREADS = 4


class Watcher(Protocol):
    """Told of each result as it ends."""

    def __call__(self, result: Result) -> None:
        """One more is done."""
        ...


@dataclass
class Models:
    """The models of a run, each found when it is first asked.

    Attributes:
        store: Where replies are recorded, and found.
        replay: Answer from the record only.
        given: Models by the name that the run calls them, in place of `resolve_model`.
    """

    store: ReplyStore
    settings: Settings
    purse: Purse = field(default_factory=Purse)
    replay: bool = False
    given: dict[str, ChatModel] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, label: str, repeat: int) -> ReplayModel:
        """The model of one task."""
        if self.replay:
            return self._recorded(label, repeat)
        return RecordingModel(self._live(label), self.store, repeat, self.purse)

    def _recorded(self, label: str, repeat: int) -> ReplayModel:
        if label not in self.store.models:
            known = ", ".join(self.store.models) or "none"
            raise SettingsError(f"replies.jsonl holds no replies of {label!r}; it holds: {known}")
        name, profile = self.store.models[label]
        return ReplayModel(name, profile, self.store, repeat)

    def _live(self, label: str) -> ChatModel:
        with self._lock:
            if label not in self.given:
                model = resolve_model(label, self.settings)
                if prepare := getattr(model, "prepare", None):
                    prepare()  # fetching weights is not the first draft's time
                self.given[label] = model
            self.store.add_model(label, self.given[label])
            return self.given[label]


@dataclass(frozen=True)
class Run:
    """A run's tasks and where their results go."""

    tasks: Sequence[Task]
    models: Models
    results: ResultFile
    settings: Settings
    judges: Judge | None = None

    @property
    def planned(self) -> tuple[Item, ...]:
        """Every item of the plan."""
        return tuple(item for task in self.tasks for item in task.items)

    def execute(self, threads: int = 1, watch: Watcher | None = None) -> None:
        """Run what has no result yet. What ends is kept, whatever happens after.

        Raises:
            FollowupError: What stopped the run; in flight drafts were let end.
        """
        stop = Event()
        todo = (t for t in self.tasks if any(i not in self.results for i in t.items))
        if threads == 1:
            for task in todo:
                self._one(task, stop, watch)
            return
        with ThreadPoolExecutor(threads) as pool:
            try:
                _drain(pool, todo, lambda task: self._one(task, stop, watch), threads)
            finally:
                stop.set()

    def _one(self, task: Task, stop: Event, watch: Watcher | None) -> None:
        model = self.models.of(task.model, task.repeat)
        for result in run_task(task, model, self.settings, self._done, self.judges):
            self.results.add(result)
            if watch is not None:
                watch(result)
            if stop.is_set():
                return

    def _done(self, item: Item) -> Result | None:
        return self.results.get(item) if item in self.results else None


def _drain(
    pool: ThreadPoolExecutor, todo: Iterator[Task], work: Callable[[Task], None], threads: int
) -> None:
    """Keep every thread busy, and no more tasks in memory than that."""
    running: set[Future[None]] = set()
    for task in todo:
        running.add(pool.submit(work, task))
        if len(running) >= threads:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                future.result()
    for future in running:
        future.result()


def open_results(folder: Path) -> ResultFile:
    """The results of a run's folder."""
    return ResultFile(folder / RESULTS)


def threads_for(models: Sequence[str]) -> int:
    """One where a model runs in this process, several where all are servers."""
    return 1 if any(m == "embedded" or m.startswith("embedded:") for m in models) else THREADS
