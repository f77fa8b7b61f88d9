"""A run from its beginning to its figures: begin or resume, execute, sum up."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from followup_agent import __version__
from followup_agent.chat.protocol import ChatModel, Request
from followup_agent.chat.resolve import resolve_model
from followup_agent.errors import OutputError, SettingsError
from followup_agent.evals.graders import Grader
from followup_agent.evals.graders.rubric import (
    DEFAULT_RUBRIC,
    Agreement,
    Rubric,
    judge_graders,
    load_rubric,
)
from followup_agent.evals.manifest import Manifest, graders_sha256, load_manifest
from followup_agent.evals.matrix import Task, matrix
from followup_agent.evals.recording import Purse, ReplyStore
from followup_agent.evals.results import ResultFile, item_of
from followup_agent.evals.runner import (
    REPLIES,
    RESULTS,
    Models,
    Run,
    Watcher,
    open_results,
    threads_for,
)
from followup_agent.evals.samples import DEFAULT_FOLDER, Sample, fingerprint, load_samples
from followup_agent.evals.summary import save, summary
from followup_agent.prices import Prices
from followup_agent.settings import Settings

RELEASE_LOG = "RELEASE-LOG.md"


@dataclass(frozen=True)
class Wanted:
    """What the caller asks for; the defaults are those of the command."""

    models: Sequence[str] = ()
    prompts: Sequence[str] = ()
    kinds: Sequence[str] = ()
    cases: str | None = None
    repeats: int = 1
    limit: int | None = None
    judge: str | None = None
    rubric: Path | None = None


@dataclass(frozen=True)
class Session:
    """An open run."""

    folder: Path
    manifest: Manifest
    run: Run
    store: ReplyStore

    def execute(self, watch: Watcher | None = None) -> None:
        """Run what is left; see `Run.execute`."""
        labels = [*self.manifest.models, *filter(None, [self.manifest.judge])]
        live = 1 if self.run.models.replay else threads_for(labels)
        self.run.execute(live, watch)

    def finish(self, prices: Prices | None = None, labels: Path | None = None) -> dict[str, Any]:
        """The figures so far, written to the folder with the report."""
        from followup_agent.evals.report import write_report

        agreed = agreement(self.run.results, labels)
        data = summary(self.manifest, self.run.planned, self.run.results, prices, agreed)
        save(data, self.folder)
        write_report(self.folder, data, self.run.results, self.manifest.samples())
        return data

    def close(self) -> None:
        """Close its files."""
        self.run.results.close()
        self.store.close()


@dataclass(frozen=True)
class Way:
    """How a run is executed; nothing of it changes what the run is.

    Attributes:
        budget: Tokens of the whole run, resumed parts included.
        replay: Answer from the recorded replies only.
        replies: Where those are, if not in the run's folder.
        given: Models by name, in place of those that the names resolve to.
    """

    budget: int | None = None
    replay: bool = False
    replies: Path | None = None
    given: Mapping[str, ChatModel] = field(default_factory=dict)


def begin(folder: Path, wanted: Wanted, way: Way, settings: Settings) -> Session:
    """Begin a run in a folder of its own.

    Raises:
        OutputError: The folder holds a run already.
        CallerError: The cases, models, prompts or kinds cannot be used.
    """
    results = folder / RESULTS
    if results.exists() and not way.replay:
        raise OutputError(f"{folder} holds a run; go on with --resume {folder}, or name another")
    samples = load_samples(wanted.cases, wanted.limit)
    models = wanted.models or _recorded_models(folder, way) or (_default_model(way, settings),)
    plan = matrix(models, wanted.prompts, wanted.kinds, wanted.repeats)
    manifest = Manifest(
        version=__version__,
        models=plan.models,
        prompts=plan.prompts,
        kinds=plan.kinds,
        repeats=wanted.repeats,
        cases=str(wanted.cases or DEFAULT_FOLDER),
        limit=wanted.limit,
        cases_sha256=fingerprint(samples),
        graders_sha256=graders_sha256(),
        seed=settings.seed,
        reasks=settings.max_reasks,
        proofread=settings.proofread,
        judge=wanted.judge,
        rubric=str(wanted.rubric) if wanted.rubric else None,
    )
    if way.replay:
        results.unlink(missing_ok=True)  # the replies are what was paid for
    manifest.save(folder)
    _log_release(samples)
    return _session(folder, manifest, samples, way, settings)


def resume(folder: Path, way: Way, settings: Settings) -> Session:
    """Go on with a run.

    Raises:
        OutputError: There is none.
        SettingsError: Its cases or graders changed since.
    """
    manifest = load_manifest(folder)
    if manifest.graders_sha256 != graders_sha256():
        raise SettingsError(
            f"the graders or the guide changed since {folder} was begun; run anew "
            "(with --replay --out the replies are not paid for again)"
        )
    return _session(folder, manifest, manifest.samples(), way, settings)


def _session(
    folder: Path, manifest: Manifest, samples: list[Sample], way: Way, settings: Settings
) -> Session:
    store = ReplyStore(way.replies or folder / REPLIES)
    purse = Purse(way.budget, store.paid)
    models = Models(store, settings, purse, way.replay, dict(way.given))
    tasks = list(manifest.matrix.tasks(samples))
    run = Run(tasks, models, open_results(folder), settings, _judges(manifest, models))
    return Session(folder, manifest, run, store)


def _judges(manifest: Manifest, models: Models) -> Callable[[Task], Sequence[Grader]] | None:
    label = manifest.judge
    if label is None:
        return None
    rubric: Rubric = load_rubric(Path(manifest.rubric) if manifest.rubric else DEFAULT_RUBRIC)

    def of(task: Task) -> Sequence[Grader]:
        model = models.of(label, task.repeat)

        def ask(request: Request) -> str:
            (reply,) = model.complete_round([request], timeout=120)
            return reply.text

        return judge_graders(rubric, ask)

    return of


def _recorded_models(folder: Path, way: Way) -> tuple[str, ...]:
    path = way.replies or folder / REPLIES
    if not way.replay:
        return ()
    if not path.exists():
        raise OutputError(f"there are no recorded replies: {path} does not exist")
    store = ReplyStore(path)
    store.close()
    return tuple(store.models)


def _default_model(way: Way, settings: Settings) -> str:
    return next(iter(way.given), None) or resolve_model(None, settings).name


def agreement(results: ResultFile, labels: Path | None) -> dict[str, float] | None:
    """The judge against human labels; None where there are none.

    A label is a line of JSON: the six names of an item, ``criterion``, and ``passed``.

    Raises:
        OutputError: The file is there and cannot be read.
    """
    if labels is None or not labels.exists():
        return None
    human: list[bool] = []
    judge: list[bool] = []
    by_item: defaultdict[Any, list[tuple[str, bool]]] = defaultdict(list)
    try:
        for line in filter(str.strip, labels.read_text("utf-8").splitlines()):
            data = json.loads(line)
            by_item[item_of(data)].append((data["criterion"], bool(data["passed"])))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise OutputError(f"{labels}: no file of labels: {exc}") from exc
    for item, said in by_item.items():
        grades = results.get(item).grades if item in results else {}
        for criterion, passed in said:
            grade = grades.get(f"judge/{criterion}")
            if grade is not None and grade.passed is not None:
                human.append(passed)
                judge.append(grade.passed)
    return dict(Agreement.of(human, judge).__dict__) if human else None


def _log_release(samples: Sequence[Sample]) -> None:
    """Write down that the cases kept for releases were looked at."""
    folder = samples[0].path.resolve().parent
    log = folder.parent / RELEASE_LOG
    if folder.name == "release" and log.is_file():
        today = dt.datetime.now().astimezone().date().isoformat()
        with log.open("a", encoding="utf-8") as file:
            file.write(f"| {today} | {_user()} | followup-agent eval, {len(samples)} cases |\n")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
