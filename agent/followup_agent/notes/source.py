"""From a path or a text to clean lines of Unicode, or the fault that prevents it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from followup_agent.notes.faults import Faults
from followup_agent.notes.names import section_named

MOST_BYTES: Final = 256 * 1024
_USUAL_BYTES: Final = 16 * 1024  # more than nearly all notes have

# Other line separators do not count as lines in any editor, yet YAML counts them.
_SEPARATORS: Final = re.compile("[\v\f\x85\u2028\u2029]")
_UNPRINTABLE: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_KEY: Final = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)")


class Format(Enum):
    """How the notes are written."""

    MARKDOWN = auto()
    YAML = auto()
    JSON = auto()


_SUFFIXES: Final = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": None,  # by its content
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".json": Format.JSON,
}
#: By these a file in a folder is known for notes; any text file may be named by itself.
ENDINGS: Final = frozenset(_SUFFIXES) - {".txt"}


@dataclass(frozen=True)
class Source:
    """Where notes come from.

    Attributes:
        name: What messages call it.
        path: The file, or None for a text that is already here.
        text: The text, when there is no path; not decoded yet, if it is standard input's.
    """

    name: str
    path: Path | None
    text: str | bytes = ""


def find_source(given: str | bytes | os.PathLike[str], name: str | None) -> Source:
    """Tell a path from a text.

    A text has a line break, begins as a JSON object does, or comes from standard
    input (``name`` is ``-``); every other string is a path. Bytes are a text.
    """
    if isinstance(given, bytes):
        return Source(name or "notes", None, given)
    if not isinstance(given, str):
        path = Path(given)
        return Source(name or str(path), path)
    is_text = not given.strip() or given.lstrip("\ufeff \t").startswith("{") or name == "-"
    if is_text or "\n" in given or "\r" in given:
        return Source(name or "notes", None, given)
    return Source(name or _short(given), Path(given))


def read_source(source: Source, faults: Faults) -> str | None:
    """The text with plain line ends and without a BOM; None when a fault was kept."""
    raw = _read_file(source.path, faults) if source.path else source.text
    if raw is None or _too_large(raw, faults):
        return None
    text = _decode(raw, faults) if isinstance(raw, bytes) else raw
    if text is None:
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable() and text.strip():
        return text  # as nearly all are: with nothing to refuse, and no line separator
    return _SEPARATORS.sub(" ", text) if _is_readable(text, faults) else None


def format_of(source: Source, text: str) -> Format:
    """By the name's ending, else by how the text begins."""
    suffix = Path(source.path or source.name).suffix.casefold()
    return _SUFFIXES.get(suffix) or _format_of_text(text)


def _format_of_text(text: str) -> Format:
    rows = [row for row in text.split("\n") if row.strip()]
    if rows[0].lstrip().startswith(("{", "[")):
        return Format.JSON
    if any(row.startswith("#") and section_named(row) for row in rows):
        return Format.MARKDOWN
    first = next((row for row in rows if not row.startswith("#")), "")
    return Format.YAML if _KEY.match(first) else Format.MARKDOWN


def _short(name: str) -> str:
    """A string that is no path may be a whole note; only its beginning is shown."""
    return name if len(name) <= 120 else f"{name[:40]}…"


def _read_file(path: Path, faults: Faults) -> bytes | None:
    try:
        with path.open("rb") as file:
            # Bounded, should it be a device; making room for the most takes longer than reading.
            begin = file.read(_USUAL_BYTES)
            rest = MOST_BYTES + 1 - _USUAL_BYTES
            return begin if len(begin) < _USUAL_BYTES else begin + file.read(rest)
    except FileNotFoundError:
        problem = "no such file; check the name, or make one with `followup-agent new`"
    except IsADirectoryError:
        problem = "this is a folder; name the notes file in it"
    except PermissionError:
        problem = "this file may not be read; change its permissions"
    except OSError as error:
        problem = f"this file cannot be read ({error.strerror}); check the name"
    except ValueError:
        problem = "this is no file name; check it"
    faults.fatal(None, problem)
    return None


def _too_large(raw: str | bytes, faults: Faults) -> bool:
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        faults.fatal(
            None, f"larger than {MOST_BYTES // 1024} KiB; keep one interview in a file, as text"
        )
    return size > MOST_BYTES


def _decode(raw: bytes, faults: Faults) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.fatal(1, "the text is UTF-16; save it as UTF-8")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    before = raw[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    if b"\0" in raw:
        faults.fatal(line, _BINARY)
    else:
        faults.fatal(line, f"byte {offset} is not UTF-8; save the file as UTF-8")
    return None


_BINARY: Final = "this is a binary file, not text; save the notes as Markdown, YAML or JSON"


def _is_readable(text: str, faults: Faults) -> bool:
    if "\0" in text:
        faults.fatal(text.count("\n", 0, text.index("\0")) + 1, _BINARY)
    elif found := _UNPRINTABLE.search(text):
        code = f"U+{ord(found.group()):04X}"
        line = text.count("\n", 0, found.start()) + 1
        faults.fatal(line, f"a control character ({code}) stands here; delete it")
    elif not text.strip():
        faults.fatal(None, "this is empty; `followup-agent new` writes one to fill in")
    return not faults
