"""Spelling and grammar by harper, offline and in process; loaded when first needed.

A `harper.Linter` takes about a second to build the first time in a process (its dictionary)
and is not thread-safe: there is one for each dialect, behind a lock, and `warm` builds it in
a thread of its own while the rest of a command starts.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from followup_agent.guide.phrases import data_lines

if TYPE_CHECKING:
    from harper import Linter

AMERICAN, BRITISH, AUSTRALIAN, CANADIAN, INDIAN = range(5)

#: Dialects whose spelling a country's reader accepts; any spelling for other countries.
_DIALECTS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("US",), (AMERICAN,)),
    **dict.fromkeys(("GB", "IE", "ZA", "NZ"), (BRITISH,)),
    "AU": (AUSTRALIAN, BRITISH),
    "CA": (CANADIAN, BRITISH, AMERICAN),
    "IN": (INDIAN, BRITISH),
}
_ANY = (AMERICAN, BRITISH, AUSTRALIAN)
_SPELLING = "SpellCheck"
# Far over any message. Harper's time is not linear: a word of 1,000 letters takes seconds.
_MAX_CHARS = 6_000
_ILLEGIBLE = re.compile("[\0\ud800-\udfff]")
_LONG_WORD = re.compile(r"\w{46,}")

_lock = threading.Lock()
_linters: dict[int, Linter] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """What harper found: its rule, the words in the text given, and what it would write."""

    rule: str
    start: int
    end: int
    message: str
    right: str


def available() -> bool:
    """Whether harper is installed."""
    return _installed()


@lru_cache(maxsize=1)
def _installed() -> bool:
    return find_spec("harper") is not None


def warm() -> threading.Thread | None:
    """Begin to load the dictionary in the background; None where harper is missing."""
    if not available():
        return None
    thread = threading.Thread(target=lint, args=("Ready.", AMERICAN), daemon=True, name="harper")
    thread.start()
    return thread


def dialects(country: str | None) -> tuple[int, ...]:
    """The dialects whose spelling is right for a country, the reader's own first."""
    return _DIALECTS.get(country or "", _ANY)


@lru_cache(maxsize=1024)
def lint(text: str, dialect: int) -> tuple[Fault, ...]:
    """The faults of a text, by the rules of ``harper_rules.txt``. Safe from any thread."""
    from harper import Language

    with _lock:
        found = _linter(dialect).organized_lints(_legible(text), language=Language.PLAINTEXT)
    faults = [
        Fault(
            rule,
            one.span.start,
            one.span.end,
            one.message,
            one.suggestions[0].replacement_text if one.suggestion_count else "",
        )
        for rule, lints in found.items()
        for one in lints
    ]
    return tuple(sorted(faults, key=lambda fault: (fault.start, fault.end)))


@lru_cache(maxsize=8192)
def is_spelled(word: str, accepted: tuple[int, ...]) -> bool:
    """Whether any of the dialects knows the word."""
    return any(
        all(fault.rule != _SPELLING for fault in lint(word, dialect)) for dialect in accepted
    )


def _legible(text: str) -> str:
    """Lone surrogates, NUL and endless words replaced one for one; no more than a message."""
    plain = _ILLEGIBLE.sub(" ", text[:_MAX_CHARS])
    return _LONG_WORD.sub(lambda match: "-" * len(match.group()), plain)


def _linter(dialect: int) -> Linter:
    linter = _linters.get(dialect)
    if linter is None:
        from harper import Dialect, Linter

        linter = Linter(Dialect(dialect))
        wanted = rules()
        linter.set_lint_config({name: name in wanted for name in linter.get_default_lint_config()})
        _linters[dialect] = linter
    return linter


@lru_cache(maxsize=1)
def rules() -> dict[str, str]:
    """Harper's rules that are used: name to ``required`` or ``advice``."""
    found: dict[str, str] = {}
    for line in data_lines("harper_rules.txt"):
        if line.startswith("["):
            severity = line.strip("[]")
        else:
            found.update(dict.fromkeys(line.split(), severity))
    return found
