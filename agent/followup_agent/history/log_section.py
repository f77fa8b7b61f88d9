"""A line more in the Log of a Markdown notes file; every other byte stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followup_agent.errors import NotesError, OutputError
from followup_agent.history.entry import log_line
from followup_agent.notes.faults import Faults
from followup_agent.notes.markdown import drop_comments, split_front_matter, split_sections
from followup_agent.notes.model import InterviewNotes, LogEntry
from followup_agent.notes.parse import load_notes
from followup_agent.notes.source import Format, Source, format_of

_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


def with_log_line(raw: bytes, name: str, entry: LogEntry) -> bytes:
    """Add an entry to a file's Log, under a new heading if there is none.

    An entry that is there already is not added again. The result is read back: it must
    be the notes as they were and the entry, else nothing is written at all.

    Args:
        raw: The file. Its line ends, byte order mark and missing last line end are kept.
        name: What messages call it.
        entry: What to add.

    Raises:
        NotesError: The file cannot be read as notes.
        OutputError: It is not Markdown, or the line cannot be put where it would be read
            back; the message holds the line, to be added by hand.
    """
    before = load_notes(raw, name=name)
    if any(_same(entry, own) for own in before.log):
        return raw
    text = raw.decode("utf-8")
    if format_of(Source(name, None), text.removeprefix(_BOM)) is not Format.MARKDOWN:
        raise OutputError(f"{name}: --write-log adds to Markdown notes only; {_by_hand(entry)}")
    for candidate in _candidates(text, f"- {log_line(entry)}"):
        if _holds(candidate, name, before, entry):
            return candidate.encode("utf-8")
    raise OutputError(
        f"{name}: the Log cannot be added to without changing more; {_by_hand(entry)}"
    )


def _by_hand(entry: LogEntry) -> str:
    return f"add this to its Log yourself: {log_line(entry)}"


def _same(entry: LogEntry, own: LogEntry) -> bool:
    return (entry.on, entry.event, entry.kind, entry.person) == (
        own.on,
        own.event,
        own.kind,
        own.person,
    )


def _candidates(text: str, line: str) -> Iterator[str]:
    """The file with the line at the end of its Log, else under a heading at the file's end."""
    rows = _rows(text)
    number = _end_of_log([row.text for row in rows])
    ends = [row.end for row in rows if row.end]
    end = (rows[number - 1].end if number else "") or (ends[0] if ends else "\n")
    if number:
        at = rows[number - 1].stop
        # At the end of a file without a last line end, the new line has none either.
        added = f"{line}{end}" if rows[number - 1].end else f"{end}{line}"
        yield text[:at] + added + text[at:]
    gap = end * (2 if rows[-1].text.strip() else 1)
    for marks in ("##", "#"):
        # A Private section with one # would swallow a smaller heading.
        yield f"{text}{gap}{marks} Log{end}{end}{line}{end}"


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    end: str  # its line end; empty at the end of the file
    stop: int  # the offset after it


def _rows(text: str) -> list[_Row]:
    rows, at = [], 0
    for found in _BREAK.finditer(text):
        rows.append(_Row(text[at : found.start()], found.group(), found.end()))
        at = found.end()
    rows.append(_Row(text[at:], "", len(text)))
    return rows


def _end_of_log(rows: list[str]) -> int:
    """The 1-based number of the last row with anything in it under Log; 0 without a Log."""
    faults = Faults("")
    split = split_front_matter("\n".join(rows).removeprefix(_BOM), faults)
    sections = split_sections(drop_comments(split.body, faults), faults)
    # Rows in a comment count as filled: the line goes behind it, and not into it.
    filled = [n for n, _ in sections.lines.get("log", ()) if rows[n - 1].strip()]
    return max(filled, default=sections.heads.get("log", 0))


def _holds(text: str, name: str, before: InterviewNotes, entry: LogEntry) -> bool:
    try:
        after = load_notes(text.encode("utf-8"), name=name)
    except NotesError:
        return False
    fresh = [own for own in after.log if _same(entry, own)]
    rest = after.model_copy(update={"log": tuple(e for e in after.log if e not in fresh)})
    return len(fresh) == 1 and rest.model_dump() == before.model_dump()
