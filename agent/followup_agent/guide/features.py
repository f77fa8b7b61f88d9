"""What the role classifier sees of a sentence: its words, their fields, and their spelling.

Names, numbers, dates and links become placeholders, so that none of them can be learnt.
The same functions make the features in training and at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from followup_agent.english_dates import MONTH_WORDS, WEEKDAY_WORDS

#: Longer sentences are read this far: 64 words say what a sentence does, and the sums of
#: their weights fit the lanes of `roles.py`.
MAX_WORDS = 64
_MAX_WORD = 24  # characters of one word that are spelled out

_TOKEN = re.compile(
    r"(?P<link>https?://\S+|www\.\S+)|(?P<mail>[\w.+-]{1,64}@[\w-]+\.[\w.]+)"
    r"|(?P<number>[£$€₹]?\d[\d.,:/]*(?:st|nd|rd|th|am|pm|%|k)?)"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<mark>[?!])"
)
_COUNTS = frozenset(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen twenty thirty forty fifty sixty ninety hundred thousand
    """.split()
)
#: Capitalised inside a sentence and still no names.
_NO_NAMES = frozenset(
    "i linkedin zoom teams hr cv resume résumé please thank thanks kindly".split()
)
_ENDING = re.compile(r"(n't|'[a-z]+)$")
_WHOLE = {
    "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "n't": "not",
}  # fmt: skip
_IRREGULAR = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"}
_MARKED = "<?!"  # placeholders and marks count as fields of their own


def tokens(text: str) -> list[str]:
    """The words in lower case without contractions; placeholders for what is particular."""
    found: list[str] = []
    opening = True
    for match in _TOKEN.finditer(text):
        for token in _normal(match.lastgroup, match.group(), opening):
            if not (token[0] == "<" and found and found[-1] == token):
                found.append(token)
        opening = match.lastgroup == "mark"
        if len(found) >= MAX_WORDS:
            break
    return found[:MAX_WORDS]


@lru_cache(maxsize=8192)
def _normal(kind: str | None, text: str, opening: bool) -> tuple[str, ...]:
    if kind == "mark":
        return (text,)
    if kind != "word":
        return (f"<{kind}>",)
    low = text.casefold().replace("’", "'")
    if text[0].isupper():
        if low in MONTH_WORDS:
            return ("<month>",)
        if low in WEEKDAY_WORDS:
            return ("<day>",)
        if not opening and _is_name(low):
            return ("<name>", "s") if low.endswith("'s") else ("<name>",)
    return ("<number>",) if low in _COUNTS else _expanded(low)


def _is_name(low: str) -> bool:
    return low.partition("'")[0] not in _NO_NAMES


def _expanded(word: str) -> tuple[str, ...]:
    if word in _IRREGULAR:
        return (_IRREGULAR[word], "not")
    ending = _ENDING.search(word) if "'" in word else None
    if ending is None or not ending.start():
        return (word,)
    return (word[: ending.start()], _WHOLE.get(ending[1], ending[1][1:]))


def features(words: list[str]) -> Iterator[str]:
    """The features that depend on several words; `spelling` holds those of one.

    Neighbours, words with one between them, and pairs of fields. Longer runs cost time
    and won nothing with some thousands of training sentences.
    """
    row = ["^", *words, "$"]
    for one, two in pairwise(row):
        yield f"{one} {two}"
    for one, two in zip(row, row[2:], strict=False):
        yield f"{one}~{two}"
    lexicon = fields()
    content: list[str] = ["^"]
    bag: set[str] = set()
    for word in words:
        if found := lexicon.get(word):
            bag.update(found)
            content.append(found[0])
        elif word[0] in _MARKED:
            bag.add(word)
            content.append(word)
    content.append("$")
    for one, two in pairwise(content):
        yield f"%{one} {two}"
    present = sorted(bag)
    for index, one in enumerate(present):
        yield f"&{one}"
        for two in present[index + 1 :]:
            yield f"&{one}&{two}"


def spelling(word: str) -> Iterator[str]:
    """The features of one word: itself, and its runs of three to five letters."""
    yield word
    if word[0] == "<":
        return
    marked = f"_{word[:_MAX_WORD]}_"
    for size in (3, 4, 5):
        for at in range(len(marked) - size + 1):
            yield "#" + marked[at : at + size]


@cache
def fields() -> dict[str, tuple[str, ...]]:
    """The lexical fields of each word that has any."""
    found: dict[str, list[str]] = {}
    text = resources.files("followup_agent.guide").joinpath("data/fields.txt")
    for line in text.read_text(encoding="utf-8").splitlines():
        name, _, words = line.partition(" ")
        for word in () if name.startswith("#") else dict.fromkeys(words.split()):
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
