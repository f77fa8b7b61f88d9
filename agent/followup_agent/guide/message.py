"""The parts of each kind of message, and how they are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from followup_agent.kinds import Kind


class Part(StrEnum):
    """A piece of a message that the guide names."""

    SUBJECT = "subject"
    GREETING = "greeting"
    COURTESY = "courtesy"
    GRATITUDE = "gratitude"
    KEY_POINTS = "key_points"
    REFERENCE = "reference"
    FIT = "fit"
    RESOURCE = "resource"
    RELEVANCE = "relevance"
    TIMELINE = "timeline"
    INTEREST = "interest"
    ASK = "ask"
    INVITATION = "invitation"
    CLOSING = "closing"

    @property
    def label(self) -> str:
        """The name as a person reads it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind's parts stand on the page.

    Attributes:
        paragraphs: The body's parts, in order, one tuple a paragraph.
        optional: Parts that a message of the kind may lack.
        subject: Whether the kind has a subject line.
        closing: Whether the kind ends with a sign-off and a name.
        inline: The greeting opens the first paragraph (a LinkedIn note).
    """

    paragraphs: tuple[tuple[Part, ...], ...]
    optional: frozenset[Part] = frozenset()
    subject: bool = True
    closing: bool = True
    inline: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of the kind, in reading order."""
        body = tuple(part for paragraph in self.paragraphs for part in paragraph)
        head = (Part.SUBJECT,) * self.subject + (Part.GREETING,)
        return head + body + (Part.CLOSING,) * self.closing

    @property
    def required(self) -> tuple[Part, ...]:
        """The parts that no message of the kind may lack."""
        return tuple(part for part in self.parts if part not in self.optional)


LAYOUTS: Mapping[Kind, Layout] = MappingProxyType(
    {
        Kind.THANK_YOU: Layout(
            ((Part.GRATITUDE,), (Part.KEY_POINTS, Part.FIT), (Part.INTEREST,)),
            optional=frozenset({Part.FIT}),
        ),
        Kind.REMINDER: Layout(((Part.COURTESY, Part.REFERENCE), (Part.INTEREST, Part.ASK))),
        Kind.STATUS: Layout(
            ((Part.COURTESY, Part.REFERENCE), (Part.TIMELINE, Part.INTEREST, Part.ASK))
        ),
        Kind.VALUE_ADD: Layout(((Part.REFERENCE,), (Part.RESOURCE, Part.RELEVANCE))),
        Kind.LINKEDIN: Layout(
            ((Part.REFERENCE, Part.INVITATION),), subject=False, closing=False, inline=True
        ),
        Kind.KEEP_IN_TOUCH: Layout(((Part.GRATITUDE, Part.REFERENCE),)),
    }
)


@dataclass(frozen=True)
class Composition:
    """A message as its parts; nothing is promised about them yet.

    ``body`` is what is sent: greeting, paragraphs, sign-off. ``text`` is what
    the rules read and what spans index: the subject line, a blank line, the body.
    """

    kind: Kind
    parts: Mapping[Part, str]

    @cached_property
    def subject(self) -> str | None:
        """The subject line, or None where the kind has none."""
        if not LAYOUTS[self.kind].subject:
            return None
        return self.parts.get(Part.SUBJECT, "")

    @cached_property
    def text(self) -> str:
        """Subject line (if any), blank line, body."""
        return self._placed[0]

    @cached_property
    def spans(self) -> Mapping[Part, tuple[int, int]]:
        """Where each part stands in ``text``, in code points."""
        return self._placed[1]

    @cached_property
    def body(self) -> str:
        """What is sent under the subject: greeting, paragraphs, sign-off."""
        return self.text[self._placed[2] :]

    @cached_property
    def _placed(self) -> tuple[str, Mapping[Part, tuple[int, int]], int]:
        layout = LAYOUTS[self.kind]
        text, spans = "", {}

        def place(part: Part, before: str) -> None:
            nonlocal text
            words = self.parts.get(part, "")
            if words:
                text += before if text else ""
                spans[part] = (len(text), len(text) + len(words))
                text += words

        if layout.subject:
            text = "Subject: "
            words = self.parts.get(Part.SUBJECT, "")
            spans[Part.SUBJECT] = (len(text), len(text) + len(words))
            text += words + "\n\n"
        start = len(text)
        place(Part.GREETING, "")
        for number, paragraph in enumerate(layout.paragraphs):
            gap = " " if layout.inline and number == 0 else "\n\n"
            for part in paragraph:
                place(part, gap if len(text) > start else "")
                if part in spans:
                    gap = " "
        place(Part.CLOSING, "\n\n" if len(text) > start else "")
        return text, MappingProxyType(spans), start
