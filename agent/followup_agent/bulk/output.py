"""The files of a batch's folder: ``drafts.jsonl`` and, where wanted, those of each draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from followup_agent.bulk.engine import Watcher
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.outcome import Outcome
from followup_agent.bulk.task import Place, Task
from followup_agent.errors import OutputError
from followup_agent.outbox.files import make_folder, replace_file

DRAFTS = "drafts.jsonl"
FILES = "files"


class Output:
    """Keeps ``drafts.jsonl`` true to the journal.

    While a batch runs, lines are added as drafts are acknowledged. At its start and at
    its end the file is written anew from the journal, in the input's order and in one
    step: so a line that a kill tore off is mended, and drafts of notes that have changed
    or gone are not in it any more. Their files go with them, unless somebody has written
    into them since.
    """

    def __init__(self, folder: Path, journal: Journal, watch: Watcher, *, files: bool) -> None:
        self._path = folder / DRAFTS
        self._files = folder / FILES
        self._journal = journal
        self._watch = watch
        if files:
            make_folder(self._files)
        journal.before = self._write_files
        journal.after = self._append

    def rebuild(self) -> None:
        """Write ``drafts.jsonl`` anew.

        Raises:
            OutputError: It cannot be written (the old one is still there), or a file of a
                draft that is not in it cannot be removed.
        """
        replace_file(self._path, self._lines())
        self._remove_left_files()

    def _remove_left_files(self) -> None:
        left = self._journal.left_files()
        for name, digest in left:
            path = self._files / name
            try:
                if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
                    path.unlink()
            except FileNotFoundError:
                continue
            except OSError as exc:
                raise OutputError(f"{path}: cannot be removed: {exc.strerror or exc}") from exc
        if left:
            self._journal.forget_left_files()

    def _lines(self) -> Iterator[str]:
        for place, key, record in self._journal.records():
            yield _line(place, key, record)

    def _append(self, ends: Sequence[tuple[Task, Sequence[Outcome]]]) -> None:
        lines = [
            _line(task.place, task.key, outcome.text)
            for task, outcomes in ends
            for outcome in outcomes
        ]
        try:
            with self._path.open("ab") as file:
                file.write("".join(lines).encode("utf-8", "replace"))
        except OSError as exc:
            raise OutputError(f"{self._path}: cannot be written: {exc.strerror or exc}") from exc
        for _, outcomes in ends:
            self._watch.ended(outcomes)

    def _write_files(self, ends: Sequence[tuple[Task, Sequence[Outcome]]]) -> None:
        for _, outcomes in ends:
            for outcome in outcomes:
                for name, content in outcome.files.items():
                    replace_file(self._files / name, [content])


def _line(place: Place, key: str, record: str) -> str:
    head = json.dumps({"source": place.source, "key": key}, ensure_ascii=False)
    return f"{head[:-1]}, {record[1:]}\n"
