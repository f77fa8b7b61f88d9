"""One message before the rules: the text, the notes, and who it is for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from followup_agent.guide.frame import Span
from followup_agent.guide.grounding import Grounding, ground
from followup_agent.guide.leaks import leaked
from followup_agent.guide.reading import Reading
from followup_agent.guide.roles import Role, roles_of
from followup_agent.kinds import Kind
from followup_agent.notes.model import Interviewer, InterviewNotes, Tone


@dataclass(frozen=True)
class Case:
    """All that a rule may look at.

    Attributes:
        reading: The message.
        kind: What it is for.
        notes: The interview's notes, or None when a message is checked without.
        to: The interviewer it is written to, or None if not known.
        today: The day it is sent, for "yesterday" and the like; None: the notes decide.
        siblings: Texts of the panel's other messages.
        paid_linkedin: 300 characters instead of 200 for a connection request.
        proofread: Whether spelling and grammar are checked.
    """

    reading: Reading
    kind: Kind
    notes: InterviewNotes | None = None
    to: Interviewer | None = None
    today: dt.date | None = None
    siblings: tuple[str, ...] = ()
    paid_linkedin: bool = False
    proofread: bool = True

    @property
    def tone(self) -> Tone:
        """How the interview felt, as the notes say; neutral when unknown."""
        if self.notes is None:
            return Tone.NEUTRAL
        return self.notes.tone_for(self.to) if self.to else self.notes.tone

    @cached_property
    def roles(self) -> tuple[frozenset[Role], ...]:
        """What each sentence of the body does, in their order."""
        return tuple(roles_of(sentence.text) for sentence in self.reading.sentences)

    @cached_property
    def leaks(self) -> tuple[Span, ...]:
        """Where something of the Private section stands."""
        return leaked(self.notes, self.reading.text)

    @cached_property
    def grounding(self) -> Grounding | None:
        """Each checkable word traced to the notes or found invented; None without notes."""
        return ground(self) if self.notes is not None else None
