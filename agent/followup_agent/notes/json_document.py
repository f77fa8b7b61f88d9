"""JSON into plain data with lines.

YAML would nearly do, but it reads a surrogate pair as two characters, refuses tabs
and takes much that is not JSON; `json` itself keeps no lines and recurses. So this
walks the tokens, with `json`'s own reader for strings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from json import JSONDecodeError, decoder
from typing import Any, Final

from followup_agent.notes.tree import Stop, Tree

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])")
_WORD: Final = re.compile(r"-?\w+")
# json's own, for escapes and surrogate pairs; the type stubs leave it out.
_scan: Final = decoder.scanstring  # type: ignore[attr-defined]
_CONSTANTS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}


def read_json(text: str, tree: Tree) -> None:
    """Feed a JSON text to a tree."""
    with suppress(Stop):
        _Reader(text, tree).read()


class _Reader:
    def __init__(self, text: str, tree: Tree) -> None:
        self._text = text
        self._tree = tree
        self._at = 0
        self._breaks = [n for n, char in enumerate(text) if char == "\n"]
        self._closers: list[str] = []  # the brackets still to be closed, innermost last

    def read(self) -> None:
        self._value()
        while self._closers:
            self._after_value()
        if self._peek():
            raise self._stop("there is text after the end; delete it")

    def _value(self) -> None:
        """Read a value; of a list or object only its beginning."""
        char = self._peek()
        line = self._line()
        if char == "{":
            self._open({}, "}", line)
        elif char == "[":
            self._open([], "]", line)
        elif char == '"':
            self._tree.scalar(self._string(), line)
        else:
            self._tree.scalar(self._constant(), line)

    def _open(self, into: dict[str, Any] | list[Any], closer: str, line: int) -> None:
        self._tree.open(into, line)
        self._at += 1
        self._closers.append(closer)
        if self._peek() != closer:
            self._entry()
        else:
            self._close()

    def _close(self) -> None:
        self._at += 1
        self._closers.pop()
        self._tree.close()

    def _after_value(self) -> None:
        """A comma and the next entry, or the end of the list or object."""
        char, closer = self._peek(), self._closers[-1]
        if char == closer:
            self._close()
        elif char == ",":
            self._at += 1
            if self._peek() == closer:
                raise self._stop("delete the comma before the closing bracket")
            self._entry()
        else:
            raise self._stop(f"a comma or a closing `{closer}` is missing")

    def _entry(self) -> None:
        if self._closers[-1] == "}":
            self._key()
        self._value()

    def _key(self) -> None:
        if self._peek() != '"':
            raise self._stop('a key in double quotes belongs here, as `"company": "Lumen Health"`')
        line = self._line()
        self._tree.scalar(self._string(), line)
        if self._peek() != ":":
            raise self._stop("a colon is missing after the key")
        self._at += 1

    def _string(self) -> str:
        try:
            value, self._at = _scan(self._text, self._at + 1, True)
        except JSONDecodeError:
            value = None
        # Raised out here: the decoder's error holds the whole text.
        if value is None:
            raise self._stop("this text is not closed, or has a line break or a wrong `\\` in it")
        return str(value)

    def _constant(self) -> bool | int | None:
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            return 0  # no key takes a number, so only its type matters
        word = _WORD.match(self._text, self._at)
        if word is None or word.group() not in _CONSTANTS:
            raise self._stop("a value belongs here: text in double quotes, a list or an object")
        self._at = word.end()
        return _CONSTANTS[word.group()]

    def _peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _line(self) -> int:
        return bisect_right(self._breaks, self._at) + 1

    def _stop(self, message: str) -> Stop:
        return self._tree.stop(self._line(), f"this is not valid JSON; {message}")
