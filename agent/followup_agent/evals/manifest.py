"""What a run is: all that must be the same when it is resumed, and when two are compared."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from followup_agent.errors import OutputError, SettingsError
from followup_agent.evals.matrix import Matrix
from followup_agent.evals.samples import Sample, fingerprint, load_samples
from followup_agent.kinds import Kind
from followup_agent.outbox.files import make_folder, replace_file

FILE = "run.json"
#: What decides a grade: the graders, and the guide that they apply.
_GRADING = ("evals/graders", "guide")


class Manifest(BaseModel):
    """The file ``run.json``.

    Attributes:
        cases: Where the cases are, as the caller named them.
        cases_sha256: Of their contents.
        graders_sha256: Of the code and data that decide a grade.
        judge: The model that judges by the rubric, if any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    models: tuple[str, ...]
    prompts: tuple[str, ...]
    kinds: tuple[Kind, ...]
    repeats: int
    cases: str
    limit: int | None
    cases_sha256: str
    graders_sha256: str
    seed: int
    reasks: int
    proofread: bool
    judge: str | None = None
    rubric: str | None = None

    @property
    def matrix(self) -> Matrix:
        """The plan that it holds."""
        return Matrix(self.models, self.prompts, self.kinds, self.repeats)

    def samples(self) -> list[Sample]:
        """The cases, if they are still the same.

        Raises:
            SettingsError: They changed since the run began.
        """
        samples = load_samples(self.cases, self.limit)
        if fingerprint(samples) != self.cases_sha256:
            raise SettingsError(
                f"the cases in {self.cases} changed since this run began; begin a new one"
            )
        return samples

    def save(self, folder: Path) -> None:
        """Write it into the run's folder."""
        make_folder(folder)
        replace_file(folder / FILE, [self.model_dump_json(indent=2), "\n"])


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a run's folder.

    Raises:
        OutputError: The folder holds no run.
    """
    try:
        return Manifest.model_validate_json((folder / FILE).read_bytes())
    except OSError as exc:
        raise OutputError(f"{folder} holds no run: there is no {FILE}") from exc
    except ValidationError as exc:
        raise OutputError(f"{folder / FILE} is no run of this version") from exc


@lru_cache(maxsize=1)
def graders_sha256() -> str:
    """One hash of the files that decide a grade; comments and line endings aside.

    Of the files as they were at the first call: that is the code that is running.
    """
    digest = hashlib.sha256()
    root = resources.files("followup_agent")
    for name in _GRADING:
        for place, file in sorted(_files(root.joinpath(name), name)):
            data = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(place.encode() + b"\0")
            digest.update(_code(data) if place.endswith(".py") else data)
    return digest.hexdigest()


def _files(folder: Traversable, place: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        here = f"{place}/{entry.name}"
        if entry.is_dir():
            found += [] if entry.name == "__pycache__" else _files(entry, here)
        elif not entry.name.endswith((".pyc", ".md")):
            found.append((here, entry))
    return found


def _code(data: bytes) -> bytes:
    lines = (line.rstrip() for line in data.splitlines())
    return b"\n".join(line for line in lines if line and not line.lstrip().startswith(b"#"))
