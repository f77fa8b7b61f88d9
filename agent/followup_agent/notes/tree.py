"""Plain data from a document's events, with the line of each key and entry.

YAML, JSON and Python mappings all feed this, event by event, so that depth, size and duplicate keys
are judged before anything is built and nothing here recurses.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from followup_agent.notes.faults import Faults
from followup_agent.notes.names import section_named, shown

DEEPEST: Final = 12  # the notes need 4
MOST_VALUES: Final = 20_000


class Stop(Exception):  # not a failure: what follows is only not read
    """Nothing after this place can be understood; the fault is already kept."""


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    into: dict[str, Any] | list[Any]
    path: str
    private: bool
    key: str | None = None
    key_line: int = 0


class Tree:
    """Takes events, holds ``data`` (a mapping) and ``lines`` (dotted path to line).

    ``after_private`` holds the key that follows Private: it may be a part of it that
    was indented wrongly, and is never shown.

    A line is 1-based, and 0 where the source has no lines.
    A key with nothing after it is left out of the data but keeps its line, so that a
    required one can be called empty rather than missing. What stands under Private
    has no line: its keys would be kept in ``lines``.
    """

    def __init__(self, faults: Faults) -> None:
        self.data: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.after_private: set[str] = set()
        self._faults = faults
        self._stack: list[_Open] = []
        self._values = 0
        self._was_private = False

    def stop(self, line: int, message: str) -> Stop:
        """Keep a fault after which the document cannot be read; raise what is returned."""
        self.broken(line, message)
        return Stop()

    def broken(self, line: int, message: str) -> None:
        """Keep a fault after which the document could not be read."""
        self._faults.fatal(line or None, message)

    def fault(self, line: int, message: str) -> None:
        """Keep a fault and read on."""
        self._faults.add(line or None, message)

    def open(self, into: dict[str, Any] | list[Any], line: int) -> None:
        """Begin a list or mapping."""
        if len(self._stack) >= DEEPEST:
            raise self.stop(line, f"nested more than {DEEPEST} deep; write it flatter")
        if not self._stack:
            self._stack.append(_Open(self._root(into, line), "", private=False))
            return
        path, private = self._place(into, line)
        self._stack.append(_Open(into, path, private))

    def close(self) -> None:
        """End the innermost list or mapping."""
        self._stack.pop()

    def scalar(self, value: Any, line: int) -> None:
        """Take a key of a mapping or a value."""
        if not self._stack:
            if value is not None:
                raise self.stop(line, _ROOT)
        elif isinstance(self._stack[-1].into, dict) and self._stack[-1].key is None:
            self._take_key(value, line)
        else:
            self._place(value, line)

    def _root(self, into: dict[str, Any] | list[Any], line: int) -> dict[str, Any]:
        if isinstance(into, list):
            raise self.stop(line, _ROOT)
        self.data = into
        return into

    def _take_key(self, value: Any, line: int) -> None:
        if not isinstance(value, str):
            raise self.stop(line, _KEY)
        self._stack[-1].key, self._stack[-1].key_line = fold_key(value), line

    def _place(self, value: Any, line: int) -> tuple[str, bool]:
        """Put a value where it belongs; returns its path and whether it is private."""
        self._values += 1
        if self._values > MOST_VALUES:
            raise self.stop(line, f"more than {MOST_VALUES} values; notes are far shorter")
        if isinstance(value, str) and not value.strip():
            value = None
        top = self._stack[-1]
        if isinstance(top.into, list):
            path = f"{top.path}.{len(top.into)}"
            if value is not None:
                top.into.append(value)
                self._keep_line(path, line, private=top.private)
            return path, top.private
        if top.key is None:  # a list or mapping where a key belongs
            raise self.stop(line, _KEY)
        return self._put(top, top.into, value)

    def _put(self, top: _Open, into: dict[str, Any], value: Any) -> tuple[str, bool]:
        key, top.key = top.key or "", None
        path = f"{top.path}.{key}" if top.path else key
        private = top.private or (not top.path and self._is_private(key))
        if top.private:
            into[f"{key} {len(into)}"] = value  # any key does, and none is lost
        elif key in into or path in self.lines:
            first = f", first on line {self.lines[path]}" if path in self.lines else ""
            self.fault(top.key_line, f"{shown(key)} is given twice{first}; keep one")
        elif value is not None:
            into[key] = value
        self._keep_line(path, top.key_line, private=top.private)
        return path, private

    def _is_private(self, key: str) -> bool:
        """Whether a key of the first level is Private."""
        if self._was_private:
            self.after_private.add(key)
        self._was_private = section_named(key) == "private"
        return self._was_private

    def _keep_line(self, path: str, line: int, *, private: bool) -> None:
        if line and not private:
            self.lines.setdefault(path, line)


_KEY: Final = "every key must be plain text, as in `company: Lumen Health`"
_ROOT: Final = "the notes must be keys and values, as `company: Lumen Health`"


def fold_key(key: str) -> str:
    """``Decision by`` and ``decision-by`` are ``decision_by``."""
    return "_".join(key.casefold().replace("-", " ").split())


def read_mapping(mapping: Mapping[Any, Any], tree: Tree) -> None:
    """Feed a Python mapping to a tree; it may be cyclic or hold anything."""
    with suppress(Stop):
        _feed(mapping, tree)


def _feed(value: Any, tree: Tree) -> None:
    # Recursion ends with the tree's own bound on depth.
    if isinstance(value, Mapping):
        tree.open({}, 0)
        for key, held in value.items():
            tree.scalar(key, 0)
            _feed(held, tree)
        tree.close()
    elif isinstance(value, list | tuple):
        tree.open([], 0)
        for held in value:
            _feed(held, tree)
        tree.close()
    else:
        tree.scalar(value, 0)
