"""Dates, weekdays, months, years, times and day words in a text, as they stand there."""

from __future__ import annotations

from followup_agent.guide.grounding.mention import DATED, Mention
from followup_agent.guide.grounding.numeric_dates import NumericDates
from followup_agent.guide.grounding.terms import HOLIDAYS, MONTHS, SEASONS, WEEKDAYS
from followup_agent.guide.grounding.units import ORDINALS
from followup_agent.guide.grounding.words import Word, fold

_FULL = frozenset(key for key in (*MONTHS, *WEEKDAYS) if len(key) > 5) | {"april", "june", "july"}
_WORDLIKE = frozenset({"may", "march", "august"})  # a month only with a capital and a preposition
_DAY_WORDS = frozenset("yesterday today tomorrow tonight".split())
_SPANS = frozenset("week month year quarter fortnight weekend".split())
_PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (16, 24), "night": (17, 24)}
_SEASONED = frozenset("in by until till before since next last from early late".split())
_TRIGGERS = _DAY_WORDS | HOLIDAYS | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(ORDINALS)
_TRIGGERS |= frozenset(SEASONS) | frozenset("last this next previous past".split())
# No nouns, so that the number before them counts nothing: "the 26th would bring news".
_AFTER_DAY = DATED | frozenset(
    """
        and at that on as we i about when where if so is was has which you it but would will had
        have came comes come went passed passes may might could should must because though they he
        she or brought brings still were being
    """.split()
)
_DASHES = frozenset({"-", "–", "—", " - ", " – ", "/"})


