"""What is under way at a provider of batches, as the journal keeps it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from pydantic import TypeAdapter, ValidationError

from followup_agent.bulk.journal import Journal
from followup_agent.bulk.play import Wanted
from followup_agent.bulk.task import Task
from followup_agent.chat import ladder
from followup_agent.chat.batches import ENDPOINT
from followup_agent.errors import OutputError

NOTE: Final = "openai-batch"
#: Characters of a task's key in the name of a line; with the digest they are 64, which is
#: as long as providers take.
KEY_LENGTH: Final = 31


@dataclass(frozen=True)
class Limits:
    """What the provider takes, by the public API reference; see docs/bulk.md.

    Attributes:
        lines: Most requests in one batch.
        size: Most bytes in one input file, a little below what it says.
        attempts: How often a request is sent that fails for a reason that may pass.
    """

    lines: int = 50_000
    size: int = 190_000_000
    attempts: int = 3


@dataclass
class Submission:
    """One batch, from before its file is uploaded until its results are in the journal.

    Attributes:
        uid: Ours, in the batch's metadata and the input file's name: by it a batch is found
            that was started just before a kill.
        lines: How many requests it has.
        dialect: How they are written.
        file: The input file's id at the provider, once it is there.
        batch: The batch's id, once it is known.
    """

    uid: str
    lines: int
    dialect: ladder.Dialect
    file: str | None = None
    batch: str | None = None

    @property
    def filename(self) -> str:
        """What the input file is called at the provider."""
        return f"followup-agent-{self.uid}.jsonl"


@dataclass
class Failure:
    """How a line failed last, and how often it did.

    Attributes:
        status: Of its answer; 0 where there was none.
        body: Its answer; for status 200 the words of what is wrong with it.
    """

    times: int
    status: int
    body: Any


@dataclass
class Ledger:
    """Everything under way, in one note of the journal: it changes in one step.

    Attributes:
        base_url: The server that it is under way at.
        most: Lines that a batch may have; fewer once the provider's queue was full.
        alone: Whether only one batch may be under way, for the same reason.
        dialect: How the server takes requests; kept, for it may have cost a day to find out.
        failures: By the line's name.
    """

    base_url: str
    most: int
    alone: bool = False
    dialect: ladder.Dialect = field(default_factory=ladder.Dialect)
    submissions: list[Submission] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)

    @classmethod
    def load(cls, journal: Journal, base_url: str, limits: Limits) -> Self:
        """The journal's ledger, or a new one.

        Raises:
            OutputError: Another server's batches are still under way, or it is damaged.
        """
        text = journal.note(NOTE)
        if text is None:
            return cls(base_url, limits.lines)
        try:
            made: Self = TypeAdapter(cls).validate_json(text)
        except ValidationError as exc:
            raise OutputError(f"{journal.path}: the note {NOTE} is damaged") from exc
        made.most = min(made.most, limits.lines)
        if made.base_url == base_url:
            return made
        if made.submissions:
            raise OutputError(
                f"{journal.path}: batches are under way at {made.base_url}; fetch them from "
                "there first, or draft with --engine local"
            )
        return cls(base_url, limits.lines)

    def save(self, journal: Journal) -> None:
        """Keep it; it is on the disk when this returns."""
        journal.set_note(NOTE, TypeAdapter(Ledger).dump_json(self).decode())


def line_name(task: Task, digest: str) -> str:
    """The ``custom_id`` of a request: its task, and which of the task's requests it is."""
    return f"{task.key[:KEY_LENGTH]}-{digest}"


def line_of(task: Task, wanted: Wanted, model: str, dialect: ladder.Dialect) -> bytes:
    """One line of an input file."""
    line = {
        "custom_id": line_name(task, wanted.digest),
        "method": "POST",
        "url": ENDPOINT,
        "body": ladder.body(wanted.request, model, dialect),
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Parcel:
    """The input file of a batch while it is written; gone when it is closed.

    Args:
        folder: Where there is room for it.
        lines: Most lines.
        size: Most bytes.
    """

    def __init__(self, folder: Path, lines: int, size: int) -> None:
        self._lines, self._size = lines, size
        self.lines = 0
        self._folder = folder
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed by `close`)
        except OSError as exc:
            raise unwritable(folder, exc) from exc

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def content(self) -> Any:
        """The open file; on Windows ``tempfile`` wraps it."""
        return getattr(self._file, "file", self._file)

    def fits(self, line: bytes) -> bool:
        """Whether one line more may be added; the first always may."""
        full = self.lines >= self._lines or self._file.tell() + len(line) > self._size
        return not full or self.lines == 0

    def add(self, line: bytes) -> None:
        """Add a line.

        Raises:
            OutputError: The disk is full.
        """
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as exc:
            raise unwritable(self._folder, exc) from exc
        self.lines += 1


def unwritable(folder: Path, exc: OSError) -> OutputError:
    """Our error where a batch's file does not fit beside the journal."""
    return OutputError(f"{folder}: a batch's file cannot be written: {exc.strerror or exc}")
