"""A message as a reader sees it: subject, greeting, sentences, sign-off.

Free text and composed drafts are read by the same eyes, so that the rules judge
both alike. All spans are code points of ``Reading.text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from followup_agent.guide.frame import Span, frame
from followup_agent.guide.message import Composition, Part
from followup_agent.guide.sentences import split

__all__ = ["Reading", "Sentence", "Span"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body; ``paragraph`` counts from 0."""

    text: str
    span: Span
    paragraph: int


@dataclass(frozen=True)
class Reading:
    """Where everything stands.

    Attributes:
        text: The whole text that was read; spans index it.
        subject: The words after ``Subject:``, or None where there is no such line.
        greeting: ``Dear Ms Nair,`` or None where nobody is addressed.
        sentences: The body: no subject, greeting or sign-off.
        closing: ``Best regards,`` or None.
        signature: What stands under (or without) the sign-off: the name, a phone
            number; or None.
        parts: Where each part stands, when the message was composed of parts.
    """

    text: str
    subject: Span | None
    greeting: Span | None
    sentences: tuple[Sentence, ...]
    closing: Span | None
    signature: Span | None
    parts: Mapping[Part, Span] = field(default_factory=dict)

    @classmethod
    def of(cls, message: str | Composition) -> Reading:
        """Read a message, composed of parts or as a person wrote it."""
        text = message if isinstance(message, str) else message.text
        found = frame(text)
        sentences: list[Sentence] = []
        paragraph = 0
        for span in found.body:
            for index, start, end in split(text, span):
                sentences.append(Sentence(text[start:end], (start, end), paragraph + index))
            if sentences:
                paragraph = sentences[-1].paragraph + 1
        return cls(
            text=text,
            subject=found.subject,
            greeting=found.greeting,
            sentences=tuple(sentences),
            closing=found.closing,
            signature=found.signature,
            parts={} if isinstance(message, str) else message.spans,
        )

    def words(self, span: Span | None) -> str:
        """The text of a span; "" for None."""
        return self.text[span[0] : span[1]] if span else ""

    @cached_property
    def body(self) -> str:
        """The body's sentences as one text, single spaces between them."""
        return " ".join(sentence.text for sentence in self.sentences)

    @cached_property
    def word_count(self) -> int:
        """Words of the body, as the guide's length bound counts them."""
        return len(self.body.split())

    @property
    def paragraphs(self) -> int:
        """Paragraphs of the body."""
        return self.sentences[-1].paragraph + 1 if self.sentences else 0
