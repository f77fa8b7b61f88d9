"""Quantities in a text: digits and number words with their units, as values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.units import (
    CURRENCY,
    CURRENCY_CODES,
    ONES,
    SCALES,
    SMALL_WORDS,
    TENS,
    UNITS,
)
from followup_agent.guide.grounding.words import Word, fold

_THIN = " \u00a0\u2009\u202f'’"
# Words that may stand between a number and its unit.
_BETWEEN = frozenset(
    """
        working business full straight consecutive long short more further happy good wonderful
        whole odd additional calendar solid intensive or so billion million thousand hundred short
        few great very busy rewarding enjoyable extra
    """.split()
)
_NOT_NOUNS = frozenset(
    """
        of in on at to the and or a an is are was were that which who for from by with as it i you
        we they my our your this these those would have had has but so than into over per me us
        out up down off new other different separate small large big old young when while if then
        because more after before between across during within instead too many times at least
        most
    """.split()
)


#: What a number may be counted by, how, and what ends its phrase before that.
_RATES = {
    unit: name
    for name, units in {
        "second": "second sec",
        "minute": "minute min",
        "hour": "hour hr h",
        "day": "day d",
        "night": "night",
        "week": "week wk",
        "month": "month mth",
        "year": "year yr annum",
    }.items()
    for unit in units.split()
}
_EACH = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month",
    "yearly": "year", "annually": "year",
}  # fmt: skip
#: Scales that may stand without a number of their own.
_ALONE = frozenset({"hundred", "dozen"})
_OFTEN = {"twice": 2.0, "thrice": 3.0}
_PER = frozenset("a an per each every".split())
_NO_RATE = frozenset("and but or for in on at from with since until to that which who".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text.

    Attributes:
        values: What it may mean: "1.200" is 1.2 or 1200.
        dimension: "count", or the unit's: "time", "percent", "£", "mass" …
        size: The unit in its dimension's base.
        unit: The unit's or noun's word, "" for a bare number.
        nouns: Stems of the words that follow.
        first, last: Indexes of its words, the unit included.
        start, end: Its place in the text.
        spelled: Whether it is written in words ("forty").
        rate: Per which time it is counted: "day" in "40 lorries a day", "" where it is not.
    """

    values: tuple[float, ...]
    dimension: str
    size: float
    unit: str
    nouns: tuple[str, ...]
    first: int
    last: int
    start: int
    end: int
    spelled: bool
    rate: str = ""


def _split_digits(word: str) -> tuple[str, str]:
    at = 0
    while at < len(word) and word[at].isdecimal():
        at += 1
    return word[:at], fold(word[at:])


def _groups(text: str, words: list[Word], i: int) -> tuple[list[str], str, int]:
    """Digit groups from word ``i`` on, what separates them, and the last word's index."""
    groups, separator, last = [words[i].text], "", i
    while last + 1 < len(words) and len(groups) < 8 and words[last].text.isdecimal():
        after = words[last + 1]
        gap = text[words[last].end : after.start]
        digits, rest = _split_digits(after.text)
        if len(gap) != 1 or not digits or (separator and gap != separator):
            break
        thousands = len(digits) == 3 and len(groups[0]) <= 3
        indian = gap == "," and len(digits) == 2 and len(groups[0]) <= 2 and last + 2 < len(words)
        if not (
            gap == "."
            or (gap in _THIN and thousands)
            or (gap == "," and (thousands or indian or len(digits) < 3))
        ):
            break
        separator, last = gap, last + 1
        groups.append(digits)
        if rest:
            break
    return groups, separator, last


def _values(groups: list[str], separator: str) -> tuple[float, ...]:
    whole = float("".join(groups)[:18])
    if len(groups) != 2:
        return (whole,)
    point = float(f"{groups[0][:18]}.{groups[1][:18]}")
    if len(groups[-1]) != 3:
        return (point,)
    return (whole, point) if separator in ".," else (whole,)


