"""Jottings made into clauses by hand, and the prompts that ask the specialist for them.

``training/data/jottings/*.jsonl``, one a line: what was jotted, to whom the letter goes, and
the clause. The same clause follows whatever opening a prompt gives it; each is paired with a
few, drawn by the seed.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from followup_agent.asking.inputs import Inputs
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from followup_agent.notes import Tone
from followup_agent.prompts import PromptLibrary
from training.specialist.corpus import DATA, HELD_OUT, Text, explained, lines
from training.specialist.pairs import Pair

JOTTINGS = DATA / "jottings"
#: How often each jotting is asked for in a set of pairs.
DRAWS = 2
_WAYS: dict[str, Sequence[tuple[str, Part]]] = {
    "topic": (
        ("specialist/key_points", Part.KEY_POINTS),
        ("specialist/key_points", Part.KEY_POINTS),
        ("specialist/reference", Part.REFERENCE),
        ("specialist/relevance", Part.RELEVANCE),
        (f"specialist/{Kind.LINKEDIN.value}-reference", Part.REFERENCE),
        (f"specialist/{Kind.KEEP_IN_TOUCH.value}-reference", Part.REFERENCE),
    ),
    "claim": (("specialist/fit", Part.FIT),),
}
_WHEN = ("yesterday", "this morning", "on Monday", "on Thursday", "on 12 May", "on March 3")


class Jotting(BaseModel):
    """One jotting.

    Attributes:
        about: ``topic``, what the reader told; or ``claim``, what the candidate has done.
        to: What the reader is called.
        jotting: As it was jotted; a topic as `to_you` gives it.
        text: What follows "I was interested to hear", or a main clause of the candidate's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: Annotated[Literal["topic", "claim"], Field(alias="as")]
    to: Text
    jotting: Text
    text: Text

    @property
    def held_out(self) -> bool:
        """Whether it is kept from training: decided by the jotting alone."""
        return zlib.crc32(self.jotting.encode()) % HELD_OUT == 0


def load_jottings(folder: Path = JOTTINGS) -> tuple[Jotting, ...]:
    """All jottings, by file and line. Raises CorpusError at the first that is bad."""
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[Jotting]:
    for place, line in lines(folder):
        try:
            yield Jotting.model_validate_json(line)
        except ValidationError as exc:
            raise explained(place, exc) from exc


def jotting_pairs(
    jottings: Iterable[Jotting], roles: Sequence[str], seed: int, draws: int = DRAWS
) -> Iterator[Pair]:
    """Each jotting with the prompts of some parts, tones and openings.

    Args:
        jottings: What is to be retold.
        roles: Names of roles for the openings that name one.
        seed: Decides which prompts are drawn.
        draws: Pairs of each jotting.
    """
    library, rng = PromptLibrary(), random.Random(seed)
    for number, jotting in enumerate(jottings):
        for _ in range(draws):
            name, part = rng.choice(_WAYS[jotting.about])
            inputs: Inputs = {
                "name": jotting.to,
                "near": rng.choice(("yes", "")),
                "role": rng.choice(roles),
                "teller": "",
                "tone": rng.choice(list(Tone)).value,
                "variant": rng.randrange(60),
                "by_phone": "",
                "when": rng.choice(_WHEN),
                jotting.about: jotting.jotting,
            }
            prompt = library.get(name)
            opening = prompt.text("opening", inputs)
            yield Pair(
                id=f"j-{number:04}",
                part=part,
                turns=prompt.render(inputs),
                answer=f"{jotting.text}.",
                opening=opening,
            )
