"""Quantities of a message held against those of the notes, unit and all."""

from __future__ import annotations

from collections.abc import Iterable

from followup_agent.guide.grounding.almanac import Almanac, Talk
from followup_agent.guide.grounding.claim_words import GENERIC, STOP
from followup_agent.guide.grounding.known import Amount, Known, Line
from followup_agent.guide.grounding.ledger import Ledger
from followup_agent.guide.grounding.quantities import Quantity, occurrences
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import LABELS
from followup_agent.guide.grounding.units import CURRENCY, POUND, SMALL_WORDS
from followup_agent.guide.grounding.words import Word, Zone

# Spelled numbers before these count points of the letter itself, not facts.
_VAGUE = frozenset(
    stem(word)
    for word in """
        thing point thought idea topic question reason area aspect way sentence word side minute
        moment second step part piece line page bit cent penny time occasion story example lesson
        mind theme impression half hand foot eye ear pair more other extra such detail matter
        factor quality reflection follow-up quick brief short
    """.split()
)
_OFFER = frozenset(
    """
        could would happy glad available free quick brief short call chat again spare love
        delighted schedule arrange hop jump
    """.split()
)
_PAST = frozenset(
    "ago since last past previous earlier after passed gone elapsed been over for".split()
)
_MEETING = frozenset("interview met spoke meeting conversation talked call chat discussion".split())
_AHEAD = frozenset("within next coming following".split())
_FUTURE = frozenset("will i'll we'll you'll shall hope free available back again see".split())
_DECIDING = frozenset(
    """
        decide decision deciding hear timeline update choose chosen answer outcome announce
        finalise finalize back respond reply mind expected expect mentioned said told
    """.split()
)


#: Words that a sentence shares with a line of the notes, for both to tell of the same.
_OF_THE_SAME = 2
_SMALL = frozenset(map(stem, STOP))
_OFTEN = frozenset({stem("times"), stem("twice"), stem("thrice")})


