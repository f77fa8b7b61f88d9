"""How far a stage of the work is, told by the size of the folder that it fills.

pip and the hub's library write to files, and neither tells its progress in a way that all
of its versions share: pip 24.0, which Python 3.11 installs into a new environment, only
draws a bar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Literal

#: What is being done for weights that are not there yet, in this order.
Stage = Literal["fetch", "requantize"]

#: Told of the stage, of the bytes that are there, and of those that there will be at its
#: end: first of 0 when the stage is needed at all, then some times a second, from another
#: thread.
Progress = Callable[[Stage, int, int], None]

_EVERY = 0.2  # seconds


@contextmanager
def watched(folder: Path, stage: Stage, total: int, progress: Progress | None) -> Iterator[None]:
    """Tell ``progress`` how large the folder's files are while the body runs."""
    if progress is None:
        yield
        return
    progress(stage, 0, total)
    done = Event()

    def watch() -> None:
        while not done.wait(_EVERY):
            progress(stage, min(size(folder), total), total)

    thread = Thread(target=watch, name=f"followup-agent {stage}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    progress(stage, total, total)


def size(folder: Path) -> int:
    """Bytes of all files below a folder; a file that vanishes meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
