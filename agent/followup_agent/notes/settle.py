"""A document's keys under their own names, its lists as lists, and nothing private."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from followup_agent.notes.faults import Faults, known_keys
from followup_agent.notes.items import text_items
from followup_agent.notes.names import SECTIONS, section_named
from followup_agent.notes.private import PrivateFingerprint
from followup_agent.notes.tree import Tree

_LISTS: Final = frozenset({*SECTIONS, "interviewers"} - {"private"})


def settle(tree: Tree, faults: Faults) -> tuple[dict[str, Any], dict[str, int]]:
    """Settle the data and the lines of a tree that has been read."""
    data: dict[str, Any] = {}
    for given, value in tree.data.items():
        key = _own_name(given)
        line = tree.lines.get(given)
        if key is None:
            faults.unknown_key(line, "" if given in tree.after_private else given)
        elif key in data:
            faults.add(line, f"`{given}` means `{key}`, which is given already; keep one")
        else:
            _refuse_lines(key, value, line, faults)
            data[key] = PrivateFingerprint(value) if key == "private" else _listed(key, value)
    return data, _settle_lines(tree, data)


def _own_name(given: str) -> str | None:
    return given if given in known_keys() else section_named(given)


def _refuse_lines(key: str, value: Any, line: int | None, faults: Faults) -> None:
    """Keep the fault of a `line` key: where an entry stands is not for the file to say."""
    entries = value if isinstance(value, list) else [value]
    if key in SECTIONS and any(isinstance(entry, dict) and "line" in entry for entry in entries):
        faults.unknown_key(line, "line", (key, 0))


def _listed(key: str, value: Any) -> Any:
    """One entry, or a text of bullets, in a list's place is a list."""
    if key in _LISTS and isinstance(value, dict):
        return [value]
    if key in _LISTS and isinstance(value, str):
        return [value] if key == "interviewers" else text_items(value, key)
    return value


def _settle_lines(tree: Tree, data: Mapping[str, Any]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for path, line in tree.lines.items():
        given, dot, rest = path.partition(".")
        key = _own_name(given) or given
        index = "0." if key in _LISTS and isinstance(tree.data.get(given), dict) else ""
        lines.setdefault(f"{key}{dot}{index if dot else ''}{rest}", line)
    for key in _LISTS & data.keys() & lines.keys():
        for n, entry in enumerate(data[key] if isinstance(data[key], list) else ()):
            at = lines.setdefault(f"{key}.{n}", lines[key])
            if key == "interviewers" and isinstance(entry, str):
                lines[f"{key}.{n}.name"] = at
    if isinstance(data.get("candidate"), str) and "candidate" in lines:
        lines["candidate.name"] = lines["candidate"]
    return lines
