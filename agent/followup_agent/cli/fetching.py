"""What a person sees while a model's weights are fetched and requantized."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from followup_agent.chat.protocol import ChatModel

if TYPE_CHECKING:
    from rich.console import Console

    from followup_agent.weights import Entry, Progress, Stage


def make_ready(model: ChatModel, console: Console) -> None:
    """Fetch the weights that an embedded model lacks, before the clock of a draft starts.

    Args:
        model: Any model; another than an embedded one is left alone.
        console: Where it is told: what is fetched, from where, and how large.
    """
    from followup_agent.chat.embedded import EmbeddedModel

    if isinstance(model, EmbeddedModel) and model.entry is not None:
        with shown(model.entry, console) as progress:
            model.prepare(progress)


@contextmanager
def shown(entry: Entry, console: Console) -> Iterator[Progress]:
    """Announce each stage in one line when it begins; on a terminal, draw its bar.

    Nothing is shown if the weights are there.
    """
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("", start=False)
    announced: Stage | None = None

    def show(stage: Stage, done: int, total: int) -> None:
        nonlocal announced
        if stage != announced:
            announced = stage
            console.print(announcement(entry, stage), soft_wrap=True)
            bar.reset(task, total=total)
            bar.start()
        bar.update(task, completed=done)

    try:
        yield show
    finally:
        bar.stop()


def announcement(entry: Entry, stage: Stage) -> str:
    """What is done, to what, from where, how large it is, and that it is done once."""
    if stage == "requantize" and entry.requantized is not None:
        made = entry.requantized
        return (
            f"Requantizing {entry.title} to {made.kind}, which runs faster: "
            f"{megabytes(made.file.size)}, once."
        )
    return (
        f"Fetching the model {entry.title} ({entry.licence}) from {entry.source}: "
        f"{megabytes(entry.download)}, once."
    )


def megabytes(count: int) -> str:
    """A size as people write it: 98 MB, 2.5 GB."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
