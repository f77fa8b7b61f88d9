"""What one capitalised word is: the notes', everyday English, an office's word, or nobody's."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from followup_agent.guide.grounding.known import Known, Line, Origin
from followup_agent.guide.grounding.lexicon import is_english, is_name
from followup_agent.guide.grounding.terms import (
    AMBIGUOUS,
    EVERYDAY,
    GREETING_WORDS,
    HOLIDAYS,
    HONORIFICS,
    MONTHS,
    OFFICE,
    PEOPLES,
    RARELY_NAMES,
    TITLE_LIKE,
    WEEKDAYS,
)  # fmt: skip
from followup_agent.guide.grounding.words import Word, plain, shape, uncased

Status = Literal["known", "free", "office", "word", "ambiguous", "rare", "spelling", "unknown"]
_VOWELS = frozenset("aeiouy")
_CACHE_SIZE = 4096
_ROOT = 6  # letters that two forms of one word share at least
_ENDING = 4  # letters that may differ behind them
_COUNTRY_WORDS = {
    "GB": {"uk", "britain", "england", "scotland", "wales"}, "US": {"us", "usa", "america"},
    "IE": {"ireland"}, "IN": {"india"}, "CA": {"canada"}, "AU": {"australia"}, "NZ": {"zealand"},
    "DE": {"germany"}, "FR": {"france"}, "NL": {"netherlands"}, "SG": {"singapore"},
}  # fmt: skip
_GREETINGS = frozenset("aloha mahalo slàinte merci gracias danke obrigado obrigada arigato".split())
_PLAIN_FREE = (
    EVERYDAY
    | PEOPLES
    | HONORIFICS
    | HOLIDAYS
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | _GREETINGS
)


class Verdict(NamedTuple):
    """A word's status; ``right`` is the notes' spelling when it is misspelled."""

    status: Status
    right: str = ""
    line: Line = None


class Naming:
    """Decides single words; its answers are kept with the notes' analysis."""

    def __init__(self, known: Known, country: str | None) -> None:
        self.known = known
        self._country: frozenset[str] | set[str] = _COUNTRY_WORDS.get(country or "", frozenset())

    def __call__(self, word: Word) -> Verdict:
        """The verdict on a word that starts with a capital (or whose script has none)."""
        kept = self.known.verdicts
        found = kept.get(word.text)
        if found is None:
            if len(kept) >= _CACHE_SIZE:
                kept.clear()
            found = kept[word.text] = self._judge(word)
        return found  # type: ignore[return-value]

    def _judge(self, word: Word) -> Verdict:
        key, known = word.key, self.known
        if not key or len(key) > 40 or not key[0].isalpha():
            return Verdict("free")
        origin = known.words.get(key) or self._inflected(key)
        if origin is not None:
            return self._shown(word, origin)
        if uncased(word.text[0]):
            return self._uncased(key)
        if key in _PLAIN_FREE or key in self._country or len(key) == 1:
            return Verdict("free")
        if "-" in key:
            return self._compound(word)
        if key in known.plains:
            return Verdict("spelling", *self._right(known.plains[key]))
        return self._unlisted(word)

    def _unlisted(self, word: Word) -> Verdict:
        key, known = word.key, self.known
        if word.text[:2].isupper() and len(key) > 1 and key in known.acronyms.lines:
            return Verdict("known", line=known.acronyms.lines[key])
        if key in AMBIGUOUS:
            return self._near(word) or Verdict("rare" if key in RARELY_NAMES else "ambiguous")
        if key in OFFICE or key in GREETING_WORDS:
            return Verdict("office")
        if is_english(key) or is_english(plain(key)) or _plural(key):
            return Verdict("rare" if is_name(key) and key not in TITLE_LIKE else "word")
        found = self._short(word) or self._near(word) or self._derived(key)
        return found or Verdict("unknown")

    def _derived(self, key: str) -> Verdict | None:
        """``Haemolysis`` where the notes say "haemolysed": the same word with another ending."""
        for other, origin in self.known.words.items():
            root = max(_ROOT, len(key) - _ENDING, len(other) - _ENDING)
            if not origin.cased and len(other) >= root and other.startswith(key[:root]):
                return Verdict("known", line=origin.line)
        return None

    def _short(self, word: Word) -> Verdict | None:
        """``Mohd`` for Mohammed: letters of a name in their order, its consonants above all."""
        key = word.key
        vowels = sum(letter in _VOWELS for letter in key[1:])
        if not 1 < len(key) < 6 or vowels > (len(key) > 3) or key[-1] in _VOWELS:
            return None
        for name in self.known.people_by:
            rest = iter(name)
            if (
                len(name) > len(key) + 1 + vowels
                and name[0] == key[0]
                and all(c in rest for c in key)
            ):
                return Verdict(
                    "known", line=self.known.people[min(self.known.people_by[name])].line
                )
        return None

    def _near(self, word: Word) -> Verdict | None:
        key = word.key
        if is_english(key):
            return None
        near = self.known.near.find(key) or self.known.near.find(plain(key))
        if near is None or (len(near) < 4 and is_name(key)):
            return None
        if _initials(word.text) and not any(map(_initials, self._shown_as(near))):
            return None
        near = self.known.bare.get(near, near)
        return Verdict("spelling", *self._right(near))

    def _shown_as(self, key: str) -> set[str]:
        origin = self.known.words.get(key)
        return origin.shown if origin else set()

    def _right(self, key: str) -> tuple[str, Line]:
        origin = self.known.words.get(key)
        return (min(origin.shown), origin.line) if origin else (key, None)

    def _inflected(self, key: str) -> Origin | None:
        words = self.known.words
        for ending in ("s'", "es", "s", "'", "ans", "an", "ers", "er"):
            if key.endswith(ending) and len(key) > len(ending) + 2 and key[: -len(ending)] in words:
                origin = words[key[: -len(ending)]]
                if origin.cased or any(map(_initials, origin.shown)):
                    return origin
        return None

    def _shown(self, word: Word, origin: Origin) -> Verdict:
        """Known; but a person's or the firm's name must be written as in the notes."""
        key, known = word.key, self.known
        written = any(s[:1].isupper() for s in origin.shown)
        if not (origin.cased or written) and key in AMBIGUOUS and origin.part != "format":
            return Verdict("rare" if key in RARELY_NAMES else "ambiguous")
        if key in known.people_by or key in known.firm:
            text = shape(word.text)
            # At a sentence's start a particle has a capital; words in one case say nothing.
            plain_case = text.isupper() or text.islower() or len(text) < 3
            if not plain_case and not any(text[1:] == s[1:] or s.isupper() for s in origin.shown):
                near = [s for s in origin.shown if s.casefold() == text.casefold()]
                if near:
                    return Verdict("spelling", near[0], origin.line)
        return Verdict("known", line=origin.line)

    def _uncased(self, key: str) -> Verdict:
        for name, line in self.known.uncased_names:
            if name in key or (key in name and len(key) > 1):
                return Verdict("known", line=line)
        return Verdict("unknown")

    def _compound(self, word: Word) -> Verdict:
        """``Kafka-based``, ``Post-interview``, ``Smith-Jones``: the worst of its parts decides."""
        known, start = self.known, word.start
        near = known.near.find(word.key) or known.plains.get(plain(word.key))
        near = known.bare.get(near or "", near)
        if near and not is_english(word.key):
            return Verdict("spelling", *self._right(near))
        parts = word.key.split("-")
        if any(p in known.people_by and len(p) > 3 for p in parts) and any(
            is_name(p) and p not in known.words for p in parts
        ):
            family = next(p for p in parts if p in known.people_by and len(p) > 3)
            person = known.people[min(known.people_by[family])]
            return Verdict("spelling", person.name, person.line)
        worst, line = Verdict("free"), None
        for part in re.split("[-‐‑]", word.text):
            if part and part[0].isupper():
                piece = Word(
                    part, start, start, part.casefold().removesuffix("'s"), False, True, False
                )
                verdict = self._judge(piece)
                line = verdict.line or line
                if verdict.status in {"unknown", "spelling"}:
                    return verdict
                if verdict.status != "free":
                    worst = verdict
        return worst


