"""How many threads the embedded model gets: those that the machine can spare.

llama.cpp's threads wait for each other after every step, so that one thread whose core is
busy with something else stalls all of them: measured on two cores, one of them busy, two
threads wrote 5 to 22 tokens a second and one wrote 36 to 42. So one core is left to the
others, and more where more are busy.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

#: More gain a small model nothing: each step is too short to share.
MOST = 8


def _allowed() -> Collection[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return range(os.cpu_count() or 1)  # pragma: no cover  (macOS, Windows)


def _load() -> float:
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows, or it cannot be told
        return 0.0


@dataclass(frozen=True)
class Machine:
    """What is known of this machine; tests hand in another.

    Attributes:
        system: The root of ``/sys`` and ``/proc``.
        allowed: The processors on which this process may run.
        count: How many the machine has.
        load: Processes that ran or waited to run, on average over the last minute.
    """

    system: Path = Path("/")
    allowed: Collection[int] = field(default_factory=_allowed)
    count: int = field(default_factory=lambda: os.cpu_count() or 1)
    load: float = field(default_factory=_load)

    @property
    def cores(self) -> int:
        """Cores that this process may use; two threads of one core count once."""
        siblings = "sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
        cores = {_read(self.system / siblings.format(cpu)) or str(cpu) for cpu in self.allowed}
        return max(1, min(len(cores), int(self._quota())))

    @property
    def idle(self) -> int:
        """Processors of the whole machine that nobody was using."""
        return round(self.count - self.load)

    def _quota(self) -> float:
        """The container's share of processors: control groups, version 2 or 1."""
        limit = _read(self.system / "sys/fs/cgroup/cpu.max").split()
        if not limit:
            folder = self.system / "sys/fs/cgroup/cpu"
            limit = [_read(folder / f"cpu.cfs_{name}_us") for name in ("quota", "period")]
        try:
            quota, period = map(float, limit)
        except ValueError:  # "max", or no such files
            return float(len(self.allowed))
        return quota / period if quota > 0 and period > 0 else float(len(self.allowed))


def threads(wanted: int | None, machine: Machine | None = None) -> int:
    """Threads to run with: ``wanted``, or all idle cores but one, at least one."""
    if wanted is not None:
        return wanted
    machine = machine or Machine()
    return max(1, min(machine.cores - 1, machine.idle, MOST))


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
