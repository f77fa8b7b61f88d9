"""The facts of the notes: all that a message may draw on, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from followup_agent.notes.model import InterviewNotes

_ITEMS = ("topics", "needs", "fit", "personal", "timeline", "promised")


class Fact(NamedTuple):
    """A piece of the notes that a message may use, and its 1-based line."""

    field: str
    text: str
    line: int | None


def facts_of(notes: InterviewNotes) -> Iterator[Fact]:
    """Yield every fact, in the order of the model's fields."""
    yield from _keys(notes, "candidate", notes.candidate, ("name", "email", "phone", "linkedin"))
    for key in ("company", "role", "format", "interviewed", "decision_by"):
        if value := getattr(notes, key):
            text = value if isinstance(value, str) else value.isoformat()
            yield Fact(key, text, notes.lines.get(key))
    for n, person in enumerate(notes.interviewers):
        yield from _keys(
            notes, f"interviewers.{n}", person, ("name", "preferred", "title", "email")
        )
    for section in _ITEMS:
        for item in getattr(notes, section):
            yield Fact(section, item.text, item.line)
    for resource in notes.resources:
        yield Fact("resources", resource.title, resource.line)
        yield Fact("resources.url", resource.url, resource.line)
        if resource.note:
            yield Fact("resources", resource.note, resource.line)
    for entry in notes.log:
        yield Fact("log", f"{entry.on.isoformat()} {entry.text}".rstrip(), entry.line)


def _keys(notes: InterviewNotes, base: str, part: Any, keys: tuple[str, ...]) -> Iterator[Fact]:
    around = notes.lines.get(base)
    for key in keys:
        if value := getattr(part, key):
            yield Fact(f"{base}.{key}", value, notes.lines.get(f"{base}.{key}", around))
