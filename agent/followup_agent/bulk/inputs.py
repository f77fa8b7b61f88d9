"""Where a batch's notes come from: folders, globs, JSON lines and CSV tables.

Everything is read twice: once to name each document by its content (`entries`), and again
when its turn comes (`read_task`), so that never more than a few are in memory.
"""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from followup_agent.bulk.task import Place, Recipe, Task
from followup_agent.errors import Fault, NotesError, SettingsError
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.parse import load_notes
from followup_agent.notes.source import ENDINGS, MOST_BYTES

JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})
TABLES: Final = frozenset({".csv", ".tsv"})

_SEPARATORS = ",;\t"
#: Columns whose cell holds several entries, by line or between bars.
_LISTS: Final = frozenset(
    "interviewers topics needs fit personal timeline resources promised private log".split()
)


def entries(inputs: Sequence[str], key: Callable[[bytes], str]) -> Iterator[tuple[str, Place]]:
    """Each document's key and place, in the inputs' order; a folder's by name.

    Args:
        inputs: Files, folders (looked through to the bottom) and glob patterns.
        key: `Recipe.key`.

    Raises:
        SettingsError: An input that is not there, or holds no notes.
    """
    see_inputs(inputs)
    for name in inputs:
        found = False
        for place, content in _documents(name):
            found = True
            yield key(content), place
        if not found:
            raise SettingsError(f"{name}: no notes here; they end in {_endings()}")


def see_inputs(inputs: Sequence[str]) -> None:
    """See that each input is there, which costs nothing; `entries` reads them.

    Raises:
        SettingsError: One is not.
    """
    for name in inputs:
        if not (Path(name).exists() or glob.has_magic(name)):
            raise SettingsError(f"{name}: no such file or folder; check the name")


def read_task(task: Task, recipe: Recipe) -> InterviewNotes:
    """The notes of a task.

    Raises:
        NotesError: They cannot be read, or are no longer those that the task was made for.
    """
    place = task.place
    content = _content(place)
    if content is None or recipe.key(content) != task.key:
        if content is None:
            return load_notes(Path(place.path))  # says what is wrong with it
        raise _fault(place, "this changed while the batch was running; run it again")
    if place.line is None:
        return load_notes(Path(place.path))
    return _row(place, content)


def _documents(name: str) -> Iterator[tuple[Place, bytes]]:
    path = Path(name)
    if path.is_dir():
        for file in _notes_below(path):
            yield _whole(file)
    elif path.exists():
        yield from _in_file(name)
    else:
        for file in sorted(glob.iglob(name, recursive=True)):  # noqa: PTH207  (any pattern)
            if not Path(file).is_dir():
                yield from _in_file(file)


