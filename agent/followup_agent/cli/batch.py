"""`followup-agent batch`: many notes in, a folder of drafts out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followup_agent.cli.options import (
    OneOf,
    kind_option,
    prompts_option,
    to_option,
    today_option,
)

if TYPE_CHECKING:
    from threading import Event

    from followup_agent.bulk.engine import Engine
    from followup_agent.bulk.run import BatchRun, Summary
    from followup_agent.cli.progress import BatchProgress

_SHOWN = 10  # faults of the input that are printed


class Concurrency(click.ParamType[int]):
    """A number of requests, or ``auto`` (0)."""

    name = "n|auto"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it."""
        if isinstance(value, int) or value == "auto":
            return value if isinstance(value, int) else 0
        if not str(value).isdecimal() or not 1 <= int(value) <= 1000:
            self.fail(f"{value!r} is neither auto nor a number from 1 to 1000", param, ctx)
        return int(value)


@click.command("batch")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Where the drafts and the journal go; the same DIR again goes on.",
)
@kind_option
@to_option
@click.option("--model", metavar="MODEL", help="Who writes.  [default: as for draft]")
@click.option(
    "--engine",
    type=OneOf(["local", "openai-batch", "ray"]),
    default="local",
    show_default=True,
    help="This machine, the provider's Batch API, or a Ray cluster.",
)
@click.option("--address", metavar="ADDRESS", help="The Ray cluster's.  [default: a local one]")
@click.option(
    "--concurrency",
    type=Concurrency(),
    default="auto",
    show_default=True,
    metavar="N|auto",
    help="Requests at once (ray: workers); auto grows while it goes well.",
)
@click.option("--rpm", type=click.IntRange(1), metavar="N", help="Most requests a minute.")
@click.option("--tpm", type=click.IntRange(1), metavar="N", help="Most tokens a minute.")
@click.option("--retry-failed", is_flag=True, help="Try what failed or was rejected again.")
@click.option("--files", is_flag=True, help="Write each draft as .txt and .eml, too.")
@click.option("--prompt", metavar="NAME[@N]", help="A prompt and its version.")
@prompts_option
@click.option("--max-reasks", type=click.IntRange(0, 10), help="Re-asks a message.  [default: 3]")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Most tokens in all.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Most seconds a request.")
@click.option("--seed", type=int, help="For sampling.  [default: 0]")
@click.option("--no-proofread", is_flag=True, help="Leave spelling and grammar unchecked.")
@click.option(
    "--prices",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML: model → prompt, completion for 1 M tokens.",
)
@today_option
def command(inputs: tuple[str, ...], engine: str, **options: Any) -> int:
    """Write messages for every notes file of INPUT: folders, files, globs, .jsonl, .csv.

    DIR/drafts.jsonl holds one line a message, DIR/coach.csv a row for a spreadsheet,
    DIR/summary.json the sums. What was paid for is in DIR's journal: run the same command
    again after a kill, an error or a Ctrl-C, and it goes on. Notes that have changed are
    drafted anew.

    \b
    Examples:
      followup-agent batch notes/ --out drafts/
      followup-agent batch candidates.csv --out drafts/ --model gpt-4.1-mini --rpm 500
      followup-agent batch notes/ --out drafts/ --retry-failed
      followup-agent batch notes/ --out drafts/ --engine openai-batch

    Exit codes: 0 all valid, 2 your mistake or notes that cannot be used, 3 some rejected,
    4 the model failed some or stopped the batch, 5 over budget, 130 interrupted.
    """
    from followup_agent.cli.main import INTERRUPTED
    from followup_agent.cli.progress import BatchProgress
    from followup_agent.errors import FollowupError

    with BatchProgress() as progress:
        run = _run(inputs, options, progress)
        with _interruptible(run.stopping, progress):
            try:
                summary = run.run(_engine(engine, options, run))
            except (FollowupError, KeyboardInterrupt) as exc:
                if getattr(exc, "exit_code", INTERRUPTED) != 2:
                    progress.say("The batch stopped; the same command goes on with it.")
                raise
    return _report(run, summary)


