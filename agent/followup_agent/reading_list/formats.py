"""Reading lists as people keep them: Markdown, CSV, JSON, a browser's bookmarks."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from followup_agent.errors import CallerError
from followup_agent.notes.model import Resource
from followup_agent.notes.resources import parse_resource

#: Ten thousand bookmarks with their icons are smaller.
MOST_BYTES: Final = 16 * 1024 * 1024
MOST_ENTRIES: Final = 20_000
_MOST_TEXT = 300  # characters of a title or note; a page's whole abstract helps nobody

_HTTP = re.compile(r"https?://", re.IGNORECASE)
_LINK = re.compile(r"\[[^\[\]\n]{1,500}\]\(\s*<?https?://", re.IGNORECASE)
_URL_KEYS: Final = ("url", "uri", "href", "link", "address")
_TITLE_KEYS: Final = ("title", "name", "text")
_NOTE_KEYS: Final = ("note", "notes", "description", "comment", "excerpt", "selection")
_TAG_KEYS: Final = ("tags", "labels", "keywords", "folder")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that could be shared.

    Attributes:
        note: What the list says about it, if anything.
        tags: Words that only help to find it.
        line: Where it stands in the file; None where the format keeps no lines.
    """

    title: str
    url: str
    note: str | None = None
    tags: str = ""
    line: int | None = None


def load_reading_list(path: Path) -> list[Entry]:
    """Read a list, by its ending, else by its content. Only http(s) links are kept.

    Raises:
        CallerError: It cannot be read, is too large, or holds no link; names the line
            where there is one.
    """
    text = _read(path)
    reader = _READERS.get(path.suffix.lower()) or _by_content(text)
    found: dict[str, Entry] = {}
    for entry in reader(text, str(path)):
        found.setdefault(entry.url, entry)
        if len(found) > MOST_ENTRIES:
            raise CallerError(f"{path}: holds more than {MOST_ENTRIES} links; give a shorter list")
    if not found:
        raise CallerError(
            f"{path}: holds no http(s) link; write one a line as `- [title](https://…) — note`"
        )
    return list(found.values())


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as exc:
        reason = (exc.strerror if isinstance(exc, OSError) else None) or "no such name"
        raise CallerError(f"{path}: the reading list cannot be read: {reason}") from None
    if len(raw) > MOST_BYTES:
        raise CallerError(f"{path}: larger than {MOST_BYTES // 2**20} MiB; give a shorter list")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw.count(b"\n", 0, exc.start) + 1
    raise CallerError(f"{path}:{line}: this is not UTF-8; save the file as UTF-8")


def _by_content(text: str) -> _Reader:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype netscape", "<!doctype html", "<html", "<dl")):
        return _bookmarks
    if start.startswith(("[{", '["', "{")) or start in {"[", "[]"}:
        return _json
    first = start.partition("\n")[0]
    return _csv if _header(_cells(first, _delimiter(first))) else _markdown


def _entry(
    title: str, url: str, note: str = "", tags: str = "", line: int | None = None
) -> Entry | None:
    """An entry with clean texts; None when its link is none that a message may hold."""
    try:
        held = Resource(title=_clean(title) or url[:_MOST_TEXT], url=url.strip())
    except ValidationError:
        return None
    return Entry(held.title, held.url, _clean(note) or None, _clean(tags), line)


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:_MOST_TEXT].strip()


def _markdown(text: str, name: str) -> Iterator[Entry]:
    """Each link of each line; what follows one on its line is its note."""
    for number, row in enumerate(text.splitlines(), 1):
        starts = [found.start() for found in _LINK.finditer(row)]
        if not starts and _HTTP.search(row):
            starts = [len(row) - len(row.lstrip("-*+•> \t"))]
        for start, end in pairwise([*starts, len(row)]):
            try:
                found = parse_resource(row[start:end])
            except ValueError as exc:
                raise CallerError(f"{name}:{number}: {exc}") from None
            entry = _entry(found["title"], found["url"], found.get("note", ""), line=number)
            if entry is None:
                raise CallerError(f"{name}:{number}: the link is not one that can be shared")
            yield entry


