"""Bullets and paragraphs: the items of a section, each with the line it begins on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Lines = list[tuple[int, str]]

# Sections where each entry begins alike need no bullets: one line is one entry.
_BEGINNINGS: Final = {
    "log": re.compile(r"\s*[0-9]{4}-[0-9]"),
    "resources": re.compile(r"\s*(?:\[|<?https?://)", re.IGNORECASE),
}
_NEVER: Final = re.compile(r"(?!)")

_RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_BULLET = re.compile(r"([ \t>]*)(?:[-*+•]|[0-9]{1,9}[.)])(?:[ \t]+(?:\[[ xX]\](?=[ \t]|$))?|$)")


def is_rule(row: str) -> bool:
    """Whether a line is only a ruler or an underline, as ``---``."""
    return _RULE.fullmatch(row) is not None


def split_items(lines: Lines, section: str = "") -> Lines:
    """The items of a section: one a bullet, one a paragraph, joined to single lines.

    A bullet that ends in a colon and has bullets below it is their common prefix:
    ``- Priya:`` over two bullets attributes both.
    """
    begins = _BEGINNINGS.get(section, _NEVER)
    found: list[_Item] = []
    after_blank = True
    for number, row in lines:
        if not row.strip() or is_rule(row):
            after_blank = True
            continue
        if bullet := _BULLET.match(row):
            depth = len(bullet.group(1).expandtabs(4))
            found.append(_Item(number, depth, [row[bullet.end() :]]))
        elif not found or begins.match(row) or (after_blank and not row[0].isspace()):
            found.append(_Item(number, -1, [row.lstrip("> \t")]))
        else:
            found[-1].rows.append(row.lstrip("> \t"))
        after_blank = False
    return _with_prefixes(found)


def text_items(text: str, section: str = "") -> list[str]:
    """The items of a text, as a YAML block or a Python string holds them."""
    return [item for _, item in split_items(list(enumerate(text.splitlines())), section)]


@dataclass
class _Item:
    line: int
    depth: int  # columns of indentation; -1 for a paragraph
    rows: list[str]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.rows).split())


def _with_prefixes(items: list[_Item]) -> Lines:
    found: Lines = []
    prefix, under = "", 0
    for item, following in pairwise([*items, _Item(0, -1, [])]):
        text = item.text
        if item.depth <= under:
            prefix = ""
        if text.endswith(":") and following.depth > item.depth >= 0:
            prefix, under = text, item.depth
        elif text:
            found.append((item.line, f"{prefix} {text}" if prefix else text))
    return found