def _spelled(words: list[Word], i: int) -> tuple[float, int] | None:
    """The value of number words from ``i`` on, and the last one's index."""
    total, current, last = 0.0, 0.0, -1
    for j in range(i, len(words)):
        key = words[j].key
        if j > i and not words[j].joined:
            break
        value = _small(key)
        if value is not None:
            if last >= 0 and not _continues(current, value):
                break
            current += value
        elif key in SCALES and last >= 0 and not key.endswith("s"):
            total, current = _scaled(total, current, SCALES[key])
        elif key == "and" and last >= 0 and words[last].key in SCALES and _small_at(words, j + 1):
            continue
        else:
            break
        last = j
    return (total + current, last) if last >= 0 else None


def _small(key: str) -> float | None:
    """The value of "forty", "five", "forty-five"; None for any other word."""
    parts = key.split("-")
    if len(parts) > 2 or not all(part in SMALL_WORDS for part in parts):
        return None
    return sum(ONES.get(part, TENS.get(part, 0)) for part in parts)


def _small_at(words: list[Word], j: int) -> bool:
    return j < len(words) and words[j].joined and _small(words[j].key) is not None


def _continues(current: float, value: float) -> bool:
    """Whether a number word goes on: forty + five, one hundred + twenty; not five + six."""
    if current % 100 == 0:
        return value < 100
    return current % 10 == 0 and value < 10


def _scaled(total: float, current: float, scale: float) -> tuple[float, float]:
    if scale == 100:
        return total, max(current, 1) * scale
    return total + max(current, 1) * scale, 0.0


def _unit(text: str, words: list[Word], last: int, suffix: str) -> tuple[str, float, str, int, int]:
    """Dimension, size and word of the unit after word ``last``; its index and end."""
    end = words[last].end
    if suffix in UNITS:
        return *UNITS[suffix], suffix, last, end
    if text[end : end + 1] == "%" or text[end : end + 2] == " %":
        return "percent", 1, "%", last, text.index("%", end) + 1
    if text[end : end + 1] == "+":
        end += 1
    for j in range(last + 1, min(last + 4, len(words))):
        gap = text[words[j - 1].end : words[j].start]
        if gap not in {" ", "-", "+ ", "\n", "\u00a0", "‑", "-plus "}:
            break
        key = words[j].key
        if key == "per" and j + 1 < len(words) and words[j + 1].key == "cent":
            return "percent", 1, "per cent", j + 1, words[j + 1].end
        key = key if key in UNITS else key.rstrip("'")
        if key in UNITS and (key != "second" or gap == "-"):
            return *UNITS[key], words[j].text, j, words[j].end
        head = key.split("-")[0]
        if head in UNITS and "-" in key:
            return *UNITS[head], head, j, words[j].end
        if key not in _BETWEEN:
            break
    return "count", 1, "", last, end


def _nouns(text: str, words: list[Word], last: int) -> tuple[str, ...]:
    found: list[str] = []
    for j in range(last + 1, min(last + 5, len(words))):
        gap = text[words[j - 1].end : words[j].start]
        if gap.strip(" -\n\u00a0'’"):
            break
        if words[j].key in _NOT_NOUNS:
            if found:
                break
            if words[j].key not in {
                "new",
                "different",
                "separate",
                "other",
                "old",
                "more",
                "small",
                "large",
                "big",
            }:
                break
            continue
        found.extend(stem(part) for part in words[j].key.split("-"))
        if len(found) > 2:
            break
    return tuple(found)


def quantities(text: str, words: list[Word], taken: set[int]) -> Iterator[Quantity]:
    """The numbers among words, in order; indexes in ``taken`` (dates, links) are left out."""
    after = 0
    for i, word in enumerate(words):
        if i < after or not (word.digit or _starts(word.key)) or i in taken:
            continue
        if word.digit and _versioned(text, word.start):
            continue
        found = _quantity(text, words, i)
        if found is not None:
            yield found
            after = found.last + 1


def occurrences(
    words: list[Word], found: Iterable[Quantity]
) -> Iterator[tuple[float, tuple[int, int]]]:
    """How often something happened, and where the text says so: "twice", "3 times"."""
    for word in words:
        if word.key in _OFTEN:
            yield _OFTEN[word.key], (word.start, word.end)
    for quantity in found:
        after = words[quantity.last + 1] if quantity.last + 1 < len(words) else None
        if quantity.dimension == "count" and after and after.key == "times":
            yield quantity.values[0], (quantity.start, after.end)