class Amounts:
    """Judges the quantities of one message."""

    def __init__(self, known: Known, ledger: Ledger, almanac: Almanac, people: int) -> None:
        self.known, self.ledger, self.almanac, self.people = known, ledger, almanac, people
        self._before: tuple[Word, int, str] | None = (
            None  # the label before, and where its number ends
        )

    def judge(self, quantity: Quantity, zone: Zone, text: str) -> None:
        """File a quantity as traced, invented, or of no account."""
        if self._label(quantity, zone.words, text):
            return
        deictic = quantity.dimension == "time" and self._deictic(quantity, zone)
        line = self._line(quantity)
        if line is not None and (rate := self._another_rate(quantity)):
            words = self.ledger.quote(quantity.start, quantity.end)
            message = f"{words} is counted by the {rate} in the notes, not by the {quantity.rate}"
            self.ledger.wrong("number", message, quantity.start, quantity.end)
        elif line is not None:
            self.ledger.source(quantity.start, quantity.end, line[0])
        elif deictic:
            self._time_span(quantity, zone, deictic)
        elif not self._of_no_account(quantity, zone, text):
            self._wrong(quantity, "number")

    def fractions(self, zone: Zone) -> None:
        """``by a half`` where the notes say by a third."""
        if FRACTIONS.keys().isdisjoint(zone.keys) or "by" not in zone.keys:
            return
        words, held = zone.words, self.known.words
        for i, word in enumerate(words):
            value = FRACTIONS.get(word.key)
            if value is None or not i:
                continue
            start = (
                i - 1
                if words[i - 1].key in {"a", "one", "two", "three", "nearly", "about", "almost"}
                else i
            )
            if not start or words[start - 1].key != "by":
                continue
            if word.key in held:
                self.ledger.source(words[start].start, word.end, held[word.key].line)
            elif sized := self.known.sized.get(("percent", value)):
                self.ledger.source(words[start].start, word.end, sized[0].line)
            elif not (word.key in {"half", "halves"} and "halv" in self.known.stems):
                told = self.ledger.quote(words[start].start, word.end)
                message = f"{told} is not in the notes; use their number, or leave it out"
                self.ledger.wrong("number", message, words[start].start, word.end)

    def times(self, found: Iterable[Quantity], zone: Zone) -> None:
        """``three times`` of what the notes say happened twice."""
        if not self.known.times or zone.keys.isdisjoint({"twice", "thrice", "times"}):
            return
        stems = {stem(word.key) for word in zone.words} - GENERIC - _SMALL
        for number, (start, end) in occurrences(zone.words, found):
            same = [t for t in self.known.times if len(t.stems & stems - _OFTEN) >= _OF_THE_SAME]
            if same and all(each.number != number for each in same):
                told = f"{same[0].number:g} times"
                message = f"{self.ledger.quote(start, end)}: the notes say {told}"
                self.ledger.wrong("number", message, start, end)

    def _another_rate(self, quantity: Quantity) -> str:
        """What the notes count this number by, where that is another alone: a day, not an hour."""
        rates = [
            a.rate
            for value in quantity.values if quantity.rate
            for a in self.known.amounts.get(value, ())
            if a.dimension == quantity.dimension
        ]  # fmt: skip
        return rates[0] if rates and {"", quantity.rate}.isdisjoint(rates) else ""

    def _wrong(self, quantity: Quantity, matter: str) -> None:
        ledger, known = self.ledger, self.known
        words = ledger.quote(quantity.start, quantity.end)
        others = [a for value in quantity.values for a in known.amounts.get(value, ())]
        if others:
            unit = others[0].unit or (others[0].nouns[0] if others[0].nouns else "")
            why = (
                f"has another unit in the notes ({unit})"
                if unit
                else "counts something else in the notes"
            )
            message = f"{words}: this number {why}; take it as it stands there, or drop it"
        else:
            message = f"{words} is not in the notes; use their number, or leave it out"
        ledger.wrong(matter, message, quantity.start, quantity.end)

    def _label(self, quantity: Quantity, words: list[Word], text: str) -> bool:
        """``Ward 7``, ``Year 4``: the number belongs to the word before it."""
        if quantity.spelled or not quantity.first or quantity.dimension not in {"count", "time"}:
            return False
        word = words[quantity.first - 1]
        if text[word.end : words[quantity.first].start] not in {" ", "-", "–"}:
            return False
        label = stem(word.key)
        if (
            self._before
            and quantity.dimension == "count"  # "Part 1 and 300 hours" counts anew
            and word.key in {"and", "or", "to"}
            and self._before[1] == quantity.first - 2
        ):
            word, _, label = self._before
        self._before = (word, quantity.first, label)
        known = self.known.labels.get(label, {})
        if label not in LABELS and not (known and word.cap and not word.first):
            return False
        end = words[quantity.first].end
        for value in quantity.values:
            if value in known:
                self.ledger.source(word.start, end, known[value])
                return True
        if known or word.cap:
            had = ", ".join(f"{value:g}" for value in known)
            told = f"; the notes have {word.text} {had}" if known else "; leave it out"
            words_told = self.ledger.quote(word.start, end)
            self.ledger.wrong("number", f"{words_told} is not in the notes{told}", word.start, end)
            return True
        return False

    def _line(self, quantity: Quantity) -> tuple[Line] | None:
        """The line on which the quantity stands, in a tuple; None if on none."""
        known = self.known
        for value in quantity.values:
            if quantity.dimension != "count":
                sized = known.sized.get((quantity.dimension, round(value * quantity.size, 4)))
                if not sized and quantity.unit.startswith("pound"):
                    sized = known.sized.get(("mass", round(value * POUND, 4)))
                if sized:
                    return (sized[0].line,)
                bare = [
                    a for a in known.amounts.get(value, ())
                    if a.dimension == "count" and not a.nouns
                    and (quantity.dimension in a.beside or quantity.dimension in CURRENCY)
                ]  # fmt: skip
                if bare:
                    return (bare[0].line,)
                continue
            found = self._counted(quantity, value)
            if found is not None:
                return (found.line,)
        return self._since(quantity)

    def _counted(self, quantity: Quantity, value: float) -> Amount | None:
        amounts = self.known.amounts.get(value, [])
        if not quantity.nouns:
            return amounts[0] if amounts else None
        counts = [a for a in amounts if a.dimension == "count"]
        for amount in counts:
            if not amount.stems.isdisjoint(quantity.nouns):
                return amount
        # Another noun may be another word for the same; but not one that the notes count otherwise.
        noun = quantity.nouns[0]
        elsewhere = self.known.counted.get(noun, set())
        if counts and not (elsewhere and value not in elsewhere):
            return counts[0]
        return (
            amounts[0]
            if amounts
            and noun not in self.known.counted
            and noun not in self.known.stems
            and (not counts and noun in _FILLERS)
            else None
        )

    def _since(self, quantity: Quantity) -> tuple[Line] | None:
        """``eight years`` where the notes say since when."""
        if quantity.dimension == "time" and quantity.size > 500000:
            now = self.known.interview.date.year
            for value in quantity.values:
                for year in (int(now - value), int(now - value - 1)):
                    if year in self.known.years and year < now:
                        return (self.known.years[year],)
        return None

    def _deictic(self, quantity: Quantity, zone: Zone) -> str:
        """Give "past" or "ahead" when the span is counted from the day of writing."""
        words = zone.words
        after = [w.key for w in words[quantity.last + 1 : quantity.last + 3]]
        before = [w.key for w in words[max(0, quantity.first - 3) : quantity.first]]
        if (
            after[:1] in (["ago"], ["later"], ["since"], ["earlier"])
            or "passed" in after
            or "gone" in after
            or (after[:1] == ["past"] and quantity.size >= 1000)
            or (after[:1] == ["on"] and self._closes(words, quantity.last + 1))
        ):
            return "past"
        if quantity.size < 1000 or quantity.size > 100000:
            return ""
        if _AHEAD.intersection(before):
            return "ahead"
        if before[-1:] == ["in"] and not _FUTURE.isdisjoint(zone.keys):
            return "ahead"
        return "past" if {"last", "past", "been", "over"}.intersection(before) else ""

    def _closes(self, words: list[Word], i: int) -> bool:
        """Whether the word ends a phrase: "two days on, so I thought I would ask"."""
        return self.ledger.text[words[i].end : words[i].end + 1] in {",", ".", ";", ""}

    def _time_span(self, quantity: Quantity, zone: Zone, where: str) -> None:
        days = [value * quantity.size / 1440 for value in quantity.values]
        talk: Talk = "" if where == "ahead" else _about(zone)
        if where == "past":
            slack = 1.0 if quantity.size <= 1440 else 3.5 if quantity.size < 40000 else 16.0
            if quantity.size > 400000 or any(self.almanac.ago(d, slack, talk) for d in days):
                return
            self._wrong(quantity, "date")
        elif not _DECIDING.isdisjoint(zone.keys):
            self._wrong(quantity, "date")

    def _of_no_account(self, quantity: Quantity, zone: Zone, text: str) -> bool:
        value, words = quantity.values[0], zone.words
        around = text[max(0, quantity.start - 1) : quantity.end + 2]
        if value == 0 or (
            value == 1 and (quantity.dimension in {"count", "percent"} or quantity.spelled)
        ):
            return True
        if (quantity.dimension == "percent" and value in {100, 110}) or (
            quantity.spelled and value in {100, 1000}
        ):
            return True
        if quantity.spelled and quantity.dimension == "time" and quantity.size <= 1 and value <= 10:
            return True
        if [w.key for w in words[quantity.last + 1 : quantity.last + 3]] == ["out", "of"]:
            return quantity.spelled
        if quantity.dimension == "count" and value == self.people and value < 13:
            return True
        if "/" in around or ":" in around[1:] or "#" in around or zone.kind == "signature":
            return True
        if _ratio(quantity, words) or _ranged(quantity, words):
            return False
        if quantity.spelled and value < 13 and (not quantity.nouns or quantity.nouns[0] in _VAGUE):
            return quantity.dimension == "count" or bool(
                quantity.nouns[:1] and quantity.size < 2000 and value < 4
            )
        if quantity.dimension == "time" and quantity.size <= 60:
            return not self._in_other_unit(quantity) and not _OFFER.isdisjoint(
                w.key for w in words[max(0, quantity.first - 8) : quantity.last + 4]
            )
        hyphened = text[quantity.start - 1 : quantity.start] == "-" and quantity.start > 0
        return hyphened and text[quantity.start - 2 : quantity.start - 1].isalpha()

    def _in_other_unit(self, quantity: Quantity) -> bool:
        """Whether the notes have this number in another unit of its sort: 3 days, not hours."""
        return any(
            a.dimension == quantity.dimension and a.unit and a.unit != quantity.unit
            for value in quantity.values
            for a in self.known.amounts.get(value, ())
        )


