"""One notes document to draft for, and what is decided for all of them alike."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from followup_agent.chat.protocol import Profile
from followup_agent.job import Options
from followup_agent.kinds import Kind
from followup_agent.prompts import PromptLibrary
from followup_agent.records import PromptRecord

#: Added to the seed each time that a message is begun anew (``--retry-failed``).
ANEW = 1009


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notes document stands: a file of its own, or some bytes of a table.

    Attributes:
        path: The file.
        start: Offset of the first byte.
        length: Bytes, or None for a file of its own.
        line: 1-based line of a table's row; None for a file of its own.
    """

    path: str
    start: int = 0
    length: int | None = None
    line: int | None = None

    @property
    def source(self) -> str:
        """What people are told: ``notes/a.md``, or ``candidates.csv:12``."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Task:
    """One notes document, with everybody it is written to: a panel is one task.

    Attributes:
        key: Names all that decides the texts: see `Recipe.key`.
        place: Where the notes are read from, again, when their turn comes.
        position: Its number in the input, from 0.
        tries: For each message, how often it was begun anew; empty at first.
        begun: Whether the journal held replies of it when it was taken.
    """

    key: str
    place: Place
    position: int
    tries: tuple[int, ...] = ()
    begun: bool = False


@dataclass(frozen=True)
class Recipe:
    """What is decided for a whole batch, apart from the notes. It can be pickled.

    Attributes:
        kind: None for ``auto``.
        to: The one interviewer who is written to, or None for all.
        model: The model's name, for the record.
        profile: How the model is asked.
        options: ``today`` is the journal's; ``budget`` and ``timeout`` decide no text.
        files: Whether each valid draft is rendered as files, too.
        salt: Random and the journal's own, so that nobody who is given the drafts can try
            guesses about a Private section on their keys.
    """

    kind: Kind | None
    to: str | None
    model: str
    profile: Profile
    options: Options
    files: bool = False
    salt: bytes = b""

    def key(self, content: bytes) -> str:
        """The name of a task: HMAC-SHA256 of its notes and of all else that decides the texts.

        Args:
            content: The notes as they stand in the file, or a table's row.
        """
        return hmac.new(self._digest, content, hashlib.sha256).hexdigest()

    def anew(self, tries: int) -> Options:
        """The options of a message that was begun anew so often: another seed."""
        return replace(self.options, seed=self.options.seed + ANEW * tries)

    @cached_property
    def _digest(self) -> bytes:
        options = self.options
        decided = {
            "kind": self.kind,
            "to": self.to,
            "model": self.model,
            "profile": asdict(replace(self.profile, context_window=None)),
            "prompts": [prompt.model_dump() for prompt in self._prompts()],
            "today": options.today.isoformat(),
            "reasks": options.reasks,
            "seed": options.seed,
            "proofread": options.proofread,
            "paid_linkedin": options.paid_linkedin,
        }
        return hmac.digest(self.salt, json.dumps(decided, sort_keys=True).encode(), "sha256")

    def _prompts(self) -> Iterator[PromptRecord]:
        """Every prompt that may be asked with, by its hash."""
        library = PromptLibrary(self.options.prompts)
        if self.options.prompt is not None:
            yield library.get(self.options.prompt).record
            return
        in_parts = self.profile.plan == "parts"
        for name in dict.fromkeys(name for name, _ in library.versions()):
            if name.startswith("parts/") is in_parts:
                yield library.get(name).record
