"""Dates and times in digits: 2026-05-12, 12/05/2026, 14:00, 2.30 pm."""

from __future__ import annotations

from followup_agent.guide.grounding.mention import DATED, Cursor, Mention


class NumericDates(Cursor):
    """Each method looks at the word ``i`` and returns a mention, or None."""

    def iso(self, i: int) -> Mention | None:
        """``2026-05-12``, also with slashes or full stops."""
        year = self.number(i, 2099)
        if year < 1900 or self.gap(i) not in {"-", "/", "."} or self.gap(i + 1) != self.gap(i):
            return None
        month = self.number(i + 1, 12)
        tail = self.words[i + 2].text
        day = int(tail[:2]) if tail[:2].isdecimal() else 0
        if not month or not 0 < day < 32:
            return None
        mention = self.made("date", i, i + 2)
        mention.choices, mention.year = ((day, month),), year
        return mention

    def clock(self, i: int) -> Mention | None:
        """``14:00``, ``2 pm``, ``2.30pm``, ``2 o'clock``."""
        word = self.words[i].text
        digits = word[:-2] if word[-2:].lower() in {"am", "pm"} else word
        suffix, last, minute = word[len(digits) :].lower(), i, 0
        if not digits.isdecimal() or len(digits) > 2 or int(digits) > 24:
            return None
        colon = False
        if not suffix and self.gap(i) in {":", "."}:
            tail = self.words[i + 1].text if i + 1 < len(self.words) else ""
            if (
                len(tail) > 1
                and tail[:2].isdecimal()
                and tail[2:].lower() in {"", "am", "pm"}
                and int(tail[:2]) < 60
            ):
                colon, minute, suffix, last = (
                    self.gap(i) == ":",
                    int(tail[:2]),
                    tail[2:].lower(),
                    i + 1,
                )
        suffix, last = self._half_of_day(last, suffix)
        told = {"o'clock", "hrs"} if last > i and self.key(i - 1) == "at" else {"o'clock"}
        oclock = self.gap(last) == " " and self.key(last + 1) in told
        if not (suffix or colon or oclock):
            return None
        return self._time(i, last + oclock, int(digits), minute, suffix)

    def _half_of_day(self, last: int, suffix: str) -> tuple[str, int]:
        if suffix or self.gap(last) not in {" ", "\u00a0"}:
            return suffix, last
        if self.key(last + 1) in {"am", "pm"}:
            return self.key(last + 1), last + 1
        if (
            self.key(last + 1) in {"a", "p"}
            and self.gap(last + 1) == "."
            and self.key(last + 2) == "m"
        ):
            return self.key(last + 1) + "m", last + 2
        return suffix, last

    def _time(self, first: int, last: int, hour: int, minute: int, suffix: str) -> Mention:
        mention = self.made("time", first, last)
        if suffix == "pm":
            hours: tuple[int, ...] = (hour % 12 + 12,)
        elif suffix == "am":
            hours = (hour % 12,)
        else:
            hours = (hour, hour + 12) if hour < 12 else (hour,)
        mention.minutes = tuple(60 * h + minute for h in hours)
        return mention

    def slashed(self, i: int) -> Mention | None:
        """``12/05/2026`` and ``12.05.26``, day or month first; ``12/5`` with a slash only."""
        gap = self.gap(i)
        one, two = self.number(i, 31), self.number(i + 1, 31)
        if gap not in {"/", ".", "-"} or not one or not two:
            return None
        three = (
            self.gap(i + 1) == gap
            and i + 2 < len(self.words)
            and self.words[i + 2].text.isdecimal()
        )
        year = self.number(i + 2, 2099) if three and len(self.words[i + 2].text) % 2 == 0 else 0
        if gap != "/" and not year and not self._day_and_month(i, gap):
            return None
        choices = tuple(dict.fromkeys((d, m) for d, m in ((one, two), (two, one)) if m <= 12))
        if not choices or (one, two) in {(24, 7), (50, 50)}:
            return None
        mention = self.made("date", i, i + 2 if three else i + 1)
        mention.choices, mention.year = choices, year + 2000 if 0 < year < 100 else year
        mention.sure = three or self.key(i - 1) in DATED | {"on", "dated"}
        return mention

    def _day_and_month(self, i: int, gap: str) -> bool:
        """``by 26.05``: two figures for the month, after a word that dates it."""
        tail = self.words[i + 1].text
        dated = gap == "." and self.key(i - 1) in {"by", "until", "since", "before", "on"}
        return dated and tail.isdecimal() and len(tail) == 2 and int(tail) <= 12
