"""The hand-written messages in training/data/: one a line, its notes and its parts.

The card beside them (training/data/README.md) says how they were written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from followup_agent.asking.parts import PartsPlan
from followup_agent.brief import Brief, recipients
from followup_agent.chat.protocol import Profile
from followup_agent.errors import FollowupError
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from followup_agent.notes import load_notes
from followup_agent.prompts import PromptLibrary

DATA = Path(__file__).parents[1] / "data"
#: One message in so many is held out.
HELD_OUT = 10

_PROFILE = Profile(plan="parts")


class CorpusError(Exception):
    """A line that cannot be read as a message; says which, and why."""


def _one_line(text: Any) -> Any:
    """A text as it is, if it is one line without stray spaces."""
    if isinstance(text, str) and (not text.strip() or text != " ".join(text.split())):
        raise ValueError("is empty, or has a line break or a stray space")
    return text


Text = Annotated[str, BeforeValidator(_one_line)]


class Example(BaseModel):
    """One message.

    Attributes:
        to: The interviewer it is written to, as in the notes.
        today: The day it is written.
        notes: A mapping that `load_notes` reads.
        parts: What the embedded plan asks the model for; the rest is written by code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z]-\d{4}$")]
    kind: Kind
    to: str
    today: dt.date
    notes: dict[str, Any]
    parts: Mapping[Part, Text]

    def brief(self) -> Brief:
        """What was to be written. Raises FollowupError for notes that cannot be read."""
        notes = load_notes(self.notes, name=self.id)
        (person,) = recipients(notes, self.kind, self.to)
        return Brief(notes, self.kind, person, self.today)

    def plan(self, library: PromptLibrary | None = None) -> PartsPlan:
        """How the embedded model is asked for this message."""
        return PartsPlan(self.brief(), library or PromptLibrary(), _PROFILE, "specialist")

    @property
    def fingerprint(self) -> str:
        """A hash of the notes: the same notes give the same, whatever the order of keys."""
        canonical = json.dumps(self.notes, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def held_out(self) -> bool:
        """Whether it is kept from training: decided by its notes alone."""
        return int(self.fingerprint[:8], 16) % HELD_OUT == 0


@dataclass(frozen=True)
class Split:
    """The messages to train on, and the tenth that is held out."""

    train: tuple[Example, ...]
    held_out: tuple[Example, ...]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Split:
        """Part the examples by their notes; their order is kept."""
        listed = tuple(examples)
        return cls(
            tuple(e for e in listed if not e.held_out), tuple(e for e in listed if e.held_out)
        )


def read_line(place: str, line: str) -> Example:
    """One line of a file.

    Raises:
        CorpusError: It is no JSON, lacks a key or has one too many, or its notes are bad.
    """
    try:
        example = Example.model_validate_json(line)
        example.brief()
    except ValidationError as exc:
        raise explained(place, exc) from exc
    except FollowupError as exc:
        raise CorpusError(f"{place}: {exc}") from exc
    return example


def explained(place: str, error: ValidationError) -> CorpusError:
    """The first fault of a line, with its key."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    return CorpusError(f"{place}: {where or 'line'}: {first['msg']}")


def lines(data: Path = DATA) -> Iterator[tuple[str, str]]:
    """Each line of each ``.jsonl`` file, with its place as ``file:line``."""
    for file in sorted(data.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield f"{file.name}:{number}", line


def load(data: Path = DATA) -> tuple[Example, ...]:
    """All messages, by file and line. Raises CorpusError at the first that is bad."""
    return tuple(read_line(place, line) for place, line in lines(data))
