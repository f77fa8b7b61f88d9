"""YAML into plain data with lines; every scalar stays the text it was.

Read event by event with PyYAML's parser and never composed or constructed: ``NO``
stays ``NO`` and no date, number or Python object is made. Anchors, aliases, merge
keys and tags are refused, so that a small file cannot grow into a large one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import yaml

from followup_agent.notes.tree import Stop, Tree

_FAST: Final = getattr(yaml, "CBaseLoader", None)
_MOST_FAST: Final = 32 * 1024  # characters
_MOST_BRACKETS: Final = 200
_BLANK: Final = frozenset({"", "~", "null"})

_NO_COLON: Final = "write a colon after the key, as `key: value`"
_NO_QUOTE: Final = "close the quotation mark that is opened here"
_UNENDED: Final = frozenset({_NO_COLON, _NO_QUOTE})
# What PyYAML says, by its beginning, in words that help; its own message would quote the file.
_PROBLEMS: Final = (
    ("mapping values are not allowed", "put a value that holds `: ` in quotes, and indent evenly"),
    ("found character '\\t'", "indent with spaces, not tabs"),
    ("found character", "put a value that begins with a sign such as @, % or ` in quotes"),
    ("could not find expected ':'", _NO_COLON),
    ("found unexpected end of stream", _NO_QUOTE),
    ("found unexpected document separator", _NO_QUOTE),
    ("found unknown escape", "write a backslash in double quotes twice, or use single quotes"),
    ("expected ',' or", "close the bracket, and put a comma between the values in it"),
    ("expected <block end>", "start the keys of one group in the same column"),
    ("sequence entries are not allowed", "put a list on the lines below its key, indented"),
)
_ELSE: Final = "check its quotes, colons and indentation"
_NO_TAGS: Final = "YAML tags (`!…`) are not understood; write plain values, in quotes if need be"
_NO_ANCHORS: Final = "YAML anchors, aliases and merge keys are not understood; write it out"


def read_yaml(text: str, tree: Tree, first: int = 1) -> None:
    """Feed a YAML text to a tree; ``first`` is the file's line of its first line."""
    try:
        with suppress(Stop):
            _Reader(tree, first).read(text)
    except yaml.MarkedYAMLError as error:
        line, message = _explain(error)
        tree.broken(line + first, message)


class _Reader:
    def __init__(self, tree: Tree, first: int) -> None:
        self._tree = tree
        self._first = first
        self._documents = 0

    def read(self, text: str) -> None:
        for event in _events(text):
            mark = event.start_mark
            self._take(event, (mark.line if mark else 0) + self._first)

    def _take(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event, line)
            if event.value == "<<" and not event.style:
                raise self._tree.stop(line, _NO_ANCHORS)
            self._tree.scalar(_value(event), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_extras(event, line)
            self._tree.open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._tree.close()
        elif isinstance(event, yaml.AliasEvent):
            raise self._tree.stop(line, _NO_ANCHORS)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._tree.stop(line, "a second YAML document begins here; keep one")

    def _refuse_extras(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._tree.fault(line, _NO_ANCHORS)
        if event.tag is not None:
            self._tree.fault(line, _NO_TAGS)


def _events(text: str) -> Iterable[Any]:
    """The events of a text, by libyaml where PyYAML has it: it is ten times as fast.

    What libyaml refuses is read once more by PyYAML's own parser, so that the words of a
    fault are the same on every machine. So is what the two take differently (tabs), and
    what libyaml takes minutes for (nested brackets: 200 KB of ``[`` took it five).
    """
    if _FAST is not None and _is_tame(text):
        with suppress(yaml.YAMLError):
            return list(iter(_FAST(text).get_event, None))
    return yaml.parse(text, Loader=yaml.BaseLoader)


def _is_tame(text: str) -> bool:
    brackets = text.count("[") + text.count("{")
    return len(text) <= _MOST_FAST and brackets <= _MOST_BRACKETS and "\t" not in text


def _value(event: Any) -> str | None:
    # Null is also a surname, so only YAML's usual lower-case word counts.
    text: str = event.value
    return None if not event.style and text in _BLANK else text


def _explain(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The 0-based line and our own words for PyYAML's complaint."""
    problem = error.problem or ""
    mend = next((mend for start, mend in _PROBLEMS if problem.startswith(start)), _ELSE)
    # Of what was not ended, the beginning is the line to look at.
    begun = mend in _UNENDED and error.context_mark
    mark = error.context_mark if begun else error.problem_mark
    return (mark.line if mark else 0), f"this is not valid YAML; {mend}"