class _Scan(NumericDates):
    """One pass over a text's words; each method returns a mention, or None."""

    def all(self) -> list[Mention]:
        found: list[Mention] = []
        i = 0
        for n, word in enumerate(self.words):
            if n < i or not (word.digit or word.key in _TRIGGERS):
                continue
            mention = self._at(n)
            if mention is not None:
                found.append(mention)
                i = mention.last + 1
        return _joined(self.text, found) if len(found) > 1 else found

    def _at(self, i: int) -> Mention | None:
        word = self.words[i]
        key = word.key
        if word.digit:
            return (
                self.iso(i)
                or self.clock(i)
                or self.slashed(i)
                or self._day_month(i)
                or self._digits(i)
            )
        if key in MONTHS:
            return self._month(i)
        if key in WEEKDAYS:
            return self._weekday(i)
        if key in ORDINALS:
            return self._ordinal(i)
        if key in HOLIDAYS:
            mention = self.made("holiday", i, i)
            mention.word = key
            return mention
        return self._season(i) if key in SEASONS else self._relative(i)

    def _season(self, i: int) -> Mention | None:
        """``in the autumn``, ``next spring``; not ``a good summer``."""
        at = i - 1 if self.key(i - 1) == "the" else i
        if self.key(at - 1) not in _SEASONED:
            return None
        mention = self.made("season", i, i)
        mention.word = self.key(i)
        return mention

    def _day_month(self, i: int) -> Mention | None:
        day = self.number(i, 31)
        if not day:
            return None
        at = i + 1
        gap = self.gap(i)
        if gap == " " and self.key(at) == "of":
            at, gap = at + 1, self.gap(at)
        elif gap in _DASHES or (gap == " " and self.key(at) in {"and", "to", "or"}):
            at += gap == " "
            gap, at = (self.gap(at), at + 1) if self.number(at, 31) else ("", at)
            month = MONTHS.get(self.key(at), 0)
            return self._dated(i, i, day, month, 0) if gap == " " and month else None
        month = MONTHS.get(self.key(at), 0)
        if not month or gap not in {" ", "-", "\u00a0", ".", ". ", " the "}:
            return None
        year, last = self.year_after(at)
        return self._dated(i, last, day, month, year)

    def _dated(self, first: int, last: int, day: int, month: int, year: int) -> Mention:
        mention = self.made("date", first, last)
        mention.choices, mention.year = ((day, month),), year
        return mention

    def _digits(self, i: int) -> Mention | None:
        word = self.words[i].text
        day = self.number(i, 31)
        if day and not word.isdecimal():
            return self._bare_day(i, day)
        year = self.number(i, 2099)
        if not word.isdecimal() or year < 1900 or self._currency(i):
            return None
        if (
            self.gap(i) in {",", "."}
            and i + 1 < len(self.words)
            and len(self.words[i + 1].text) == 3
        ):
            return None
        mention = self.made("year", i, i)
        mention.year = year
        mention.sure = self.key(i - 1) in DATED or self.key(i - 1) in MONTHS or self.gap(i) != " "
        return mention

    def _currency(self, i: int) -> bool:
        at = self.words[i].start
        return at > 0 and self.text[at - 1] in "£$€₹¥.,"

    def _bare_day(self, i: int, day: int) -> Mention | None:
        """``the 12th`` and no noun after it (``the 12th floor`` is none)."""
        if self.key(i - 1) != "the" and self.key(i - 1) not in WEEKDAYS:
            return None
        if self.gap(i) == " " and self.key(i + 1) not in _AFTER_DAY:
            return None
        mention = self.made("day", i, i)
        mention.choices = ((day, 0),)
        return mention

    def _ordinal(self, i: int) -> Mention | None:
        """``the fifth of August``, or ``on the seventh`` where nothing is counted."""
        day = ORDINALS[self.key(i)]
        if self.key(i + 1) == "of" and self.key(i + 2) in MONTHS and self.gap(i) == " ":
            year, last = self.year_after(i + 2)
            return self._dated(i, last, day, MONTHS[self.key(i + 2)], year)
        dated = self.key(i - 1) == "the" and self.key(i - 2) in {
            "on",
            "by",
            "of",
            "until",
            "before",
            "since",
        }
        closed = self.gap(i)[:1] in ",.;:!?\n" or self.key(i + 1) in {
            "and",
            "about",
            "at",
            "i",
            "we",
        }
        if not (dated and closed and day > 2):
            return None
        mention = self.made("day", i, i)
        mention.choices = ((day, 0),)
        return mention

    def _month(self, i: int) -> Mention | None:
        word, month = self.words[i], MONTHS[self.key(i)]
        if word.key in _WORDLIKE and not word.cap:
            return None
        day_at = i + 2 if self.key(i + 1) == "the" else i + 1
        day = self.number(day_at, 31) if self.gap(i) in {" ", ". ", "\u00a0"} else 0
        if day and self.gap(day_at)[:1] not in {"%", ":"} and not self._counted(day_at):
            year, last = self.year_after(day_at)
            return self._dated(i, last, day, month, year)
        year, last = self.year_after(i)
        before = self.key(i - 1)
        if not year:
            if word.key in _WORDLIKE or word.key not in _FULL:
                if (
                    not word.cap
                    or before not in DATED
                    or (word.text.isupper() and len(word.text) < 4)
                ):
                    return None
            elif (word.first and word.key in {"april", "june"}) or (
                not word.cap and before not in DATED
            ):
                return None
        mention = self.made("month", i, last)
        mention.month, mention.year = month, year
        return mention

    def _counted(self, i: int) -> bool:
        """Whether the number at ``i`` counts what follows: "in March 12 farms"."""
        after = self.key(i + 1)
        return (
            self.words[i].text.isdecimal()
            and self.gap(i) == " "
            and len(after) > 3
            and (
                after.endswith("s") and after not in {"as", "was", "has", "this", "is", "us", "its"}
            )
        )

    def _weekday(self, i: int) -> Mention | None:
        word = self.words[i]
        if word.key not in _FULL and (not word.cap or word.first or len(word.text) > 5):
            return None
        mention = self.made("weekday", i, i)
        mention.weekday, mention.word = WEEKDAYS[word.key], word.key
        mention.part = self._part_after(mention)
        return mention

    def _part_after(self, mention: Mention) -> tuple[int, int] | None:
        after = self.key(mention.last + 1)
        if self.gap(mention.last) == " " and after in _PARTS:
            mention.last += 1
            mention.end = self.words[mention.last].end
            return _PARTS[after]
        return None

    def _relative(self, i: int) -> Mention | None:
        key, after = self.key(i), self.key(i + 1)
        if key in _DAY_WORDS:
            mention = self.made("relative", i, i)
            mention.word = "today" if key == "tonight" else key
            mention.part = self._part_after(mention)
            return mention
        if key in {"last", "this", "next", "previous", "past"} and self.gap(i) == " ":
            if after in _PARTS and key != "next":
                mention = self.made("relative", i, i + 1)
                mention.word, mention.part = (
                    ("today" if key == "this" else "yesterday"),
                    _PARTS[after],
                )
                return mention
            if after in _SPANS:
                mention = self.made("relative", i, i + 1)
                mention.word = f"{'last' if key in {'previous', 'past'} else key} {after}"
                return mention
        return None


def _joined(text: str, found: list[Mention]) -> list[Mention]:
    """Weekdays joined with the date beside them: "Tuesday, 12 May", "12 May (Tuesday)"."""
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before and {before.kind, mention.kind} in ({"weekday", "date"}, {"weekday", "day"}):
            between = text[before.end : mention.start].strip(" ,(\u00a0")
            if fold(between) in {"", "the"} and "\n" not in text[before.end : mention.start]:
                dated = mention if mention.kind != "weekday" else before
                dated.weekday = before.weekday if before.weekday is not None else mention.weekday
                dated.part = before.part or mention.part
                dated.first, dated.start = before.first, before.start
                dated.last, dated.end = mention.last, mention.end
                kept[-1] = dated
                continue
        kept.append(mention)
    return kept


def mentions(text: str, words: list[Word]) -> list[Mention]:
    """All dates and their like among the words of a text, in order."""
    if not any(word.digit or word.key in _TRIGGERS for word in words):
        return []
    return _Scan(text, words).all()
