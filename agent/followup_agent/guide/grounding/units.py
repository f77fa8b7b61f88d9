"""Number words and units: what each is worth."""

from __future__ import annotations

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
SMALL_WORDS = frozenset({*ONES, *TENS})
_SMALL_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
_MORE_ORDINALS = """tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth
    eighteenth nineteenth twentieth""".split()
ORDINALS = {word: n for n, word in enumerate((*_SMALL_ORDINALS, *_MORE_ORDINALS), 1)}
ORDINALS |= {f"twenty-{word}": 20 + n for n, word in enumerate(_SMALL_ORDINALS, 1)}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}
SCALES = {
    "dozen": 12, "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mn": 1e6, "mio": 1e6, "crore": 1e7, "crores": 1e7,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
CURRENCY = "£$€₹¥"
CURRENCY_CODES = frozenset({"rs", "usd", "gbp", "eur", "inr"})
# Dimensions with their units, each in the dimension's base: minutes, grams, metres, bytes …
_DIMENSIONS: dict[str, dict[str, float]] = {
    "time": {
        "second": 1 / 60, "sec": 1 / 60, "minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440,
        "night": 1440, "week": 10080, "wk": 10080, "fortnight": 20160, "month": 43830,
        "year": 525960, "yr": 525960, "decade": 5259600, "century": 52596000,
    },
    "percent": {"%": 1, "percent": 1, "pct": 1, "percentage": 1},
    "£": {"£": 1, "gbp": 1, "pound": 1, "quid": 1},
    "$": {"$": 1, "usd": 1, "dollar": 1, "buck": 1},
    "€": {"€": 1, "eur": 1, "euro": 1},
    "₹": {"₹": 1, "inr": 1, "rs": 1, "rupee": 1},
    "¥": {"¥": 1, "jpy": 1, "yen": 1, "yuan": 1, "rmb": 1},
    "mass": {
        "kg": 1000, "kilo": 1000, "kilogram": 1000, "g": 1, "gram": 1, "gramme": 1, "mg": 0.001,
        "tonne": 1e6, "ton": 1e6, "lb": 453.6, "lbs": 453.6,
    },
    "length": {
        "km": 1000, "kilometre": 1000, "kilometer": 1000, "m": 1, "metre": 1, "meter": 1,
        "cm": 0.01, "mm": 0.001, "mile": 1609.344, "ft": 0.3048, "feet": 0.3048, "inch": 0.0254,
        "inches": 0.0254,
    },
    "data": {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15},
    "power": {"kw": 1, "mw": 1000, "gw": 1e6, "kwh": 1, "mwh": 1000},
    "times": {"x": 1, "fold": 1},
}  # fmt: skip
UNITS = {
    name: (dimension, size)
    for dimension, sizes in _DIMENSIONS.items()
    for unit, size in sizes.items()
    for name in ([unit, unit + "s"] if len(unit) > 2 else [unit])
}
UNITS |= {"h": ("time", 60), "hrs": ("time", 60), "wks": ("time", 10080), "yrs": ("time", 525960)}
POUND = 453.6  # grams: a "pound" is money or mass
