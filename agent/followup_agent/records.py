"""What drafting returns, and its JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from followup_agent.guide.registry import Source, Violation
from followup_agent.kinds import Kind


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Recipient(_Record):
    """Who a message is for; always from the notes, never from the model's text."""

    name: str
    email: str | None = None


class TokenUsage(_Record):
    """Tokens and requests of a draft, as the server counted them."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class PromptRecord(_Record):
    """The prompt that a draft was asked with: name, version, and the file's hash."""

    name: str
    version: int
    sha256: str


class Attempt(_Record):
    """One ask: which parts, what was then still wrong, what it cost.

    Attributes:
        parts: The parts asked for.
        violations: What the guide still required afterwards.
        usage: Of this ask's requests together.
        seconds: Wall-clock time of the model.
    """

    parts: tuple[str, ...]
    violations: tuple[Violation, ...]
    usage: TokenUsage
    seconds: float


class Draft(_Record):
    """One message with everything that tells where it came from.

    ``valid`` is False only on the draft that a `DraftRejected` carries.
    """

    kind: Kind
    to: Recipient
    subject: str | None
    body: str
    parts: dict[str, str]
    valid: bool
    violations: tuple[Violation, ...] = ()
    sources: tuple[Source, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    usage: TokenUsage = Field(default_factory=TokenUsage)
    prompt: PromptRecord
    model: str
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """Subject line (if any), blank line, body; what spans index."""
        return self.body if self.subject is None else f"Subject: {self.subject}\n\n{self.body}"

    @property
    def advice(self) -> tuple[Violation, ...]:
        """What could be better; never a reason to refuse."""
        return tuple(v for v in self.violations if v.severity == "advice")

    def to_dict(self) -> dict[str, Any]:
        """The object that ``--format json`` prints; ``attempts`` is their number."""
        data = self.model_dump(mode="json")
        data["attempts"] = len(self.attempts)
        data["seconds"] = round(self.seconds, 3)
        return data
