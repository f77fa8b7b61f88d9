"""What a coach wants to know of a batch: ``coach.csv``, a row a message, and the summary.

The drafts are read twice, one at a time. What sentences they share is counted in a sketch
of fixed size, so that 20,000 drafts need no more memory than 200, and time grows with
their number alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from followup_agent.bulk.journal import Journal
from followup_agent.bulk.outcome import Status
from followup_agent.outbox.files import replace_file
from followup_agent.phrases import numbered_phrases
from followup_agent.prices import Prices

COACH: Final = "coach.csv"
#: A message of which so much also stands in other candidates' is called a near-copy.
NEAR: Final = 0.5

_CELLS = 1 << 24  # of each row of the sketch, a byte each
_MOST = 255
_SHOWN = 10  # phrases in the summary
_TRACES = 4  # of a near-copy, to find the other one by
_FAULTS = 1_000  # of the input, that the summary tells

_COLUMNS = (
    "source to kind status valid missing shared like requests prompt_tokens completion_tokens "
    "cost error"
).split()

Phrase = tuple[int, ...]  # numbers of words


class Words:
    """Numbers for words, in the order of their first appearance: the same in every run."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The word's number."""
        return self._numbers.setdefault(word, len(self._numbers))

    def of(self, record: Mapping[str, Any]) -> list[Phrase]:
        """The phrases of a record's message, each once."""
        return list(dict.fromkeys(numbered_phrases(record.get("parts", {}), self.number)))

    def text(self, phrase: Phrase) -> str:
        """A phrase in words."""
        words = list(self._numbers)
        return " ".join(words[number] for number in phrase)


class Sketch:
    """In how many candidates' messages a phrase stands: a count-min sketch.

    Cormode and Muthukrishnan, "An improved data stream summary", 2005. It never counts too
    little; with 2 million phrases it counts one in 70 as one too many.
    """

    def __init__(self) -> None:
        self._one, self._two = bytearray(_CELLS), bytearray(_CELLS)

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Count some phrases; each once for a candidate."""
        for phrase in phrases:
            # The hash of numbers, unlike that of words, is the same in every run.
            number = hash(phrase)
            for row, cell in ((self._one, number % _CELLS), (self._two, (number >> 32) % _CELLS)):
                if row[cell] < _MOST:
                    row[cell] += 1

    def count(self, phrase: Phrase) -> int:
        """How many candidates have it, up to 255."""
        number = hash(phrase)
        return min(self._one[number % _CELLS], self._two[(number >> 32) % _CELLS])


@dataclass
class Tally:
    """Sums over a batch's messages."""

    status: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    near_copies: int = 0
    faults: list[str] = field(default_factory=list)
    repeated: list[dict[str, Any]] = field(default_factory=list)


def look_through(folder: Path, journal: Journal, prices: Prices | None = None) -> Tally:
    """Write ``coach.csv`` and return what the summary tells.

    Args:
        folder: The batch's.
        journal: Its journal.
        prices: Per model ``prompt`` and ``completion``, for a million tokens.

    Raises:
        OutputError: The file cannot be written.
    """
    table = _Table(journal, prices or {})
    replace_file(folder / COACH, table.lines())
    table.tally.repeated = table.repeated()
    return table.tally


