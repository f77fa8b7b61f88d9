"""Gathering every fault of a file, and turning pydantic's errors into plain words.

Nothing here ever quotes a value: what stands in notes is the candidate's, and part
of it is private. Only names of keys and headings are shown, and those only if short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from followup_agent.errors import Fault
from followup_agent.kinds import Kind
from followup_agent.notes.model import (
    Candidate,
    Event,
    Interviewer,
    InterviewNotes,
    Item,
    LogEntry,
    Resource,
    Tone,
)
from followup_agent.notes.names import SECTIONS, heading, nearest, one_of, shown

MOST: Final = 100  # a file with more is not a notes file, and nobody reads on

_INTERNAL: Final = frozenset({"source", "lines", "line"})
_PARTS: Final[dict[str, type[BaseModel]]] = {
    "candidate": Candidate,
    "interviewers": Interviewer,
    "resources": Resource,
    "log": LogEntry,
}
_CHOICES: Final[dict[str, list[str]]] = {
    "tone": list(Tone),
    "event": list(Event),
    "kind": list(Kind),
}

# How to write what is missing; the values are an example's, never the file's.
_WRITE: Final = {
    "candidate": "write `candidate:` and under it `  name: Daniel Okafor`",
    "company": "write `company: Lumen Health`",
    "role": "write `role: Senior Backend Engineer`",
    "interviewed": "write `interviewed: 2026-05-12` or `interviewed: 2026-05-12T14:00`",
    "interviewers": "write `interviewers:` and under it `  - name: Priya Nair`",
    "topics": "write down one thing that was talked about at least, as "
    "`- Priya: moving the claims service`",
    "name": "write `name: Priya Nair`",
}


def known_keys(path: Sequence[str | int] = ()) -> tuple[str, ...]:
    """The keys that may stand at a place of the notes, as ``("interviewers", 0)``."""
    return _keys_of(InterviewNotes if not path else _PARTS.get(str(path[0]), Item))


@cache
def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in _INTERNAL)


@dataclass
class Faults:
    """The faults of one file.

    Attributes:
        file: Its name in the messages.
        broken: The file could not be read to its end, so what seems missing may not be.
        excused: Dotted paths whose absence is explained by a fault that is already here.
    """

    file: str
    broken: bool = False
    excused: set[str] = field(default_factory=set)
    _found: list[Fault] = field(default_factory=list)
    _more: int = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether any further fault is only counted."""
        return len(self._found) >= MOST

    def add(self, line: int | None, message: str) -> None:
        """Keep a fault; the message says what is wrong and how to mend it."""
        if self.full:
            self._more += 1
        else:
            self._found.append(Fault(self.file, line, message))

    def fatal(self, line: int | None, message: str) -> None:
        """Keep a fault that hides the rest of the file."""
        self.add(line, message)
        self.broken = True

    def unknown_key(self, line: int | None, key: str, path: Sequence[str | int] = ()) -> None:
        """Keep the fault of a key that the notes do not have."""
        near = None if self.full else nearest(key, known_keys(path))
        if near:
            self.excused.add(_dotted([*path, near]))
            mend = f"did you mean `{near}`?"
        else:
            mend = f"the keys here are {', '.join(known_keys(path))}"
        self.add(line, f"unknown key {shown(key)}; {mend}")

    def in_order(self) -> tuple[Fault, ...]:
        """All of them, in the order of their lines."""
        found = sorted(self._found, key=lambda fault: fault.line or 0)
        if self._more:
            found.append(Fault(self.file, None, f"and {self._more} more faults"))
        return tuple(found)


@dataclass(frozen=True)
class Checked:
    """What pydantic was given, to find out where and why it refused.

    Attributes:
        data: The plain data.
        lines: Dotted path to line.
        first: The line to name for a key that is not there; None without lines.
        markdown: Whether sections are headings rather than keys.
    """

    data: Mapping[str, Any]
    lines: Mapping[str, int]
    first: int | None
    markdown: bool

    def value_at(self, path: Sequence[str | int]) -> Any:
        """The value at a path, or None where the path leads nowhere."""
        value: Any = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def line_of(self, path: Sequence[str | int]) -> int | None:
        """The line of a path, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            line = self.lines.get(_dotted(path[:end]))
            if line is not None:
                return line
        return self.first

    def label(self, path: Sequence[str | int]) -> str:
        """What a message calls a path: the line says the rest, where there are lines."""
        field = str(path[0])
        if self.markdown and field in SECTIONS and len(path) > 1:
            return heading(field)
        if self.lines and (names := [step for step in path if isinstance(step, str)]):
            return f"`{names[-1]}`"
        return f"`{_dotted(path)}`"


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(map(str, path))


def add_validation(faults: Faults, error: ValidationError, checked: Checked) -> None:
    """Add pydantic's errors in plain words."""
    problems = error.errors(include_url=False, include_input=False)
    # Unknown keys first: a mistyped key is also a missing one, and said once is enough.
    for problem in sorted(problems, key=lambda problem: problem["type"] != "extra_forbidden"):
        path = problem["loc"]
        kind = problem["type"]
        if kind == "extra_forbidden":
            faults.unknown_key(checked.line_of(path), str(path[-1]), path[:-1])
        elif not (kind in {"missing", "too_short"} and _dotted(path) in faults.excused):
            reason = _reason(kind, path, problem.get("ctx", {}), checked)
            faults.add(checked.line_of(path), reason)


def _reason(
    kind: str, path: tuple[str | int, ...], ctx: Mapping[str, Any], checked: Checked
) -> str:
    label, last = checked.label(path), str(path[-1])
    if kind in {"missing", "too_short"}:
        return _missing(path, checked)
    if kind == "value_error":
        return f"{label} {ctx['error']}"
    if kind == "enum":
        return f"{label} {_choose(last, checked.value_at(path))}"
    if kind == "string_too_long":
        return f"{label} is longer than {ctx['max_length']} characters; shorten it"
    return f"{label} must be {_EXPECTED.get(kind, 'written otherwise')}{_found(path, checked)}"


_EXPECTED: Final = {
    "string_type": "text",
    "string_unicode": "text without halves of characters",
    "tuple_type": "a list",
    "model_type": "a group of keys such as `name`",
    "model_attributes_type": "a group of keys such as `name`",
    "dict_type": "a group of keys such as `name`",
}


def _found(path: Sequence[str | int], checked: Checked) -> str:
    value = checked.value_at(path)
    if isinstance(value, bool):
        return ", not true or false"
    if isinstance(value, int | float):
        return ", not a number; put it in quotes"
    if isinstance(value, list | tuple):
        return ", not a list; write one value after the key"
    if isinstance(value, dict):
        return ", not a group of keys; write one value after the key"
    return ""


def _choose(key: str, value: Any) -> str:
    choices = _CHOICES.get(key, [])
    near = nearest(value.casefold(), choices) if isinstance(value, str) else None
    hint = f"; did you mean `{near}`?" if near else ""
    return f"must be {one_of(choices)}{hint}"


def _missing(path: tuple[str | int, ...], checked: Checked) -> str:
    key = str(path[-1])
    state = "is empty" if _dotted(path) in checked.lines or key in checked.data else "is missing"
    mend = _WRITE.get(key, f"write `{key}: …`")
    if len(path) == 1 and key in SECTIONS and checked.markdown:
        under = "under it" if state == "is empty" else f"under a heading `## {heading(key)}`"
        return f"the section {heading(key)} {state}; {under} {mend}"
    return f"{checked.label(path)} {state}; {mend}"
