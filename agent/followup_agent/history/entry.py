"""One thing that happened, as an entry and as a line of the Log."""

from __future__ import annotations

from followup_agent.notes.model import Event, LogEntry

_LINK = {Event.SENT: "to"}


def log_text(entry: LogEntry) -> str:
    """The words of a Log line after its date, as ``sent thank-you to Priya Nair``."""
    words = [entry.event.value]
    if entry.kind:
        words.append(entry.kind.value)
    if entry.person:
        words += [_LINK.get(entry.event, "from"), entry.person]
    return " ".join(words)


def log_line(entry: LogEntry) -> str:
    """The whole line, as ``2026-05-12 sent thank-you to Priya Nair``."""
    return f"{entry.on.isoformat()} {log_text(entry)}"
