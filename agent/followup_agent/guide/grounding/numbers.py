"""Quantities in a text: digits and number words with their units, as values to compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.words import Word, fold

ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        """
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
            thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(),
        start=1,
    )
} | {"thirtieth": 30} | {f"twenty-{n}": 20 + i for i, n in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth".split(), 1)} | {"thirty-first": 31}  # fmt: skip
SCALES = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "lakh": 1e5,
    "lakhs": 1e5, "million": 1e6, "mn": 1e6, "mio": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9,
    "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
# A unit's dimension and its size there: minutes, grams, metres, litres, bytes …
UNITS: dict[str, tuple[str, float]] = {}
for _dimension, _sizes in {
    "time": {"second": 1 / 60, "sec": 1 / 60, "minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440,
             "night": 1440, "week": 10080, "fortnight": 20160, "month": 43830, "year": 525960,
             "yr": 525960, "decade": 5259600, "century": 52596000},
    "percent": {"%": 1, "percent": 1, "pct": 1, "percentage": 1},
    "£": {"£": 1, "gbp": 1, "pound": 1, "quid": 1},
    "$": {"$": 1, "usd": 1, "dollar": 1, "buck": 1},
    "€": {"€": 1, "eur": 1, "euro": 1},
    "₹": {"₹": 1, "inr": 1, "rs": 1, "rupee": 1},
    "¥": {"¥": 1, "jpy": 1, "yen": 1, "yuan": 1, "rmb": 1},
    "mass": {"kg": 1000, "kilo": 1000, "kilogram": 1000, "g": 1, "gram": 1, "gramme": 1, "mg": 0.001,
             "tonne": 1e6, "ton": 1e6, "lb": 453.6, "lbs": 453.6},
    "length": {"km": 1000, "kilometre": 1000, "kilometer": 1000, "m": 1, "metre": 1, "meter": 1,
               "cm": 0.01, "mm": 0.001, "mile": 1609.344, "ft": 0.3048, "feet": 0.3048, "inch": 0.0254,
               "inche": 0.0254},
    "data": {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15},
    "power": {"kw": 1, "mw": 1000, "gw": 1e6, "kwh": 1, "mwh": 1000},
    "times": {"x": 1, "fold": 1},
}.items():  # fmt: skip
    for _unit, _size in _sizes.items():
        UNITS[_unit] = (_dimension, _size)
        if len(_unit) > 2:
            UNITS[_unit + "s"] = (_dimension, _size)
UNITS |= {
    "hrs": ("time", 60),
    "yrs": ("time", 525960),
    "mins": ("time", 1),
    "secs": ("time", 1 / 60),
}
CURRENCY = "£$€₹¥"
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
        out up down new other different separate small large big old young when while if then
        because more after before between across during within instead too many times at least
        most
    """.split()
)
SMALL_WORDS = frozenset({*ONES, *TENS})


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
    if len(groups) == 1:
        return (whole,)
    point = float(f"{groups[0][:18]}.{groups[1][:18]}") if len(groups) == 2 else whole
    if len(groups[-1]) != 3:
        return (point,)
    return (whole, point) if separator in ".," else (whole,)


def _spelled(words: list[Word], i: int) -> tuple[float, int] | None:
    """The value of number words from ``i`` on, and the last one's index."""
    total, current, last, seen = 0.0, 0.0, i - 1, False
    j = i
    while j < len(words) and (j == i or words[j].joined):
        key = words[j].key
        parts = key.split("-") if "-" in key else [key]
        if all(part in ONES or part in TENS for part in parts) and len(parts) <= 2:
            value = sum(ONES.get(part, TENS.get(part, 0)) for part in parts)
            if seen and (current % 100 or value >= 100) and not (current % 10 == 0 and value < 10):
                break
            current += value
        elif key in SCALES and seen and not key.endswith("s"):
            scale = SCALES[key]
            if scale > 100:
                total, current = total + max(current, 1) * scale, 0.0
            else:
                current = max(current, 1) * scale
        elif key == "and" and seen and (current >= 100 or total) and j + 1 < len(words) and words[
            j + 1].key.split("-")[0] in SMALL_WORDS and words[j].joined and words[j - 1].key in SCALES:  # fmt: skip
            j += 1
            continue
        else:
            break
        seen, last = True, j
        j += 1
    return (total + current, last) if seen else None


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
        if key in UNITS and not (
            key in {"m", "x", "g", "second"} and gap == " " and key == "second"
        ):
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
        found = _quantity(text, words, i)
        if found is not None:
            yield found
            after = found.last + 1


@lru_cache(maxsize=4096)
def _starts(key: str) -> bool:
    """Whether a number in words may start here."""
    return key == "hundred" or key.split("-", 1)[0] in SMALL_WORDS


def _quantity(text: str, words: list[Word], i: int) -> Quantity | None:
    word = words[i]
    start, suffix, spelled = word.start, "", False
    if word.digit:
        digits, suffix = _split_digits(word.text)
        groups, separator, last = _groups(text, words, i)
        groups[0] = digits
        if last > i:
            suffix = _split_digits(words[last].text)[1]
        if suffix in {"st", "nd", "rd", "th"} or len(groups) > 2 and separator == ".":
            return None
        values = _values(groups, separator)
    else:
        key = word.key
        if key == "hundred" and (i == 0 or words[i - 1].key != "a"):
            return None
        told = _spelled(words, i)
        if told is None and key == "hundred":
            told = (100.0, i)
        if told is None:
            return _hyphenated(text, words, i)
        value, last = told
        values, spelled = (value,), True
    if suffix in SCALES:
        values, suffix = tuple(value * SCALES[suffix] for value in values), ""
    elif suffix == "m" and text[start - 1 : start] in CURRENCY and start:
        values, suffix = tuple(value * 1e6 for value in values), ""
    elif suffix and suffix not in UNITS:
        return None
    scaled = last + 1
    if scaled < len(words) and words[scaled].joined and words[scaled].key in SCALES and not spelled:
        values = tuple(value * SCALES[words[scaled].key] for value in values)
        last = scaled
    dimension, size, unit, at, end = _unit(text, words, last, suffix)
    before = text[start - 1 : start]
    if before and before in CURRENCY:
        dimension, size, unit, start = before, 1, before, start - 1
    elif i and dimension == "count" and words[i - 1].key in {"rs", "usd", "gbp", "eur", "inr"}:
        dimension, size, unit = *UNITS[words[i - 1].key], words[i - 1].text
    nouns = _nouns(text, words, at if dimension != "count" else last)
    return Quantity(values, dimension, size, unit, nouns, i, at, start, end, spelled)


def _hyphenated(text: str, words: list[Word], i: int) -> Quantity | None:
    """``four-day``, ``ten-minute``, ``two-form``: the number and its unit in one word."""
    word = words[i]
    head, _, rest = word.key.partition("-")
    if head in TENS and rest.split("-")[0] in ONES:
        head, value = head, float(TENS[head] + ONES[rest.split("-")[0]])
        rest = rest.partition("-")[2]
    else:
        value = float(ONES.get(head, TENS.get(head, 0)))
    unit = rest.split("-")[0]
    dimension, size = UNITS.get(unit, ("count", 1))
    nouns = tuple(stem(part) for part in rest.split("-") if part)
    return Quantity((value,), dimension, size, unit, nouns, i, i, word.start, word.end, True)
