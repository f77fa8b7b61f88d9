"""Find the frame of a message: headers, greeting, sign-off, signature; the rest is body.

Everything is decided line by line, from the outside in, so that the time is linear
and a strange middle cannot disturb the ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from followup_agent.guide.salutation import greeting as greeting_at
from followup_agent.guide.valediction import ending, without_trailer

Span = tuple[int, int]

_HEADER = re.compile(
    r"[*_#> \t]{0,4}(subject(?: line)?|to|from|cc|bcc|date|reply-to|sent)[*_]{0,2}"
    r"[ \t]*[:：][*_]{0,2}[ \t]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The spans of a message's outer pieces; ``body`` is what is left, in order."""

    subject: Span | None
    greeting: Span | None
    body: tuple[Span, ...]
    closing: Span | None
    signature: Span | None


def frame(text: str) -> Frame:
    """Take a message apart. Linear in the length of the text."""
    subject, lines = _headers(text, _lines(text))
    lines = without_trailer(text, lines)
    greeting = greeting_at(text, lines[0]) if lines else None
    start = greeting[1] if greeting else (lines[0][0] if lines else len(text))
    end = ending(text, [line for line in lines if line[1] > start], start)
    body = [(start, max(start, end.body_end))]
    if end.postscript:
        body.append(end.postscript)
    return Frame(subject, greeting, tuple(body), end.closing, end.signature)


def _lines(text: str) -> list[Span]:
    """The spans of the non-blank lines, white space trimmed."""
    spans = []
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip("\ufeff\u200b \t\r\n\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029")
        if words:
            first = at + raw.index(words)
            spans.append((first, first + len(words)))
        at += len(raw)
    return spans


def _headers(text: str, lines: list[Span]) -> tuple[Span | None, list[Span]]:
    """The subject's words, and the lines after the headers."""
    subject = None
    count = 0
    for start, end in lines:
        match = _HEADER.match(text, start, end)
        # "To Priya," greets; "To: Priya" is a header.
        if match is None:
            break
        if match[1].casefold().startswith("subject"):
            last = end
            while last > match.end() and text[last - 1] in "*_ \t":
                last -= 1
            subject = (match.end(), max(last, match.end()))
        count += 1
    return subject, lines[count:]
