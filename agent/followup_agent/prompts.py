"""Prompt templates: find them, verify them, render them.

A prompt is one Markdown file, ``<name>/v<N>.md``: YAML front matter, then Jinja2
blocks, one a role. A released file never changes: ``versions.lock`` holds its
sha256, and a packaged prompt that differs is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, ValidationError

from followup_agent.chat.protocol import Turn
from followup_agent.errors import PromptError
from followup_agent.kinds import Kind
from followup_agent.records import PromptRecord

LOCK = "versions.lock"
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_FILE = re.compile(r"v([1-9]\d*)\.md")
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,
)


class Example(BaseModel):
    """One worked example: the inputs of a request and the answer to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: dict[str, str]
    reply: str


class FrontMatter(BaseModel):
    """What a prompt says of itself; unknown keys are errors.

    Attributes:
        kind: The kind of message, or None for a prompt of one part.
        inputs: The variables that its blocks use, no more and no fewer.
        examples: Rendered with the ``user`` block as turns before the real one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int
    kind: Kind | None = None
    description: str
    inputs: tuple[str, ...]
    created: dt.date
    examples: tuple[Example, ...] = ()


def gbnf(text: str) -> str:
    """A string as a literal of a GBNF grammar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split("\n")) + '"'


def options(texts: Sequence[str], start: int = 0, count: int = 3) -> str:
    """GBNF alternatives: ``count`` of the texts, from the ``start``-th on, round the end.

    The model chooses among a few; which few differs from one message to the next.
    """
    chosen = [texts[(start + i) % len(texts)] for i in range(min(count, len(texts)))]
    return "(" + " | ".join(map(gbnf, chosen)) + ")"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with one already (``S.A.``)."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


_ENVIRONMENT.filters.update(gbnf=gbnf, options=options, sentence=sentence)


@dataclass(frozen=True)
class Prompt:
    """One verified version of one prompt.

    Beside ``system`` and ``user`` a part's prompt may have the blocks ``opening`` (how
    the answer begins) and ``grammar`` (GBNF of the rest), for models that can be guided.
    """

    meta: FrontMatter
    source: str
    sha256: str

    @cached_property
    def record(self) -> PromptRecord:
        """What a draft keeps of it."""
        return PromptRecord(name=self.meta.name, version=self.meta.version, sha256=self.sha256)

    def render(self, inputs: Mapping[str, Any]) -> tuple[Turn, ...]:
        """The turns to send: system, the examples, user.

        Raises:
            PromptError: A variable is missing, or the template misbehaves.
        """
        turns = [Turn("system", self._block("system", inputs))]
        for example in self.meta.examples:
            turns.append(Turn("user", self._block("user", {**inputs, **example.inputs})))
            turns.append(Turn("assistant", example.reply))
        turns.append(Turn("user", self._block("user", inputs)))
        return tuple(turns)

    def text(self, block: str, inputs: Mapping[str, Any]) -> str:
        """One block's text; "" where the prompt has no such block."""
        return self._block(block, inputs) if block in self._template.blocks else ""

    def _block(self, role: str, inputs: Mapping[str, Any]) -> str:
        try:
            block = self._template.blocks[role]
            return "".join(block(self._template.new_context(dict(inputs)))).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as exc:
            raise PromptError(
                f"prompt {self.meta.name}@{self.meta.version}, block {role}: "
                f"{type(exc).__name__}: {exc}"
            ) from exc

    @cached_property
    def _template(self) -> Any:
        return _ENVIRONMENT.from_string(self.source)