def _initials(text: str) -> bool:
    """Whether a word is short and all capitals: "ACA" is no slip for "Aba"."""
    return 1 < len(text) < 5 and text.isupper() and text.isalpha()


def _plural(key: str) -> bool:
    """Plurals and the like that word lists leave out: an English stem with a usual ending."""
    for ending in ("s", "es", "ed", "ing", "ly", "er", "less", "wise", "able", "ness", "ish"):
        if key.endswith(ending) and len(key) > len(ending) + 3 and is_english(key[: -len(ending)]):
            return True
    return any(
        key.startswith(start) and len(key) > len(start) + 3 and is_english(key[len(start) :])
        for start in ("re", "un", "non", "pre", "over", "under", "multi", "micro", "inter", "co")
    )


def mistyped(key: str) -> bool:
    """Whether a word is an English one with a letter doubled, lost or swapped: "Thnak"."""
    if is_name(key) or len(key) > 14:
        return False
    swaps = (key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(len(key) - 1))
    drops = (key[:i] + key[i + 1 :] for i in range(len(key)))
    if any(is_english(w) for w in (*swaps, *drops) if len(w) > 3):
        return True
    letters = "abcdefghijklmnopqrstuvwxyz"
    return len(key) > 6 and any(
        is_english(key[:i] + c + key[i + n :])
        for i in range(len(key)) for n in (0, 1) for c in letters
    )  # fmt: skip
