"""Sample interviews: notes, and beside them what a draft from them must and must not hold."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from followup_agent.errors import Fault, NotesError, SettingsError
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.parse import load_notes

#: Where the repository keeps its development set, seen from its root.
DEFAULT_FOLDER = Path("evals/interviews/dev")


class Strict(BaseModel):
    """Frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tags(Strict):
    """What a case is like; pairs of these are covered by a test."""

    trade: str
    seniority: Literal["junior", "mid", "senior", "lead"]
    stage: Literal["phone", "video", "onsite", "panel"]
    tone: Literal["formal", "neutral", "warm"]
    richness: Literal["sparse", "normal", "long"]
    names: str
    decision: Literal["given", "none"]
    resources: Literal["yes", "no"]
    promises: Literal["yes", "no"]
    elapsed: Literal["same-day", "days", "weeks"]
    country: str


Adversarial = Literal[
    "none",
    "injection",
    "private",
    "contradiction",
    "empty",
    "temptation",
    "salary",
    "discrimination",
]


class Sample(Strict):
    """One sample interview (the contract: evals/interviews/FORMAT.md).

    Attributes:
        today: The kinds to draft, each with the day it is written on.
        must: Per kind: of each entry at least one stands in the draft.
        must_not: None of these stands in any draft.
        private: Words of the Private section that would be a leak.
        why: What the case is for.
        path: The notes file.
    """

    id: str
    today: dict[Kind, dt.date] = Field(min_length=1)
    to: str | None = None
    tags: Tags
    adversarial: Adversarial
    must: dict[Kind, list[list[str]]] = Field(default_factory=dict)
    must_not: list[str] = Field(default_factory=list)
    private: list[str] = Field(default_factory=list)
    why: str
    path: Path = Field(default=Path(), exclude=True, repr=False)

    def notes(self) -> InterviewNotes:
        """The notes, without what is private."""
        stat = self.path.stat()
        return _notes(self.path, stat.st_mtime_ns, stat.st_size)

    @property
    def sha256(self) -> str:
        """Of both files, line endings aside."""
        digest = hashlib.sha256()
        for path in (self.path, self.path.with_suffix(".yaml")):
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
            digest.update(b"\0")
        return digest.hexdigest()


@lru_cache(maxsize=16)
def _notes(path: Path, _changed: int, _size: int) -> InterviewNotes:
    """The notes of a case, read once for all the items that follow one another."""
    return load_notes(path)


def load_samples(place: str | Path | None = None, limit: int | None = None) -> list[Sample]:
    """Every case of a folder, or of a pattern; in the order of their names.

    Args:
        place: A folder, one file, or a pattern such as ``evals/interviews/dev/nurse-*``;
            None for `DEFAULT_FOLDER`.
        limit: At most so many.

    Raises:
        SettingsError: There are none.
        NotesError: A case that cannot be used; all faults of all files.
    """
    files = sorted(set(_files(place)))[:limit]
    if not files:
        where = place if place is not None else DEFAULT_FOLDER
        raise SettingsError(f"no sample interviews in {where}; name a folder with --cases DIR")
    samples: list[Sample] = []
    faults: list[Fault] = []
    for file in files:
        try:
            samples.append(read_sample(file))
        except NotesError as exc:
            faults += exc.faults
    if faults:
        raise NotesError(faults)
    return samples


def read_sample(file: Path) -> Sample:
    """One case from its YAML file.

    Raises:
        NotesError: Every fault, with the file and the key.
    """
    data = _mapping(file)
    try:
        sample = Sample.model_validate({**data, "path": file.with_suffix(".md")})
    except ValidationError as exc:
        raise NotesError(
            [
                Fault(str(file), None, f"{'.'.join(map(str, e['loc']))}: {e['msg']}")
                for e in exc.errors(include_url=False, include_input=False)
            ]
        ) from None
    if faults := list(_inconsistent(file, sample)):
        raise NotesError(faults)
    return sample


def _inconsistent(file: Path, sample: Sample) -> Iterator[Fault]:
    if sample.id != file.stem:
        yield Fault(str(file), None, f"id: is {sample.id}; it must be the file's stem, {file.stem}")
    if not sample.path.is_file():
        yield Fault(str(file), None, f"there is no {sample.path.name} beside it")
    for kind in sample.must:
        if kind not in sample.today:
            yield Fault(str(file), None, f"must.{kind}: the case has no day for this kind")


def _mapping(file: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise NotesError([Fault(str(file), None, f"cannot be read: {exc}")]) from None
    if not isinstance(data, dict):
        raise NotesError([Fault(str(file), None, "a case is a mapping")])
    return data


def _files(place: str | Path | None) -> Iterable[Path]:
    path = Path(DEFAULT_FOLDER if place is None else place)
    if path.is_dir():
        return path.glob("*.yaml")
    parts = path.parts
    plain = next((n for n, part in enumerate(parts) if set(part) & set("*?[")), len(parts) - 1)
    found = Path(*parts[:plain]).glob("/".join(parts[plain:])) if parts else ()
    return (file.with_suffix(".yaml") for file in found if file.suffix in {".yaml", ".md"})


def fingerprint(samples: Iterable[Sample]) -> str:
    """One hash of a set of cases, whatever their order."""
    lines = sorted(f"{sample.id} {sample.sha256}" for sample in samples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