def _versioned(text: str, start: int) -> bool:
    """Whether a digit goes on a version: the 2 and the 3 of "1.2.3"."""
    return start > 1 and text[start - 1] == "." and text[start - 2].isdecimal()


@lru_cache(maxsize=4096)
def _starts(key: str) -> bool:
    """Whether a number in words may start here."""
    return key in _ALONE or key.split("-", 1)[0] in SMALL_WORDS


def _quantity(text: str, words: list[Word], i: int) -> Quantity | None:
    word = words[i]
    read = _in_digits(text, words, i) if word.digit else _in_words(words, i)
    if read is None:
        return None if word.digit else _hyphenated(words, i)
    values, suffix, last = read
    start = word.start
    currency = text[start - 1] if start and text[start - 1] in CURRENCY else ""
    if suffix in SCALES or (suffix == "m" and currency):
        values, suffix = tuple(value * SCALES.get(suffix, 1e6) for value in values), ""
    elif suffix and suffix not in UNITS:
        return None
    if word.digit and last + 1 < len(words) and words[last + 1].joined:
        scale = SCALES.get(words[last + 1].key)
        if scale:
            values, last = tuple(value * scale for value in values), last + 1
    dimension, size, unit, at, end = _unit(text, words, last, suffix)
    if currency:
        dimension, size, unit, start = currency, 1, currency, start - 1
    elif i and dimension == "count" and words[i - 1].key in CURRENCY_CODES:
        dimension, size = UNITS[words[i - 1].key]
        unit = words[i - 1].text
    nouns = _nouns(text, words, at if dimension != "count" else last)
    rate = _rate(text, words, at)
    return Quantity(values, dimension, size, unit, nouns, i, at, start, end, not word.digit, rate)


def _rate(text: str, words: list[Word], last: int) -> str:
    """The unit of time that a number is counted by: "40 lorries a day", "60 letters/day"."""
    for j in range(last + 1, min(last + 6, len(words))):
        gap, key = text[words[j - 1].end : words[j].start], words[j].key
        if key in _RATES and (gap == "/" or words[j - 1].key in _PER):
            return _RATES[key]
        if key in _EACH:
            return _EACH[key]
        if gap not in {" ", "/", "-"} or key in _NO_RATE or words[j].digit:
            break
    return ""


def _in_digits(text: str, words: list[Word], i: int) -> tuple[tuple[float, ...], str, int] | None:
    """Values, suffix and last word of a number in digits; None for ordinals and versions."""
    digits, suffix = _split_digits(words[i].text)
    groups, separator, last = _groups(text, words, i)
    groups[0] = digits
    if last > i:
        suffix = _split_digits(words[last].text)[1]
    if suffix in {"st", "nd", "rd", "th"} or (len(groups) > 2 and separator == "."):
        return None
    return _values(groups, separator), suffix, last


def _in_words(words: list[Word], i: int) -> tuple[tuple[float, ...], str, int] | None:
    """Values, no suffix, and last word of a number in words; "hundred" only as "a hundred"."""
    before = [w.key for w in words[max(0, i - 2) : i]]
    if words[i].key == "hundred":
        return ((100.0,), "", i) if before[-1:] == ["a"] else None
    if words[i].key == "dozen":
        if before == ["by", "the"]:
            return None
        return ((6.0 if "half" in before else 12.0,), "", i)
    told = _spelled(words, i)
    return ((told[0],), "", told[1]) if told else None


def _hyphenated(words: list[Word], i: int) -> Quantity | None:
    """``four-day``, ``ten-minute``, ``two-form``: the number and its unit in one word."""
    word = words[i]
    head, *rest = word.key.split("-")
    if head not in SMALL_WORDS or not rest:
        return None
    value = float(ONES.get(head, TENS.get(head, 0)))
    if head in TENS and rest[0] in ONES:
        value, rest = value + ONES[rest[0]], rest[1:]
    unit = rest[0] if rest else ""
    dimension, size = UNITS.get(unit, ("count", 1.0))
    nouns = tuple(stem(part) for part in rest if part)
    return Quantity((value,), dimension, size, unit, nouns, i, i, word.start, word.end, True)
