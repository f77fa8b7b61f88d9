"""What was traced and what was not, collected while a message is read."""

from __future__ import annotations

from collections import defaultdict

from followup_agent.guide.registry import Finding, Source

_SHOWN = 80  # characters of a quotation in a message: enough to find the words by
_PARTS = ("name", "number", "date")  # what an invented claim may hold


def quoted(text: str) -> str:
    """Words of a message as its findings show them: one line, in quotation marks, not too long."""
    words = " ".join(text.split())
    return f"“{words[:_SHOWN] + '…' if len(words) > _SHOWN else words}”"


def at_line(line: int | None) -> str:
    """``(notes, line 8)``, or ``(notes)`` where the notes came without lines."""
    return "(notes)" if line is None else f"(notes, line {line})"


class Ledger:
    """The sources and the findings of one message; spans are code points of its text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sources: dict[tuple[int, int], int | None] = {}
        self._found: defaultdict[str, dict[tuple[int, int], Finding]] = defaultdict(dict)

    def source(self, start: int, end: int, line: int | None) -> None:
        """Words that follow from a line of the notes."""
        self._sources.setdefault((start, end), line)

    def wrong(self, matter: str, message: str, start: int, end: int) -> None:
        """Words that do not; one finding a place and matter."""
        self._found[matter].setdefault((start, end), Finding(message, (start, end)))

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where names, numbers and dates are wrong between two places."""
        return [
            span for matter in _PARTS for span in self._found[matter]
            if start <= span[0] and span[1] <= end
        ]  # fmt: skip

    def drop(self, start: int, end: int) -> None:
        """Forget those findings: one of the words around them tells of them too."""
        for matter in _PARTS:
            found = self._found[matter]
            for span in [s for s in found if start <= s[0] and s[1] <= end]:
                del found[span]

    def quote(self, start: int, end: int) -> str:
        """The words between two places, in quotation marks."""
        return quoted(self.text[start:end])

    def sources(self) -> tuple[Source, ...]:
        """All sources in reading order, exact repeats left out."""
        rows = (
            (self.text[start:end], line)
            for (start, end), line in sorted(self._sources.items(), key=lambda row: row[0])
        )
        return tuple(Source(text=text, line=line) for text, line in dict.fromkeys(rows))

    def findings(self, matter: str) -> tuple[Finding, ...]:
        """The findings of one matter in reading order."""
        return tuple(found for _, found in sorted(self._found[matter].items()))
