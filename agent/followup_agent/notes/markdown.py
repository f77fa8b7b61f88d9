"""A Markdown notes file: front matter, comments, headings, bullets, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from followup_agent.notes.faults import Faults
from followup_agent.notes.items import Lines, is_rule
from followup_agent.notes.names import (
    SECTIONS,
    begins_private,
    fold,
    heading,
    may_name_section,
    nearest_section,
    section_named,
    shown,
)

_BULLET_MARK = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?=\s)")
_DEEPEST: Final = 99  # a heading without # holds none inside
_KNOWN: Final = ", ".join(heading(section) for section in SECTIONS)


@dataclass
class Split:
    """A file cut in two: the lines of its front matter, and those after it.

    Attributes:
        front: None when the file has no front matter.
        first: The line that opens it; 1 without.
    """

    front: list[str] | None
    body: Lines
    first: int = 1


@dataclass
class Sections:
    """What stands under each known heading; sections of one name are one, in order."""

    lines: dict[str, Lines] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)


def split_front_matter(text: str, faults: Faults) -> Split:
    """Take the block between two ``---`` lines off the top."""
    rows = text.split("\n")
    first = next((n for n, row in enumerate(rows) if row.strip()), 0)
    if rows[first].rstrip() != "---":
        return Split(None, list(enumerate(rows, 1)))
    last = next((n for n in range(first + 1, len(rows)) if rows[n].rstrip() in {"---", "..."}), 0)
    if not last:
        faults.fatal(
            first + 1,
            "the front matter opened here is never closed; add a line `---` after its last key",
        )
        return Split([], [], first + 1)
    body = list(enumerate(rows[last + 1 :], last + 2))
    _refuse_second(body, faults)
    return Split(rows[first + 1 : last], body, first + 1)


def _refuse_second(body: Lines, faults: Faults) -> None:
    opening = next(((n, row) for n, row in body if row.strip()), (0, ""))
    if opening[1].rstrip() == "---":
        faults.add(opening[0], "a second front matter begins here; join it to the first one")


def drop_comments(lines: Lines, faults: Faults) -> Lines:
    """Blank out ``<!-- … -->``, over several lines too, keeping the line numbers.

    Done before any heading is looked for, so that a comment can hide a heading but
    what follows the comment never lands in the wrong section.
    """
    if not lines:
        return lines
    text, start = "\n".join(row for _, row in lines), lines[0][0]
    kept: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0:
        kept.append(text[at:begin])
        # `<!-->` is a whole comment in HTML, hence 2 and not 4.
        end = text.find("-->", begin + 2)
        if end < 0:
            line = start + text.count("\n", 0, begin)
            faults.fatal(line, "the comment opened here is never closed; add `-->` to its end")
            return list(enumerate("".join(kept).split("\n"), start))
        kept.append("\n" * text.count("\n", begin, end))
        at = end + 3
    kept.append(text[at:])
    return list(enumerate("".join(kept).split("\n"), start))


def split_sections(lines: Lines, faults: Faults, *, headless: bool = False) -> Sections:
    """Give every line to the section whose heading it stands under.

    ``headless``: the file has no front matter, so that the text before the first
    heading is what should have been in it, and was pointed out already.
    """
    found = Sections()
    reader = _Reader(found, faults, told=headless)
    for (number, row), (_, following) in pairwise([*lines, (0, "")]):
        reader.read(number, row, following)
    return found


@dataclass
class _Reader:
    """Walks the lines. ``section`` is None before the first heading and after an unknown one."""

    found: Sections
    faults: Faults
    section: str | None = None
    level: int = 0
    told: bool = False  # whether text outside every section was already pointed out

    def read(self, number: int, row: str, following: str) -> None:
        marked = _heading(row)
        if marked and not self._inside_private(*marked):
            self._open(number, *marked)
        elif self.section == "private":
            self.found.lines["private"].append((number, row))
        elif not may_name_section(row):
            self._text(number, row)
        elif known := _unmarked_heading(row, following):
            self.faults.add(number, f"write this heading as `## {heading(known)}`")
            self._enter(known, number, _DEEPEST)
        elif _marked_private(row):
            self.faults.add(number, "a line marked private stands here; move it under `## Private`")
        else:
            self._text(number, row)

    def _text(self, number: int, row: str) -> None:
        if self.section:
            self.found.lines[self.section].append((number, row))
        elif not self.told and row.strip() and not is_rule(row):
            self.told = True
            self.faults.add(
                number, "text before the first heading; put it under one, such as `## Topics`"
            )

    def _inside_private(self, level: int, words: str) -> bool:
        """Whether a heading is only a part of the private text."""
        deeper = self.section == "private" and level > self.level
        return deeper and section_named(words) in {None, "private"}

    def _open(self, number: int, level: int, words: str) -> None:
        known = section_named(words)
        if known and self.section == "private" and level > self.level:
            self.faults.add(
                number,
                f"`{heading(known)}` is a smaller heading inside {heading('private')}: give it "
                "as many # as that one if it may be used, or none if it is private",
            )
        elif known:
            self._enter(known, number, level)
        elif begins_private(words):
            # The rest of such a heading is as private as the section: never shown.
            self.faults.add(number, "this heading must be `## Private` and nothing else")
            self._enter("private", number, level)
        else:
            self._unknown(number, words)

    def _enter(self, section: str, number: int, level: int) -> None:
        self.section, self.level = section, level
        self.found.lines.setdefault(section, [])
        self.found.heads.setdefault(section, number)

    def _unknown(self, number: int, words: str) -> None:
        # Right after Private, an unknown heading may well be a part of it: not shown.
        name = "" if self.section == "private" else f" {shown(words)}"
        self.told, self.section = True, None
        near = None if self.faults.full else nearest_section(words)
        if near:
            self.faults.excused.add(near)
        mend = f"did you mean `## {heading(near)}`?" if near else f"the known ones are {_KNOWN}"
        self.faults.add(
            number, f"unknown heading{name}; {mend} (a title can be a `<!-- comment -->`)"
        )


def _heading(row: str) -> tuple[int, str] | None:
    """The level and words of a ``#`` heading, indented or quoted too; None for other lines.

    ``#Private`` without a space is a heading to most people and to some renderers:
    taken for text it would let a private section into the one above.
    """
    row = row.lstrip(" \t>")
    if not row.startswith("#"):
        return None
    words = row.lstrip("#")
    level = len(row) - len(words)
    name = words.strip().rstrip("#").strip(" \t*_")
    tight = bool(words) and not words[0].isspace()
    if tight and level == 1 and not begins_private(name) and not section_named(name):
        return None
    return level, name


def _unmarked_heading(row: str, following: str) -> str | None:
    """The section that a line means as its heading without being one.

    As in ``**Private**``, ``Private:``, ``- ## Private`` or an underlined ``Private``.
    """
    bare = row.strip(" \t>")
    bullet = _BULLET_MARK.match(bare)
    if bullet:
        bare = bare[bullet.end() :].strip()
    known = section_named(bare)
    if known is None or not fold(bare):
        return None
    decorated = bare[0] in "#*_" or bare[-1] in ":*_"
    underlined = set(following.strip()) in ({"="}, {"-"})
    if bullet:
        return known if bare[0] == "#" or (decorated and known == "private") else None
    return known if decorated or underlined or known == "private" else None


def _marked_private(row: str) -> bool:
    """Whether a bullet or paragraph begins with ``Private:``."""
    bare = row.strip(" \t>")
    bullet = _BULLET_MARK.match(bare)
    before, colon, _ = bare[bullet.end() if bullet else 0 :][:80].partition(":")
    return bool(colon) and section_named(before) == "private"