class PromptLibrary:
    """A folder of prompts.

    Args:
        folder: The caller's own library; None for the packaged one. A folder with a
            ``versions.lock`` is held to it; without one, the newest version is the default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or packaged_folder()
        if not self.folder.is_dir():
            raise PromptError(f"{self.folder}: no such folder of prompts")
        self._verified: dict[str, Prompt] = {}

    @classmethod
    def of(cls, folder: Path | None) -> PromptLibrary:
        """The caller's library as it is now, or the packaged one, which is read once."""
        return cls(folder) if folder else _packaged()

    @cached_property
    def lock(self) -> Mapping[str, Mapping[str, Any]]:
        """Per prompt: ``default`` and the sha256 of each released version."""
        path = self.folder / LOCK
        try:
            return _toml(path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as exc:
            raise PromptError(f"{path}: {exc}") from exc

    def has(self, name: str) -> bool:
        """Whether any version of a prompt is there."""
        return (self.folder / name).is_dir()

    def versions(self) -> Iterator[tuple[str, int]]:
        """Every (name, version) in the folder, sorted."""
        found = [
            (path.parent.relative_to(self.folder).as_posix(), int(match[1]))
            for path in self.folder.rglob("v*.md")
            if (match := _FILE.fullmatch(path.name))
        ]
        yield from sorted(found)

    def default(self, name: str) -> int:
        """The version that is used when none is named."""
        if name in self.lock:
            return int(self.lock[name]["default"])
        mine = [version for other, version in self.versions() if other == name]
        if not mine:
            known = ", ".join(sorted({other for other, _ in self.versions()})) or "none"
            raise PromptError(f"no prompt is called “{name}”; there are: {known}")
        return max(mine)

    def get(self, reference: str) -> Prompt:
        """The prompt that ``NAME`` or ``NAME@N`` names, read and verified at the first call.

        Raises:
            PromptError: Unknown, malformed, or changed after its release.
        """
        if reference not in self._verified:
            self._verified[reference] = self._read(reference)
        return self._verified[reference]

    def _read(self, reference: str) -> Prompt:
        name, at, number = reference.partition("@")
        if at and not number.isdecimal():
            raise PromptError(f"“{reference}”: a version is a number, as in {name}@1")
        version = int(number) if at else self.default(name)
        path = self.folder / name / f"v{version}.md"
        try:
            text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as exc:
            if name in {known for known, _ in self.versions()} and path.is_file():
                raise PromptError(f"{path}: {exc}") from exc
            known = ", ".join(f"{n}@{v}" for n, v in self.versions())
            raise PromptError(f"there is no prompt {name}@{version}; known: {known}") from exc
        return self._verify(path, name, version, text)

    def _verify(self, path: Path, name: str, version: int, text: str) -> Prompt:
        prompt = _parsed(str(path), text)
        if (prompt.meta.name, prompt.meta.version) != (name, version):
            raise PromptError(
                f"{path}: its front matter says {prompt.meta.name}@"
                f"{prompt.meta.version}; name and version must match the path"
            )
        locked = self.lock.get(name, {}).get(str(version))
        if locked is not None and locked != prompt.sha256:
            raise PromptError(
                f"{path}: changed after its release; restore it, or save the change as "
                f"v{version + 1}.md"
            )
        return prompt


@lru_cache(maxsize=1)
def _packaged() -> PromptLibrary:
    return PromptLibrary()


@lru_cache(maxsize=8)
def _toml(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text)


@lru_cache(maxsize=256)  # all that are packaged, all versions, and a caller's own
def _parsed(path: str, text: str) -> Prompt:
    match = _FRONT.match(text)
    if match is None:
        raise PromptError(f"{path}:1: a prompt begins with front matter between two lines of ---")
    try:
        front = FrontMatter.model_validate(yaml.safe_load(match[1]))
    except yaml.YAMLError as exc:
        raise PromptError(f"{path}: the front matter is not YAML: {exc}") from exc
    except ValidationError as exc:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}"
            for e in exc.errors(include_url=False, include_input=False)
        )
        raise PromptError(f"{path}: front matter: {faults}") from exc
    source = text[match.end() :]
    _check_template(path, source, front)
    return Prompt(front, source, hashlib.sha256(text.encode()).hexdigest())


def _check_template(path: str, source: str, front: FrontMatter) -> None:
    try:
        tree = _ENVIRONMENT.parse(source)
        blocks = set(_ENVIRONMENT.from_string(source).blocks)
    except TemplateError as exc:
        raise PromptError(f"{path}: {exc}") from exc
    if missing := {"system", "user"} - blocks:
        raise PromptError(f"{path}: the block {min(missing)!r} is missing")
    used, declared = meta.find_undeclared_variables(tree), set(front.inputs)
    if used != declared:
        raise PromptError(
            f"{path}: `inputs` declares {sorted(declared)}, and the blocks use {sorted(used)}"
        )


def packaged_folder() -> Path:
    """Where the released prompts are: in the wheel, or beside ``agent/`` in a checkout."""
    inside = Path(__file__).parent / "prompts"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "prompts"