def _run(inputs: tuple[str, ...], options: dict[str, Any], progress: BatchProgress) -> BatchRun:
    from followup_agent.bulk.inputs import see_inputs
    from followup_agent.bulk.run import BatchRun, Order
    from followup_agent.chat.resolve import resolve_model
    from followup_agent.cli.fetching import make_ready
    from followup_agent.job import Options
    from followup_agent.kinds import kind_of
    from followup_agent.prices import load_prices
    from followup_agent.settings import Settings

    settings = Settings.load()
    chosen = Options.of(
        settings,
        prompt=options["prompt"],
        prompts=options["prompts"],
        reasks=options["max_reasks"],
        timeout=options["timeout"],
        seed=options["seed"],
        proofread=False if options["no_proofread"] else None,
    )
    order = Order(
        inputs=inputs,
        folder=options["out"],
        kind=kind_of(options["kind"]),
        to=options["to"],
        today=options["today"],
        budget=options["budget"],
        files=options["files"],
        retry_failed=options["retry_failed"],
        prices=load_prices(options["prices"]) if options["prices"] else None,
    )
    model = resolve_model(options["model"], settings)
    see_inputs(inputs)  # before weights are fetched for nothing
    make_ready(model, progress.console)
    return BatchRun(order, model, chosen, progress)


def _engine(name: str, options: dict[str, Any], run: BatchRun) -> Engine:
    timeout = run.options.timeout or 120.0
    concurrency, rpm, tpm = options["concurrency"] or None, options["rpm"], options["tpm"]
    if options["address"] and name != "ray":
        raise click.UsageError("--address is a Ray cluster's; add --engine ray")
    if name == "openai-batch":
        if concurrency or rpm or tpm:
            raise click.UsageError(
                "a provider's batch takes its own time; drop --concurrency, --rpm and --tpm"
            )
        from followup_agent.bulk.provider_batch import ProviderBatch

        return ProviderBatch()
    if name == "ray":
        from followup_agent.bulk.ray_engine import RayEngine

        return RayEngine(options["address"], concurrency, rpm=rpm, tpm=tpm, timeout=timeout)
    from followup_agent.bulk.local import LocalEngine

    return LocalEngine(concurrency, rpm, tpm, timeout=timeout)


@contextmanager
def _interruptible(stopping: Event, progress: BatchProgress) -> Iterator[None]:
    """Ctrl-C once: ask nothing new and keep what was asked; twice: stop now.

    What more of them come are left alone: the replies that are here are being written.
    """
    presses = count()

    def interrupt(_number: int, _frame: object) -> None:
        press = next(presses)
        if press == 0:
            stopping.set()
            progress.say("Stopping when what was asked is answered; Ctrl-C again stops now.")
        elif press == 1:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _report(run: BatchRun, summary: Summary) -> int:
    """What a person is told at the end."""
    from followup_agent.cli.main import INTERRUPTED

    counts = ", ".join(f"{n} {status}" for status, n in sorted(summary.status.items()))
    used = summary.usage
    cost = "" if summary.cost is None else f", cost {summary.cost:.2f}"
    tokens = used.prompt_tokens + used.completion_tokens
    _say(f"{summary.done} of {summary.notes} notes: {counts or 'nothing'}")
    _say(f"{used.requests} requests, {tokens:,} tokens{cost}; {run.order.folder}")
    if summary.near_copies:
        _say(f"{summary.near_copies} near-copies of other candidates' messages: see coach.csv")
    for source, earlier in summary.duplicates[:_SHOWN]:
        _say(f"{source}: the same notes as {earlier}; drafted once")
    for line in summary.faults[:_SHOWN]:
        _say(line)
    if len(summary.faults) > _SHOWN:
        _say(f"{len(summary.faults) - _SHOWN} more notes cannot be used: see coach.csv")
    return INTERRUPTED if summary.stopped else summary.exit_code


def _say(line: str) -> None:
    from followup_agent.cli.printable import printable

    click.echo(printable(line), err=True)