def _csv(text: str, name: str) -> Iterator[Entry]:
    """Rows under a header with a ``url`` column, or rows that hold a title and a link."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    columns: dict[str, int] = {}
    try:
        for number, row in enumerate(rows):
            if number == 0 and (columns := _header(row)):
                continue
            if any(cell.strip() for cell in row):
                yield _from_row(row, columns, f"{name}:{rows.line_num}", rows.line_num)
    except csv.Error as exc:
        raise CallerError(f"{name}:{rows.line_num}: this is not valid CSV: {exc}") from None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _cells(row: str, delimiter: str) -> list[str]:
    return [cell.strip(' "\r') for cell in row.split(delimiter)]


def _header(row: list[str]) -> dict[str, int]:
    """The columns by their name; empty when the row is no header with a link's column."""
    names = {cell.strip().casefold(): n for n, cell in enumerate(row)}
    return names if any(key in names for key in _URL_KEYS) else {}


def _from_row(row: list[str], columns: dict[str, int], place: str, line: int) -> Entry:
    if columns:
        values = {name: row[n] for name, n in columns.items() if n < len(row)}
        title, url, note, tags = _fields(values)
    else:
        at = next((n for n, cell in enumerate(row) if _HTTP.match(cell.strip())), 0)
        rest = [cell for n, cell in enumerate(row) if n != at]
        title, url, note, tags = "".join(rest[:1]), row[at], " ".join(rest[1:]), ""
    entry = _entry(title, url, note, tags, line)
    if entry is None:
        raise CallerError(
            f"{place}: this row has no http(s) link; name the columns title,url,note in the "
            "first row, and put a cell that holds a comma in double quotes"
        )
    return entry


def _fields(values: Mapping[str, Any]) -> tuple[str, str, str, str]:
    title, url, note, tags = (
        next((_text(values[key]) for key in keys if values.get(key)), "")
        for keys in (_TITLE_KEYS, _URL_KEYS, _NOTE_KEYS, _TAG_KEYS)
    )
    return title, url, note, tags


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _json(text: str, name: str) -> Iterator[Entry]:
    """Every object with a link in it, wherever it stands, and links in lists."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as exc:
        raise CallerError(f"{name}:{exc.lineno}: this is not valid JSON: {exc.msg}") from None
    except (RecursionError, ValueError):  # or a number of thousands of digits
        raise CallerError(f"{name}: this JSON cannot be read; write it flatter") from None
    waiting = deque([data])
    while waiting:
        held = waiting.popleft()
        if isinstance(held, dict):
            values = {key.casefold(): value for key, value in held.items()}
            title, url, note, tags = _fields(values)
            waiting.extend(v for v in held.values() if isinstance(v, dict | list))
        elif isinstance(held, list):
            waiting.extend(held)
            continue
        else:
            title, url, note, tags = "", _text(held), "", ""
        if _HTTP.match(url.strip()) and (entry := _entry(title, url, note, tags)):
            yield entry


def _bookmarks(text: str, _name: str) -> Iterable[Entry]:
    """The links of a browser's export; those to its own pages are left out."""
    parser = _Bookmarks()
    parser.feed(text)
    parser.close()
    parser.end_entry()
    return parser.found


class _Bookmarks(HTMLParser):
    """``<DT><A HREF=… TAGS=…>title</A>``, and ``<DD>`` with a description."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Entry] = []
        self._link: dict[str, str] | None = None
        self._line = 0
        self._into: list[str] | None = None
        self._title: list[str] = []
        self._note: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link begins, or its description, or something that ends both."""
        if tag == "a":
            self.end_entry()
            self._link = {key: value or "" for key, value in attrs}
            self._line = self.getpos()[0]
            self._into = self._title
        elif tag == "dd":
            self._into = self._note
        elif tag in {"dt", "dl", "h1", "h3"}:
            self.end_entry()

    def handle_endtag(self, tag: str) -> None:
        """What follows a link's title is not the title."""
        if tag == "a":
            self._into = None
        elif tag == "dl":
            self.end_entry()

    def handle_data(self, data: str) -> None:
        """Text of a title or a description."""
        if self._into is not None:
            self._into.append(data)

    def end_entry(self) -> None:
        """Keep the link that was being read."""
        if self._link is not None and _HTTP.match(self._link.get("href", "").strip()):
            entry = _entry(
                "".join(self._title),
                self._link["href"],
                "".join(self._note),
                self._link.get("tags", "").replace(",", " "),
                self._line,
            )
            if entry is not None:
                self.found.append(entry)
        self._link, self._into = None, None
        self._title, self._note = [], []


_Reader = Callable[[str, str], Iterable[Entry]]
_READERS: Final[dict[str, _Reader]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".csv": _csv,
    ".tsv": _csv,
    ".json": _json,
    ".html": _bookmarks,
    ".htm": _bookmarks,
}
