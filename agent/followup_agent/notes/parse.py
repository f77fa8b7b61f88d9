"""Notes from anything that holds them: a file, a text, a mapping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from followup_agent.errors import Fault, NotesError
from followup_agent.notes.faults import Checked, Faults, add_validation, known_keys
from followup_agent.notes.items import split_items
from followup_agent.notes.json_document import read_json
from followup_agent.notes.markdown import (
    Sections,
    drop_comments,
    split_front_matter,
    split_sections,
)
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.names import SECTIONS
from followup_agent.notes.private import PrivateFingerprint
from followup_agent.notes.settle import settle
from followup_agent.notes.source import Format, Source, find_source, format_of, read_source
from followup_agent.notes.tree import Tree, read_mapping
from followup_agent.notes.yaml_document import read_yaml


def load_notes(
    source: str | bytes | os.PathLike[str] | Mapping[str, Any] | InterviewNotes,
    *,
    name: str | None = None,
) -> InterviewNotes:
    """Read interview notes (the contract: docs/notes.md).

    Args:
        source: A path (Markdown, YAML or JSON, by its ending, else by its content); a
            text, told from a path by its line breaks or by beginning with ``{``; bytes
            of a text; a mapping; or notes, which are returned as they are.
        name: What faults call the source; ``-`` for standard input, whose text needs
            no line break. Default: the path, or ``notes``.

    Raises:
        NotesError: The source cannot be read as notes; it holds every fault.
    """
    if isinstance(source, InterviewNotes):
        return source
    notes, faults = _load(source, name)
    if notes is None:
        # Raised here and not where a fault is found: neither the error's context nor
        # its frames hold the text, a part of which may be private.
        del source
        raise NotesError(faults)
    return notes


@dataclass
class _Content:
    """What was read, before it is judged.

    Attributes:
        data: Plain data; sections are keys.
        lines: Dotted path to line; empty for a mapping.
        first: The line to name for a key that is missing.
        markdown: Whether sections are headings.
    """

    data: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    first: int | None = None
    markdown: bool = False


def _load(
    source: str | bytes | os.PathLike[str] | Mapping[str, Any], name: str | None
) -> tuple[InterviewNotes | None, tuple[Fault, ...]]:
    if isinstance(source, Mapping):
        faults = Faults(name or "notes")
        tree = Tree(faults)
        read_mapping(source, tree)
        content: _Content | None = _Content(*settle(tree, faults))
    else:
        found = find_source(source, name)
        faults = Faults(found.name)
        content = _read(found, faults)
    notes = _validate(content, faults) if content and not faults.broken else None
    return (None if faults else notes), faults.in_order()


def _read(source: Source, faults: Faults) -> _Content | None:
    text = read_source(source, faults)
    if text is None:
        return None
    form = format_of(source, text)
    if form is Format.MARKDOWN:
        return _read_markdown(text, faults)
    tree = Tree(faults)
    if form is Format.JSON:
        read_json(text, tree)
    else:
        read_yaml(text, tree)
    return _Content(*settle(tree, faults), first=1)


def _read_markdown(text: str, faults: Faults) -> _Content:
    split = split_front_matter(text, faults)
    tree = Tree(faults)
    if split.front is None:
        faults.add(
            1,
            "no front matter; begin with a line `---`, then candidate, company, role, "
            "interviewed and interviewers as `key: value`, then a line `---`",
        )
        faults.excused.update(known_keys())
        faults.excused.discard("topics")
    else:
        read_yaml("\n".join(split.front), tree, split.first + 1)
    content = _Content(*settle(tree, faults), first=split.first, markdown=True)
    body = drop_comments(split.body, faults)
    _add_sections(content, split_sections(body, faults, headless=split.front is None), faults)
    return content


def _add_sections(content: _Content, sections: Sections, faults: Faults) -> None:
    for section, line in sections.heads.items():
        if section in content.data:
            faults.add(line, f"`{section}` also stands in the front matter; keep one of the two")
            continue
        content.lines[section] = line
        under = sections.lines[section]
        if section == "private":
            content.data[section] = PrivateFingerprint("\n".join(row for _, row in under))
            continue
        items = split_items(under, section)
        # An item takes its line along; what these two read from a text has it put in later.
        content.data[section] = [
            text if section in {"resources", "log"} else {"text": text, "line": at}
            for at, text in items
        ]
        content.lines |= {f"{section}.{n}": at for n, (at, _) in enumerate(items)}


def _validate(content: _Content, faults: Faults) -> InterviewNotes | None:
    lines = content.lines
    try:
        notes = InterviewNotes.model_validate(content.data)
    except ValidationError as error:
        checked = Checked(content.data, lines, content.first, content.markdown)
        add_validation(faults, error, checked)
        return None
    placed: dict[str, Any] = {"lines": lines, "source": faults.file}
    for section in SECTIONS:
        if lines and section != "private":
            placed[section] = tuple(
                entry
                if entry.line is not None
                else entry.model_copy(update={"line": lines.get(f"{section}.{n}")})
                for n, entry in enumerate(getattr(notes, section))
            )
    return notes.model_copy(update=placed)