def _ratio(quantity: Quantity, words: list[Word]) -> bool:
    """Whether it is the second half of "one run in three"."""
    before = [w.key for w in words[max(0, quantity.first - 4) : quantity.first]]
    if before[-2:] == ["out", "of"]:
        return words[quantity.first - 3].key != words[quantity.first].key
    return before[-1:] in (["in"], ["of"]) and not SMALL_WORDS.isdisjoint(before)


def _ranged(quantity: Quantity, words: list[Word]) -> bool:
    """Whether it is one end of "from nine to three"."""
    before = [w.key for w in words[max(0, quantity.first - 5) : quantity.first]]
    after = [w.key for w in words[quantity.last + 1 : quantity.last + 3]]
    return (before[-1:] == ["to"] and "from" in before) or (
        before[-1:] == ["from"] and after[:1] == ["to"] and after[-1] in SMALL_WORDS
    )


FRACTIONS = {
    "half": 50.0,
    "third": 33.0,
    "thirds": 66.0,
    "quarter": 25.0,
    "quarters": 75.0,
    "fifth": 20.0,
    "tenth": 10.0,
}
_FILLERS = frozenset(stem(word) for word in "of altogether total people colleagues strong".split())


def _about(zone: Zone) -> Talk:
    return "" if _MEETING.isdisjoint(zone.keys) else "meeting"
