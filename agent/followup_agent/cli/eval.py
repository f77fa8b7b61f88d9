"""`followup-agent eval`: whether a prompt or a model got better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followup_agent.cli.options import OneOf

if TYPE_CHECKING:
    from followup_agent.evals.compare import Pair
    from followup_agent.evals.results import Result, ResultFile
    from followup_agent.evals.suite import Session, Way

_FOLDER = click.Path(file_okay=False, path_type=Path)
_OLD_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 20  # changed cases that are printed unless all are wanted
#: What decides what a run is, and so cannot be changed when it is resumed.
_FIXED = ("models", "prompts", "kinds", "cases", "repeats", "limit", "out", "judge", "rubric")


class Words(click.ParamType[tuple[str, ...]]):
    """Words with commas between them."""

    name = "words"

    def convert(
        self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split and strip."""
        if isinstance(value, tuple):
            return value
        return tuple(word.strip() for word in str(value).split(",") if word.strip())


@click.group("eval", invoke_without_command=True)
@click.option("--models", type=Words(), metavar="M,…", help="Models to draft with.")
@click.option("--prompts", type=Words(), metavar="NAME@N,…", help="Prompt versions to try.")
@click.option("--kinds", type=Words(), metavar="K,…", help="Kinds of message.  [default: all]")
@click.option("--cases", metavar="GLOB|DIR", help="Cases.  [default: evals/interviews/dev]")
@click.option("--repeats", type=click.IntRange(1, 1000), default=1, show_default=True)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N cases.")
@click.option("--out", type=_FOLDER, metavar="DIR", help="The run's folder.  [default: a new one]")
@click.option("--resume", type=_OLD_FOLDER, metavar="DIR", help="Go on with the run in DIR.")
@click.option("--replay", is_flag=True, help="Answer from recorded replies; needs no model.")
@click.option("--replies", type=_OLD_FILE, help="Where they are.  [default: DIR/replies.jsonl]")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Most tokens of the run.")
@click.option("--judge", metavar="MODEL", help="Let this model judge by the rubric, too.")
@click.option("--rubric", type=_OLD_FILE, help="The rubric.  [default: evals/rubric.yaml]")
@click.option("--labels", type=_OLD_FILE, help="Human labels.  [default: DIR/labels.jsonl]")
@click.option("--prices", type=_OLD_FILE, help="YAML: model → prompt, completion for 1 M tokens.")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "inspect"]),
    default="text",
    show_default=True,
    help="What is printed; inspect writes DIR/inspect/ for Inspect's viewer, too.",
)
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int | None:
    """Draft sample interviews, grade the drafts, and report with honest error bars.

    The folder of a run holds results.jsonl, replies.jsonl, summary.json and report.html. A
    run that was killed goes on with --resume and asks nothing twice.

    \b
    Examples:
      followup-agent eval --models embedded --limit 5
      followup-agent eval --prompts thank-you@1,thank-you@2 --repeats 3 --out runs/v2
      followup-agent eval --resume runs/v2
      followup-agent eval compare runs/v1 runs/v2
      followup-agent eval gate runs/v2 --baseline evals/baseline.json

    Exit codes: 0 done, 2 your mistake, 4 model failed, 5 over budget. Of gate: 0 pass,
    1 regression, 6 inconclusive.
    """
    if ctx.invoked_subcommand is not None:
        return None
    _need_scipy()
    from followup_agent.settings import Settings

    way = _way(options)
    session = _session(ctx, options, way, Settings.load())
    try:
        return _run(session, options)
    finally:
        session.close()


def _way(options: dict[str, Any]) -> Way:
    from followup_agent.evals.suite import Way

    return Way(budget=options["budget"], replay=options["replay"], replies=options["replies"])


def _session(ctx: click.Context, options: dict[str, Any], way: Way, settings: Any) -> Session:
    from followup_agent.evals.suite import Wanted, begin, resume

    if options["resume"] is not None:
        given = [n for n in _FIXED if ctx.get_parameter_source(n) is not _DEFAULT]
        if given:
            raise click.UsageError(f"--resume goes on with the run as it was; drop --{given[0]}")
        return resume(options["resume"], way, settings)
    if way.replay and way.replies is None and options["out"] is None:
        raise click.UsageError("--replay needs --out DIR with its replies.jsonl, or --replies FILE")
    names = ("models", "prompts", "kinds", "cases", "repeats", "limit", "judge", "rubric")
    wanted = Wanted(**{name: options[name] or Wanted.__dict__[name] for name in names})
    return begin(options["out"] or _new_folder(), wanted, way, settings)


_DEFAULT = click.core.ParameterSource.DEFAULT


def _new_folder() -> Path:
    now = dt.datetime.now().astimezone()
    return Path("eval-runs") / f"{now:%Y-%m-%d-%H%M%S}"