def _notes_below(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.casefold() in ENDINGS:
                yield str(Path(parent, file))


def _in_file(name: str) -> Iterator[tuple[Place, bytes]]:
    ending = Path(name).suffix.casefold()
    if ending not in JSON_LINES | TABLES:
        yield _whole(name)
        return
    rows = _json_rows if ending in JSON_LINES else _table_rows
    try:
        with Path(name).open("rb") as file:
            for start, length, line in rows(file):
                place = Place(name, start, length, line)
                yield place, _content(place) or b""
    except OSError as exc:
        raise SettingsError(f"{name}: cannot be read: {exc.strerror or exc}") from exc


def _whole(name: str) -> tuple[Place, bytes]:
    place = Place(name)
    content = _content(place)
    # What cannot be read is a task all the same, so that it is listed with its fault.
    return place, os.fsencode(name) if content is None else content


def _content(place: Place) -> bytes | None:
    try:
        with Path(place.path).open("rb") as file:
            if place.length is None:
                return file.read(MOST_BYTES + 1)
            file.seek(place.start)
            return file.read(min(place.length, MOST_BYTES + 1))
    except (OSError, ValueError):
        return None


_Span = tuple[int, int, int]  # start, length, line


def _json_rows(file: BinaryIO) -> Iterator[_Span]:
    start = 0
    for line, raw in enumerate(file, 1):
        if raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield start, len(raw), line
        start += len(raw)


class _Lines:
    """Lines of a table for `csv.reader`, and how far into the file they reach."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.end = 0
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self._file.readline()
        if not raw:
            raise StopIteration
        self.end += len(raw)
        self.count += 1
        return raw.decode("utf-8", "surrogateescape")


def _table_rows(file: BinaryIO) -> Iterator[_Span]:
    """The rows after the first, which names the columns."""
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=_separator(file))
    header = True
    while True:
        start, line = lines.end, lines.count + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = ["?"]  # it is listed: reading it again says what is wrong
        if not header and any(cell.strip() for cell in row):
            yield start, lines.end - start, line
        header = header and not any(cell.strip() for cell in row)


def _separator(file: BinaryIO) -> str:
    head = file.readline().decode("utf-8", "replace")
    file.seek(0)
    return max(_SEPARATORS, key=head.count)


def _row(place: Place, content: bytes) -> InterviewNotes:
    """The notes of one row; every fault is told with the row's line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _fault(place, "this row is not UTF-8; save the file as UTF-8") from None
    table = Path(place.path).suffix.casefold() in TABLES
    faults: tuple[Fault, ...]
    try:
        if table:
            return load_notes(_mapping(place, text), name=place.source)
        return load_notes(text.strip() + "\n", name=place.source)
    except NotesError as exc:
        faults = exc.faults
    raise NotesError([Fault(place.source, None, fault.message) for fault in faults])


def _mapping(place: Place, text: str) -> dict[str, Any]:
    # A table may be another one when it is read again, in a program that runs on.
    state = Path(place.path).stat()
    separator, names = _header(place.path, state.st_mtime_ns, state.st_size)
    try:
        (cells,) = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    except (csv.Error, ValueError):
        raise _fault(place, "this row's quotes do not match; mend them") from None
    if len(cells) > len(names):
        raise _fault(
            place,
            f"{len(cells)} cells, and the first line names {len(names)} columns; put quotes "
            "around a cell that holds the separator",
        )
    mapping: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and cell.strip():
            _put(mapping, name, _value(name, cell), place)
    return {name: _listed(value) for name, value in mapping.items()}


@lru_cache(maxsize=64)
def _header(path: str, _changed: int, _size: int) -> tuple[str, tuple[str, ...]]:
    with Path(path).open("rb") as file:
        separator = _separator(file)
        for row in csv.reader(_Lines(file), delimiter=separator):
            if any(cell.strip() for cell in row):
                names = [cell.strip().removeprefix("\ufeff").casefold() for cell in row]
                return separator, tuple(name.replace(" ", "_") for name in names)
    return separator, ()


def _value(name: str, cell: str) -> str | list[str]:
    text = cell.strip()
    if name not in _LISTS:
        return text
    lines = text.replace("|", "\n").splitlines()
    return [line for line in (line.strip().removeprefix("- ") for line in lines) if line]


def _put(mapping: dict[str, Any], name: str, value: Any, place: Place) -> None:
    """Set a dotted column, as ``candidate.email`` or ``interviewers.1.name``."""
    *parents, last = name.split(".")
    for parent in parents:
        inner = mapping.setdefault(parent, {})
        if not isinstance(inner, dict):
            raise _fault(place, f"the columns {parent} and {name} exclude each other; keep one")
        mapping = inner
    if last in mapping:
        raise _fault(place, f"the column {name} stands twice, or beside columns of its parts")
    mapping[last] = value


def _listed(value: Any) -> Any:
    """``{"1": a, "2": b}`` as ``[a, b]``."""
    if not isinstance(value, dict):
        return value
    made = {name: _listed(inner) for name, inner in value.items()}
    if made and all(name.isdecimal() for name in made):
        return [made[name] for name in sorted(made, key=int)]
    return made


def _fault(place: Place, message: str) -> NotesError:
    return NotesError([Fault(place.source, None, message)])


def _endings() -> str:
    return " ".join(sorted(ENDINGS | JSON_LINES | TABLES))