class _Table:
    """The rows of ``coach.csv``, and what is counted on the way."""

    def __init__(self, journal: Journal, prices: Prices) -> None:
        self.tally = Tally()
        self._journal = journal
        self._prices = prices
        self._words = Words()
        self._sketch = Sketch()
        self._traces: dict[int, str] = {}
        self._often: Counter[Phrase] = Counter()
        count = 0
        for messages in _candidates(journal):
            count += 1
            self._sketch.add({p for _, record in messages for p in self._words.of(record)})
        # Phrases above this are counted exactly; there are at most some 10,000 of them.
        self._bound = min(_MOST - 1, max(1, count // 100))

    def lines(self) -> Iterator[str]:
        """The file, a line at a time."""
        yield _row(dict(zip(_COLUMNS, _COLUMNS, strict=True)))
        for messages in _candidates(self._journal):
            often: set[Phrase] = set()
            for source, record in messages:
                yield _row(self._cells(source, record, often) | _cost(record, self._prices))
            self._often.update(often)

    def repeated(self) -> list[dict[str, Any]]:
        """The phrases that most candidates have, one of each sentence."""
        shown: list[dict[str, Any]] = []
        seen: set[Phrase] = set()
        for phrase, count in self._often.most_common():
            pairs = set(pairwise(phrase))
            if pairs.isdisjoint(seen):
                shown.append({"phrase": self._words.text(phrase), "candidates": count})
            seen |= pairs
            if len(shown) == _SHOWN:
                break
        return shown

    def _cells(self, source: str, record: Mapping[str, Any], often: set[Phrase]) -> dict[str, Any]:
        status, usage = record["status"], record.get("usage", {})
        required = (v["rule"] for v in record.get("violations", ()) if v["severity"] == "required")
        missing = list(dict.fromkeys(required))
        error = (record.get("error") or {}).get("message", "")
        self.tally.status[status] += 1
        self.tally.missing.update(missing)
        if status == Status.BAD_INPUT and len(self.tally.faults) < _FAULTS:
            self.tally.faults += error.splitlines()
        return {
            "source": source,
            "to": (record.get("to") or {}).get("name", ""),
            "kind": record.get("kind") or "",
            "status": status,
            "valid": "yes" if record["valid"] else "no",
            "missing": " ".join(missing),
            "requests": usage.get("requests", 0),
            "prompt_tokens": usage.get("prompt_tokens", 0),
            "completion_tokens": usage.get("completion_tokens", 0),
            "error": error,
            **self._shared(source, record, often),
        }

    def _shared(self, source: str, record: Mapping[str, Any], often: set[Phrase]) -> dict[str, str]:
        """How much of a message stands in other candidates', and in whose."""
        own = self._words.of(record)
        if not own:
            return {}
        counts = {phrase: self._sketch.count(phrase) for phrase in own}
        shared = [phrase for phrase, count in counts.items() if count > 1]
        often.update(phrase for phrase in shared if counts[phrase] > self._bound)
        share = len(shared) / len(own)
        if share < NEAR or record["status"] != Status.VALID:
            return {"shared": f"{share:.2f}"}
        self.tally.near_copies += 1
        return {"shared": f"{share:.2f}", "like": self._like(source, shared)}

    def _like(self, source: str, shared: list[Phrase]) -> str:
        """An earlier candidate with whom much is shared, by a few phrases of each (MinHash)."""
        marks = sorted(map(hash, shared))[:_TRACES]
        known = (self._traces.get(mark, source) for mark in marks)
        found = Counter(other for other in known if other != source)
        for mark in marks:
            self._traces.setdefault(mark, source)
        return found.most_common(1)[0][0] if found else ""


def _cost(record: Mapping[str, Any], prices: Prices) -> dict[str, Any]:
    table = prices.get(record.get("model", ""))
    if table is None:
        return {}
    usage = record["usage"]
    cost = sum(table[side] * usage[f"{side}_tokens"] for side in ("prompt", "completion")) / 1e6
    return {"cost": f"{cost:.6f}"}


def _candidates(journal: Journal) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The messages of one notes document after the other, each with its source."""
    last, messages = "", list[tuple[str, dict[str, Any]]]()
    for place, key, text in journal.records():
        if key != last and messages:
            yield messages
            messages = []
        last = key
        messages.append((place.source, json.loads(text)))
    if messages:
        yield messages


def _row(cells: Mapping[str, Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(_plain(cells.get(c, "")) for c in _COLUMNS)
    return line.getvalue()


def _plain(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