def _run(session: Session, options: dict[str, Any]) -> int:
    """Execute and sum up; what stopped the run is told after the figures so far."""
    from followup_agent.cli.progress import RunProgress
    from followup_agent.errors import FollowupError

    stopped: FollowupError | None = None
    left = [item for item in session.run.planned if item not in session.run.results]
    try:
        with RunProgress(len(left), len(session.run.planned)) as progress:
            session.execute(progress)
    except FollowupError as exc:
        stopped = exc
    data = session.finish(_prices(options["prices"]), _labels(session, options["labels"]))
    _show(session, data, options["form"])
    if stopped is not None:
        click.echo(f"The run stopped; go on with --resume {session.folder}", err=True)
        raise stopped
    return 0


def _show(session: Session, data: Any, form: str) -> None:
    if form == "json":
        click.echo((session.folder / "summary.json").read_text("utf-8"), nl=False)
        return
    from rich.console import Console

    from followup_agent.evals import table

    console = Console(highlight=False)
    console.print(table.figures(data, console.width))
    if form == "inspect":
        from followup_agent.evals.inspect_log import export

        manifest = session.manifest
        for path in export(session.folder, manifest, session.run.results, manifest.samples()):
            click.echo(str(path))
    click.echo(f"{session.folder / 'report.html'}", err=True)


def _labels(session: Session, given: Path | None) -> Path:
    return given or session.folder / "labels.jsonl"


def _prices(path: Path | None) -> Any:
    from followup_agent.prices import load_prices

    return load_prices(path) if path is not None else None


def _need_scipy() -> None:
    from importlib.util import find_spec

    from followup_agent.errors import SettingsError

    if find_spec("scipy") is None:
        raise SettingsError("eval needs scipy: pip install 'followup-agent[evals]'")


@command.command("compare")
@click.argument("dir_a", type=_OLD_FOLDER)
@click.argument("dir_b", type=_OLD_FOLDER)
@click.option("--all", "all_", is_flag=True, help="Show every changed case, not the first 20.")
@click.option("--judge", metavar="MODEL", help="Ask this model which texts are better, too.")
@click.option("--rubric", type=_OLD_FILE, help="The rubric.  [default: evals/rubric.yaml]")
def compare(dir_a: Path, dir_b: Path, all_: bool, judge: str | None, rubric: Path | None) -> int:
    """Show what B won and lost against A: the figures, then the cases side by side."""
    _need_scipy()
    from rich.console import Console

    from followup_agent.evals import compare as comparing
    from followup_agent.evals import table
    from followup_agent.evals.runner import open_results
    from followup_agent.evals.summary import load_scores

    a, b = load_scores(dir_a), load_scores(dir_b)
    comparing.same_measure(a, b)
    found = comparing.pairs(a, b)
    metrics = comparing.compare(a, b, found)
    console = Console(highlight=False)
    console.print(table.comparison(metrics))
    moved = comparing.changed(metrics)
    shown = list(moved.items())[: None if all_ else _SHOWN]
    with closing(open_results(dir_a)) as of_a, closing(open_results(dir_b)) as of_b:
        for pair, names in shown:
            console.print(table.side_by_side(pair, names, *_texts(pair, of_a, of_b)))
        if judge is not None:
            texts = (_texts(pair, of_a, of_b) for pair in found)
            console.print(_preferred(judge, rubric, texts))
    console.print(f"{len(moved)} of {len(a.rows)} cases changed; {len(shown)} shown.")
    return 0


def _preferred(judge: str, rubric: Path | None, texts: Iterable[tuple[Any, Any]]) -> str:
    """One line: how often a judge, asked in both orders, likes A or B better."""
    from followup_agent.chat.resolve import resolve_model
    from followup_agent.evals.graders.rubric import DEFAULT_RUBRIC
    from followup_agent.evals.preference import preferences

    drafts = ((a.draft.text, b.draft.text) for a, b in texts if a and b and a.draft and b.draft)
    return str(preferences(rubric or DEFAULT_RUBRIC, resolve_model(judge), drafts))


def _texts(pair: Pair, a: ResultFile, b: ResultFile) -> tuple[Result | None, Result | None]:
    return (
        a.get(pair[0]) if pair[0] in a else None,
        b.get(pair[1]) if pair[1] in b else None,
    )


@command.command("gate")
@click.argument("run", metavar="DIR", type=_OLD_FOLDER)
@click.option("--baseline", type=_OLD_FILE, required=True, help="A summary.json to hold up to.")
@click.option(
    "--margin",
    type=click.FloatRange(0, 1),
    default=0.05,
    show_default=True,
    help="The drop of a pass rate that would not matter.",
)
def gate(run: Path, baseline: Path, margin: float) -> int:
    """Say whether the run in DIR is no worse than a baseline.

    Exit codes: 0 pass, 1 regression, 6 inconclusive (too few cases to tell), 2 the runs
    cannot be compared: their cases, graders, kinds or repeats differ.
    """
    _need_scipy()
    from rich.console import Console

    from followup_agent.evals import table
    from followup_agent.evals.gate import gate as judge
    from followup_agent.evals.summary import load_scores

    found = judge(load_scores(run), load_scores(baseline), margin)
    console = Console(highlight=False)
    console.print(table.comparison([metric for metric, _ in found.metrics], found))
    console.print(table.verdict_line(found))
    return found.verdict.value
