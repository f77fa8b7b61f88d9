"""A file of JSON lines that only grows, and survives a kill at any moment."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from followup_agent.errors import OutputError

#: A sync costs milliseconds, a draft seconds: at this pace every draft of a real model is synced.
SYNC_SECONDS = 1.0


class Journal:
    """Append lines, each with the system before `add` returns; read any of them again.

    So a kill of the process takes none back. They are forced to the disk once a second and
    when the file is closed: a power cut costs the last second at most. A last line that a
    kill tore off is cut away when the file is opened. Thread-safe.

    Raises:
        OutputError: The file cannot be opened, or a line before the last is broken.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._synced = 0.0
        try:
            self._file = path.open("a+b")
        except OSError as exc:
            raise OutputError(f"{path}: {exc.strerror or exc}") from exc
        self._cut_torn_line()

    def add(self, line: dict[str, Any]) -> int:
        """Append one object; returns its place."""
        return self.add_line(compact(line))

    def add_line(self, line: str) -> int:
        """Append one line of JSON; returns its place."""
        data = line + "\n"
        with self._lock:
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(data.encode("utf-8", "replace"))
            self._file.flush()
            if time.monotonic() - self._synced >= SYNC_SECONDS:
                self._sync()
        return place

    def at(self, place: int) -> dict[str, Any]:
        """The line at a place."""
        with self._lock:
            self._file.seek(place)
            raw = self._file.readline()
        line: dict[str, Any] = json.loads(raw)
        return line

    def lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every line with its place, one at a time in memory."""
        place = 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                try:
                    line = json.loads(raw)
                except ValueError as exc:
                    raise OutputError(f"{self.path}:{number}: no line of JSON") from exc
                if not isinstance(line, dict):
                    raise OutputError(f"{self.path}:{number}: no JSON object")
                yield place, line
                place += len(raw)

    def close(self) -> None:
        """Close the file."""
        if not self._file.closed:
            self._sync()
            self._file.close()

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def _cut_torn_line(self) -> None:
        end = self._file.seek(0, os.SEEK_END)
        back = min(end, 1)
        self._file.seek(end - back)
        if self._file.read(back) in {b"\n", b""}:
            return
        at = end
        while at > 0:
            step = min(at, 65_536)
            self._file.seek(at - step)
            cut = self._file.read(step).rfind(b"\n")
            if cut >= 0:
                at = at - step + cut + 1
                break
            at -= step
        self._file.truncate(at)


def compact(data: Any) -> str:
    """JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
