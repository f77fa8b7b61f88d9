"""A date or a part of one as it stands in a text, and the cursor that looks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from followup_agent.guide.grounding.words import Word

MentionKind = Literal[
    "date", "day", "month", "weekday", "year", "time", "relative", "holiday", "season"
]
# Words before a number or a month that make it a date.
DATED = frozenset(
    """
        in by of since until till from to for and before after during through early late mid last
        next this around between end beginning start middle with or every come per
    """.split()
)


@dataclass(slots=True)
class Mention:
    """A date or a part of one. ``word`` holds a relative's words: "yesterday", "last week".

    ``choices`` holds (day, month) pairs: 05/12 may be read two ways. ``part`` is the hours that
    "morning" and its like span. ``first`` and ``last`` are the indexes of its words.
    """

    kind: MentionKind
    first: int
    last: int
    start: int
    end: int
    choices: tuple[tuple[int, int], ...] = ()
    month: int = 0
    year: int = 0
    weekday: int | None = None
    minutes: tuple[int, ...] = ()
    word: str = ""
    part: tuple[int, int] | None = None
    sure: bool = True


class Cursor:
    """Looks around in the words of a text; past its ends there is nothing."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.words = text, words

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next; a newline past the end."""
        if i + 1 >= len(self.words):
            return "\n"
        return self.text[self.words[i].end : self.words[i + 1].start]

    def key(self, i: int) -> str:
        """The key of word ``i``; "" where there is none."""
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def made(self, kind: MentionKind, first: int, last: int) -> Mention:
        """A mention that spans the words from ``first`` to ``last``."""
        return Mention(kind, first, last, self.words[first].start, self.words[last].end)

    def number(self, i: int, high: int) -> int:
        """The number that word ``i`` is, without "th"; 0 if none or over ``high``."""
        if not 0 <= i < len(self.words):
            return 0
        word = self.words[i].text
        if self.words[i].possessive:  # "the 24th's decision"
            word = word[:-2]
        if word[-2:].lower() in {"st", "nd", "rd", "th"}:
            word = word[:-2]
        return int(word) if word.isdecimal() and len(word) < 5 and 0 < int(word) <= high else 0

    def year_after(self, i: int) -> tuple[int, int]:
        """A year right after word ``i``, and the index of the last word then."""
        if self.gap(i) in {" ", ", ", ",", "\u00a0", " of ", "-", "/"}:
            year = self.number(i + 1, 2099)
            if year >= 1900 and self.words[i + 1].text.isdecimal():
                return year, i + 1
        return 0, i
